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
from scholarships import awarding, calling, lapsing, paying, replying
from scholarships.models import Award, Candidacy, Category, Payment, Result, Round, Standing

STATEMENT = "J’ai animé pendant trois ans un atelier de programmation ouvert à tout le quartier."
NUMBER, MONTHS, WAITING = 4, 10, 2
AMOUNT = Decimal("5000.00")


def award(cycle: Cycle, staff: Staff, *, now: datetime) -> None:
    """One confirmed and partly paid, one accepted, one declined whose money went to the next, one without a reply."""
    people = _people(cycle)
    if len(people) < NUMBER:
        return
    row = _round(cycle)
    shown, soon = now - timedelta(days=20), now - timedelta(days=1)
    with pretence.at(shown):
        results = [
            _result(row, one, place, staff, shown)
            for place, one in enumerate(people[: NUMBER + WAITING])
        ]
        given = awarding.offer_all(results[:NUMBER], by=staff.director, at=shown)
    for one in given[:2]:
        _reply(one, shown + timedelta(days=1), is_yes=True)
    _reply(given[2], shown + timedelta(days=2), is_yes=False)
    with pretence.at(soon):
        lapsing.settle_all(at=soon)
        _pay(row, staff, soon)
        following = calling.next_of(row, day_of(soon))
        if following is not None:
            calling.call(following, by=staff.coordinator, at=soon)


def _people(cycle: Cycle) -> list[Application]:
    """Who said yes to Mila, those who registered first."""
    rows = Decision.objects.released().filter(
        application__cycle=cycle, offer__status=Reply.ACCEPTED
    )
    known = rows.select_related("application__applicant", "offer__udem_file").order_by("pk")
    there = sorted(known, key=lambda one: one.offer.udem_file.status != Filing.REGISTERED)
    return [one.application for one in there]


def _round(cycle: Cycle) -> Round:
    opens = at_hour(day_of(cycle.opens_at), 9)
    return Round.objects.create(
        cycle=cycle,
        category=Category.EDI_RESEARCH,
        name_fr="Bourses d’excellence – ÉDI en recherche",
        name_en="Excellence Scholarships – EDI in Research",
        text_fr="Pour qui met l’équité, la diversité et l’inclusion au cœur de son travail.",
        text_en="For those who put equity, diversity and inclusion at the heart of their work.",
        opens_at=opens,
        closes_at=opens + timedelta(days=45),
        amount=AMOUNT,
        months=MONTHS,
        awards=NUMBER,
        budget=AMOUNT * NUMBER,
        conditions_fr="Études à temps plein.",
        conditions_en="Full-time studies.",
        is_published=True,
    )


def _result(row: Round, file: Application, place: int, staff: Staff, at: datetime) -> Result:
    candidacy = Candidacy.objects.create(
        round=row,
        application=file,
        status=Standing.SUBMITTED,
        number=f"S2-{row.pk}-{place + 11:03}",
        statement=STATEMENT,
        sent={"statement": STATEMENT},
        submitted_at=row.closes_at - timedelta(days=2),
    )
    waits = place >= NUMBER
    return Result.objects.create(
        candidacy=candidacy,
        outcome=Result.Outcome.WAITLISTED if waits else Result.Outcome.AWARDED,
        rank=place - NUMBER + 1 if waits else None,
        status=Result.Status.SHOWN,
        proposed_by=staff.coordinator,
        approved_by=staff.director,
    )


def _reply(one: Award, at: datetime, *, is_yes: bool) -> None:
    person = one.candidacy.application.applicant
    with pretence.at(at):
        (replying.accept if is_yes else replying.decline)(one, by=person, at=at)


def _pay(row: Round, staff: Staff, at: datetime) -> None:
    """The first two payments of whoever is registered."""
    planned = Payment.objects.filter(award__candidacy__round=row).order_by("due_on", "pk")
    first = list(planned.values_list("pk", flat=True)[:2])
    paying.mark_paid(first, on=day_of(at), by=staff.coordinator)
