"""What is over: files of exports, and views that nobody put back."""

from finding import exporting, keeping


def sweep() -> int:
    """Erase both; how many."""
    return exporting.expire() + keeping.forget()
