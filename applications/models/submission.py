"""What was submitted, frozen. Reviewers, dossiers and exports read this, never the draft."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.permissions import coordinates, directs
from applications.models.application import Application
from applications.models.document import Document
from applications.sight import unhidden


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Which submissions."""

    def visible_to(self, user: Any) -> "SubmissionQuerySet":
        """One's own; for coordinators and directors, all but what is kept from them."""
        if coordinates(user) or directs(user):
            return unhidden(self, user, "application", own=True)
        return self.filter(application__applicant_id=user.pk) if user.pk else self.none()


class Submission(models.Model):
    """An immutable snapshot with its receipt; the database refuses an update."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="submissions"
    )
    version = models.PositiveSmallIntegerField(_("version"))
    revision = models.PositiveIntegerField(_("revision of the draft"))
    receipt = models.CharField(_("receipt number"), max_length=30, unique=True)
    at = models.DateTimeField(_("received"))
    # The browser's own, for the receipt; empty when it did not say.
    zone = models.CharField(_("time zone of the reader"), max_length=64, blank=True)
    content = models.JSONField(_("content"))
    sha256 = models.CharField("SHA-256", max_length=64)
    notice_version = models.CharField(_("version of the declarations"), max_length=20)
    documents = models.ManyToManyField(Document, related_name="submissions")

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["application", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "version"],
                name="applications_submission_version_once",
            ),
            models.UniqueConstraint(
                fields=["application", "revision"],
                name="applications_submission_once_a_revision",
            ),
        ]

    def __str__(self) -> str:
        return self.receipt
