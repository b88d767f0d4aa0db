"""The payments as a file for finance: the least, no formula, and on the trail."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from audit.moves import Refused, record
from reconciliation.cells import neutral
from reconciliation.exporting import as_csv
from reconciliation.workbook import workbook
from scholarships.models import Award, Payment, Round
from scholarships.paying import lines_of
from scholarships.permissions import runs_awards

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def to_pay(user: User, row: Round) -> QuerySet[Payment]:
    """What is planned of a round and not paid, of those that this person may see, by day."""
    rows = Payment.objects.visible_to(user).filter(
        award__candidacy__round=row, award__status=Award.Status.CONFIRMED, paid_on=None
    )
    return rows.select_related("award__candidacy__application").order_by("due_on", "pk")


def export(row: Round, kind: str, *, by: User) -> bytes:
    """The file. The trail says who took how many payments out, never whose. Raises Refused."""
    if not runs_awards(by) or kind not in KINDS:
        raise Refused(_("You may not do this."), forbidden=True)
    lines = [[neutral(cell) for cell in line] for line in lines_of(to_pay(by, row))]
    record("export_payments", row, by=by, payments=len(lines) - 1, kind=kind)
    return workbook(lines) if kind == "xlsx" else as_csv(lines)
