"""The repeated parts of a step: degrees, courses, jobs. Each line keeps its valid part by itself."""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import ngettext

from applications.forms.text import prepare


class Line(forms.Form):
    """One line; `stored` is what is kept of it now, and None for the empty one at the end."""

    optional: tuple[str, ...] = ()

    def __init__(
        self, data: Mapping[str, Any] | None, *, prefix: str, stored: Any, heading: str = ""
    ) -> None:
        sent = data is not None and any(key.startswith(f"{prefix}-") for key in data)
        super().__init__(data if sent else None, prefix=prefix, initial=stored or {})
        self.stored: dict[str, Any] = stored or {}
        self.is_new = stored is None
        self.heading = heading
        prepare(self.fields, self.optional)

    @property
    def focus(self) -> str:
        """The id of its first field, where a link leads."""
        first = next(iter(self))
        return first.id_for_label or f"{first.auto_id}_0"

    def gaps(self) -> list[str]:
        """The fields that are still to fill on the stored line."""
        return []

    @property
    def lacking(self) -> str:
        """How much its summary says is still to do; nothing when it is whole."""
        count = 0 if self.is_new else len(self.gaps())
        text = ngettext("%(count)s thing missing", "%(count)s things missing", count)
        return text % {"count": count} if count else ""

    @property
    def is_open(self) -> bool:
        """Whether the page shows its fields and not only its summary."""
        return (
            not self.is_right
            or bool(self.lacking)
            or (self.is_new and self.is_bound and self.has_changed())
        )

    @property
    def is_right(self) -> bool:
        """Whether nothing in it is to correct; a line that was not sent has nothing wrong."""
        return not self.is_bound or self.is_valid()

    @property
    def merged(self) -> dict[str, Any]:
        """What was kept, with the valid part of what was sent over it."""
        return {
            **self.stored,
            **(self.cleaned_data if self.is_bound and self.errors is not None else {}),
        }


def as_data(values: Mapping[str, Any]) -> dict[str, Any]:
    """A line as plain data: numbers with decimals become text, so that nothing is rounded."""
    return {
        name: f"{value.normalize():f}" if isinstance(value, Decimal) else value
        for name, value in values.items()
    }


def is_blank(values: Mapping[str, Any]) -> bool:
    """Whether nothing is written on a line."""
    return not any(value not in ("", None, False) for value in values.values())


def places(data: Mapping[str, Any] | None, prefix: str) -> int:
    """How many lines a sent page has: one more than the highest number in the names of its fields."""
    numbers = re.compile(rf"{prefix}-([0-9]{{1,4}})-")
    return 1 + max(
        (int(found[1]) for key in data or () if (found := numbers.match(key))), default=-1
    )


def lines_of(
    kind: type[Line],
    data: Mapping[str, Any] | None,
    stored: Sequence[Mapping[str, Any]],
    *,
    prefix: str,
    most: int,
    heading: Callable[[int], str],
) -> list[Line]:
    """The stored lines and an empty one, or those that a page sent; never more than `most`."""
    wanted = places(data, prefix) if data is not None else len(stored) + 1
    return [
        kind(
            data,
            prefix=f"{prefix}-{index}",
            stored=stored[index] if index < len(stored) else None,
            heading=heading(index + 1),
        )
        for index in range(min(max(wanted, len(stored)), most))
    ]
