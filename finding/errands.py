"""The timetable's errands for what is taken away."""

from django.utils.translation import gettext_lazy as _

from audit.timetable import Errand, register

MAKE_EXPORTS = register(
    Errand(
        task="finding.tasks.make_exports",
        every=3,
        title=_("Make exports"),
        says=_("Writes the lists that somebody asked to take away."),
        does="finding.making.make_due",
    )
)
EXPIRE_EXPORTS = register(
    Errand(
        task="finding.tasks.expire_exports",
        every=600,
        title=_("Erase exports"),
        says=_("Erases the files of lists whose day is over, and forgets views that were dropped."),
        does="finding.sweeping.sweep",
    )
)
