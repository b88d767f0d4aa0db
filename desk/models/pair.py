"""Two accounts that somebody compared: the same person, or not."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Pair(models.Model):
    """The judgement on two accounts that looked like one person's; `first` is the older account."""

    class Status(models.TextChoices):
        """What was judged."""

        UNJUDGED = "unjudged", _("To compare")
        DIFFERENT = "different", _("Two people")
        MERGED = "merged", _("One person")

    first = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=Status.choices,
        default=Status.UNJUDGED,
        editable=False,
    )
    stays = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account that stays"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    # What became of each file of the other account: {"42": "moved"}, or the status it had before.
    undo = models.JSONField(default=dict, editable=False)

    class Meta:
        verbose_name = _("pair of accounts")
        verbose_name_plural = _("pairs of accounts")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="desk_pair_once"),
            models.CheckConstraint(
                name="desk_pair_in_order",
                condition=Q(first__lt=F("second")),
                violation_error_message=_("The older account comes first."),
            ),
            models.CheckConstraint(
                name="desk_pair_status_known",
                condition=Q(status__in=["unjudged", "different", "merged"]),
                violation_error_message=_("This status does not exist."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} = {self.second_id}"
