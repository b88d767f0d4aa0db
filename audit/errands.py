"""What the timetable does for itself."""

from django.utils.translation import gettext_lazy as _

from audit.timetable import HOUR, Errand, register

FORGET_TURNS = register(
    Errand(
        task="audit.tasks.forget_turns",
        every=6 * HOUR,
        title=_("Forget old turns"),
        says=_("Forgets how the errands went two weeks ago and before."),
        does="audit.turns.forget",
    )
)
