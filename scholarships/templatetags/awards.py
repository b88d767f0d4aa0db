"""Money in templates: `{% load awards %}`, then `{{ amount|money }}`."""

from decimal import Decimal

from django import template

from scholarships.money import money_text

register = template.Library()


@register.filter
def money(amount: Decimal | None) -> str:
    """An amount of dollars; nothing for none."""
    return "" if amount is None else money_text(amount)
