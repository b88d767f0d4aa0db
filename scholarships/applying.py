"""Applying for a scholarship: begin, write, send, change until the close, withdraw, and undo that until the close.

What counts is what was sent; what is written afterwards counts once it is sent again.
"""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from applications.forms.draft import short_hash
from applications.models import Application
from applications.models.application import new_number
from audit.moves import Move, Refused, move, record
from followup.situation import of_application
from scholarships import confidences, consents, lapsing, letters
from scholarships.eligibility import why_not
from scholarships.models import Award, Candidacy, Round, Stacking, Standing
from scholarships.words import LONGEST_WORD, count_words

WRITABLE = (Standing.DRAFT, Standing.SUBMITTED)


class ChangedElsewhere(Refused):
    """Another tab or device saved the statement after this page was opened."""


def owns(user: Any, candidacy: Candidacy) -> bool:
    """The applicant, signed in, on their own."""
    return bool(user and user.is_active and user.pk == candidacy.application.applicant_id)


def what_waits_for_a_reply(candidacy: Candidacy) -> list[str]:
    """The blocker of a withdrawal: an award that is offered is declined, and has its own page."""
    if Award.objects.filter(candidacy=candidacy, status=Award.Status.OFFERED).exists():
        return [_("You are offered this scholarship: decline it instead.")]
    return []


SUBMIT = Move(
    "submit", WRITABLE, Standing.SUBMITTED, may=owns, label=gettext_lazy("Send my application")
)
WITHDRAW = Move(
    "withdraw",
    WRITABLE,
    Standing.WITHDRAWN,
    may=owns,
    blocked_by=what_waits_for_a_reply,
    label=gettext_lazy("Withdraw my application"),
)
# A consent can be taken back whatever hangs on it.
WITHDRAW_WITH_CONSENT = Move("withdraw", WRITABLE, Standing.WITHDRAWN, may=owns)
RESTORE = Move(
    "restore",
    (Standing.WITHDRAWN,),
    Standing.DRAFT,
    may=owns,
    label=gettext_lazy("Take the withdrawal back"),
)
# The same where what was sent is still whole: it counts again.
RESTORE_SENT = Move("restore", (Standing.WITHDRAWN,), Standing.SUBMITTED, may=owns)
MOVES = (SUBMIT, WITHDRAW, RESTORE)


def closed() -> Refused:
    """The sentence for whoever comes too late or too early."""
    return Refused(
        _("This scholarship does not take applications now. What you saved is kept, and not sent.")
    )


@transaction.atomic
def begin(row: Round, application: Application, *, by: User, at: datetime) -> Candidacy:
    """Begin an application in this round, or give back the one already begun. Raises Refused."""
    if by.pk != application.applicant_id:
        raise Refused(_("You may not do this."), forbidden=True)
    begun = Candidacy.objects.filter(round=row, application=application)
    if found := begun.first():
        return found
    _refuse_unless_open(row, application, by=by, at=at)
    try:
        with transaction.atomic():
            candidacy = Candidacy.objects.create(
                round=row, application=application, number=f"S{row.pk}-{new_number()}"
            )
    except IntegrityError:
        # A second tab began it between our look and our insert.
        return begun.get()
    record("begin", candidacy, by=by, new=Standing.DRAFT)
    return candidacy


def writable(candidacy: Candidacy, *, by: User, at: datetime) -> Candidacy:
    """The row, locked and fresh, if this person may write in it at that moment; else raises Refused."""
    locked = confidences.locked(candidacy, by=by)
    if locked.status not in WRITABLE:
        raise Refused(_("This application is withdrawn: take the withdrawal back to change it."))
    if not locked.round.accepts(at):
        raise closed()
    return locked


def mark_of(candidacy: Candidacy) -> str:
    """What a page shows of the statement, as a mark: two tabs with different marks do not overwrite each other."""
    return short_hash([candidacy.statement, candidacy.other_awards])


@transaction.atomic
def save(
    candidacy: Candidacy,
    typed: dict[str, Any],
    *,
    seen: str,
    page: str,
    by: User,
    at: datetime,
) -> Candidacy:
    """Keep what is right of what was typed (`statement`, `other_awards`); nothing is sent. Raises ChangedElsewhere, Refused."""
    locked = writable(candidacy, by=by, at=at)
    ours = bool(page) and locked.writer == page[:32]
    if seen != mark_of(locked) and not ours:
        raise ChangedElsewhere("")
    for name, value in typed.items():
        setattr(locked, name, value)
    locked.writer, locked.saved_at = page[:32], timezone.now()
    locked.save(update_fields=[*typed, "writer", "saved_at"])
    return locked


def missing(candidacy: Candidacy) -> list[str]:
    """What lacks before it can be sent, a sentence each; the consents are on the page that sends."""
    row, found = candidacy.round, []
    if not candidacy.statement.strip():
        found.append(_("Your statement is not written yet."))
    elif sentence := too_long(candidacy.statement, row.statement_words):
        found.append(sentence)
    if row.stacking == Stacking.TOP_UP and candidacy.other_awards is None:
        found.append(_("Say whether you have another award: write 0 if you have none."))
    if confidences.lacks(candidacy):
        found.append(_("The confidential part of your application is not filled in."))
    return found


def too_long(text: str, limit: int) -> str:
    """The sentence for a text of more words than that; empty when it fits."""
    count = count_words(text)
    if count > limit:
        return _("%(count)s words: at most %(limit)s.") % {"count": count, "limit": limit}
    if len(text) > limit * LONGEST_WORD:
        return _("%(count)s characters: at most %(limit)s.") % {
            "count": len(text),
            "limit": limit * LONGEST_WORD,
        }
    return ""


def frozen(candidacy: Candidacy) -> dict[str, Any]:
    """What the panel will read: the statement, another award, and which submission holds the documents on file."""
    other = candidacy.other_awards
    last = candidacy.application.submissions.order_by("-version").values_list("pk", flat=True)
    return {
        "statement": candidacy.statement,
        "other_awards": None if other is None else str(Decimal(other).quantize(Decimal("0.01"))),
        "submission": last.first(),
    }


def is_changed(candidacy: Candidacy) -> bool:
    """Whether what is written is no longer what was sent."""
    if candidacy.sent is None:
        return False
    now = {**frozen(candidacy), "submission": candidacy.sent.get("submission")}
    return any(now[name] != candidacy.sent.get(name) for name in now)


@transaction.atomic
def send(candidacy: Candidacy, *, agreed: Collection[str], by: User, at: datetime) -> Candidacy:
    """Send it, or what was changed since; sent again with nothing new, it is the same. Raises Refused."""
    locked = writable(candidacy, by=by, at=at)
    _refuse_unless_open(locked.round, locked.application, by=by, at=at)
    if lacks := missing(locked):
        raise Refused(_("This cannot be sent yet."), lacks)
    stands, wanted = consents.standing(locked), consents.asked(locked.round)
    if refused := [one.text for one in wanted if one.code not in {*agreed, *stands}]:
        raise Refused(_("Agree to each sentence, or do not send it:"), refused)
    content, kept = frozen(locked), consents.given(locked, wanted, at=at)
    if locked.status == Standing.SUBMITTED and (content, kept) == (locked.sent, locked.consents):
        return locked
    move(locked, SUBMIT, by=by, sent=content, submitted_at=at, consents=kept)
    letters.confirm_receipt(locked)
    return locked


@transaction.atomic
def withdraw(candidacy: Candidacy, *, by: User, at: datetime, step: Move = WITHDRAW) -> Candidacy:
    """Take it out, at its person's wish; what was confided is erased at once, and an award ends with it. Raises Refused."""
    locked = confidences.locked(candidacy, by=by)
    kept = consents.taken_back(locked, (consents.DECLARATION, consents.BUDGET), at=at)
    move(locked, step, by=by, consents=kept, need=None, need_by=None)
    letters.confirm_withdrawal(locked, may_be_undone=locked.round.accepts(at))
    confidences.forget(locked, by=by)
    lapsing.settle_for([locked.pk], at=at)
    return locked


@transaction.atomic
def restore(candidacy: Candidacy, *, by: User, at: datetime) -> Candidacy:
    """Undo a withdrawal before the close: sent as before where it is still whole, else a draft. Raises Refused."""
    locked = confidences.locked(candidacy, by=by)
    _refuse_unless_open(locked.round, locked.application, by=by, at=at)
    agreed = {one.code for one in consents.asked(locked.round)} <= set(consents.standing(locked))
    whole = locked.sent is not None and agreed and not confidences.lacks(locked)
    move(locked, RESTORE_SENT if whole else RESTORE, by=by)
    letters.confirm_restoration(locked, is_sent=whole)
    return locked


@transaction.atomic
def take_consent_back(candidacy: Candidacy, code: str, *, by: User, at: datetime) -> Candidacy:
    """No longer agree that the panel reads something: the application is withdrawn with it. Raises Refused."""
    locked = confidences.locked(candidacy, by=by)
    if code not in {one.code for one in consents.asked(locked.round)} & set(
        consents.standing(locked)
    ):
        raise Refused(_("You have not agreed to this, or have taken it back already."))
    locked.consents = consents.taken_back(locked, (code,), at=at)
    locked.save(update_fields=["consents"])
    record("take_consent_back", locked, by=by, code=code)
    if locked.status not in WRITABLE:
        return locked
    return withdraw(locked, by=by, at=at, step=WITHDRAW_WITH_CONSENT)


def _refuse_unless_open(row: Round, application: Application, *, by: User, at: datetime) -> None:
    """Raise Refused where the round takes nothing at that moment, or nothing of this person's."""
    if not row.accepts(at):
        raise closed()
    if sentence := why_not(row, of_application(application, by, at=at)):
        raise Refused(sentence)
