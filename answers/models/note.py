"""What the coordination wants remembered when a file is decided."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import coordinates, directs
from applications.models import Application
from applications.sight import unhidden

NOTE_LIMIT = 1_000


class NoteQuerySet(models.QuerySet["Note"]):
    """Which notes."""

    def visible_to(self, user: Any) -> "NoteQuerySet":
        """For coordinators and directors, those about files that nothing keeps from them."""
        if coordinates(user) or directs(user):
            return unhidden(self, user, "application")
        return self.none()

    def current(self) -> "NoteQuerySet":
        """The words that count now."""
        return self.filter(is_current=True)


class Note(models.Model):
    """One version of a note for the decision. Another one replaces it; what was written stays. Empty: taken back."""

    application = models.ForeignKey(
        Application,
        on_delete=models.PROTECT,
        related_name="decision_notes",
        verbose_name=_("application"),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("author"),
    )
    text = models.TextField(_("text"), blank=True, validators=[MaxLengthValidator(NOTE_LIMIT)])
    at = models.DateTimeField(_("written"), default=timezone.now)
    is_current = models.BooleanField(_("counts"), default=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note for the decision")
        verbose_name_plural = _("notes for the decision")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(is_current=True),
                name="answers_note_one_current",
                violation_error_message=_("Somebody else has just written this note."),
            ),
            models.CheckConstraint(
                name="answers_note_is_short",
                condition=Q(text__length__lte=NOTE_LIMIT),
                violation_error_message=_("A note has 1,000 characters at most."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.pk}"
