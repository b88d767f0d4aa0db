"""Amounts as each language writes them, and moments kept as text."""

from datetime import datetime
from decimal import Decimal

from django import template

from scholarships.money import money_text

register = template.Library()


@register.filter
def dollars(amount: Decimal | None) -> str:
    """`6 000 $` or `$6,000`; cents where there are some; nothing for no amount."""
    return "" if amount is None else money_text(amount)


@register.filter
def moment(written: str) -> datetime:
    """The moment that a JSON column keeps as text."""
    return datetime.fromisoformat(written)
