"""The timetable's errands on the day of the answers."""

from django.utils.translation import gettext_lazy as _

from audit.timetable import Errand, register

RELEASE_DUE = register(
    Errand(
        task="answers.tasks.release_due",
        every=2,
        title=_("Show the answers"),
        says=_("Shows the answers of an approved release once its hour has come."),
        does="answers.release.release_due",
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
