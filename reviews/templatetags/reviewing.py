"""How a review is told: its advice for each program, by the program's name."""

from typing import Any

from django import template

from cycles.models import Program
from reviews.models import Recommendation, Review

register = template.Library()
KEPT = "_programs_by_code"


@register.simple_tag(takes_context=True)
def advice_lines(context: template.Context, review: Review) -> list[tuple[str, str]]:
    """The short name of each program with the advice for it; empty for a file that asks for one program.

    The programs are read once a page, and only where a review names several.
    """
    if not review.advice:
        return []
    request: Any = context["request"]
    if not hasattr(request, KEPT):
        setattr(request, KEPT, list(Program.objects.all()))
    return [
        (program.short, str(Recommendation(review.advice[program.code]).label))
        for program in getattr(request, KEPT)
        if program.code in review.advice
    ]
