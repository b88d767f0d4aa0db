"""What the office keeps of a person with a place: notes and calls, and which coordinator looks after them."""

from typing import Any

from django.conf import settings
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


class Note(models.Model):
    """A line about a person, dated and signed. Nobody changes or removes one: another line says better."""

    class About(models.TextChoices):
        """What the line tells of."""

        NOTE = "note", _("Note")
        SPOKEN = "spoken", _("We spoke with the person")
        TRIED = "tried", _("We called, and nobody answered")

    application = models.ForeignKey(
        Application,
        verbose_name=_("application"),
        on_delete=models.PROTECT,
        related_name="follow_up_notes",
    )
    about = models.CharField(_("about"), max_length=10, choices=About.choices, default=About.NOTE)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    text = models.TextField(_("text"), blank=True)
    at = models.DateTimeField(_("written"), default=timezone.now, editable=False)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up note")
        verbose_name_plural = _("follow-up notes")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="enrolment_note_about_known",
                condition=Q(about__in=["note", "spoken", "tried"]),
                violation_error_message=_("This kind of note does not exist."),
            ),
            models.CheckConstraint(
                name="enrolment_note_is_short",
                condition=Q(text__length__lte=NOTE_LIMIT) & (~Q(about="note") | ~Q(text="")),
                violation_error_message=_("A note has between 1 and 1,000 characters."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.pk}"


class Care(models.Model):
    """Which coordinator looks after a person from our offer to the first day of studies."""

    application = models.OneToOneField(
        Application,
        verbose_name=_("application"),
        on_delete=models.CASCADE,
        related_name="care",
    )
    coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("coordinator"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("given by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("person looked after")
        verbose_name_plural = _("people looked after")

    def __str__(self) -> str:
        return f"{self.application_id}: {self.coordinator_id}"
