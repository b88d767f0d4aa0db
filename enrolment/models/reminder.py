"""Reminders that a coordinator sends to several people at once, after looking at what each gets."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from cycles.models import Cycle


class Kind(models.TextChoices):
    """What people are reminded of."""

    REPLY = "reply", _("Reply to our offer")
    FILING = "filing", _("Apply to UdeM, and give us the number")
    DOCUMENTS = "documents", _("Send the documents that UdeM asked for")
    UDEM_OFFER = "udem_offer", _("Accept UdeM’s offer")
    PERMITS = "permits", _("Take the next step of the permits")
    WORD = "word", _("Tell us where you are")


class Batch(models.Model):
    """One sending, confirmed once: its key was made with the preview, and a second click finds it done."""

    key = models.UUIDField(_("key"), unique=True, editable=False)
    cycle = models.ForeignKey(Cycle, verbose_name=_("cycle"), on_delete=models.PROTECT)
    kind = models.CharField(_("reminder"), max_length=10, choices=Kind.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sent by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("reminders sent together")
        verbose_name_plural = _("reminders sent together")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="enrolment_batch_kind_known",
                condition=Q(kind__in=Kind.values),
                violation_error_message=_("This reminder does not exist."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id}, {self.kind}, {self.at:%Y-%m-%d}"


class Reminder(models.Model):
    """One person's copy of a sending; the letter itself is in the outbox."""

    batch = models.ForeignKey(
        Batch, verbose_name=_("sending"), on_delete=models.CASCADE, related_name="reminders"
    )
    application = models.ForeignKey(
        Application,
        verbose_name=_("application"),
        on_delete=models.CASCADE,
        related_name="follow_up_reminders",
    )
    at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["application", "at"], name="enrolment_reminder_last")]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "application"],
                name="enrolment_reminder_once_a_batch",
                violation_error_message=_("This person is in this sending already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.application_id}"
