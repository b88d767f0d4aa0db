"""What must be true of the results of scholarships at any moment, whatever was killed."""

from collections.abc import Iterator

from django.db.models import CharField, Count, Exists, F, OuterRef, Value
from django.db.models.functions import Cast, Concat

from audit.invariants import invariant, off_the_trail, triggers_off
from audit.models import subject_of
from notifications.models import OutgoingEmail
from reviews.models import Decision
from scholarships.models import Announcement, Award, Reading, Result
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
    """Who reads that they have an award has one."""
    award = Award.objects.filter(candidacy=OuterRef("candidacy"))
    shown = {"status": Result.Status.SHOWN, "outcome": Result.Outcome.AWARDED}
    for pk in Result.objects.filter(~Exists(award), **shown).values_list("pk", flat=True):
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
    """The status of a result, an announcement or a reading is the one that its last move left."""
    tables = (Result.objects.all(), Announcement.objects.all(), Reading.objects.all())
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
