"""What the application for admission holds already, and a scholarship asks for nobody to give twice."""

from typing import Any

from applications.models import Application, Kind
from applications.snapshot import papers_of
from scholarships.models import Round


def on_file(row: Round, application: Application) -> list[dict[str, Any]]:
    """The CV and the transcripts last submitted, as far as the round shows them to its panel: `what`, `label`, `pages`."""
    last = application.submissions.order_by("-version").first()
    kinds = {Kind.CV: row.asks_cv, Kind.TRANSCRIPT: row.asks_transcripts}
    papers = papers_of(last.content) if last else []
    return [paper for paper in papers if kinds.get(paper.get("kind", ""))]
