"""What became of a file's second check: its clean copy, or why it is refused."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from papers.problems import PROBLEMS


class State(models.TextChoices):
    """How far the second check is."""

    WAITING = "waiting", _("being checked")
    CLEAN = "clean", _("checked")
    REFUSED = "refused", _("refused by the check")


class CheckedFileQuerySet(models.QuerySet["CheckedFile"]):
    """Which files."""

    def due(self) -> "CheckedFileQuerySet":
        """Those whose check is to be tried now, the longest waiting first."""
        return self.filter(state=State.WAITING, due_at__lte=Now()).order_by("due_at", "pk")


def preview_name(row: "CheckedFile", _name: str = "") -> str:
    """Where the picture of the first page lives."""
    return f"previews/{row.sha256[:2]}/{row.sha256}.webp"


def cleaned_name(row: "CheckedFile", _name: str = "") -> str:
    """Where the cleaned copy lives: named by the original that it was made from."""
    return f"cleaned/{row.sha256[:2]}/{row.sha256}.pdf"


class CheckedFile(models.Model):
    """One file by its content, whoever sent it and however often."""

    State = State

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    # Plain text: what keeps the sealed original is the row it was uploaded for, not its check.
    original = models.CharField(_("original"), max_length=120)
    size = models.PositiveIntegerField(_("size in bytes"))
    pages = models.PositiveSmallIntegerField(_("pages"))
    preview = models.FileField(
        _("picture of page one"), upload_to=preview_name, max_length=120, blank=True
    )
    state = models.CharField(
        _("check"), max_length=10, choices=State.choices, default=State.WAITING
    )
    problem = models.CharField(_("problem"), max_length=20, blank=True)
    cleaned = models.FileField(
        _("cleaned copy"), upload_to=cleaned_name, max_length=120, blank=True
    )
    cleaned_sha256 = models.CharField(_("SHA-256 of the cleaned copy"), max_length=64, blank=True)
    scanned_by = models.CharField(_("scanned by"), max_length=120, blank=True)
    asked_at = models.DateTimeField(_("asked"), db_default=Now())
    due_at = models.DateTimeField(_("next try"), db_default=Now())
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)

    objects = CheckedFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("checked file")
        verbose_name_plural = _("checked files")
        ordering = ["-asked_at"]
        indexes = [
            models.Index("due_at", name="papers_checkedfile_due", condition=Q(state=State.WAITING))
        ]
        constraints = [
            models.CheckConstraint(
                name="papers_checkedfile_clean_has_copy",
                condition=~Q(state=State.CLEAN) | (~Q(cleaned="") & ~Q(cleaned_sha256="")),
                violation_error_message=_("A checked file has a cleaned copy."),
            ),
            models.CheckConstraint(
                name="papers_checkedfile_refused_says_why",
                condition=Q(state=State.REFUSED, problem__gt="")
                | (~Q(state=State.REFUSED) & Q(problem="")),
                violation_error_message=_("A refused file says why, and no other does."),
            ),
            models.CheckConstraint(
                name="papers_checkedfile_dated",
                condition=Q(state=State.WAITING, checked_at__isnull=True)
                | (~Q(state=State.WAITING) & Q(checked_at__isnull=False)),
                violation_error_message=_("A check that is over has its date."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sha256[:12]} ({self.get_state_display()})"

    @property
    def why(self) -> Any:
        """The sentence for its problem, if any."""
        return PROBLEMS.get(self.problem, "")
