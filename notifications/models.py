"""The outbox: one row for each letter, written in the same transaction as the fact it tells."""

import uuid
from email.utils import parseaddr
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from audit.models import subject_of


def new_message_id() -> str:
    """A Message-ID that no other letter has, in our own domain."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
    return f"<{uuid.uuid4()}@{domain}>"


class OutgoingEmailQuerySet(models.QuerySet["OutgoingEmail"]):
    """Reads the outbox. All of it by the database's clock: the machines' own may disagree."""

    def about(self, *things: models.Model) -> "OutgoingEmailQuerySet":
        """The letters that tell of one of these rows, oldest first."""
        subjects = [subject_of(thing) for thing in things]
        return self.filter(about__in=subjects).order_by("queued_at", "pk")

    def due(self) -> "OutgoingEmailQuerySet":
        """Letters that a worker may take now, the most urgent first."""
        free = Q(lease_until=None) | Q(lease_until__lt=Now())
        return self.filter(free, status=OutgoingEmail.Status.PENDING, next_attempt_at__lte=Now())

    def held_by(self, token: uuid.UUID) -> "OutgoingEmailQuerySet":
        """What this claim still holds: every write of a worker goes through here."""
        return self.filter(lease_token=token)

    def abandoned(self) -> "OutgoingEmailQuerySet":
        """Letters whose worker went silent between "going out" and "gone"."""
        return self.filter(status=OutgoingEmail.Status.SENDING, lease_until__lt=Now())

    def to_settle(self) -> "OutgoingEmailQuerySet":
        """Letters of unknown fate that it is time to look up, the oldest doubt first."""
        doubtful = self.filter(status=OutgoingEmail.Status.UNKNOWN, next_attempt_at__lte=Now())
        return doubtful.order_by("next_attempt_at", "pk")

    def needing_a_person(self) -> "OutgoingEmailQuerySet":
        """Letters that will not leave by themselves."""
        stuck = [OutgoingEmail.Status.BOUNCED, OutgoingEmail.Status.DEAD]
        unsettled = Q(status=OutgoingEmail.Status.UNKNOWN, resend_after=None)
        return self.filter(Q(status__in=stuck) | unsettled)


class OutgoingEmail(models.Model):
    """A letter on its way: what it says, to whom, and how far it got.

    `held` while the first ones of its batch try the way: see `notifications.batches`. Then
    `pending → sending → sent | bounced | dead`, and `unknown` when a worker vanished in between. A worker
    writes only what its lease token still holds; a person's verbs are in `notifications.ledger`.
    """

    class Status(models.TextChoices):
        """How far it got."""

        HELD = "held", _("Held back")
        PENDING = "pending", _("Waiting")
        SENDING = "sending", _("Going out")
        SENT = "sent", _("Sent")
        UNKNOWN = "unknown", _("Outcome unknown")
        BOUNCED = "bounced", _("Address refused")
        DEAD = "dead", _("Could not be sent")

    key = models.CharField(_("key"), max_length=200)
    message_id = models.CharField(
        _("Message-ID"),
        max_length=255,
        unique=True,
        default=new_message_id,
        editable=False,
    )
    letter = models.CharField(_("letter"), max_length=60)
    language = models.CharField(_("language"), max_length=2)
    address = models.CharField(_("address"), max_length=254)
    about = models.CharField(_("about"), max_length=120)
    batch = models.CharField(
        _("batch"),
        max_length=60,
        blank=True,
        help_text=_("What it left together with, as in reviews.release:12."),
    )
    subject = models.TextField(_("subject"))
    text = models.TextField(_("text"), blank=True)
    secret = models.BooleanField(
        _("secret"),
        default=False,
        help_text=_("The text is erased once the letter has left."),
    )
    priority = models.PositiveSmallIntegerField(_("priority"), default=5)

    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.PENDING
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), db_default=Now())
    lease_until = models.DateTimeField(_("held until"), null=True, blank=True)
    lease_token = models.UUIDField(_("held by"), null=True, blank=True)
    queued_at = models.DateTimeField(_("queued"), db_default=Now())
    tried_at = models.DateTimeField(_("last attempt"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)
    resend_after = models.DurationField(
        _("sent again after"),
        null=True,
        blank=True,
        help_text=_("When the outcome stays unknown. Empty: only a person sends it again."),
    )

    objects = OutgoingEmailQuerySet.as_manager()

    if TYPE_CHECKING:
        id: int

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-queued_at", "-pk"]
        indexes = [
            models.Index(
                fields=["priority", "queued_at", "id"],
                name="outgoing_due",
                condition=Q(status="pending"),
            ),
            models.Index(
                fields=["next_attempt_at"],
                name="outgoing_in_doubt",
                condition=Q(status__in=["sending", "unknown"]),
            ),
            models.Index(fields=["about", "queued_at"], name="outgoing_about"),
            models.Index(fields=["batch", "status"], name="outgoing_batch", condition=~Q(batch="")),
        ]
        constraints = [
            # Not `unique=True` on the columns, which would add an index for LIKE to keep up with.
            models.UniqueConstraint(
                fields=["key"],
                name="outgoing_key_once",
                violation_error_message=_("This letter is queued already."),
            ),
            models.UniqueConstraint(
                fields=["message_id"],
                name="outgoing_message_id_once",
                violation_error_message=_("Two letters cannot have the same Message-ID."),
            ),
            models.CheckConstraint(
                name="outgoing_status_known",
                condition=Q(
                    status__in=[
                        "held",
                        "pending",
                        "sending",
                        "sent",
                        "unknown",
                        "bounced",
                        "dead",
                    ]
                ),
                violation_error_message=_("This status does not exist."),
            ),
            models.CheckConstraint(
                name="outgoing_language_known",
                condition=Q(language__in=["fr", "en"]),
                violation_error_message=_("Choose French or English."),
            ),
            models.CheckConstraint(
                name="outgoing_held_in_a_batch",
                condition=~Q(status="held") | ~Q(batch=""),
                violation_error_message=_("A letter is held back with its batch."),
            ),
            models.CheckConstraint(
                name="outgoing_one_line_headers",
                condition=~Q(subject__contains="\n")
                & ~Q(subject__contains="\r")
                & ~Q(address__contains="\n")
                & ~Q(address__contains="\r"),
                violation_error_message=_("The subject and the address are one line each."),
            ),
            models.CheckConstraint(
                name="outgoing_written",
                condition=~Q(status__in=["held", "pending", "sending", "unknown"])
                | (~Q(subject="") & ~Q(text="")),
                violation_error_message=_("A letter that may still leave has its whole text."),
            ),
            models.CheckConstraint(
                name="outgoing_lease_whole",
                condition=Q(lease_until=None, lease_token=None)
                | Q(lease_until__isnull=False, lease_token__isnull=False),
                violation_error_message=_("A lease has both an end and a holder."),
            ),
            models.CheckConstraint(
                name="outgoing_sending_held",
                condition=~Q(status="sending") | Q(lease_token__isnull=False),
                violation_error_message=_("A letter that is going out is held by a worker."),
            ),
            models.CheckConstraint(
                name="outgoing_settled_free",
                condition=Q(status__in=["pending", "sending"]) | Q(lease_token=None),
                violation_error_message=_("Nobody holds a letter that is no longer going out."),
            ),
            models.CheckConstraint(
                name="outgoing_sent_dated",
                condition=Q(status="sent", sent_at__isnull=False)
                | (~Q(status="sent") & Q(sent_at=None)),
                violation_error_message=_("A sent letter, and no other, has the time it left."),
            ),
            models.CheckConstraint(
                name="outgoing_doubt_dated",
                condition=~Q(status__in=["sending", "unknown"]) | Q(tried_at__isnull=False),
                violation_error_message=_("A letter in doubt has the time of its last attempt."),
            ),
            models.CheckConstraint(
                name="outgoing_failure_explained",
                condition=~Q(status__in=["bounced", "dead"]) | ~Q(error=""),
                violation_error_message=_("A letter that could not leave says why."),
            ),
            models.CheckConstraint(
                name="outgoing_secret_erased",
                condition=~Q(secret=True, status__in=["sent", "bounced", "dead"]) | Q(text=""),
                violation_error_message=_("A secret is erased once its letter has left."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter} → {self.address}"


class DatabaseIdentity(models.Model):
    """The one database that letters may leave from. A restored backup is another one."""

    system_identifier = models.CharField(_("cluster"), max_length=30)
    timeline = models.BigIntegerField(_("timeline"))
    database_oid = models.BigIntegerField(_("database"))
    trusted_at = models.DateTimeField(_("trusted since"), db_default=Now())

    class Meta:
        verbose_name = _("database identity")
        verbose_name_plural = _("database identities")
        constraints = [
            models.CheckConstraint(
                name="database_identity_single",
                condition=Q(pk=1),
                violation_error_message=_("There is one identity only."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.system_identifier}/{self.timeline}/{self.database_oid}"
