"""How a person's way to UdeM ended, as recorded on the board, and the welcome of those who registered."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from applications.sight import unhidden
from followup.models import Filing, UdemFile

ENDS = (Filing.REGISTERED, Filing.DEFERRED, Filing.NOT_REGISTERED)


class EndingQuerySet(models.QuerySet["Ending"]):
    """Which endings."""

    def visible_to(self, user: Any) -> "EndingQuerySet":
        """Those of files that nothing keeps from this person."""
        return unhidden(self, user, "udem_file__offer__decision__application")

    def standing(self) -> "EndingQuerySet":
        """Those that were not undone."""
        return self.filter(undone_at=None)


class Ending(models.Model):
    """One file at UdeM whose end was recorded; what it was before, so that the act can be undone as a whole."""

    key = models.UUIDField(_("act"), editable=False, db_index=True)
    udem_file = models.ForeignKey(
        UdemFile, verbose_name=_("file at UdeM"), on_delete=models.PROTECT, related_name="endings"
    )
    status = models.CharField(_("ended as"), max_length=14, choices=Filing.choices)
    old_status = models.CharField(_("status before"), max_length=14, choices=Filing.choices)
    old_ended_on = models.DateField(_("day before"), null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recorded by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("recorded"), default=timezone.now, editable=False)
    undone_at = models.DateTimeField(_("undone"), null=True, editable=False)

    objects = EndingQuerySet.as_manager()

    class Meta:
        verbose_name = _("end recorded")
        verbose_name_plural = _("ends recorded")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="enrolment_ending_is_an_end",
                condition=Q(status__in=ENDS),
                violation_error_message=_("This is no end."),
            ),
            models.UniqueConstraint(
                fields=["key", "udem_file"],
                name="enrolment_ending_once_an_act",
                violation_error_message=_("This is recorded already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.udem_file_id}: {self.status}"


class Welcome(models.Model):
    """The welcome of a person who registered: one letter in a lifetime of the file."""

    application = models.OneToOneField(
        Application, verbose_name=_("application"), on_delete=models.PROTECT, related_name="welcome"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sent by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("welcome")
        verbose_name_plural = _("welcomes")

    def __str__(self) -> str:
        return str(self.application_id)
