"""A list that somebody takes away: what was asked for, how far it is, the file while it is there, and whose lines are in it."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Language


def kept_at(export: "Export", name: str) -> str:
    """Where the file is: a name that nobody can guess."""
    return f"exports/{export.pk.hex}.{export.kind}"


class ExportQuerySet(models.QuerySet["Export"]):
    """Which exports."""

    def visible_to(self, user: Any) -> "ExportQuerySet":
        """One's own: what somebody takes away is for them."""
        return self.filter(asked_by=user.pk) if user.pk else self.none()

    def due(self) -> "ExportQuerySet":
        """What a worker should take: what waits, and what a worker that vanished had begun; the oldest first."""
        vanished = Q(status=Export.Status.MAKING, lease_until__lt=timezone.now())
        return self.filter(Q(status=Export.Status.WAITING) | vanished).order_by("asked_at")

    def naming(self, applications: models.QuerySet[Any, Any]) -> "ExportQuerySet":
        """Those whose files had a line about one of these applications."""
        return self.filter(applications__overlap=ArraySubquery(applications.values("pk")))


class Export(models.Model):
    """One file of one list, for whoever asked for it, for a day."""

    class Kind(models.TextChoices):
        """What kind of file."""

        CSV = "csv", "CSV"
        XLSX = "xlsx", "XLSX"

    class Status(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("Waiting")
        MAKING = "making", _("Being made")
        READY = "ready", pgettext_lazy("export", "Ready")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", pgettext_lazy("export", "Cancelled")
        EXPIRED = "expired", pgettext_lazy("export", "Erased")

    class Problem(models.TextChoices):
        """Why it failed."""

        ROLE = "role", _("You may no longer see this list.")
        KILLED = "killed", _("It was interrupted three times.")
        ERROR = "error", _("Something went wrong while it was made.")
        DISK = "disk", _("The file could not be kept.")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    listed = models.CharField(_("list"), max_length=40)
    filters = models.JSONField(_("filters"), default=dict)
    kind = models.CharField(_("file"), max_length=4, choices=Kind.choices)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    columns = ArrayField(models.CharField(max_length=40), verbose_name=_("columns"), default=list)
    status = models.CharField(
        *(_("state"),),
        max_length=10,
        choices=Status.choices,
        default=Status.WAITING,
        editable=False,
    )
    problem = models.CharField(
        _("what went wrong"), max_length=10, choices=Problem.choices, blank=True
    )
    total = models.PositiveIntegerField(_("lines"), null=True)
    done = models.PositiveIntegerField(_("lines written"), default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField(_("made"), null=True)
    expires_at = models.DateTimeField(_("erased"), null=True)
    downloaded_at = models.DateTimeField(_("last downloaded"), null=True)
    file = models.FileField(upload_to=kept_at, max_length=120, blank=True)
    # Whose lines it has: "my file" says so to each, without a line of the trail for each.
    applications = ArrayField(models.BigIntegerField(), default=list)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-asked_at"]
        indexes = [
            models.Index(fields=["status", "lease_until"], name="finding_export_due"),
            models.Index(fields=["asked_by", "-asked_at"], name="finding_export_mine"),
            GinIndex(fields=["applications"], name="finding_export_whose"),
        ]
        constraints = [
            models.CheckConstraint(
                name="finding_export_status_known",
                condition=Q(
                    status__in=["waiting", "making", "ready", "failed", "cancelled", "expired"]
                ),
                violation_error_message=_("This status does not exist."),
            ),
            models.CheckConstraint(
                name="finding_export_ready_has_a_file",
                condition=Q(status="ready", made_at__isnull=False, expires_at__isnull=False)
                & ~Q(file="")
                | ~Q(status="ready") & Q(file=""),
                violation_error_message=_("A file is there as long as its export is ready."),
            ),
            models.CheckConstraint(
                name="finding_export_failed_says_why",
                condition=Q(status="failed") & ~Q(problem="") | ~Q(status="failed") & Q(problem=""),
                violation_error_message=_("An export that failed says why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listed} {self.pk}"

    @property
    def is_under_way(self) -> bool:
        """Whether a worker is at it, or will be."""
        return self.status in (self.Status.WAITING, self.Status.MAKING)
