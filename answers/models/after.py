"""What became of a released answer on the person's side: when they first saw it, and whether we called."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.models import Decision

NOTE_LIMIT = 300


class Sighting(models.Model):
    """The moment the applicant first saw this answer on their page; none before it is released."""

    decision = models.OneToOneField(
        Decision, verbose_name=_("decision"), on_delete=models.PROTECT, related_name="sighting"
    )
    at = models.DateTimeField(_("first seen"), default=timezone.now)

    class Meta:
        verbose_name = _("first look at an answer")
        verbose_name_plural = _("first looks at answers")

    def __str__(self) -> str:
        return str(self.decision)


class Call(models.Model):
    """A member of the staff telephoned somebody who had not looked at their answer."""

    decision = models.ForeignKey(
        Decision, verbose_name=_("decision"), on_delete=models.PROTECT, related_name="calls"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("called by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("called"), default=timezone.now)
    note = models.CharField(_("note"), max_length=NOTE_LIMIT)

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="answers_call_has_a_note",
                condition=~Q(note=""),
                violation_error_message=_("Say what came of the call."),
            )
        ]

    def __str__(self) -> str:
        return str(self.decision)
