"""Next year's cycle from this year's: every date a year later, the rest as it is."""

import re
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import administers
from audit.moves import Refused, record
from cycles.clock import MONTREAL
from cycles.models import Cycle, Question
from cycles.parts import registered

MOMENTS = ("opens_at", "closes_at")
DAYS = (
    *("documents_due_on", "reviews_due_on", "release_on", "reply_by", "udem_safe_on"),
    *("udem_official_on", "waitlist_ends_on", "starts_on", "second_start_on"),
)
YEAR = re.compile(r"\b20\d\d\b")
SHORT_YEAR = re.compile(r"\d\d$")


def a_year_later(day: date) -> date:
    """The same day next year; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def same_hour_a_year_later(moment: datetime) -> datetime:
    """The same day and hour of Montréal next year, whether the clocks have changed by then or not."""
    local = moment.astimezone(MONTREAL)
    return datetime.combine(a_year_later(local.date()), local.time(), tzinfo=MONTREAL)


def next_name(name: str) -> str:
    """`Automne 2027` becomes `Automne 2028`."""
    return YEAR.sub(lambda year: str(int(year[0]) + 1), name)


def next_code(code: str) -> str:
    """`A27` becomes `A28`."""
    return SHORT_YEAR.sub(lambda year: f"{(int(year[0]) + 1) % 100:02}", code)


def dates_next_year(cycle: Cycle) -> dict[str, date | datetime | None]:
    """Each date of the cycle by field, a year later."""
    moments = {name: same_hour_a_year_later(getattr(cycle, name)) for name in MOMENTS}
    days = {name: day and a_year_later(day) for name in DAYS for day in [getattr(cycle, name)]}
    return {**moments, **days}


def refusal_to_copy(cycle: Cycle) -> str:
    """Why this cycle has no copy to make, in a sentence; empty when nothing stands in the way."""
    code = next_code(cycle.code)
    if code == cycle.code:
        return _("The code does not end in a year: give next year's cycle its code by hand.")
    if Cycle.objects.filter(code=code).exists():
        return _("There is already a cycle %(code)s.") % {"code": code}
    return ""


@transaction.atomic
def copy_to_next_year(cycle: Cycle, *, by: User) -> Cycle:
    """Make next year's cycle, unpublished, with the same seats, documents, declarations, questions and rubric."""
    if not administers(by):
        raise Refused(_("You may not do this."), forbidden=True)
    if sentence := refusal_to_copy(cycle):
        raise Refused(sentence)
    new = Cycle(
        **{
            field.attname: getattr(cycle, field.attname)
            for field in Cycle._meta.concrete_fields
            if not field.primary_key
        }
    )
    new.code, new.is_published = next_code(cycle.code), False
    new.name_fr, new.name_en = next_name(cycle.name_fr), next_name(cycle.name_en)
    for name, value in dates_next_year(cycle).items():
        setattr(new, name, value)
    new.save()
    for rows in (cycle.intakes.all(), cycle.pieces.all(), cycle.declarations.all()):
        for row in rows:
            give(row, new)
    _copy_questions(cycle, new)
    for part in registered():
        part.copy(cycle, new)
    record("copy", new, by=by, old=cycle.code, new=new.code)
    return new


def give(row: Any, cycle: Cycle) -> None:
    """The same row once more, under another cycle; what was version 3 is again the first wording."""
    row.pk, row.cycle = None, cycle
    row._state.adding = True
    if hasattr(row, "version"):
        row.version = 1
    row.save()


def _copy_questions(old: Cycle, new: Cycle) -> None:
    """The questions still asked, each condition on the copy of its question.

    One that hangs on a question no longer asked was never asked either: it stays behind.
    """
    copies: dict[int, Question] = {}
    for question in old.questions.filter(is_retired=False).order_by("position", "pk"):
        before, parent = question.pk, question.shown_if_id
        if parent is None or parent in copies:
            question.shown_if = copies[parent] if parent else None
            give(question, new)
            copies[before] = question
