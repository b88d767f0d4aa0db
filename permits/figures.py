"""How counts and amounts are written: `1 200` and `24 617 $` in French, `1,200` and `$24,617` in English."""

from cycles.typography import NBSP, reader_language


def count_text(count: int) -> str:
    """A whole number with its thousands apart."""
    grouped = f"{count:,}"
    return grouped if reader_language() == "en" else grouped.replace(",", NBSP)


def dollars_text(amount: int) -> str:
    """An amount of whole Canadian dollars."""
    counted = count_text(amount)
    return f"${counted}" if reader_language() == "en" else f"{counted}{NBSP}$"
