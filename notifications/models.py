"""The outbox: one row for each letter, written in the same transaction as the fact it tells."""

import uuid
from email.utils import parseaddr
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from audit.models import subject_of
from notifications.event import LetterEvent
from notifications.letter_text import LetterText
from notifications.mail_switch import MailSwitch

__all__ = [
    "DatabaseIdentity",
    "LetterEvent",
    "LetterText",
    "MailSwitch",
    "OutgoingEmail",
    "OutgoingEmailQuerySet",
    "new_message_id",
]


def new_message_id() -> str:
    """A Message-ID that no other letter has, in our own domain."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
    return f"<{uuid.uuid4()}@{domain}>"


def _word(name: Any, length: int, **more: Any) -> "models.CharField[str, str]":
    """A column that may stay empty, also for code that does not know it yet."""
    return models.CharField(name, max_length=length, blank=True, default="", db_default="", **more)


class OutgoingEmailQuerySet(models.QuerySet["OutgoingEmail"]):
    """Reads the outbox. All of it by the database's clock: the machines' own may disagree."""

    def about(self, *things: models.Model) -> "OutgoingEmailQuerySet":
        """The letters that tell of one of these rows, oldest first."""
        subjects = [subject_of(thing) for thing in things]
        return self.filter(about__in=subjects).order_by("queued_at", "pk")

    def due(self) -> "OutgoingEmailQuerySet":
        """Letters that a worker may take now, the most urgent first; none while all mail is paused."""
        free = Q(lease_until=None) | Q(lease_until__lt=Now())
        due = self.filter(free, status=OutgoingEmail.Status.PENDING, next_attempt_at__lte=Now())
        return due.exclude(MailSwitch.is_paused())

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

    class Outcome(models.TextChoices):
        """What the mail service said of it afterwards; empty when it said nothing yet."""

        DELIVERED = "delivered", _("Delivered")
        COMPLAINED = "complained", _("Marked as unwanted")
        BOUNCED = "bounced", _("Came back")

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
        default="",
        db_default="",
        help_text=_("What it left together with, as in reviews.release:12."),
    )
    subject = models.TextField(_("subject"))
    text = models.TextField(_("text"), blank=True)
    sender = models.CharField(
        _("sender’s name"), max_length=80, blank=True, default="", db_default=""
    )
    reply_to = models.CharField(
        _("replies go to"), max_length=254, blank=True, default="", db_default=""
    )
    dates = models.JSONField(
        _("dates"), default=list, blank=True, db_default=Value([], models.JSONField())
    )
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
    # What became of it after it left; `notifications.events` writes it, only ever forward.
    outcome = _word(_("outcome"), 10, choices=Outcome.choices)
    transport = _word(
        _("transport"), 100, help_text=_("Which one has it, or may have it. Empty: none does.")
    )
    esp_message_id = _word(_("the service’s own number"), 255)
    resent = models.PositiveSmallIntegerField(
        _("times sent again by a person"), default=0, db_default=0
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
            models.Index(fields=["queued_at", "id"], name="outgoing_newest"),
            models.Index(
                OpClass(Lower("address"), name="text_pattern_ops"),
                F("queued_at"),
                name="outgoing_address",
            ),
            # All that is not plainly sent or delivered: few, however many letters there are.
            models.Index(
                fields=["status", "outcome"],
                name="outgoing_unfinished",
                condition=~Q(status="sent") | Q(outcome="complained"),
            ),
            models.Index(
                fields=["esp_message_id"],
                name="outgoing_esp_message_id",
                condition=~Q(esp_message_id=""),
            ),
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
                name="outgoing_one_line_sender",
                condition=~Q(sender__contains="\n")
                & ~Q(sender__contains="\r")
                & ~Q(reply_to__contains="\n")
                & ~Q(reply_to__contains="\r"),
                violation_error_message=_(
                    "The sender and the address for replies are one line each."
                ),
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
                | Q(status="bounced")
                | Q(~Q(status__in=["sent", "bounced"]), sent_at=None),
                violation_error_message=_("Only a letter that left has the time it left."),
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
            models.CheckConstraint(
                name="outgoing_outcome_known",
                condition=Q(outcome__in=["", "delivered", "complained", "bounced"]),
                violation_error_message=_("This outcome does not exist."),
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
