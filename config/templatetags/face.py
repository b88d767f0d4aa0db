"""What every template can use without loading it: icons, days, moments in Montréal, sizes."""

import json
from datetime import UTC, date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from applications import countries
from config.public_calendar import PublicCalendar
from cycles import typography
from cycles.models import Cycle

register = template.Library()

LUCIDE: dict[str, str] = json.loads(
    (settings.BASE_DIR / "static" / "vendor" / "lucide" / "icons.json").read_text(encoding="utf-8")
)


@register.simple_tag
def icon(name: str) -> SafeString:
    """One Lucide icon, drawn inline and silent: the words beside it say the same.

    Raises KeyError for a name that is not in static/vendor/lucide/icons.json.
    """
    # The table is ours, from a vendored file: nothing a person typed gets here.
    return mark_safe(  # noqa: S308
        '<svg class="i" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        f"{LUCIDE[name]}</svg>"
    )


@register.simple_tag
def calendar_of(cycle: Cycle | None) -> PublicCalendar | None:
    """The cycle as the public reads it: `{% calendar_of cycle as calendar %}`."""
    return PublicCalendar(cycle) if cycle else None


def _time(value: date | datetime, text: str, slot: str | None = None) -> SafeString:
    stamp = value.astimezone(UTC) if isinstance(value, datetime) else value
    flag = "" if slot is None else format_html(' data-local="{}"', slot)
    return format_html(
        '<time datetime="{}"{}>{}</time>', stamp.isoformat(), flag, typography.raised(text)
    )


def _in_full(value: datetime) -> str:
    city = _("(Montréal time)")
    return f"{typography.moment_text(value)} {city}"


@register.filter
def montreal(value: datetime | None) -> SafeString | str:
    """A deadline in full, city included; a small script adds the reader's own zone after it."""
    if not value:
        return ""
    return _time(value, _in_full(value), slot="")


@register.filter
def clock(value: datetime, slot: str) -> SafeString:
    """A deadline in full without its city; the script writes the reader's own into the element `slot`."""
    return _time(value, typography.moment_text(value), slot)


@register.filter
def montreal_short(value: datetime | None) -> SafeString | str:
    """A moment in Montréal without weekday, for lists and tables."""
    return _time(value, typography.moment_text(value, weekday=False)) if value else ""


@register.filter
def montreal_text(value: datetime | None) -> str:
    """A deadline in full without markup, for letters."""
    return _in_full(value) if value else ""


@register.filter
def local(value: datetime, zone: str) -> str:
    """The same moment on the reader's own clock, with its city; nothing where it is Montréal's."""
    return typography.local_text(value, zone)


@register.filter
def hour(value: datetime | None) -> str:
    """The hour in Montréal: `13 h 40`, `13:40`."""
    return typography.hour_text(value) if value else ""


@register.filter
def day(value: date | datetime | None) -> SafeString | str:
    """A day: `31 janvier 2027`."""
    return _time(value, typography.day_text(value)) if value else ""


@register.filter
def weekday(value: date | datetime | None) -> SafeString | str:
    """A day with its weekday: `dimanche 31 janvier 2027`."""
    return _time(value, typography.day_text(value, weekday=True)) if value else ""


@register.filter
def short_day(value: date | datetime | None) -> SafeString | str:
    """A day for a small space: `15 oct.`"""
    return _time(value, typography.short_day_text(value)) if value else ""


@register.filter
def day_text(value: date | datetime | None) -> str:
    """A day without markup, for letters and attributes."""
    return typography.day_text(value) if value else ""


@register.filter
def raised(sentence: str) -> SafeString:
    """A sentence that names a day: the ordinal of the first of the month is raised."""
    return typography.raised(sentence)


@register.filter
def dated(value: Any) -> SafeString | str:
    """What a timeline carries as its date: a moment, a day, words, or markup of its own."""
    if isinstance(value, SafeString):
        return value
    if isinstance(value, datetime):
        return montreal_short(value)
    if isinstance(value, date):
        return day(value)
    return format_html('<span class="stamp">{}</span>', typography.raised(value)) if value else ""


@register.filter
def filesize(octets: int | None) -> str:
    """A file's size: `1,4 Mo`, `1.4 MB`."""
    return typography.size_text(octets) if octets is not None else ""


@register.filter
def words(number: int) -> str:
    """A small number in words, at the head of a title: `Deux`, `Two`."""
    return typography.number_text(number, first=True)


@register.filter
def focus_id(field: BoundField) -> str:
    """The id that a link to this field should jump to: the input, or the first of its choices."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def country(code: str) -> str:
    """A country's name in the page's language."""
    return countries.name_of(code) if code else ""
