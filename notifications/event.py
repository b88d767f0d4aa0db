"""What a mail service told us of one of our letters after it had taken it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LetterEvent(models.Model):
    """One thing that a service said of one letter. Written once, whatever the order in which services speak."""

    class Kind(models.TextChoices):
        """What it said. Openings and clicks are not kept: nobody follows readers."""

        ACCEPTED = "accepted", _("Taken by the mail service")
        DEFERRED = "deferred", _("Delayed by the reader’s server")
        DELIVERED = "delivered", _("Delivered")
        COMPLAINED = "complained", _("Marked as unwanted")
        BOUNCED = "bounced", _("Came back")

    letter = models.ForeignKey(
        "notifications.OutgoingEmail",
        verbose_name=_("letter"),
        on_delete=models.CASCADE,
        related_name="events",
    )
    # Not the letter's column of that name: which of its sendings this tells of.
    sending = models.PositiveSmallIntegerField(_("sending"), default=0)
    service = models.CharField(_("service"), max_length=40)
    identity = models.CharField(_("fingerprint"), max_length=64, editable=False)
    kind = models.CharField(_("what"), max_length=10, choices=Kind.choices)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    detail = models.TextField(_("the server’s words"), blank=True)
    at = models.DateTimeField(_("when"))
    received_at = models.DateTimeField(_("received"), auto_now_add=True)

    class Meta:
        verbose_name = _("event of a letter")
        verbose_name_plural = _("events of letters")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["identity"],
                name="letter_event_once",
                violation_error_message=_("This event is known already."),
            ),
            models.CheckConstraint(
                name="letter_event_kind_known",
                condition=models.Q(
                    kind__in=["accepted", "deferred", "delivered", "complained", "bounced"]
                ),
                violation_error_message=_("This kind of event does not exist."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.letter_id}"
