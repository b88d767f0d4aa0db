"""A list that UdeM sent: who brought it, when, how it is read, and how far it is settled."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.permissions import coordinates
from cycles.models import Cycle
from followup.sealing import SealedField
from reconciliation.values import DATE_ORDERS

LABEL_LIMIT = 100
REASON_LIMIT = 500


class UdemListQuerySet(models.QuerySet["UdemList"]):
    """Which lists."""

    def visible_to(self, user: Any) -> "UdemListQuerySet":
        """All of them for coordinators; nobody else, directors included."""
        return self.all() if coordinates(user) else self.none()

    def holding(self) -> "UdemListQuerySet":
        """Those that still hold what UdeM said of people."""
        return self.exclude(status=UdemList.Status.ERASED)


class UdemList(models.Model):
    """One list, from its arrival until what it held is erased. The file itself is sealed, and kept until it is applied."""

    class Status(models.TextChoices):
        """How far a list is settled."""

        RECEIVED = "received", pgettext_lazy("list", "Received")
        COMPARED = "compared", pgettext_lazy("list", "Compared")
        QUEUED = "queued", pgettext_lazy("list", "Being applied")
        APPLIED = "applied", pgettext_lazy("list", "Applied")
        UNDONE = "undone", pgettext_lazy("list", "Undone")
        ERASED = "erased", pgettext_lazy("list", "Erased")

    cycle = models.ForeignKey(
        Cycle, verbose_name=_("cycle"), on_delete=models.PROTECT, related_name="udem_lists"
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.RECEIVED, editable=False
    )
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("received by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    received_at = models.DateTimeField(_("received"), default=timezone.now, editable=False)
    # The day that UdeM made it: what was written later is not overtaken by it.
    as_of = models.DateField(_("date of the list"))
    label = models.CharField(_("file name"), max_length=LABEL_LIMIT, blank=True)
    sha256 = models.CharField(max_length=64, editable=False)
    content = SealedField(_("the file"), blank=True, editable=False)
    encoding = models.CharField(_("encoding"), max_length=10, blank=True)
    date_order = models.CharField(
        _("how days are written"),
        max_length=3,
        choices=[(one.value, label) for one, label in DATE_ORDERS.items()],
        blank=True,
    )
    columns = models.JSONField(_("columns"), default=dict, blank=True)
    # Counts up with each look-relevant change: who applies names the one that they looked at.
    revision = models.PositiveIntegerField(_("revision"), default=0, editable=False)
    rows = models.PositiveIntegerField(_("lines"), default=0, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("applied by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    settled_at = models.DateTimeField(_("applied"), null=True, blank=True, editable=False)
    applied = models.PositiveIntegerField(_("people written"), default=0, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("undone by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True, editable=False)
    undone_why = models.CharField(_("why it was undone"), max_length=REASON_LIMIT, blank=True)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)

    objects = UdemListQuerySet.as_manager()

    class Meta:
        verbose_name = _("list of UdeM")
        verbose_name_plural = _("lists of UdeM")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="reconciliation_list_status_known",
                condition=Q(
                    status__in=["received", "compared", "queued", "applied", "undone", "erased"]
                ),
                violation_error_message=_("This status does not exist."),
            ),
            models.CheckConstraint(
                name="reconciliation_list_erased_is_empty",
                condition=~Q(status="erased") | Q(content="", erased_at__isnull=False),
                violation_error_message=_("An erased list holds nothing any more."),
            ),
            models.CheckConstraint(
                name="reconciliation_list_undone_by_somebody",
                condition=Q(undone_at=None, undone_by=None, undone_why="")
                | (Q(undone_at__isnull=False, undone_by__isnull=False) & ~Q(undone_why="")),
                violation_error_message=_("A person with a reason stands behind each undoing."),
            ),
            models.CheckConstraint(
                name="reconciliation_list_applied_by_somebody",
                condition=Q(settled_at=None) | Q(settled_by__isnull=False),
                violation_error_message=_("A person stands behind each list that was applied."),
            ),
        ]

    def __str__(self) -> str:
        # Never the file's name: it could name somebody.
        return f"UdeM {self.as_of:%Y-%m-%d}, {self.pk}"

    @property
    def encoding_if_text(self) -> str:
        """In which encoding to read it; nothing for a workbook, which says so itself."""
        return "" if self.encoding == "xlsx" else self.encoding

    @property
    def is_open(self) -> bool:
        """Whether choices can still be made and applied."""
        return self.status in (self.Status.COMPARED, self.Status.APPLIED)
