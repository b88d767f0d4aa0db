"""The payments of an award: planned when the registration is confirmed, to the cent, and written down as paid."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from applications.sight import ids_kept_from
from audit.moves import Refused, record
from scholarships.ledger import NOTHING
from scholarships.models import Award, Payment
from scholarships.permissions import runs_awards

CENT = Decimal("0.01")


def parts(amount: Decimal, months: int) -> list[Decimal]:
    """An amount over so many months: their sum is the amount, and no two differ by more than a cent."""
    cents = int(amount / CENT)
    each, rest = divmod(cents, months)
    return [CENT * (each + (place < rest)) for place in range(months) if each or place < rest]


def days(first: date, count: int) -> list[date]:
    """The same day of so many months in a row; the last day of a month that is shorter."""
    found = []
    for place in range(count):
        years, month = divmod(first.month - 1 + place, 12)
        year, month = first.year + years, month + 1
        found.append(date(year, month, min(first.day, monthrange(year, month)[1])))
    return found


def first_day(award: Award, on: date) -> date:
    """When the first payment is due: the round's own day, or the first of the month after the registration is known."""
    planned = award.candidacy.round.first_payment_on
    return planned or days(on.replace(day=1), 2)[1]


def plan(award: Award, *, on: date) -> list[Payment]:
    """The payments of a confirmed award; those made before stay as they are, and the rest goes over the months left."""
    made = Payment.objects.paid().filter(award=award).count()
    rest = award.amount - paid_of(award)
    months = max(award.months - made, 1)
    if not rest:
        return []
    planned = parts(rest, months)
    due = days(first_day(award, on), made + len(planned))[made:]
    rows = [
        Payment(award=award, due_on=day, amount=amount)
        for day, amount in zip(due, planned, strict=True)
    ]
    return Payment.objects.bulk_create(rows)


def paid_of(award: Award) -> Decimal:
    """What was paid of an award."""
    told = Payment.objects.paid().filter(award=award).aggregate(total=Sum("amount"))
    return told["total"] or NOTHING


def drop_unpaid(awards: Sequence[Award]) -> None:
    """What is not paid of awards that ended, or wait again, is no longer planned."""
    Payment.objects.filter(award__in=awards, paid_on=None).delete()


@transaction.atomic
def mark_paid(payments: Iterable[int], *, on: date, by: User) -> int:
    """Write these payments down as paid on that day, leaving out those that are; how many were not. Raises Refused."""
    rows = _held(payments, by)
    late = [row for row in rows if row.paid_on is None]
    if any(row.award.status != Award.Status.CONFIRMED for row in late):
        raise Refused(_("Only an award that the registration confirmed is paid."))
    for row in late:
        row.paid_on = on
        record("pay", row, by=by, new=on.isoformat())
    Payment.objects.bulk_update(late, ["paid_on"])
    return len(late)


@transaction.atomic
def undo_paid(payments: Iterable[int], *, by: User) -> int:
    """These payments were not made after all; how many. What an award that ended still holds goes back to the round."""
    rows = [row for row in _held(payments, by) if row.paid_on]
    for row in rows:
        record("undo_payment", row, by=by, old=str(row.paid_on))
    ended = [row.pk for row in rows if row.award.status != Award.Status.CONFIRMED]
    Payment.objects.filter(pk__in=[row.pk for row in rows]).update(paid_on=None)
    Payment.objects.filter(pk__in=ended).delete()
    return len(rows)


def _held(payments: Iterable[int], by: User) -> list[Payment]:
    """The payments, their awards locked first, as whatever ends an award does. Raises Refused."""
    if not runs_awards(by):
        raise Refused(_("You may not do this."), forbidden=True)
    wanted = Payment.objects.filter(pk__in=set(payments))
    awards = Award.objects.select_for_update(of=("self",)).filter(payments__in=wanted)
    list(awards.order_by("pk").values_list("pk", flat=True))
    rows = list(
        wanted.select_related("award__candidacy")
        .select_for_update(of=("self",))
        .order_by("due_on", "pk")
    )
    if {row.award.candidacy.application_id for row in rows} & ids_kept_from(by):
        raise Refused(_("You may not do this."), forbidden=True)
    return rows


def lines_of(payments: Iterable[Payment]) -> Iterator[list[str]]:
    """What finance needs, and no more: number, name, amount, day."""
    yield [_("Number"), _("Name"), _("Amount, in dollars"), pgettext("payment", "Due on")]
    for row in payments:
        candidacy = row.award.candidacy
        name = candidacy.application.name
        yield [candidacy.number, name, f"{row.amount:.2f}", row.due_on.isoformat()]
