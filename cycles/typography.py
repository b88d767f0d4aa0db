"""How days, moments and sizes are written: Québec French and Canadian English, always Montréal time."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from cycles.clock import MONTREAL, is_zone

NBSP = "\u00a0"
WEEKDAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS = {
    "fr": (
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
SHORT_MONTHS = {
    "fr": (
        *("janv.", "févr.", "mars", "avril", "mai", "juin"),
        *("juill.", "août", "sept.", "oct.", "nov.", "déc."),
    ),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
NUMBERS = {
    "fr": ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
    "en": ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
}
UNITS = {"fr": ("octets", "ko", "Mo", "Go"), "en": ("bytes", "kB", "MB", "GB")}


def reader_language() -> str:
    """`fr` or `en`: the language of the page or letter being written."""
    return "en" if (get_language() or "fr").startswith("en") else "fr"


def in_montreal(value: date | datetime) -> date | datetime:
    """A moment as the clock of Montréal shows it; a plain date is left as it is."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return value.astimezone(MONTREAL)
    return value


def day_text(value: date | datetime, *, year: bool = True, weekday: bool = False) -> str:
    """`1er décembre 2026`, `mardi 1er décembre 2026`; `1 December 2026` in English."""
    language, when = reader_language(), in_montreal(value)
    number = "1er" if language == "fr" and when.day == 1 else str(when.day)
    parts = [number, MONTHS[language][when.month - 1], *([str(when.year)] if year else [])]
    if weekday:
        return f"{WEEKDAYS[language][when.weekday()]} {NBSP.join(parts)}"
    return NBSP.join(parts)


def short_day_text(value: date | datetime) -> str:
    """`1er déc.`, `15 oct.`; `1 Dec` in English."""
    language, when = reader_language(), in_montreal(value)
    number = "1er" if language == "fr" and when.day == 1 else str(when.day)
    return f"{number}{NBSP}{SHORT_MONTHS[language][when.month - 1]}"


def hour_text(value: datetime) -> str:
    """`13 h 40`, `9 h`; `13:40` in English."""
    when = in_montreal(value)
    assert isinstance(when, datetime)
    if reader_language() == "en":
        return f"{when:%H:%M}"
    minutes = f"{NBSP}{when.minute:02}" if when.minute else ""
    return f"{when.hour}{NBSP}h{minutes}"


def moment_text(value: datetime, *, weekday: bool = True, year: bool = True) -> str:
    """`mardi 1er décembre 2026, 23 h 59`; `Tuesday 1 December 2026, 23:59` in English."""
    return f"{day_text(value, year=year, weekday=weekday)}, {hour_text(value)}"


def raised(text: str) -> SafeString:
    """The same text as HTML, with the ordinal of the first of the month raised."""
    before, ordinal, after = text.partition(f"1er{NBSP}")
    if not ordinal or before[-1:].isdigit():
        return format_html("{}", text)
    return format_html("{}1<sup>er</sup>{}{}", before, NBSP, after)


def size_text(octets: int) -> str:
    """`1,4 Mo`, `850 ko`; `1.4 MB`, `850 kB` in English. Units of 1,000, one decimal from the million up."""
    language = reader_language()
    amount, unit = float(octets), 0
    while amount >= 999.5 and unit < 3:
        amount, unit = amount / 1000, unit + 1
    figure = f"{amount:.1f}" if unit >= 2 else f"{amount:.0f}"
    if language == "fr":
        figure = figure.replace(".", ",")
    return f"{figure}{NBSP}{UNITS[language][unit]}"


def number_text(number: int, *, first: bool = False) -> str:
    """`quatre`, `four`; figures above ten. `first` says that it begins a sentence."""
    words = NUMBERS[reader_language()]
    text = words[number] if 0 <= number < len(words) else str(number)
    return text[0].upper() + text[1:] if first else text


def local_text(value: datetime, zone: str) -> str:
    """The same moment on a clock elsewhere: `mardi 1er décembre 2026, 4 h 59 (Dakar)`.

    Nothing for an unknown zone, and nothing where clocks show Montréal's time.
    """
    if not is_zone(zone):
        return ""
    there = value.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    if there == value.astimezone(MONTREAL).replace(tzinfo=None):
        return ""
    city = zone.rpartition("/")[2].replace("_", " ")
    return f"{moment_text(there)} ({city})"
