"""The application to UdeM, as the applicant reports it: its number and its day."""

import re
from collections.abc import Iterator
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from audit.moves import Move, Refused, move, record
from followup.letters import confirm_filing
from followup.models import Filing, UdemFile
from followup.offers import what_blocks
from followup.permissions import owns_udem_file
from followup.sealing import mark
from followup.step_dates import first_day, latest_today

NUMBER = re.compile(r"[0-9A-Z]{4,20}")


def out_of_the_process(udem_file: UdemFile) -> Iterator[str]:
    """Nothing is reported any more for a file that was withdrawn or closed."""
    return what_blocks(udem_file.offer)


FILE = Move(
    "file_udem",
    (Filing.TO_FILE,),
    Filing.FILED,
    may=owns_udem_file,
    blocked_by=out_of_the_process,
    label=gettext_lazy("Report my UdeM application"),
)
MOVES = (FILE,)


def clean_number(text: str) -> str:
    """The number without spaces and hyphens, in capitals. Raises ValidationError when it cannot be one."""
    number = re.sub(r"[\s\-]", "", text).upper()
    if not NUMBER.fullmatch(number):
        raise ValidationError(
            _("Copy the number from the UdeM confirmation e-mail: 4 to 20 digits or letters.")
        )
    return number


def clean_day(day: date, udem_file: UdemFile, *, now: datetime | None = None) -> date:
    """The day as given. Raises ValidationError when it is in the future or before our answer."""
    if day > latest_today(now):
        raise ValidationError(_("This date is in the future: give the day you applied."))
    if day < first_day(udem_file):
        raise ValidationError(
            _("This date is before our answer. If you applied before it, write to us.")
        )
    return day


@transaction.atomic
def report_filing(udem_file: UdemFile, *, by: User, number: str, filed_on: date) -> UdemFile:
    """Record that the person applied to UdeM; reported twice alike, it is one report. Raises Refused."""
    held, number, filed_on = _checked(udem_file, by, number, filed_on)
    if held.status == Filing.FILED and (held.number, held.filed_on) == (number, filed_on):
        return held
    move(held, FILE, by=by, number=number, number_mark=mark(number), filed_on=filed_on)
    confirm_filing(held)
    return held


@transaction.atomic
def correct_filing(udem_file: UdemFile, *, by: User, number: str, filed_on: date) -> UdemFile:
    """Put right a number or a day that the person reported; nobody has confirmed them yet. Raises Refused."""
    held, number, filed_on = _checked(udem_file, by, number, filed_on)
    if held.status != Filing.FILED:
        raise Refused(_("There is nothing to correct yet."))
    if held.confirmed_at:
        raise Refused(_("The office has confirmed this. Write to us to put it right."))
    if (held.number, held.filed_on) == (number, filed_on):
        return held
    held.number, held.number_mark, held.filed_on = number, mark(number), filed_on
    held.save(update_fields=["number", "number_mark", "filed_on"])
    record("correct_filing", held, by=by)
    return held


def _checked(udem_file: UdemFile, by: User, number: str, day: date) -> tuple[UdemFile, str, date]:
    """The row, locked and fresh, with what was typed put in order. Raises Refused."""
    held = (
        UdemFile.objects.select_for_update(of=("self",))
        .select_related(
            "offer__decision__release",
            "offer__decision__program",
            "offer__decision__application__applicant",
            "offer__decision__application__cycle",
        )
        .get(pk=udem_file.pk)
    )
    if not owns_udem_file(by, held):
        raise Refused(_("You may not do this."), forbidden=True)
    try:
        return held, clean_number(number), clean_day(day, held)
    except ValidationError as error:
        raise Refused(_("This cannot be recorded."), error.messages) from error
