"""The scholarship rounds of a cycle: copied to the next one, unpublished, their dates a year later and their panel with them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cycles.copying import a_year_later, give, next_name, same_hour_a_year_later
from cycles.models import Cycle
from cycles.parts import Gap, register
from cycles.publishing import page_of
from scholarships.models import Measure, Round, Seat
from scholarships.rounds import missing


def copy(old: Cycle, new: Cycle) -> None:
    """The same rounds a year later. Amounts, numbers and budgets are entered anew: nothing says that they stay."""
    for row in Round.objects.filter(cycle=old).order_by("pk"):
        measures, seats = list(row.measures.all()), list(row.seats.all())
        programs = list(row.programs.all())
        row.is_published = False
        row.name_fr, row.name_en = next_name(row.name_fr), next_name(row.name_en)
        row.opens_at = same_hour_a_year_later(row.opens_at)
        row.closes_at = same_hour_a_year_later(row.closes_at)
        for name in ("results_on", "reading_due_on", "first_payment_on"):
            day = getattr(row, name)
            setattr(row, name, day and a_year_later(day))
        row.amount = row.awards = row.budget = None
        give(row, new)
        row.programs.set(programs)
        parts: list[Measure | Seat] = [*measures, *seats]
        for part in parts:
            part.pk, part.round = None, row
            part._state.adding = True
            part.save()


def gaps(cycle: Cycle) -> Iterator[Gap]:
    """A published round that lacks something; one that is not published yet may wait, as a cycle may have none."""
    for row in Round.objects.filter(cycle=cycle, is_published=True).prefetch_related("measures"):
        for sentence in missing(row):
            text = _("Scholarship “%(name)s”: %(what)s") % {"name": row, "what": sentence}
            yield Gap(text, page_of(row))


register(copy=copy, gaps=gaps)
