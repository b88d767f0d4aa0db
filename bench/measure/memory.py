"""What a web worker keeps in memory, fresh and after everything else."""

from bench.figures import Figure, Row
from bench.flood import flood, get
from bench.measure.house import House
from bench.measure.intake import PAGE

MB = 1024 * 1024


def now(house: House) -> Figure:
    """MB resident, of each worker of the web server."""
    return Figure.of(worker.memory_info().rss / MB for worker in house.workers())


def fresh(house: House) -> Figure:
    """The same once each worker has drawn its first pages."""
    flood(house.port, get("/", PAGE), seconds=1.0)
    flood(house.port, get("/en/account/sign-in/", PAGE), seconds=0.5)
    return now(house)


def row(house: House, before: Figure, size: int) -> Row:
    """Fresh, and after the load of this run."""
    after = now(house)
    return Row(
        f"memory of one web worker, {size:,} files",
        f"{before.median:.0f} MB fresh, {max(after.runs):.0f} MB after this run’s load",
        aim="≤ 180 MB",
        peer="105 MB fresh, 560 MB with 50,000 files",
        met=max(after.runs) <= 180,
        beats=max(after.runs) <= 560,
        limit="Resident memory of the larger of two workers that were never replaced; the code itself, once imported, "
        "is most of it.",
    )
