"""PDFs of an application: kept by content, versioned, never overwritten."""

from typing import Any

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.models.application import Application
from papers.models import CheckedFile


class Kind(models.TextChoices):
    """What a document is."""

    CV = "cv", _("Curriculum vitæ")
    TRANSCRIPT = "transcript", _("Transcript")
    TRANSLATION = "translation", _("Certified translation")
    DIPLOMA = "diploma", _("Diploma")
    OTHER = "other", _("Other document")
    ANSWER = "answer", _("File sent as an answer")
    REQUEST = "request", _("Piece asked for later")
    PROOF = "proof", _("Proof of a step at UdeM")


# What came after the submission by another door: no part of the draft, and not in its list.
LATER = (Kind.REQUEST, Kind.PROOF)


def address_of(document: "Document", name: str) -> str:
    """Where the bytes live: named by their own SHA-256, whatever the person called the file."""
    return f"documents/{document.sha256[:2]}/{document.sha256}.pdf"


class DocumentQuerySet(models.QuerySet["Document"]):
    """Which documents."""

    def current(self) -> "DocumentQuerySet":
        """The version that each slot of the draft holds now. What came later is no part of the draft."""
        return self.filter(replaced_at__isnull=True).exclude(kind__in=LATER)

    def with_check(self) -> "DocumentQuerySet":
        """Each with the `check_state` and `check_problem` of its content (papers.CheckedFile)."""
        check = CheckedFile.objects.filter(sha256=OuterRef("sha256"))
        return self.annotate(
            check_state=Subquery(check.values("state")),
            check_problem=Subquery(check.values("problem")),
        )

    def leave(self) -> int:
        """Take them out of their drafts; how many left. Submissions that hold them keep them."""
        return self.current().update(replaced_at=timezone.now())

    def visible_to(self, user: Any) -> "DocumentQuerySet":
        """Those of one's own application. Readers and staff have doors of their own, which know conflicts."""
        return self.filter(application__applicant_id=user.pk) if user.pk else self.none()


class Document(models.Model):
    """One version of one document. Removing it from a draft never removes it from a submission.

    Its `slot` is the place that it fills, one current version each: `cv`, `transcript-12` (of degree 12),
    `piece-portfolio`, `question-code`, `request-7`, `udem-answer`.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    slot = models.CharField(_("place"), max_length=60)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveIntegerField(_("size in bytes"))
    pages = models.PositiveSmallIntegerField(_("pages"))
    label = models.CharField(_("file name"), max_length=64)
    uploaded_at = models.DateTimeField(_("received"), default=timezone.now)
    replaced_at = models.DateTimeField(_("replaced or removed"), null=True, blank=True)
    file = models.FileField(upload_to=address_of, max_length=120)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["kind", "-uploaded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "slot"],
                condition=Q(replaced_at__isnull=True),
                name="applications_document_one_current",
                violation_error_message=_("There is already a current version of this document."),
            ),
            models.CheckConstraint(
                name="applications_document_has_a_place",
                condition=~Q(slot=""),
                violation_error_message=_("A document fills a place."),
            ),
            models.CheckConstraint(
                name="applications_document_has_pages",
                condition=Q(pages__gte=1),
                violation_error_message=_("This PDF has no page."),
            ),
        ]

    def __str__(self) -> str:
        return self.label
