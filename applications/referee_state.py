"""Where each request for a letter stands, in words for the applicant and for the coordination."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from applications.models import Application, Referee, RefereeStatus
from applications.models.referee import COUNTED
from applications.referees import may_name, may_remind_from
from audit.models import subject_of
from notifications.models import OutgoingEmail

Delivery = OutgoingEmail.Status
UNDELIVERED = (Delivery.BOUNCED, Delivery.DEAD)


@dataclass(frozen=True)
class RefereeLine:
    """One referee as a page shows them: the state in words, and what may be done about it now."""

    referee: Referee
    tone: str
    icon: str
    state: str
    undelivered: bool
    may_remind: bool
    may_change: bool
    may_remove: bool
    remind_from: datetime | None

    @property
    def counts(self) -> bool:
        """Whether this person counts among those asked."""
        return self.referee.status in COUNTED


def last_letters(referees: Sequence[Referee]) -> dict[int, str]:
    """How far the last letter to each referee's present address got, by referee; one query for all of them."""
    by_subject = {subject_of(row): row for row in referees}
    letters = OutgoingEmail.objects.about(*referees).values_list("about", "address", "status")
    told: dict[int, str] = {}
    for about, address, status in letters if referees else ():
        referee = by_subject[about]
        if address == referee.email:
            told[referee.pk] = status
    return told


def referee_lines(application: Application, at: datetime) -> list[RefereeLine]:
    """Each referee of a file, the first named first; two queries, whatever their number."""
    referees = list(application.referees.kept())
    told = last_letters(referees)
    for referee in referees:
        referee.application = application
    return [_line(referee, told.get(referee.pk, ""), at) for referee in referees]


def _line(referee: Referee, told: str, at: datetime) -> RefereeLine:
    awaited = referee.status == RefereeStatus.INVITED
    open_now = may_name(referee.application, at)
    undelivered = awaited and told in UNDELIVERED
    from_when = may_remind_from(referee)
    tone, icon, state = _words(referee, told, at)
    answered = referee.status == RefereeStatus.RECEIVED
    return RefereeLine(
        referee=referee,
        tone=tone,
        icon=icon,
        state=state,
        undelivered=undelivered,
        may_remind=awaited and open_now and not undelivered and at >= from_when,
        may_change=awaited and open_now,
        may_remove=open_now and not answered,
        remind_from=from_when if awaited and open_now and at < from_when else None,
    )


def _words(referee: Referee, told: str, at: datetime) -> tuple[str, str, str]:
    """Tone, icon and words of a state."""
    if referee.status == RefereeStatus.RECEIVED:
        return "ok", "circle-check", _("Letter received")
    if referee.status == RefereeStatus.DECLINED:
        return "bad", "circle-x", _("Cannot write a letter")
    if told in UNDELIVERED:
        return "bad", "triangle-alert", _("Not delivered: check the address")
    if not referee.in_time(at):
        return "time", "clock", _("No letter came in time")
    if told == Delivery.SENT:
        return "info", "mail-check", _("Invited, letter awaited")
    return "info", "mail", _("Our letter to them is on its way")
