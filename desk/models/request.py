"""A piece that the office asks an applicant for once the file is in."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import coordinates
from applications.models import Application, Document
from applications.sight import unhidden
from cycles.clock import day_of

TITLE_LIMIT = 120
REASON_LIMIT = 1000


class RequestQuerySet(models.QuerySet["Request"]):
    """Which requests."""

    def visible_to(self, user: Any) -> "RequestQuerySet":
        """Those made to oneself; for coordinators, all but what is kept from them."""
        if coordinates(user):
            return unhidden(self, user, "application", own=True)
        return self.filter(application__applicant_id=user.pk) if user.pk else self.none()

    def waiting(self) -> "RequestQuerySet":
        """Those that the applicant has still to answer."""
        return self.filter(status=Request.Status.ASKED)

    def overdue(self, today: date | None = None) -> "RequestQuerySet":
        """Those whose day has passed in Montréal without an answer."""
        return self.waiting().filter(due_on__lt=today or day_of(timezone.now()))

    def standing(self) -> "RequestQuerySet":
        """Those not taken back."""
        return self.exclude(status=Request.Status.CANCELLED)


class Request(models.Model):
    """One piece: what, why, by when, and what came."""

    class Status(models.TextChoices):
        """How far it got."""

        ASKED = "asked", _("Waiting for the applicant")
        RECEIVED = "received", _("Received, to look at")
        ACCEPTED = "accepted", _("Accepted")
        CANCELLED = "cancelled", _("Cancelled")

    application = models.ForeignKey(
        Application,
        on_delete=models.PROTECT,
        related_name="requests",
        verbose_name=_("application"),
    )
    title = models.CharField(_("what is asked"), max_length=TITLE_LIMIT)
    reason = models.CharField(_("why"), max_length=REASON_LIMIT)
    due_on = models.DateField(_("due"))
    status = models.CharField(
        _("status"), max_length=20, choices=Status.choices, default=Status.ASKED, editable=False
    )
    document = models.ForeignKey(
        Document,
        verbose_name=_("what came"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    refusal = models.CharField(
        _("why what came did not do"), max_length=REASON_LIMIT, blank=True, editable=False
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now, editable=False)
    received_at = models.DateTimeField(_("received"), null=True, editable=False)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request of a piece")
        verbose_name_plural = _("requests of pieces")
        ordering = ["asked_at", "pk"]
        indexes = [
            models.Index(
                fields=["due_on", "application"],
                name="desk_request_waiting",
                condition=Q(status="asked"),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="desk_request_status_known",
                condition=Q(status__in=["asked", "received", "accepted", "cancelled"]),
                violation_error_message=_("This status does not exist."),
            ),
            models.CheckConstraint(
                name="desk_request_received_holds_a_document",
                condition=Q(status__in=["asked", "cancelled"])
                | Q(document__isnull=False, received_at__isnull=False),
                violation_error_message=_("A piece that came has its document and its time."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_waiting(self) -> bool:
        """Whether the applicant has still to answer."""
        return self.status == self.Status.ASKED

    @property
    def is_received(self) -> bool:
        """Whether it came and nobody has looked at it yet."""
        return self.status == self.Status.RECEIVED

    @property
    def is_open(self) -> bool:
        """Whether a document may still come, or come again."""
        return self.is_waiting or self.is_received

    @property
    def is_overdue(self) -> bool:
        """Whether its day has passed in Montréal without an answer."""
        return self.is_waiting and self.due_on < day_of(timezone.now())

    @property
    def slot(self) -> str:
        """Where its documents stand among those of the file."""
        return f"request-{self.pk}"
