"""The timetable's errands on the day of the answers."""

from django.utils.translation import gettext_lazy as _

from audit.timetable import Coming, Errand, register
from cycles.models import Cycle
from reviews.models import Release

# Numbers alone: the timetable's readers are more than those who may see a release.
TITLES = {
    Release.Kind.FIRST: _("Answers become visible"),
    Release.Kind.CORRECTION: _("Corrected answers become visible"),
}


def coming(cycle: Cycle | None = None) -> list[Coming]:
    """The approved releases whose hour has not come, of one cycle or of all."""
    of = {"cycle": cycle} if cycle else {}
    rows = Release.objects.filter(status=Release.Status.APPROVED, **of).order_by("due_at", "pk")
    told = rows.values_list("due_at", "kind", "size")
    return [Coming(at, TITLES[Release.Kind(kind)], size) for at, kind, size in told if at]


RELEASE_DUE = register(
    Errand(
        task="answers.tasks.release_due",
        every=2,
        title=_("Show the answers"),
        says=_("Shows the answers of an approved release once its hour has come."),
        does="answers.release.release_due",
        coming=coming,
    )
)
FREE_LETTERS = register(
    Errand(
        task="answers.tasks.free_letters",
        every=3,
        title=_("Let the letters follow"),
        says=_("Lets the letters of a release leave once its first ones arrived."),
        does="answers.freeing.free_proven",
    )
)
