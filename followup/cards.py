"""What later apps put on the applicant's page: a card below what the state says, lines of the thread, dates.

An app that has something to say registers it in its `AppConfig.ready`; nothing here needs to know which apps do.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise

from followup.situation import Situation
from notifications.calendars import Entry


@dataclass(frozen=True)
class Card:
    """A part of the page: its template, which finds `card` and `situation`, and what it shows.

    `is_private`: for the person alone; who looks at the page as the person sees it does not see this.
    """

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    is_private: bool = False


@dataclass(frozen=True)
class Coming:
    """A line of the thread of what is to come."""

    title: str | Promise
    when: date | datetime | str
    text: str | Promise = ""


Cards = Callable[[Situation], Iterable[Card]]
Comings = Callable[[Situation], Iterable[Coming]]
Dates = Callable[[Situation], Iterable[Entry]]
Pasts = Callable[[Situation], Iterable[tuple[datetime, str]]]
_cards: list[Cards] = []
_comings: list[Comings] = []
_dates: list[Dates] = []
_pasts: list[Pasts] = []


def shows(cards: Cards) -> Cards:
    """Decorate: these cards belong to the applicant's page."""
    _cards.append(cards)
    return cards


def announces(comings: Comings) -> Comings:
    """Decorate: these lines belong to the thread."""
    _comings.append(comings)
    return comings


def dates(found: Dates) -> Dates:
    """Decorate: these dates belong to the person's calendar."""
    _dates.append(found)
    return found


def remembers(pasts: Pasts) -> Pasts:
    """Decorate: these moments and words belong to what has happened."""
    _pasts.append(pasts)
    return pasts


def cards_of(situation: Situation) -> list[Card]:
    """Every card, in the order of the apps."""
    return [card for cards in _cards for card in cards(situation)]


def comings_of(situation: Situation) -> Iterator[Coming]:
    """Every line that is to come."""
    for comings in _comings:
        yield from comings(situation)


def pasts_of(situation: Situation) -> Iterator[tuple[datetime, str]]:
    """Everything that has happened elsewhere."""
    for pasts in _pasts:
        yield from pasts(situation)


def dates_of(situation: Situation) -> Iterator[Entry]:
    """Every date for the calendar."""
    for found in _dates:
        yield from found(situation)
