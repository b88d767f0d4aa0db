"""What each line of a list is about, in words, for those who check it; of a person no more than the number of the file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from applications.models import Application
from cycles.models import Cycle
from retention.models import Item


@dataclass(frozen=True)
class Line:
    """A line, what it is about, and the file that may be looked at."""

    item: Item
    title: str
    detail: str = ""
    number: str = ""


def told(items: Sequence[Item], user: User) -> list[Line]:
    """These lines in words, with as many queries for one as for fifty."""
    keys: dict[str, list[str]] = {}
    for item in items:
        table, _colon, key = item.subject.partition(":")
        keys.setdefault(table, []).append(key)
    files = {
        str(row.pk): row
        for row in Application.objects.visible_to(user)
        .filter(pk__in=_numbers(keys, "applications.application"))
        .select_related("cycle")
    }
    cycles = {
        str(row.pk): row for row in Cycle.objects.filter(pk__in=_numbers(keys, "cycles.cycle"))
    }
    return [_line(item, files, cycles) for item in items]


def _numbers(keys: dict[str, list[str]], table: str) -> list[int]:
    return [int(key) for key in keys.get(table, [])]


def _line(item: Item, files: dict[str, Any], cycles: dict[str, Any]) -> Line:
    table, _colon, key = item.subject.partition(":")
    if table == "applications.application":
        file = files.get(key)
        if file is None:
            return Line(item, _("A file"))
        return Line(item, file.number, f"{file.cycle} · {file.get_status_display()}", file.number)
    if table == "cycles.cycle":
        return Line(item, _("All answers of a cycle"), str(cycles.get(key, "")))
    if table == "audit.auditentry":
        month = date.fromisoformat(f"{key}-01")
        return Line(item, _("A month of the trail"), date_format(month, "YEAR_MONTH_FORMAT"))
    if table == "accounts.user":
        return Line(item, _("An account"))
    return Line(item, _("An incident of the register"))
