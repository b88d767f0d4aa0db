"""Messages between an applicant and the office."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from applications.models import Application
from applications.permissions import owns
from audit.moves import Refused, record
from desk.letters import tell_message
from desk.models import Message
from desk.permissions import handles

QUIET = timedelta(minutes=10)


@transaction.atomic
def write(application: Application, text: str, *, by: User) -> Message:
    """Say something to the other side; an applicant is told that a message waits, never what it says."""
    locked = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    from_office = handles(by, locked)
    if not (from_office or owns(by, locked)):
        raise Refused(_("You may not do this."), forbidden=True)
    told = from_office and _told_lately(application)
    message = Message.objects.create(
        application=application, author=by, from_office=from_office, text=text
    )
    record("write_message", message, by=by)
    if from_office:
        application.messages.unanswered().update(settled_at=message.at)
        if not told:
            tell_message(message)
    return message


def _told_lately(application: Application) -> bool:
    """Whether a letter of the last minutes already says that a message waits, and nobody opened it since."""
    waiting = application.messages.unread_by_applicant()
    return waiting.filter(at__gte=timezone.now() - QUIET).exists()


@transaction.atomic
def settle(application: Application, *, by: User) -> int:
    """Say that what the applicant wrote needs no answer; how many messages that were."""
    if not handles(by, application):
        raise Refused(_("You may not do this."), forbidden=True)
    count = application.messages.unanswered().update(settled_at=timezone.now())
    if count:
        record("settle_messages", application, by=by, count=count)
    return count


def thread_of(application: Application, *, reader: User) -> list[Message]:
    """The messages of a file, oldest first; those of the other side count as opened from now on.

    A look that leaves a mark, like the opening of a file on the trail: whoever wrote wants to know it.
    """
    rows = application.messages.select_related("author")
    thread = list(rows)
    mine = owns(reader, application)
    new = application.messages.unread_by_applicant() if mine else rows.unread_by_office()
    if any(row.read_at is None and row.from_office == mine for row in thread):
        new.update(read_at=timezone.now())
    return thread
