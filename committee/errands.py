"""The timetable's errand for plans."""

from django.utils.translation import gettext_lazy as _

from audit.timetable import Errand, register

SOLVE_PLANS = register(
    Errand(
        task="committee.tasks.solve_plans",
        every=3,
        title=_("Work out plans"),
        says=_("Works out the plans of who reads what that somebody asked for."),
        does="committee.solving.solve_due",
    )
)
