"""What the applicant and the office write to each other about a file."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import coordinates
from applications.models import Application
from applications.sight import unhidden

TEXT_LIMIT = 4000


class MessageQuerySet(models.QuerySet["Message"]):
    """Which messages."""

    def visible_to(self, user: Any) -> "MessageQuerySet":
        """Those about one's own file; for coordinators, all but what is kept from them."""
        if coordinates(user):
            return unhidden(self, user, "application", own=True)
        return self.filter(application__applicant_id=user.pk) if user.pk else self.none()

    def unanswered(self) -> "MessageQuerySet":
        """An applicant's messages that wait for the office."""
        return self.filter(from_office=False, settled_at__isnull=True)

    def unread_by_applicant(self) -> "MessageQuerySet":
        """The office's messages that the applicant has not opened."""
        return self.filter(from_office=True, read_at__isnull=True)

    def unread_by_office(self) -> "MessageQuerySet":
        """The applicant's messages that nobody of the office has opened."""
        return self.filter(from_office=False, read_at__isnull=True)


class Message(models.Model):
    """One message. Nobody edits or removes it; it goes with a draft that its author erases."""

    application = models.ForeignKey(
        Application,
        on_delete=models.CASCADE,  # with a draft that its author erases
        related_name="messages",
        verbose_name=_("application"),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    from_office = models.BooleanField(_("from the office"))
    text = models.TextField(_("message"))
    at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)
    read_at = models.DateTimeField(_("first opened by the other side"), null=True, editable=False)
    settled_at = models.DateTimeField(
        _("answered"),
        null=True,
        editable=False,
        help_text=_("When the office answered, or said that no answer is needed."),
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["at", "pk"]
        indexes = [
            models.Index(fields=["application", "at"], name="desk_message_thread"),
            models.Index(
                fields=["application"],
                name="desk_message_unanswered",
                condition=Q(from_office=False, settled_at__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="desk_message_says_something",
                condition=Q(text__length__gte=1) & Q(text__length__lte=TEXT_LIMIT),
                violation_error_message=_("A message has between 1 and 4,000 characters."),
            ),
            models.CheckConstraint(
                name="desk_message_office_waits_for_nothing",
                condition=Q(from_office=False) | Q(settled_at__isnull=True),
                violation_error_message=_("Only an applicant’s message waits for an answer."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}, {self.at:%Y-%m-%d %H:%M}"

    @property
    def is_unanswered(self) -> bool:
        """Whether the applicant waits for an answer to it."""
        return not self.from_office and self.settled_at is None
