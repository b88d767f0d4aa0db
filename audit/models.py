"""The trail: one row for each thing that a person or the timetable did; and how the timetable's errands went."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


def subject_of(thing: models.Model) -> str:
    """`"applications.application:42"`: how the ledgers point at a row of any app."""
    return f"{thing._meta.label_lower}:{thing.pk}"


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    """Reads the trail."""

    def about(self, *things: models.Model) -> "AuditEntryQuerySet":
        """The entries whose subject is one of these rows, oldest first."""
        return self.filter(subject__in=[subject_of(thing) for thing in things]).order_by("at", "pk")


class AuditEntry(models.Model):
    """Who did what to which row, when and why. Written once; the database refuses an update."""

    at = models.DateTimeField(_("when"), auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty when the timetable acted, or when the person was erased."),
    )
    verb = models.CharField(_("what"), max_length=60)
    subject = models.CharField(_("about"), max_length=120)
    old = models.CharField(_("status before"), max_length=30, blank=True)
    new = models.CharField(_("status after"), max_length=30, blank=True)
    why = models.TextField(_("why"), blank=True)
    details = models.JSONField(_("details"), default=dict, blank=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["subject", "at"], name="audit_subject_at")]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"


class ErrandState(models.Model):
    """How one errand of the timetable goes: a row an errand, written when something was done, else once a minute."""

    name = models.CharField(_("errand"), max_length=60, primary_key=True)
    began_at = models.DateTimeField(_("last began"), null=True, blank=True)
    ended_at = models.DateTimeField(_("last ended"), null=True, blank=True)
    did_at = models.DateTimeField(_("last did something"), null=True, blank=True)
    did = models.PositiveIntegerField(_("done then"), default=0)
    day = models.DateField(_("today"), null=True, blank=True)
    did_today = models.PositiveIntegerField(_("done today"), default=0)
    error = models.CharField(_("last error"), max_length=100, blank=True)
    failed_at = models.DateTimeField(_("last failed"), null=True, blank=True)
    paused_at = models.DateTimeField(_("paused since"), null=True, blank=True)
    paused_why = models.CharField(_("why it is paused"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("errand")
        verbose_name_plural = _("errands")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="audit_errand_failure_dated",
                condition=Q(error="") | Q(failed_at__isnull=False),
                violation_error_message=_("A failure has its time."),
            ),
            models.CheckConstraint(
                name="audit_errand_pause_explained",
                condition=Q(paused_at=None, paused_why="")
                | (Q(paused_at__isnull=False) & ~Q(paused_why="")),
                violation_error_message=_("A pause has its time and its reason."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def fails(self) -> bool:
        """Whether the last run of all came to nothing."""
        return self.failed_at is not None and (
            self.ended_at is None or self.failed_at > self.ended_at
        )


class Slot(models.Model):
    """One turn of an errand: it is done once, whoever is asked to do it, and however often."""

    errand = models.CharField(_("errand"), max_length=60)
    turn = models.DateTimeField(_("turn"), help_text=_("When this turn of the errand begins."))
    began_at = models.DateTimeField(_("first taken"), db_default=Now())
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    did = models.PositiveIntegerField(_("done"), default=0)
    error = models.CharField(_("error"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("turn of an errand")
        verbose_name_plural = _("turns of errands")
        ordering = ["-turn", "errand"]
        constraints = [
            models.UniqueConstraint(
                fields=["errand", "turn"],
                name="audit_slot_once",
                violation_error_message=_("This turn is taken already."),
            ),
            models.CheckConstraint(
                name="audit_slot_undone_did_nothing",
                condition=Q(ended_at__isnull=False) | Q(did=0),
                violation_error_message=_("A turn that did not end did nothing."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.errand} {self.turn:%Y-%m-%dT%H:%M}"

    @property
    def minutes_late(self) -> int:
        """How long after its beginning it ended."""
        return (self.ended_at - self.turn) // timedelta(minutes=1) if self.ended_at else 0
