"""Configured texts are twin columns, `name_fr` and `name_en`; a page reads the one of its language."""

from typing import Any

from django.utils.translation import get_language


def in_english() -> bool:
    """Whether the page is in English."""
    return (get_language() or "fr").startswith("en")


def twin(field: str) -> Any:
    """A property that reads `<field>_en` on English pages and `<field>_fr` elsewhere or where English is empty."""

    def read(row: Any) -> str:
        return (in_english() and getattr(row, f"{field}_en")) or getattr(row, f"{field}_fr")

    return property(read)
