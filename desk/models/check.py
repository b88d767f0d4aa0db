"""Whether a coordinator looked a file over and found everything in it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from applications.models import Application


class CheckQuerySet(models.QuerySet["Check"]):
    """Which checks."""

    def standing(self) -> "CheckQuerySet":
        """Those that hold: made after the submission that counts came in."""
        return self.filter(
            status=Check.Status.COMPLETE, checked_at__gte=F("application__submitted_at")
        )


class Check(models.Model):
    """A file's completeness, as a person judged it. A file without one is still to check."""

    class Status(models.TextChoices):
        """What was found."""

        TO_CHECK = "to_check", _("To check")
        COMPLETE = "complete", _("Complete")

    application = models.OneToOneField(
        Application, on_delete=models.CASCADE, related_name="office_check"
    )
    status = models.CharField(
        _("status"), max_length=20, choices=Status.choices, default=Status.TO_CHECK, editable=False
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("checked by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    checked_at = models.DateTimeField(_("checked"), null=True, editable=False)

    objects = CheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        constraints = [
            models.CheckConstraint(
                name="desk_check_status_known",
                condition=Q(status__in=["to_check", "complete"]),
                violation_error_message=_("This status does not exist."),
            ),
            models.CheckConstraint(
                name="desk_check_complete_dated",
                condition=~Q(status="complete") | Q(checked_at__isnull=False),
                violation_error_message=_("A file found complete says when."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.status}"

    def holds(self, application: Application) -> bool:
        """Whether it says "complete" of what that application last submitted."""
        received, looked = application.submitted_at, self.checked_at
        known = received is not None and looked is not None and looked >= received
        return known and self.status == self.Status.COMPLETE
