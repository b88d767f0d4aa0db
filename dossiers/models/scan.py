"""When a submission was looked through for what tells who wrote it, and which papers were read."""

from typing import Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from applications.models import Submission
from applications.models.application import FILED
from dossiers.models.redaction import Redaction
from dossiers.permissions import sees_redactions


class ScanQuerySet(models.QuerySet["Scan"]):
    """Which scans."""

    def of_cycle(self, cycle: Any) -> "ScanQuerySet":
        """Those of the submissions that count in this cycle."""
        newer = Submission.objects.filter(
            application=OuterRef("submission__application"),
            version__gt=OuterRef("submission__version"),
        )
        return self.filter(
            ~Exists(newer),
            submission__application__cycle=cycle,
            submission__application__status__in=FILED,
        )

    def with_counts(self) -> "ScanQuerySet":
        """Each with how many findings it has (`found`), and how many wait for a person (`waiting`)."""
        waiting = Q(submission__redactions__status=Redaction.Status.PROPOSED)
        return self.annotate(
            found=Count("submission__redactions"),
            waiting=Count("submission__redactions", filter=waiting),
        )

    def waiting(self) -> "ScanQuerySet":
        """Those with something that a person has to settle."""
        rows = Redaction.objects.filter(submission=OuterRef("submission")).proposed()
        return self.filter(Exists(rows))

    def visible_to(self, user: Any) -> "ScanQuerySet":
        """All for a coordinator, but those of files that something keeps from them."""
        return self.filter(submission__application__in=sees_redactions(user))


class Scan(models.Model):
    """One for each submission that readers will read blindly. `papers` says which content of which place was read."""

    submission = models.OneToOneField(Submission, on_delete=models.CASCADE, related_name="scan")
    rules = models.PositiveSmallIntegerField(_("version of the rules"), default=0)
    # By place: the SHA-256 of the cleaned copy that was read.
    papers = models.JSONField(_("papers read"), default=dict, blank=True)
    tried_at = models.DateTimeField(_("last try"))
    scanned_at = models.DateTimeField(_("looked through"), null=True, blank=True)

    objects = ScanQuerySet.as_manager()

    class Meta:
        verbose_name = _("search for names")
        verbose_name_plural = _("searches for names")

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.scanned_at}"
