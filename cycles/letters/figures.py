"""The dates, hours, amounts and addresses that a text writes out, told in one way whatever its language.

`31 janvier 2027` and `January 31, 2027` are the same day, `1 500 $` and `$1,500` the same amount.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from cycles.typography import MONTHS, SHORT_MONTHS, day_text, hour_text

PLACEHOLDER = re.compile(r"\{[^{}\n]*\}")
LEAP = 2024  # a year that has a 29 February
SPACE = r"[ \u00a0\u202f]"
# Both languages write `janvier`, `janv.` and `January`, whichever the text is in.
MONTH = {
    name.lower().rstrip("."): number
    for names in (*MONTHS.values(), *SHORT_MONTHS.values())
    for number, name in enumerate(names, 1)
}
MONTH_NAMES = "|".join(sorted(map(re.escape, MONTH), key=len, reverse=True))
YEAR = rf"(?:,?{SPACE}+(\d{{4}})\b)?"
DAY_FIRST = re.compile(
    rf"\b(\d{{1,2}})(?:er|st|nd|rd|th)?{SPACE}+({MONTH_NAMES})\b\.?{YEAR}", re.IGNORECASE
)
MONTH_FIRST = re.compile(
    rf"\b({MONTH_NAMES})\b\.?{SPACE}+(\d{{1,2}})(?:st|nd|rd|th)?\b{YEAR}", re.IGNORECASE
)
ISO_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
FRENCH_HOUR = re.compile(rf"\b(\d{{1,2}}){SPACE}*h(?:{SPACE}*(\d{{2}}))?\b(?!\w)", re.IGNORECASE)
HALF_DAY = re.compile(rf"\b(\d{{1,2}})(?::(\d{{2}}))?{SPACE}*([ap])\.?m\b\.?", re.IGNORECASE)
CLOCK = re.compile(r"\b(\d{1,2}):(\d{2})\b")
NAMED_HOUR = re.compile(r"\b(midi|noon|minuit|midnight)\b", re.IGNORECASE)
NUMBER = r"\d{1,3}(?:[ \u00a0\u202f,]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?"
DOLLARS = re.compile(
    rf"(?:\$|CA\$|\bCAD){SPACE}?({NUMBER})|({NUMBER}){SPACE}?(?:\$|\bCAD\b|dollars?\b)"
)
PERCENT = re.compile(rf"({NUMBER}){SPACE}?(?:%|per cent\b|percent\b|pour cent\b)")
ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]»’]")
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PLAIN = re.compile(NUMBER)

NAMED = {"midi": "12:00", "noon": "12:00", "minuit": "0:00", "midnight": "0:00"}


def figures(text: str) -> tuple[set[str], set[str]]:
    """What the text fixes (days, hours, amounts, shares, whose addresses), and what may differ (other numbers, pages).

    Placeholders do not count.
    """
    left = PLACEHOLDER.sub(" ", unicodedata.normalize("NFC", text))
    firm: set[str] = set()
    loose = {_page(found[0]) for found in ADDRESS.finditer(left)}
    for pattern, told in READERS:
        firm.update(told(found) for found in pattern.finditer(left))
        left = pattern.sub(" ", left)
    return firm, loose | {_number(found[0]) for found in PLAIN.finditer(left)}


def in_words(figure: str) -> str:
    """A day or an hour as the page's own language writes it; the rest as it is."""
    if found := re.fullmatch(r"(\d{4}|-)-(\d{2})-(\d{2})", figure):
        try:
            day = date(LEAP if found[1] == "-" else int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            return figure
        return day_text(day, year=found[1] != "-")
    if (found := re.fullmatch(r"(\d{1,2}):(\d{2})", figure)) and int(found[1]) < 24:
        return hour_text(datetime.combine(date.min, time(int(found[1]), min(int(found[2]), 59))))
    return figure


def _day(day: str, month: str, year: str | None) -> str:
    told = f"{int(day):02}-{MONTH[month.lower()]:02}"
    return f"{year}-{told[3:]}-{told[:2]}" if year else f"--{told[3:]}-{told[:2]}"


def _number(text: str) -> str:
    """`1 500,50`, `1,500.50` and `1500.5` are the same."""
    bare = re.sub(SPACE, "", text)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?", bare):
        bare = bare.replace(",", "")
    value = Decimal(bare.replace(",", "."))
    return f"{value.normalize():f}"


def _half_day(found: Any) -> str:
    hour = int(found[1]) % 12 + (12 if found[3].lower() == "p" else 0)
    return f"{hour}:{found[2] or '00'}"


def _page(address: str) -> str:
    """An address, without the part that is the language of the page."""
    return re.sub(r"^(https?://[^/]+)/(?:en|fr)(?=/|$)", r"\1", address).rstrip("/")


READERS: tuple[tuple[re.Pattern[str], Callable[[Any], str]], ...] = (
    (ADDRESS, lambda found: found[0].split("/")[2].lower()),
    (MAIL, lambda found: found[0].lower()),
    (ISO_DAY, lambda found: found[0]),
    (DAY_FIRST, lambda found: _day(found[1], found[2], found[3])),
    (MONTH_FIRST, lambda found: _day(found[2], found[1], found[3])),
    (DOLLARS, lambda found: f"{_number(found[1] or found[2])} $"),
    (PERCENT, lambda found: f"{_number(found[1])} %"),
    (HALF_DAY, _half_day),
    (FRENCH_HOUR, lambda found: f"{int(found[1])}:{found[2] or '00'}"),
    (CLOCK, lambda found: f"{int(found[1])}:{found[2]}"),
    (NAMED_HOUR, lambda found: NAMED[found[1].lower()]),
)
