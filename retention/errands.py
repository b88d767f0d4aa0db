"""The timetable's errands for the end of records."""

from django.utils.translation import gettext_lazy as _

from audit.timetable import HOUR, Errand, register

LIST_DUE = register(
    Errand(
        task="retention.tasks.list_due",
        every=6 * HOUR,
        title=_("List what is due"),
        says=_(
            "Puts what was kept long enough on a list, and writes once a week to those who check it. It destroys nothing."
        ),
        does="retention.reminding.list_and_tell",
    )
)
EXECUTE = register(
    Errand(
        task="retention.tasks.execute",
        every=30,
        title=_("Destroy what was approved"),
        says=_("Destroys what stands on a list that two people approved, line by line."),
        does="retention.executing.execute_approved",
    )
)
