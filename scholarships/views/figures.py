"""The figures of self-identification, as a page and as a CSV; for the EDI officer alone."""

import csv
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.asking import Asked
from accounts.door import only
from accounts.permissions import protects
from cycles.models import Cycle
from reconciliation.cells import neutral
from scholarships import aggregates
from scholarships.vault.counting import FEWEST


@only(protects)
@require_safe
def edi_aggregates(request: Asked) -> HttpResponse:
    """Each question, stage by stage, with what may be known; and when the next stage comes."""
    cycles = list(Cycle.objects.published())
    named = [row for row in cycles if row.code == request.GET.get("cycle")]
    past = [row for row in cycles if row.closes_at < request.arrived_at]
    cycle = next(iter([*named, *past, *cycles]), None)
    context: dict[str, Any] = {"cycles": cycles, "cycle": cycle, "fewest": FEWEST}
    if cycle:
        tables = aggregates.tables(cycle, by=request.user)
        reached = len(tables[0].figures)
        stage, is_over = aggregates.next_stage(cycle, reached, at=request.arrived_at)
        context |= {
            "tables": tables,
            "reached": reached,
            "stage": stage,
            "is_over": is_over,
            "expected": stage.expected(cycle) if stage else None,
        }
    return render(request, "scholarships/edi_aggregates.html", context)


@only(protects)
@require_POST
def edi_aggregates_give(request: Asked, code: str) -> HttpResponse:
    """Give the figures of the next stage out, for ever."""
    cycle = get_object_or_404(Cycle.objects.published(), code=code)
    stage = aggregates.give_out(cycle, by=request.user, at=request.arrived_at)
    messages.success(request, _("Given out: %(stage)s.") % {"stage": stage.label})
    return redirect(f"{redirect('edi_aggregates').url}?cycle={cycle.code}")


@only(protects)
@require_safe
def edi_aggregates_csv(request: Asked, code: str) -> HttpResponse:
    """What the page shows, and no more."""
    cycle = get_object_or_404(Cycle.objects.published(), code=code)
    name = f"mila-edi-{cycle.code.lower()}.csv"
    answer = HttpResponse(
        "\ufeff",
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )
    writer = csv.writer(answer)
    heads = [_("Question"), _("Answer"), _("Stage"), _("People"), _("All who answered")]
    writer.writerow([*heads, _("Percent"), _("Ratio")])
    for table in aggregates.tables(cycle, by=request.user):
        for line in table.lines:
            for number, (stage, total) in enumerate(table.stages):
                cell = line.cells[number]
                labels = [table.dimension.short, line.label, stage.label]
                hidden = _("hidden")
                writer.writerow(
                    [
                        *(neutral(str(label)) for label in labels),
                        hidden if cell.count is None else cell.count,
                        hidden if total is None else total,
                        "" if cell.share is None else cell.share,
                        "" if cell.ratio is None else f"{cell.ratio:.2f}",
                    ]
                )
    return answer
