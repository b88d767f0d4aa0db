"""The timetable's errands for dossiers."""

from django.utils.translation import gettext_lazy as _

from audit.timetable import Errand, register

BIND_DOSSIERS = register(
    Errand(
        task="dossiers.tasks.bind_dossiers",
        every=5,
        title=_("Bind dossiers"),
        says=_("Binds each file that is in into one PDF for its readers."),
        does="dossiers.binding.bind_due",
    )
)
SCAN_NAMES = register(
    Errand(
        task="dossiers.tasks.scan_names",
        every=15,
        title=_("Search for names"),
        says=_("Looks through the files of blind cycles for what tells who wrote them."),
        does="dossiers.scanning.scan_due",
    )
)
