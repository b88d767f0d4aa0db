"""The trail: one row for each thing that a person or the timetable did."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


def subject_of(thing: models.Model) -> str:
    """`"applications.application:42"`: how the ledgers point at a row of any app."""
    return f"{thing._meta.label_lower}:{thing.pk}"


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    """Reads the trail."""

    def about(self, *things: models.Model) -> "AuditEntryQuerySet":
        """The entries whose subject is one of these rows, oldest first."""
        return self.filter(subject__in=[subject_of(thing) for thing in things]).order_by("at", "pk")


class AuditEntry(models.Model):
    """Who did what to which row, when and why. Written once; the database refuses an update."""

    at = models.DateTimeField(_("when"), auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty when the timetable acted, or when the person was erased."),
    )
    verb = models.CharField(_("what"), max_length=60)
    subject = models.CharField(_("about"), max_length=120)
    old = models.CharField(_("status before"), max_length=30, blank=True)
    new = models.CharField(_("status after"), max_length=30, blank=True)
    why = models.TextField(_("why"), blank=True)
    details = models.JSONField(_("details"), default=dict, blank=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["subject", "at"], name="audit_subject_at")]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"
