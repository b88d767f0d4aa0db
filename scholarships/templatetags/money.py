"""Amounts as each language writes them, and moments kept as text."""

from datetime import datetime
from decimal import Decimal

from django import template
from django.utils.formats import number_format

from cycles.bilingual import in_english

register = template.Library()


@register.filter
def dollars(amount: Decimal | None) -> str:
    """`6 000 $` or `$6,000`; cents where there are some; nothing for no amount."""
    if amount is None:
        return ""
    places = 0 if amount == amount.to_integral_value() else 2
    text = number_format(abs(amount), places, use_l10n=True, force_grouping=True)
    sign = "−" if amount < 0 else ""
    return f"{sign}${text}" if in_english() else f"{sign}{text}\xa0$"


@register.filter
def moment(written: str) -> datetime:
    """The moment that a JSON column keeps as text."""
    return datetime.fromisoformat(written)
