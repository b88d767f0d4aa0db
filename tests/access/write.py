"""Writes `table.txt` from what the product does; the difference is then read by a person."""

from pathlib import Path

from tests.access.world import METHODS, ROLES, World, patterns, status


def write(world: World, path: Path) -> None:
    """One line an address and method, in columns."""
    lines = [["address", "method", *ROLES]]
    lines += [
        [name, method, *(status(world, role, method, name) for role in ROLES)]
        for name, _keys in patterns()
        for method in METHODS
    ]
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    rows = (
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
