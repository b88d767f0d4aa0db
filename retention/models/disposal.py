"""A list of what is due, which two people approve, and its certificate. It outlives what it lists: it names nobody."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import coordinates, directs
from cycles.bilingual import in_english
from retention.models.rule import Kind

# Between the two languages of a rule.
BOTH = " / "


class DisposalQuerySet(models.QuerySet["Disposal"]):
    """Which lists."""

    def visible_to(self, user: Any) -> "DisposalQuerySet":
        """All of them, for those who check or approve one."""
        return self.all() if coordinates(user) or directs(user) else self.none()

    def standing(self) -> "DisposalQuerySet":
        """Those that somebody has to do something about."""
        return self.exclude(status__in=(Disposal.Status.DONE, Disposal.Status.CANCELLED))


class Disposal(models.Model):
    """One list: prepared by the timetable, checked by one person, approved by another, executed, certified."""

    class Status(models.TextChoices):
        """How far it is."""

        LISTED = "listed", _("To check")
        CHECKED = "checked", _("To approve")
        APPROVED = "approved", _("Being executed")
        DONE = "done", _("Executed")
        CANCELLED = "cancelled", _("Cancelled")

    kind = models.CharField(_("what"), max_length=14, choices=Kind.choices)
    # The rule as it was when the list was made, which is what was approved.
    rule = models.CharField(_("rule"), max_length=300)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.LISTED, editable=False
    )
    listed_at = models.DateTimeField(_("listed"), default=timezone.now)
    size = models.PositiveIntegerField(_("on the list"), default=0)
    fingerprint = models.CharField(_("fingerprint of the list"), max_length=64, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("checked by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("approved by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    done_at = models.DateTimeField(_("executed"), null=True, blank=True)
    why_cancelled = models.CharField(_("why it was cancelled"), max_length=500, blank=True)

    objects = DisposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("disposal")
        verbose_name_plural = _("disposals")
        ordering = ["-listed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(status__in=["listed", "checked"]),
                name="retention_disposal_one_open_a_kind",
                violation_error_message=_("A list of this class waits already."),
            ),
            models.CheckConstraint(
                name="retention_disposal_by_two",
                condition=Q(approved_by=None) | ~Q(approved_by=F("checked_by")),
                violation_error_message=_("Whoever checked a list does not approve it."),
            ),
            models.CheckConstraint(
                name="retention_disposal_approved_is_whole",
                condition=~Q(status__in=["approved", "done"])
                | Q(
                    checked_by__isnull=False,
                    approved_by__isnull=False,
                    approved_at__isnull=False,
                ),
                violation_error_message=_("What is approved says who checked and who approved."),
            ),
            models.CheckConstraint(
                name="retention_disposal_done_dated",
                condition=Q(status="done", done_at__isnull=False)
                | (~Q(status="done") & Q(done_at=None)),
                violation_error_message=_("What is executed has its time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.listed_at:%Y-%m-%d}"

    @property
    def rule_here(self) -> str:
        """The rule in the reader's language."""
        french, _slash, english = self.rule.partition(BOTH)
        return english if english and in_english() else french


class Item(models.Model):
    """One line of a list: a row's id, which is nobody's once the row is gone."""

    class Status(models.TextChoices):
        """What became of it."""

        LISTED = "listed", _("On the list")
        LEFT_OUT = "left_out", _("Left out")
        DONE = "done", _("Destroyed")
        KEPT = "kept", _("No longer due")

    disposal = models.ForeignKey(Disposal, on_delete=models.PROTECT, related_name="items")
    subject = models.CharField(_("about"), max_length=120)
    due_on = models.DateField(_("due on"))
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.LISTED, editable=False
    )
    # What was counted when it went: rows by table, files, bytes.
    counted = models.JSONField(_("what went"), default=dict, blank=True, editable=False)
    why = models.CharField(_("why it was left out or kept"), max_length=300, blank=True)
    done_at = models.DateTimeField(_("destroyed"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("line of a disposal")
        verbose_name_plural = _("lines of a disposal")
        ordering = ["disposal", "due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["disposal", "subject"],
                name="retention_item_once",
                violation_error_message=_("This is on the list already."),
            ),
            models.CheckConstraint(
                name="retention_item_done_dated",
                condition=Q(status="done", done_at__isnull=False)
                | (~Q(status="done") & Q(done_at=None)),
                violation_error_message=_("What is destroyed has its time."),
            ),
            models.CheckConstraint(
                name="retention_item_kept_explained",
                condition=~Q(status__in=["left_out", "kept"]) | ~Q(why=""),
                violation_error_message=_("What is left out has its reason."),
            ),
        ]
        indexes = [models.Index(fields=["subject"], name="retention_item_subject")]

    def __str__(self) -> str:
        return f"{self.disposal_id}, {self.subject}"
