"""What must be true of the results of scholarships at any moment, whatever was killed."""

from collections.abc import Iterator

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, Sum, Value
from django.db.models.functions import Cast, Coalesce, Concat

from audit.invariants import invariant, off_the_trail, triggers_off
from audit.models import AuditEntry, subject_of
from notifications.models import OutgoingEmail
from reviews.models import Decision
from scholarships.awarding import NOT_OFFERED
from scholarships.ledger import NOTHING, of_rounds
from scholarships.models import (
    Announcement,
    Award,
    Candidacy,
    Reading,
    Result,
    Round,
    Stacking,
)
from scholarships.result_letters import SCHOLARSHIP_RESULT

GUARDS = {
    "scholarships_announcement_by_two": "scholarships_announcement",
    "scholarships_result_stays": "scholarships_result",
}


@invariant
def results_are_shown_whole() -> Iterator[str]:
    """All of an announcement is visible, or nothing of it."""
    done = Announcement.Status.DONE
    hidden = Result.objects.filter(announcement__status=done).exclude(status=Result.Status.SHOWN)
    for pk in hidden.values_list("pk", flat=True):
        yield f"Result {pk} is on an announcement that is done, and is not visible."
    early = Result.objects.filter(status=Result.Status.SHOWN).exclude(announcement__status=done)
    for pk in early.values_list("pk", flat=True):
        yield f"Result {pk} is visible, and its announcement is not done."
    for row in Announcement.objects.filter(status=done).annotate(held=Count("results")):
        if row.held + row.disposed != row.size:
            yield f"Announcement {row.pk} froze {row.size} results and holds {row.held}."


@invariant
def aid_comes_after_the_answer() -> Iterator[str]:
    """Nobody sees a result before the admission's answer."""
    answer = Decision.objects.filter(
        application=OuterRef("candidacy__application"),
        status__in=(Decision.Status.RELEASED, Decision.Status.CORRECTED),
    )
    rows = Result.objects.filter(~Exists(answer), status=Result.Status.SHOWN)
    for pk in rows.values_list("pk", flat=True):
        yield f"Result {pk} is visible, and the admission has not answered."


@invariant
def shown_awards_are_offered() -> Iterator[str]:
    """Who reads that they have an award has one, or the trail says why none was offered."""
    award = Award.objects.filter(candidacy=OuterRef("candidacy"))
    subject = Concat(
        Value(f"{Candidacy._meta.label_lower}:"),
        Cast(OuterRef("candidacy"), CharField()),
        output_field=CharField(),
    )
    said = AuditEntry.objects.filter(verb=NOT_OFFERED, subject=subject)
    shown = {"status": Result.Status.SHOWN, "outcome": Result.Outcome.AWARDED}
    rows = Result.objects.filter(~Exists(award), ~Exists(said), **shown)
    for pk in rows.values_list("pk", flat=True):
        yield f"Result {pk} says that there is an award, and there is none."


@invariant
def everybody_was_told() -> Iterator[str]:
    """Each person whose result is visible has a letter that says that it is there."""
    key = Concat(
        Value(f"{SCHOLARSHIP_RESULT.name}:"),
        Cast(OuterRef("pk"), CharField()),
        output_field=CharField(),
    )
    told = Result.objects.annotate(told=Exists(OutgoingEmail.objects.filter(key=key))).filter(
        told=True
    )
    same = told.filter(
        candidacy__application=OuterRef("candidacy__application"),
        announcement__fingerprint=OuterRef("announcement__fingerprint"),
    )
    rows = Result.objects.filter(~Exists(same), status=Result.Status.SHOWN)
    for pk in rows.values_list("pk", flat=True):
        yield f"Result {pk} is visible, and no letter says so."


@invariant
def results_agree_with_the_trail() -> list[str]:
    """The status of a result, an announcement, a reading or an award is the one that its last move left."""
    models = (Result, Announcement, Reading, Award)
    tables = [model._default_manager.all() for model in models]
    rows = [row for table in tables for row in off_the_trail(table)]
    return [f"{subject_of(row)}: its status is not the trail's." for row in rows]


@invariant
def results_take_two_people() -> Iterator[str]:
    """Who proposes does not approve; who prepares does not show."""
    alone = Result.objects.filter(approved_by=F("proposed_by"))
    yield from (
        f"Result {pk} was approved by its proposer." for pk in alone.values_list("pk", flat=True)
    )
    again = Announcement.objects.filter(approved_by=F("prepared_by"))
    for pk in again.values_list("pk", flat=True):
        yield f"Announcement {pk} was approved by who prepared it."


@invariant
def results_are_guarded() -> Iterator[str]:
    """The triggers that keep one person alone from showing or changing a result are there and on."""
    for name in triggers_off(GUARDS):
        yield f"{GUARDS[name]}: one person alone can show or change a result."


@invariant
def awards_come_of_a_shown_result() -> Iterator[str]:
    """Nobody holds an award without a result that they can read: awarded, or called from the waitlist."""
    told = Result.objects.filter(
        candidacy=OuterRef("candidacy"),
        status=Result.Status.SHOWN,
        outcome__in=(Result.Outcome.AWARDED, Result.Outcome.WAITLISTED),
    )
    for pk in Award.objects.filter(~Exists(told)).values_list("pk", flat=True):
        yield f"Award {pk} comes of no result that its person can read."


@invariant
def budgets_hold_what_is_promised() -> Iterator[str]:
    """No round has promised or paid more than its budget, nor given more awards than it has."""
    rounds = list(Round.objects.filter(candidacies__award__isnull=False).distinct())
    for row, money in zip(rounds, of_rounds(rounds).values(), strict=True):
        if money.free < 0:
            yield f"Round {row.pk} has promised {-money.free} more than its budget."
        if row.awards is not None and money.awards > row.awards:
            yield f"Round {row.pk} has {row.awards} awards, and {money.awards} stand."


@invariant
def payments_add_up_to_the_award() -> Iterator[str]:
    """What is planned and paid of a confirmed award is the award; of any other, nothing is planned, and no more is paid."""
    planned = Coalesce(Sum("payments__amount"), NOTHING)
    waits = Count("payments", filter=Q(payments__paid_on=None))
    for award in Award.objects.annotate(planned=planned, waits=waits):
        if award.status == Award.Status.CONFIRMED and award.planned != award.amount:
            yield f"The payments of award {award.pk} are {award.planned}, and it is {award.amount}."
        elif award.planned > award.amount:
            yield f"Award {award.pk} is {award.amount}, and {award.planned} was paid."
        if award.status != Award.Status.CONFIRMED and award.waits:
            yield f"Award {award.pk} is not confirmed, and payments of it are planned."


@invariant
def one_award_a_year() -> Iterator[str]:
    """Nobody keeps two awards of a year where one of the two allows no other."""
    kept = Award.objects.filter(status__in=Award.KEPT)
    rows = kept.select_related("candidacy__round", "candidacy__application")
    one_a_year = rows.filter(candidacy__round__stacking=Stacking.ONE_A_YEAR)
    for award in one_a_year:
        other = kept.filter(
            candidacy__application__applicant=award.candidacy.application.applicant_id,
            candidacy__round__cycle=award.candidacy.round.cycle_id,
        ).exclude(pk=award.pk)
        if other.exists():
            yield f"Award {award.pk} is the one of its year, and its person keeps another."
