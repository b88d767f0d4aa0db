"""Sending what is due.

A worker claims a few letters: its token and a lease are on them, their status is still "waiting". Just
before one goes out it is written as "going out", and the one before it as "sent", in one commit; so a crash
leaves at most one letter in doubt, and every other is free again when its lease ends. Whatever a worker writes
holds only while its token is on the row.
"""

import logging
import random
import time
import uuid
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Case, F, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Now

from notifications import identity, ways
from notifications.models import OutgoingEmail
from notifications.nudge import nudge
from notifications.transport import Conversation, Unreachable
from notifications.verdicts import Verdict, in_words, verdict
from notifications.ways import Way

logger = logging.getLogger(__name__)

Status = OutgoingEmail.Status
MAX_ATTEMPTS = 6
RUN_SECONDS = 20.0
FIRST_PAUSE = timedelta(minutes=1)
# A mail service that answers with doubt gets few letters until it is itself again: each may need a person.
DOUBTFUL = 30.0

FREE = {"lease_until": None, "lease_token": None}
TEXT_OR_NOTHING = Case(When(secret=True, then=Value("", TextField())), default=F("text"))
# A service may say that a letter came back before we write that it left.
CAME_BACK = Q(outcome=OutgoingEmail.Outcome.BOUNCED)
SENT = {
    **FREE,
    "status": Case(When(CAME_BACK, then=Value(Status.BOUNCED)), default=Value(Status.SENT)),
    "sent_at": Now(),
    "error": Case(When(CAME_BACK, then=F("error")), default=Value("", TextField())),
    "text": TEXT_OR_NOTHING,
}

# One statement, so one commit and one journey for each letter: by far the most frequent of the product.
_GONE_AND_NEXT = """
UPDATE notifications_outgoingemail SET
    status = CASE WHEN id = %(next)s THEN 'sending' WHEN outcome = 'bounced' THEN 'bounced' ELSE 'sent' END,
    sent_at = CASE WHEN id = %(gone)s THEN statement_timestamp() END,
    error = CASE WHEN id = %(gone)s AND outcome <> 'bounced' THEN '' ELSE error END,
    esp_message_id = CASE WHEN id = %(gone)s THEN %(number)s ELSE '' END,
    transport = CASE WHEN id = %(next)s THEN %(way)s ELSE transport END,
    {erasing}
    attempts = attempts + CASE WHEN id = %(next)s THEN 1 ELSE 0 END,
    tried_at = CASE WHEN id = %(next)s THEN statement_timestamp() ELSE tried_at END,
    lease_token = CASE WHEN id = %(next)s THEN lease_token END,
    lease_until = CASE WHEN id = %(next)s THEN statement_timestamp() + make_interval(secs => %(lease)s) END
WHERE lease_token = %(token)s::uuid AND (
    (id = %(gone)s AND status = 'sending')
    OR (id = %(next)s AND status = 'pending' AND lease_until > statement_timestamp()
        AND NOT EXISTS (SELECT FROM notifications_mailswitch WHERE paused))
)
RETURNING id
"""
# A text that is only named here is copied, and long ones are kept apart: name it for secrets alone.
_ERASING = "text = CASE WHEN id = %(gone)s THEN '' ELSE text END,"


def deliver(seconds: float = RUN_SECONDS) -> None:
    """Send until nothing is due or the time is over, by the first way out that can be reached."""
    open_ways = ways.in_order()
    if not open_ways or not identity.is_trusted():
        return
    end = time.monotonic() + seconds
    for way in open_ways:
        try:
            _deliver_by(way, end)
            break
        except Unreachable as error:
            ways.away(way)
            logger.warning(
                "The mail server %s cannot be reached; letters wait. %s", way.name, error
            )


def _deliver_by(way: Way, end: float) -> None:
    """Send by this way until nothing is due or the time is over. Raises Unreachable."""
    with Conversation(way) as mail:
        helped = False
        while time.monotonic() < end and (claimed := claim(settings.OUTBOX_BATCH, by=way.name)):
            if not helped and len(claimed[1]) == settings.OUTBOX_BATCH:
                nudge()  # more than one batch waits: another worker may take a share
                helped = True
            run = Round(mail, *claimed)
            run.run()
            if run.doubts and not way.by_smtp:
                way.breaker.trip(DOUBTFUL)
                logger.warning("The mail service %s leaves a letter in doubt.", way.name)
                return
            way.breaker.reset()


def claim(size: int, *, by: str = "") -> tuple[uuid.UUID, list[OutgoingEmail]] | None:
    """Take a few letters that are due, the most urgent first; other workers take others.

    A claim is short: should this worker vanish, nothing is in doubt about a letter that has not gone out. What
    another transport may have sent already is left to it.
    """
    token = uuid.uuid4()
    with transaction.atomic():
        due = OutgoingEmail.objects.due().filter(transport__in={"", by})
        letters = list(
            due.order_by("priority", "queued_at", "pk").select_for_update(
                skip_locked=True, of=("self",)
            )[:size]
        )
        if not letters:
            return None
        held = OutgoingEmail.objects.filter(pk__in=[letter.pk for letter in letters])
        held.update(lease_token=token, lease_until=_in(settings.OUTBOX_DEADLINE))
    return token, letters


def _in(seconds: float) -> CombinedExpression:
    """So many seconds from now, by the database's clock."""
    return Now() + timedelta(seconds=seconds)


def pause_after(attempts: int) -> timedelta:
    """How long a letter waits after so many temporary failures: 1, 4, 16, 64, 256 minutes, give or take."""
    return FIRST_PAUSE * 4 ** (attempts - 1) * random.uniform(0.75, 1.25)  # noqa: S311


def patiently(write: Callable[[], None], seconds: float = 30.0) -> None:
    """Write what is known of letters that have left, though the database may be starting again."""
    end = time.monotonic() + seconds
    while True:
        try:
            return write()
        except (OperationalError, InterfaceError):
            if time.monotonic() > end:
                raise
            connection.close()
            time.sleep(0.2)


class Round:
    """One claim: its letters go out one after the other."""

    def __init__(self, mail: Conversation, token: uuid.UUID, letters: list[OutgoingEmail]) -> None:
        self.mail = mail
        self.token = token
        self.letters = letters
        self.out: OutgoingEmail | None = None  # handed to the server, which has not answered
        self.gone: OutgoingEmail | None = None  # taken by the server, not yet written as sent
        self.number = ""  # what the service calls that one
        self.begun: OutgoingEmail | None = None  # the last that went out, as it was before
        self.doubts = 0

    def run(self) -> None:
        """Send them all, or stop at the first that the server is slow about: others are then free to go."""
        try:
            for letter in self.letters:
                if not self._deliver(letter):
                    break
        finally:
            patiently(self._let_go)

    def _deliver(self, letter: OutgoingEmail) -> bool:
        """Send one; false when the rest had better not wait behind it. Raises Unreachable."""
        end = time.monotonic() + settings.OUTBOX_DEADLINE
        self.mail.open(end)
        if not self._going_out(letter):
            return True
        self.out = letter
        judged, error = self._hand_over(letter, end)
        if judged is None:
            self.gone, self.out = letter, None
            return True
        patiently(lambda: self._write_failure(letter, judged, error))
        self.out = None
        return self.mail.is_open

    def _hand_over(self, letter: OutgoingEmail, end: float) -> tuple[Verdict | None, str]:
        """Give the letter to the server: no verdict when it took it. Raises Unreachable."""
        try:
            judged, error = self._try(letter, end)
            if judged is Verdict.AGAIN:
                self.mail.open(end)
                judged, error = self._try(letter, end)
        except Unreachable:
            self.out = None  # it never left: letting go gives it its attempt back
            raise
        return (Verdict.LATER if judged is Verdict.AGAIN else judged), error

    def _try(self, letter: OutgoingEmail, end: float) -> tuple[Verdict | None, str]:
        """One try on this connection, which is kept only when the server answered in good order."""
        try:
            self.number = self.mail.send(letter, end)
        except Unreachable:
            raise
        except Exception as error:
            judged = verdict(error, left=self.mail.left)
            if not in_words(error, judged):
                self.mail.hang_up()
            logger.info("Letter %s: %s, %s", letter.pk, judged.name, type(error).__name__)
            return judged, f"{type(error).__name__}: {error}"[:500]
        return None, ""

    def _mine(self, letter: OutgoingEmail, status: Status) -> QuerySet[OutgoingEmail]:
        """The letter's row while this round still holds it in that status."""
        return OutgoingEmail.objects.held_by(self.token).filter(pk=letter.pk, status=status)

    def _going_out(self, letter: OutgoingEmail) -> bool:
        """Write that the last one is sent and that this one goes out; false when its lease had ended."""
        erasing = _ERASING if self.gone and self.gone.secret else ""
        values = {
            "token": str(self.token),
            "gone": self.gone.pk if self.gone else None,
            "next": letter.pk,
            "lease": settings.OUTBOX_LEASE,
            "number": self.number,
            "way": self.mail.way.name,
        }
        with connection.cursor() as cursor:
            cursor.execute(_GONE_AND_NEXT.format(erasing=erasing), values)
            written = {pk for (pk,) in cursor.fetchall()}
        self.gone, self.number = None, ""
        if letter.pk not in written:
            return False
        self.begun = letter
        letter.attempts += 1
        return True

    def _write_sent(self) -> None:
        """Write that the last letter left."""
        if self.gone:
            self._mine(self.gone, Status.SENDING).update(**SENT, esp_message_id=self.number)

    def _write_failure(self, letter: OutgoingEmail, judged: Verdict, error: str) -> None:
        """Write what became of a letter that the server did not take."""
        if judged is Verdict.LATER and letter.attempts >= MAX_ATTEMPTS:
            judged = Verdict.DEAD
        self.doubts += judged is Verdict.IN_DOUBT
        changes = {**FREE, "error": error, **_consequence(judged, letter)}
        self._mine(letter, Status.SENDING).update(**changes)

    def _let_go(self) -> None:
        """Write the last one as sent and free the rest; one on the wire keeps its lease, for it is in doubt."""
        with transaction.atomic():
            self._write_sent()
            held = OutgoingEmail.objects.held_by(self.token)
            held.filter(status=Status.PENDING).update(**FREE)
            on_the_wire = Q(pk=self.out.pk) if self.out else Q(pk=None)
            held.filter(~on_the_wire, status=Status.SENDING).update(
                status=Status.PENDING,
                attempts=F("attempts") - 1,
                transport=self.begun.transport if self.begun else "",
                **FREE,
            )


def _consequence(judged: Verdict, letter: OutgoingEmail) -> dict[str, object]:
    """The columns that a verdict changes."""
    match judged:
        case Verdict.LATER:
            wait = pause_after(letter.attempts)
            # Refused this time: free for any transport, unless an earlier try is still in doubt.
            return {
                "status": Status.PENDING,
                "next_attempt_at": Now() + wait,
                "transport": letter.transport,
            }
        case Verdict.IN_DOUBT:
            # The server may still be busy with it: evidence is asked when it must have finished.
            return {"status": Status.UNKNOWN, "next_attempt_at": _in(settings.OUTBOX_LEASE)}
        case Verdict.BOUNCED:
            status = Status.BOUNCED
        case _:
            status = Status.DEAD
    return {"status": status, **({"text": ""} if letter.secret else {})}
