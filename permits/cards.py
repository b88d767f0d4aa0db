"""What "my application" shows of permits: a card, lines of the thread, dates for the calendar."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from followup.cards import Card, Coming, announces, dates, remembers, shows
from followup.situation import Situation
from notifications.calendars import Entry
from permits.facts import Facts, facts_of
from permits.page import Shown, asks_authorities, history, is_pressed, shown

HELD = "_permits"


def _facts(situation: Situation) -> Facts | None:
    """The facts of the file, looked up once for a page; None where there is nothing to follow."""
    if situation.application is None or situation.udem_file is None:
        return None
    if HELD not in situation.__dict__:
        found = facts_of([situation.application])[situation.application.pk]
        situation.__dict__[HELD] = found
    facts: Facts = situation.__dict__[HELD]
    return facts if facts.is_going else None


def _steps(situation: Situation) -> list[Shown]:
    facts = _facts(situation)
    return shown(facts, situation.at) if facts else []


@shows
def permits_card(situation: Situation) -> Iterator[Card]:
    """The steps with their latest days; one line for those who need none."""
    facts = _facts(situation)
    if facts and facts.told.status:
        steps = shown(facts, situation.at)
        context = {"facts": facts, "steps": steps, "asks": asks_authorities(steps)}
        context["is_pressed"] = is_pressed(steps, facts.starts_on, situation.at)
        yield Card("permits/card.html", context)


@announces
def permits_to_come(situation: Situation) -> Iterator[Coming]:
    """Each step that is not asked for, on its latest day."""
    for step in _steps(situation):
        if step.has_passed:
            yield Coming(step.title, step.waits or _("As soon as you can"))
        elif step.is_counted and step.line.due:
            title = _("%(step)s, at the latest") % {"step": step.title}
            yield Coming(title, step.line.due, step.waits)
        elif step.waits:
            yield Coming(step.title, step.waits)


@remembers
def permits_so_far(situation: Situation) -> Iterator[tuple[datetime, str]]:
    """What was told and reported of permits."""
    facts = _facts(situation)
    for node in history(facts) if facts and facts.needs_any else []:
        yield node.when, node.title


@dates
def permit_dates(situation: Situation) -> Iterator[Entry]:
    """The latest days to come, as days."""
    for step in _steps(situation):
        if step.is_counted and step.line.due:
            title = _("%(step)s: latest day to ask") % {"step": step.title}
            yield Entry(f"permit-{step.line.kind}", title, step.line.due)
