"""How money is written: `6 000 $` and `500,50 $` in French, `$6,000` and `$500.50` in English; cents where there are some."""

from decimal import Decimal

from cycles.typography import NBSP, reader_language
from permits.figures import count_text

CENT = Decimal("0.01")


def money_text(amount: Decimal) -> str:
    """An amount of Canadian dollars, to the cent."""
    exact = abs(amount).quantize(CENT)
    whole, cents = divmod(int(exact * 100), 100)
    counted, sign = count_text(whole), "−" if amount < 0 else ""
    if reader_language() == "en":
        return f"{sign}${counted}.{cents:02}" if cents else f"{sign}${counted}"
    return f"{sign}{counted},{cents:02}{NBSP}$" if cents else f"{sign}{counted}{NBSP}$"
