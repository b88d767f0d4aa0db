"""A list from its beginning to its certificate: listed by the timetable, checked by one, approved by another, executed."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from audit.moves import Move, Refused, move, record
from retention.due import due, rule_of
from retention.models import Disposal, Item, Kind
from retention.models.disposal import BOTH
from retention.models.rule import Rule
from retention.permissions import approves_list, checks_list, executes

Status = Disposal.Status
CHECK = Move(
    "check_disposal",
    (Status.LISTED,),
    Status.CHECKED,
    may=checks_list,
    label=gettext_lazy("I checked this list"),
)
UNCHECK = Move(
    "uncheck_disposal",
    (Status.CHECKED,),
    Status.LISTED,
    may=checks_list,
    label=gettext_lazy("Check it once more"),
)
APPROVE = Move(
    "approve_disposal",
    (Status.CHECKED,),
    Status.APPROVED,
    may=approves_list,
    label=gettext_lazy("Approve the destruction"),
)
CANCEL = Move(
    "cancel_disposal",
    (Status.LISTED, Status.CHECKED),
    Status.CANCELLED,
    may=checks_list,
    label=gettext_lazy("Cancel the list"),
)
FINISH = Move("finish_disposal", (Status.APPROVED,), Status.DONE, may=executes)
MOVES = (CHECK, UNCHECK, APPROVE, CANCEL, FINISH)
SHORTEST_WHY = 10


def said(rule: Rule) -> str:
    """A rule in the words that stand on the list and on its certificate, in both languages."""
    words = []
    for language in ("fr", "en"):
        with translation.override(language):
            told = {"length": length_of(rule), "begins": rule.begins}
            words.append(_("%(length)s after %(begins)s") % told)
    return BOTH.join(words)


def length_of(rule: Rule) -> str:
    """Its length in words."""
    parts = [
        ngettext("%(n)s month", "%(n)s months", rule.months) % {"n": rule.months},
        ngettext("%(n)s day", "%(n)s days", rule.days) % {"n": rule.days},
    ]
    kept = [part for part, count in zip(parts, (rule.months, rule.days), strict=True) if count]
    return _(" and ").join(kept)


def list_due(*, at: datetime) -> int:
    """Put what is due and on no list yet on a list to check, one a class; how many lists are new or longer."""
    return sum(_list(kind, at) for kind in Kind.values)


@transaction.atomic
def _list(kind: str, at: datetime) -> int:
    found = due(kind, at)
    if not found:
        return 0
    waiting = Disposal.objects.filter(kind=kind, status__in=(Status.CHECKED, Status.APPROVED))
    listed = set(Item.objects.filter(disposal__in=waiting).values_list("subject", flat=True))
    row = Disposal.objects.select_for_update().filter(kind=kind, status=Status.LISTED).first()
    if row is None and Disposal.objects.filter(kind=kind, status=Status.CHECKED).exists():
        return 0  # one at a time: what became due since waits for the next
    if row is not None:
        listed |= set(row.items.values_list("subject", flat=True))
    new = [one for one in found if one.subject not in listed]
    if not new:
        return 0
    if row is None:
        row = Disposal.objects.create(kind=kind, rule=said(rule_of(kind))[:300], listed_at=at)
        record("list_disposal", row, by=None, new=row.status)
    Item.objects.bulk_create(
        [Item(disposal=row, subject=one.subject, due_on=one.on) for one in new]
    )
    Disposal.objects.filter(pk=row.pk).update(size=row.items.count())
    return 1


@transaction.atomic
def leave_out(item: Item, *, why: str, by: User) -> Item:
    """Take a line off a list that is being checked; it comes on the next one. Raises Refused."""
    row = _held(item.disposal)
    if not checks_list(by, row):
        raise Refused(_("You may not do this."), forbidden=True)
    if row.status != Status.LISTED:
        raise Refused(_("The list is no longer being checked."))
    refuse_short(why)
    Item.objects.filter(pk=item.pk).update(status=Item.Status.LEFT_OUT, why=why.strip()[:300])
    record("leave_out_of_disposal", row, by=by, why=why.strip(), subject=item.subject)
    item.refresh_from_db()
    return item


@transaction.atomic
def put_back(item: Item, *, by: User) -> Item:
    """Put a line back that was left out. Raises Refused."""
    row = _held(item.disposal)
    if not checks_list(by, row):
        raise Refused(_("You may not do this."), forbidden=True)
    if row.status != Status.LISTED:
        raise Refused(_("The list is no longer being checked."))
    Item.objects.filter(pk=item.pk, status=Item.Status.LEFT_OUT).update(
        status=Item.Status.LISTED, why=""
    )
    record("put_back_on_disposal", row, by=by, subject=item.subject)
    item.refresh_from_db()
    return item


@transaction.atomic
def check(disposal: Disposal, *, by: User) -> Disposal:
    """One person has looked through it: it is frozen for the other. Raises Refused."""
    row = _held(disposal)
    if not row.items.filter(status=Item.Status.LISTED).exists():
        raise Refused(_("Nothing is left on this list: cancel it."))
    return move(
        row, CHECK, by=by, checked_by=by, checked_at=timezone.now(), fingerprint=print_of(row)
    )


@transaction.atomic
def uncheck(disposal: Disposal, *, by: User) -> Disposal:
    """Open it once more. Raises Refused."""
    return move(_held(disposal), UNCHECK, by=by, checked_by=None, checked_at=None, fingerprint="")


@transaction.atomic
def approve(disposal: Disposal, *, seen: str, by: User) -> Disposal:
    """The second person approves the list whose fingerprint they saw. Raises Refused."""
    row = _held(disposal)
    if seen != row.fingerprint or seen != print_of(row):
        raise Refused(_("The list is not the one that you looked at: look at it once more."))
    return move(row, APPROVE, by=by, approved_by=by, approved_at=timezone.now())


@transaction.atomic
def cancel(disposal: Disposal, *, why: str, by: User) -> Disposal:
    """Nothing of it is destroyed; what is due comes on another list. Raises Refused."""
    refuse_short(why)
    return move(_held(disposal), CANCEL, by=by, why=why.strip(), why_cancelled=why.strip()[:500])


def print_of(disposal: Disposal) -> str:
    """The fingerprint of what would be destroyed."""
    rows = disposal.items.filter(status=Item.Status.LISTED).order_by("subject")
    text = "\n".join(f"{subject} {on}" for subject, on in rows.values_list("subject", "due_on"))
    return hashlib.sha256(text.encode()).hexdigest()


def refuse_short(why: str) -> None:
    """Raise Refused where the reason is no reason."""
    if len(why.strip()) < SHORTEST_WHY:
        raise Refused(_("Say why, in a few words."))


def _held(disposal: Disposal) -> Disposal:
    return Disposal.objects.select_for_update(of=("self",)).get(pk=disposal.pk)
