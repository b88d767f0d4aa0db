"""Last year's scholarships at their end: an award in every state, offered, replied to, called, confirmed and paid by the verbs."""

from datetime import datetime, timedelta
from decimal import Decimal

from applications.models import Application
from config.seed import pretence
from config.seed.judging import Staff
from cycles.clock import at_hour, day_of
from cycles.models import Cycle
from followup.models import Filing, Reply
from reviews.models import Decision
from scholarships import awarding, calling, lapsing, paying, replying, result_letters
from scholarships.models import (
    Announcement,
    Award,
    Candidacy,
    Category,
    Payment,
    Result,
    Round,
    Standing,
)

STATEMENT = "J’ai animé pendant trois ans un atelier de programmation ouvert à tout le quartier."
NUMBER, MONTHS = 4, 10
AMOUNT = Decimal("5000.00")


def award(cycle: Cycle, staff: Staff, *, now: datetime) -> None:
    """Of last year: one confirmed and partly paid, one accepted, one declined, one without a reply."""
    people = _people(cycle)[:NUMBER]
    row = _round(cycle, Category.EDI_RESEARCH, awards=NUMBER)
    shown, soon = now - timedelta(days=20), now - timedelta(days=1)
    with pretence.at(shown):
        results = [_result(row, one, place, staff) for place, one in enumerate(people)]
        _show(row, results, staff, shown)
        given = awarding.offer_all(results, by=staff.director, at=shown)
    for place, one in enumerate(given[:3]):
        _reply(one, shown + timedelta(days=place + 1), is_yes=place < 2)
    with pretence.at(soon):
        lapsing.settle_all(at=soon)
        _pay(row, staff, soon)


def call_next(cycle: Cycle, files: list[Application], staff: Staff, *, now: datetime) -> None:
    """Of the winter: the second person declined the one award, and the first was called, and has it to reply to."""
    row = _round(cycle, Category.SOCIOECONOMIC, awards=1)
    called, first = files[:2]
    shown, soon = now - timedelta(days=3), now - timedelta(days=1)
    with pretence.at(shown):
        result = _result(row, first, 0, staff)
        waits = _result(row, called, 1, staff, rank=1)
        _show(row, [result, waits], staff, shown)
        given = awarding.offer_all([result], by=staff.director, at=shown)
    for one in given:
        _reply(one, shown + timedelta(hours=2), is_yes=False)
    with pretence.at(soon):
        calling.call(waits, by=staff.coordinator, at=soon)


def _people(cycle: Cycle) -> list[Application]:
    """Who said yes to Mila, those who registered first."""
    rows = Decision.objects.released().filter(
        application__cycle=cycle, offer__status=Reply.ACCEPTED
    )
    known = rows.select_related("application__applicant", "offer__udem_file").order_by("pk")
    there = sorted(known, key=lambda one: one.offer.udem_file.status != Filing.REGISTERED)
    return [one.application for one in there]


TEXTS = {
    Category.EDI_RESEARCH: {
        "name_fr": "Bourses d’excellence – ÉDI en recherche",
        "name_en": "Excellence Scholarships – EDI in Research",
        "text_fr": "Pour qui met l’équité, la diversité et l’inclusion au cœur de son travail.",
        "text_en": "For those who put equity, diversity and inclusion at the heart of their work.",
    },
    Category.SOCIOECONOMIC: {
        "name_fr": "Bourses de diversité socioéconomique",
        "name_en": "Socioeconomic Diversity Scholarships",
        "text_fr": "Pour qui l’argent manque pour étudier.",
        "text_en": "For those who lack the money to study.",
    },
}


def _round(cycle: Cycle, category: Category, *, awards: int) -> Round:
    opens = at_hour(day_of(cycle.opens_at), 9)
    return Round.objects.create(
        cycle=cycle,
        category=category,
        **TEXTS[category],
        opens_at=opens,
        closes_at=opens + timedelta(days=45),
        amount=AMOUNT,
        months=MONTHS,
        awards=awards,
        budget=AMOUNT * awards,
        conditions_fr="Études à temps plein.",
        conditions_en="Full-time studies.",
        is_published=True,
    )


def _result(
    row: Round, file: Application, place: int, staff: Staff, *, rank: int | None = None
) -> Result:
    candidacy = Candidacy.objects.create(
        round=row,
        application=file,
        status=Standing.SUBMITTED,
        number=f"S2-{row.pk}-{place + 11:03}",
        statement=STATEMENT,
        sent={"statement": STATEMENT},
        submitted_at=row.closes_at - timedelta(days=2),
    )
    result = Result.objects.create(
        candidacy=candidacy,
        outcome=Result.Outcome.WAITLISTED if rank else Result.Outcome.AWARDED,
        rank=rank,
        proposed_by=staff.coordinator,
    )
    Result.objects.filter(pk=result.pk).update(status="approved", approved_by=staff.director)
    return result


def _show(row: Round, results: list[Result], staff: Staff, at: datetime) -> None:
    """By two, on a day that is over: the verbs show by the database's clock, which nobody turns back."""
    made = Announcement.objects.create(
        round=row, prepared_by=staff.coordinator, fingerprint="0" * 64, size=len(results)
    )
    rows = Result.objects.filter(pk__in=[one.pk for one in results])
    rows.update(announcement=made)
    lists = Announcement.objects.filter(pk=made.pk)
    lists.update(status="approved", approved_by=staff.director, approved_at=at, due_at=at)
    lists.update(status="done", shown_at=at)
    rows.update(status="shown")
    for one in results:
        one.refresh_from_db()
    result_letters.announce(row.cycle, [made], results)


def _reply(one: Award, at: datetime, *, is_yes: bool) -> None:
    person = one.candidacy.application.applicant
    with pretence.at(at):
        (replying.accept if is_yes else replying.decline)(one, by=person, at=at)


def _pay(row: Round, staff: Staff, at: datetime) -> None:
    """The first two payments of whoever is registered."""
    planned = Payment.objects.filter(award__candidacy__round=row).order_by("due_on", "pk")
    first = list(planned.values_list("pk", flat=True)[:2])
    paying.mark_paid(first, on=day_of(at), by=staff.coordinator)
