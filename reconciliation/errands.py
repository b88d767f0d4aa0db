"""What the timetable does with UdeM's lists."""

from django.utils.translation import gettext_lazy as _

from audit.timetable import HOUR, Errand, register

APPLY_LISTS = register(
    Errand(
        task="reconciliation.tasks.apply_lists",
        every=3,
        title=_("Apply long lists of UdeM"),
        says=_("Writes what a coordinator applied of a list of more than 1,000 people."),
        does="reconciliation.applying.apply_due",
    )
)
FORGET_LISTS = register(
    Errand(
        task="reconciliation.tasks.forget_lists",
        every=6 * HOUR,
        title=_("Erase old lists of UdeM"),
        says=_(
            "Erases what a list of UdeM said of people once its time is over, and after 30 days what nobody applied."
        ),
        does="reconciliation.forgetting.forget_old",
    )
)
