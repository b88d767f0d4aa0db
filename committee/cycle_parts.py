"""The anchor files of a cycle: copied to the next one, whole in both languages before it is published."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from committee.anchors import copy
from committee.models import Anchor
from cycles.models import Cycle
from cycles.parts import Gap, register
from cycles.publishing import page_of


def gaps(cycle: Cycle) -> Iterator[Gap]:
    """A file that lacks a text: it would count for nobody. Having none at all is fine."""
    rows = Anchor.objects.filter(cycle=cycle)
    for anchor in rows.exclude(pk__in=rows.complete().values("pk")):
        text = _("Calibration file “%(title)s”: a text is missing in one language.")
        yield Gap(text % {"title": anchor.title}, page_of(anchor))


register(copy=copy, gaps=gaps)
