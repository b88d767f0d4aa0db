"""The timetable's errands for files."""

from django.utils.translation import gettext_lazy as _

from audit.timetable import HOUR, Errand, register

CHECK_FILES = register(
    Errand(
        task="papers.tasks.check_files",
        every=3,
        title=_("Check files"),
        says=_("Scans and cleans the files that arrived."),
        does="papers.checking.check_due",
    )
)
SWEEP_FILES = register(
    Errand(
        task="papers.tasks.sweep_files",
        every=6 * HOUR,
        title=_("Sweep files"),
        says=_("Deletes the files of a day ago that nothing names."),
        does="papers.sweeping.sweep",
    )
)
SWEEP_UPLOADS = register(
    Errand(
        task="papers.tasks.sweep_uploads",
        every=HOUR,
        title=_("Sweep uploads"),
        says=_("Forgets the uploads of a day ago, finished or not."),
        does="papers.uploads.sweep",
    )
)
