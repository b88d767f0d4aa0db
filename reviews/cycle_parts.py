"""The rubric of a cycle: copied to the next one, complete before it is published."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from cycles.copying import give
from cycles.models import Cycle
from cycles.parts import Gap, register
from cycles.publishing import half_written
from reviews.models import Criterion

ANCHORS = ("anchor_1", "anchor_3", "anchor_5")


def copy(old: Cycle, new: Cycle) -> None:
    """The same lines, weights and meanings."""
    for criterion in Criterion.objects.filter(cycle=old):
        give(criterion, new)


def gaps(cycle: Cycle) -> Iterator[Gap]:
    """No rubric, or half a meaning."""
    criteria = Criterion.objects.filter(cycle=cycle)
    change = reverse("admin:cycles_cycle_change", args=[cycle.pk])
    if not criteria:
        yield Gap(
            _("The rubric is empty: readers would have nothing to score."),
            f"{change}#criteria-group",
        )
    for index, criterion in enumerate(criteria):
        for field in half_written(criterion, "name", *ANCHORS):
            text = _("Criterion “%(name)s”: a text is written in one language only.")
            yield Gap(text % {"name": criterion}, f"{change}#id_criteria-{index}-{field}_en")


register(copy=copy, gaps=gaps)
