"""The letters that come after an answer, for the catalogue. A real file's own answer plays no part in them."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.letter_samples import WORDS, file_of, programs_of
from cycles.clock import day_of, end_of
from cycles.models import Program
from followup import letters
from followup.models import Offer, UdemFile
from followup.reminding import udem_dates
from notifications.catalogue import Asked, Entry, Reader, register

ANSWERED = {
    **WORDS,
    "replied": _("When the reply was recorded"),
    "messages": _("The page where the person writes to the office"),
    "reply_by": _("The last moment to reply"),
    "program": _("Name of the program"),
    "program_number": _("Number of the program at UdeM"),
    "udem_limit": _("The last safe moment to apply to UdeM"),
    "filed": _("Day of the application to UdeM"),
    "limit": _("The next date of UdeM, with its hour"),
    "limit_day": _("The next date of UdeM"),
    "state": _("A sentence or two: which date it is, and what to do"),
}


def offered(asked: Asked, *, has_dates: bool = False) -> dict[str, Any]:
    """An offer that nobody made, for the first program that the file asks for."""
    file = file_of(asked)
    programs = programs_of(file)
    program = programs[0] if programs else Program(name_fr="Maîtrise", name_en="Master’s")
    offer = Offer(reply_by=end_of(file.cycle.reply_by), replied_at=timezone.now())
    dates = letters.udem_limit(file) if has_dates else []
    return {**letters.about(file, offer, program), "dates": dates}


def unfiled(asked: Asked) -> dict[str, Any]:
    """An offer that was accepted, and no application to UdeM yet."""
    context = offered(asked, has_dates=True)
    return {**context, **udem_dates(context["application"].cycle, timezone.now())}


def filed(asked: Asked) -> dict[str, Any]:
    """An application to UdeM, made yesterday."""
    context = offered(asked)
    yesterday = day_of(timezone.now() - timedelta(days=1))
    udem_file = UdemFile(offer=context["offer"], program=context["program"], filed_on=yesterday)
    return {**context, "udem_file": udem_file}


def dated(asked: Asked, *, days: int) -> dict[str, Any]:
    """A day of UdeM that is near."""
    return {**offered(asked), "limit": end_of(day_of(timezone.now() + timedelta(days=days)))}


def late(asked: Asked) -> dict[str, Any]:
    """A yes given once UdeM's date has passed, or taken back."""
    context = offered(asked)
    context["offer"].taken_back_at = timezone.now()
    return context


def free(asked: Asked) -> dict[str, Any]:
    """A free place in each program of the cycle; a file's number changes nothing here."""
    file_of(asked)
    programs = asked.cycle.programs.order_by("position") if asked.cycle.pk else []
    names = [str(program.name) for program in programs] or ["–"]
    return {"lines": [{"cycle": asked.cycle, "program": name, "free": 1} for name in names]}


applicant = partial(Entry, reader=Reader.APPLICANT, words=ANSWERED, required=("link",))

register(
    applicant(
        letters.OFFER_ACCEPTED,
        _("Yes recorded"),
        _("At once, when somebody accepts an offer"),
        sample=partial(offered, has_dates=True),
        required=("program_number", "udem_limit", "link"),
    ),
    applicant(
        letters.OFFER_DECLINED,
        _("No recorded"),
        _("At once, when somebody declines an offer"),
        sample=offered,
    ),
    applicant(
        letters.OFFER_EXPIRED,
        _("Offer ended without a reply"),
        _("When the last day to reply has passed"),
        sample=offered,
        required=("reply_by", "messages"),
    ),
    applicant(
        letters.OFFER_REMINDER,
        _("Reminder: a reply is awaited"),
        _("At 9 in the morning, two days before the last day to reply and on it"),
        sample=offered,
        required=("reply_by", "link"),
        is_silent=True,
    ),
    applicant(
        letters.UDEM_REMINDER,
        _("Reminder: the application to UdeM"),
        _("At 9 in the morning, 7 and 2 days before the safe date, on it, and on the official one"),
        sample=unfiled,
        required=("program_number", "limit", "link"),
    ),
    applicant(
        letters.UDEM_FILED,
        _("Application to UdeM recorded"),
        _("When somebody tells us that they applied to UdeM"),
        sample=filed,
    ),
    applicant(
        letters.UDEM_DOCUMENTS_REMINDER,
        _("Reminder: documents for UdeM"),
        _("At 9 in the morning, 5 and 2 working days before UdeM’s documents are due"),
        sample=partial(dated, days=4),
        required=("limit", "link"),
    ),
    applicant(
        letters.UDEM_ACCEPT_REMINDER,
        _("Reminder: a date of UdeM is near"),
        _(
            "At 9 in the morning, 7 and 2 days before the last day to accept UdeM’s offer, and on it"
        ),
        sample=partial(dated, days=2),
        required=("limit", "link"),
        is_silent=True,
    ),
    applicant(
        letters.UDEM_STEP_CHANGED,
        _("The file at UdeM has changed"),
        _("When the office writes something about somebody’s file at UdeM"),
        sample=offered,
        is_silent=True,
    ),
    applicant(
        letters.OFFER_ACCEPTED_LATE,
        _("Yes recorded after UdeM’s date"),
        _("At once, when somebody called from the waitlist accepts after UdeM’s official date"),
        sample=late,
        required=("program_number", "messages", "link"),
    ),
    applicant(
        letters.ACCEPTANCE_TAKEN_BACK,
        _("Yes taken back"),
        _("When the coordination takes a yes back at the person’s wish"),
        sample=late,
    ),
    applicant(
        letters.WAITLIST_CALLED,
        _("A call from the waitlist"),
        _("When a place is free, and a person on the waitlist is called"),
        sample=offered,
        required=("reply_by", "link"),
        is_silent=True,
    ),
    applicant(
        letters.WAITLIST_ENDED,
        _("End of the waitlist"),
        _("At 9 in the morning after the waitlist ended, to those who were never called"),
        sample=offered,
        is_silent=True,
    ),
    applicant(
        letters.OFFER_REOPENED,
        _("A reply is awaited again"),
        _("When the coordination opens an offer again that was declined or lapsed"),
        sample=offered,
        required=("reply_by", "link"),
        is_silent=True,
    ),
    applicant(
        letters.REPLY_EXTENDED,
        _("More time to reply"),
        _("When the coordination gives more time to reply"),
        sample=offered,
        required=("reply_by", "link"),
        is_silent=True,
    ),
    Entry(
        letters.SEATS_FREE,
        _("Places are free"),
        _("To the coordination, once a day at most, while a place is free and nobody is called"),
        reader=Reader.STAFF,
        sample=free,
        words={},
        is_fixed=True,
    ),
)
