"""The timetable's two errands for letters. Neither is paused here: the switch for all mail is another one."""

from django.utils.translation import gettext_lazy as _

from audit.timetable import Errand, register

DELIVER = register(
    Errand(
        task="notifications.tasks.deliver",
        every=3,
        title=_("Send letters"),
        says=_("Sends the letters that wait, the most urgent first."),
        does="notifications.delivery.deliver",
    )
)
SETTLE = register(
    Errand(
        task="notifications.tasks.settle",
        every=30,
        title=_("Find out about lost letters"),
        says=_("Finds out what became of letters that were going out when a worker vanished."),
        does="notifications.settling.settle",
    )
)
