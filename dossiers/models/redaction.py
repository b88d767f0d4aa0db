"""What tells who a person is, at one place of a submission, and whether readers may see it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applications.models import Submission
from dossiers.permissions import sees_redactions

WORDS_LIMIT, LINE_LIMIT = 200, 400


class RedactionQuerySet(models.QuerySet["Redaction"]):
    """Which findings."""

    def proposed(self) -> "RedactionQuerySet":
        """Those that nobody has settled."""
        return self.filter(status=Redaction.Status.PROPOSED)

    def hidden(self) -> "RedactionQuerySet":
        """Those that readers do not see: whatever is not said to be harmless."""
        return self.exclude(status=Redaction.Status.SHOWN)

    def visible_to(self, user: Any) -> "RedactionQuerySet":
        """All for a coordinator, but those of files that something keeps from them."""
        return self.filter(submission__application__in=sees_redactions(user))


class Redaction(models.Model):
    """One finding. It hides from the moment that it is proposed; a person may let it show.

    Its `place` is a field of the frozen content (`statement`, `answers.3`) or the slot of a paper (`cv`,
    `reference-7`), with its page and the rectangles there.
    """

    class Status(models.TextChoices):
        """What was decided."""

        PROPOSED = "proposed", _("To settle")
        CONFIRMED = "confirmed", _("Hidden")
        SHOWN = "shown", _("Shown")

    class Kind(models.TextChoices):
        """What is hidden."""

        WORDS = "words", _("Words")
        PICTURE = "picture", _("Pictures")
        PAGE = "page", _("Page that a person must look at")
        AREA = "area", _("Part of a page")

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="redactions")
    place = models.CharField(_("place"), max_length=80)
    page = models.PositiveSmallIntegerField(_("page"), default=0)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.WORDS)
    words = models.CharField(_("words"), max_length=WORDS_LIMIT, blank=True)
    line = models.CharField(_("around it"), max_length=LINE_LIMIT, blank=True)
    boxes = models.JSONField(_("rectangles"), default=list, blank=True)
    by_hand = models.BooleanField(_("added by hand"), default=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("added by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=Status.choices,
        default=Status.PROPOSED,
        editable=False,
    )

    objects = RedactionQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["place", "page", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "place", "page", "kind", "words"],
                condition=~Q(kind="area"),
                name="dossiers_redaction_once",
                violation_error_message=_("This is in the list already."),
            ),
            models.CheckConstraint(
                name="dossiers_redaction_status_known",
                condition=Q(status__in=["proposed", "confirmed", "shown"]),
                violation_error_message=_("This status does not exist."),
            ),
            models.CheckConstraint(
                name="dossiers_redaction_has_words_or_a_page",
                condition=Q(kind="words", words__gt="")
                | Q(kind__in=["picture", "page", "area"], words="", page__gte=1),
                violation_error_message=_("A finding has words, or a page."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.place} {self.page} {self.kind}"

    @property
    def is_waiting(self) -> bool:
        """Whether a person has to settle it."""
        return self.status == self.Status.PROPOSED

    @property
    def is_hidden(self) -> bool:
        """Whether readers do not see it."""
        return self.status != self.Status.SHOWN

    @property
    def around(self) -> tuple[str, str, str]:
        """What stands before the words, the words, what stands after."""
        before, found, after = self.line.partition(self.words)
        return (before, self.words, after) if found else ("", self.words, "")
