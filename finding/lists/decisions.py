"""The ranked list of a program, with its proposals."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from answers import board
from cycles.models import Intake
from finding.lists.listed import CHUNK, Column, Filters, Listed, Rows, in_chunks
from reviews import ranked_lines, ranking
from reviews.board import chosen_cycle
from reviews.models import Estimate
from reviews.permissions import works_on_files


def _rows(user: Any, filters: Filters) -> Rows:
    cycle = chosen_cycle(filters.get("cycle"))
    intakes = Intake.objects.filter(cycle=cycle).select_related("program", "cycle__estimate")
    held = list(intakes.order_by("program__position")) if cycle else []
    if cycle is None or not held:
        return Rows(0, iter(()))
    intake = next((row for row in held if row.program.code == filters.get("program")), held[0])
    order = ranking.MEAN if filters.get("by") == ranking.MEAN else ranking.SCORE
    listing = ranking.Listing(cycle, intake.program, user, order)
    show = filters.get("show", ranking.ALL)
    show = show if show in ranking.SHOWS else ranking.ALL
    estimate: Estimate | None = getattr(intake.cycle, "estimate", None)
    if show == ranking.CLOSE and not estimate:
        page, ranks = ranking.page_for(*(listing, show, "1"), seats=intake.seats, estimated=False)
        return Rows(len(page.rows), _lines([page.rows], listing, intake.seats, estimate, ranks))
    rows = ranking.ranked(listing, show, board.among(listing, show))
    numbered = show == ranking.ALL
    chunks = in_chunks(rows.iterator(chunk_size=CHUNK))
    lines = _lines(chunks, listing, intake.seats, estimate, None if numbered else {})
    return Rows(rows.count(), lines)


def _lines(
    chunks: Any,
    listing: ranking.Listing,
    seats: int | None,
    estimate: Estimate | None,
    ranks: dict[int, int] | None,
) -> Iterator[tuple[int, Any]]:
    """Lines chunk by chunk; without `ranks` they are numbered as they come."""
    before = 0
    for some in chunks:
        told = {row.pk: before + at for at, row in enumerate(some, 1)} if ranks is None else ranks
        before += len(some)
        made = ranked_lines.lines(
            some, listing, ranks=told, seats=seats, cut=None, estimate=estimate
        )
        yield from ((line.application.pk, line) for line in made)


def _standing(name: str) -> Any:
    return lambda line: getattr(line.standing, name) if line.standing else None


def _proposal(line: Any) -> str:
    if not line.decision:
        return ""
    program = f", {line.decision.program.short}" if line.decision.program else ""
    return f"{line.decision.get_outcome_display()}{program}"


def _by(name: str) -> Any:
    return lambda line: str(getattr(line.decision, name) or "") if line.decision else ""


DECISIONS = Listed(
    "decisions",
    _("Decisions"),
    works_on_files,
    ("program", "show", "by"),
    (
        Column("rank", _("Rank"), lambda line: line.rank or None),
        Column("number", _("Number"), lambda line: line.application.number),
        Column("last_names", _("Last names"), lambda line: line.application.last_names),
        Column("first_names", _("First names"), lambda line: line.application.first_names),
        Column("score", _("Score"), _standing("adjusted")),
        Column("low", _("Score, lower bound"), _standing("adjusted_low")),
        Column("high", _("Score, upper bound"), _standing("adjusted_high")),
        Column("chance", _("Chance of a seat, %"), lambda line: line.chance),
        Column("mean", _("Mean"), _standing("mean")),
        Column("reviews", _("Reviews"), _standing("handed_in")),
        Column("proposal", _("Proposal"), _proposal),
        Column(
            *("state", _("State")),
            lambda line: str(line.decision.get_status_display()) if line.decision else "",
        ),
        Column("proposed_by", _("Proposed by"), _by("proposed_by")),
        Column("approved_by", _("Approved by"), _by("approved_by")),
    ),
    _rows,
)
