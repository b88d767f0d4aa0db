"""An administrator's own text of one letter, for one cycle.

Each version is a row: a draft is written over until it is published, and what was published stays as it was.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class LetterTextQuerySet(models.QuerySet["LetterText"]):
    """Which texts."""

    def published(self) -> "LetterTextQuerySet":
        """Those that letters are made of."""
        return self.filter(status=LetterText.Status.PUBLISHED)

    def drafts(self) -> "LetterTextQuerySet":
        """Those that somebody is writing."""
        return self.filter(status=LetterText.Status.DRAFT)

    def in_scopes(self, scopes: Iterable[str]) -> "LetterTextQuerySet":
        """Those of these cycles, named as the ledgers name their subjects."""
        return self.filter(scope__in=list(scopes))


class LetterText(models.Model):
    """One version of a letter's text, in both languages; who wrote it and when is on the trail."""

    class Status(models.TextChoices):
        """Which of them is sent."""

        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        REPLACED = "replaced", _("No longer used")

    scope = models.CharField(_("for"), max_length=120)
    letter = models.CharField(_("letter"), max_length=60)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False
    )
    subject_fr = models.CharField(_("subject in French"), max_length=200, blank=True)
    subject_en = models.CharField(_("subject in English"), max_length=200, blank=True)
    text_fr = models.TextField(_("text in French"), max_length=8000, blank=True)
    text_en = models.TextField(_("text in English"), max_length=8000, blank=True)
    carried_over = models.BooleanField(
        _("from the year before"),
        default=False,
        editable=False,
        help_text=_("Its dates are looked at again before it is used."),
    )

    objects = LetterTextQuerySet.as_manager()

    if TYPE_CHECKING:
        id: int

    class Meta:
        verbose_name = _("text of a letter")
        verbose_name_plural = _("texts of letters")
        ordering = ["scope", "letter", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "letter", "version"],
                name="letter_text_version_once",
                violation_error_message=_("This version exists already."),
            ),
            models.UniqueConstraint(
                fields=["scope", "letter"],
                condition=Q(status="published"),
                name="letter_text_published_once",
                violation_error_message=_("One text of a letter is used at a time."),
            ),
            models.UniqueConstraint(
                fields=["scope", "letter"],
                condition=Q(status="draft"),
                name="letter_text_draft_once",
                violation_error_message=_("There is a draft of this letter already."),
            ),
            models.CheckConstraint(
                name="letter_text_status_known",
                condition=Q(status__in=["draft", "published", "replaced"]),
                violation_error_message=_("This status does not exist."),
            ),
            models.CheckConstraint(
                name="letter_text_whole",
                condition=Q(status="draft")
                | ~Q(subject_fr="") & ~Q(subject_en="") & ~Q(text_fr="") & ~Q(text_en=""),
                violation_error_message=_(
                    "Nothing is published until both languages are complete."
                ),
            ),
            models.CheckConstraint(
                name="letter_text_one_line_subjects",
                condition=~Q(subject_fr__contains="\n")
                & ~Q(subject_fr__contains="\r")
                & ~Q(subject_en__contains="\n")
                & ~Q(subject_en__contains="\r"),
                violation_error_message=_("A subject is one line."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter} {self.version}"

    def halves(self, language: str) -> tuple[str, str]:
        """The subject and the text in a language."""
        if language == "en":
            return self.subject_en, self.text_en
        return self.subject_fr, self.text_fr
