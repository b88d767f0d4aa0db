"""Names that people give to files: only labels, made printable, and as short as UdeM wants them."""

LONGEST = 63
SUFFIX = ".pdf"


def printable(name: str) -> str:
    """A label without control characters, direction marks or folders."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in last if letter.isprintable()).strip() or "document.pdf"


def shortened(name: str) -> str:
    """A shorter label to offer: the beginning, and the same ending."""
    label = printable(name)
    stem = label[: -len(SUFFIX)] if label.lower().endswith(SUFFIX) else label
    return stem[: LONGEST - len(SUFFIX)].rstrip(" -_.,(") + SUFFIX
