"""What one line of UdeM's list says, and whom it means."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from followup.models import UdemFile
from followup.sealing import SealedField
from reconciliation.models.udem_list import UdemList


class LineQuerySet(models.QuerySet["Line"]):
    """Which lines."""

    def asked(self) -> "LineQuerySet":
        """Those whose person nobody has chosen yet."""
        return self.filter(verdict="doubtful", chosen_at=None)


class Line(models.Model):
    """One line: its cells by meaning, sealed; the verdict; the person of ours, certain or chosen."""

    class Kind(models.TextChoices):
        """The verdict, as `matching` gave it."""

        CERTAIN = "certain", pgettext_lazy("line", "Certain")
        DOUBTFUL = "doubtful", pgettext_lazy("line", "To be chosen")
        UNKNOWN = "unknown", pgettext_lazy("line", "Nobody of ours")
        FOLDED = "folded", pgettext_lazy("line", "Said twice alike")

    udem_list = models.ForeignKey(UdemList, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField(_("line"))
    payload = SealedField(_("what it says"), blank=True)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Kind.choices)
    why = models.CharField(_("why it is asked"), max_length=20, blank=True)
    # By file of ours, what each thing says: words of `matching.Says`, nothing of a person.
    candidates = models.JSONField(default=dict, blank=True)
    # Meanings whose cell could not be read.
    unclear = models.JSONField(default=list, blank=True)
    same_as = models.PositiveIntegerField(_("same as line"), null=True, blank=True)
    udem_file = models.ForeignKey(
        UdemFile, null=True, blank=True, on_delete=models.CASCADE, related_name="list_lines"
    )
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("chosen by"),
    )
    chosen_at = models.DateTimeField(_("chosen"), null=True, blank=True)

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a list")
        verbose_name_plural = _("lines of lists")
        ordering = ["number"]
        indexes = [
            models.Index(
                fields=["udem_list", "verdict", "number"], name="reconciliation_line_queue"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["udem_list", "number"],
                name="reconciliation_line_once",
                violation_error_message=_("A line is read once."),
            ),
            models.UniqueConstraint(
                fields=["udem_list", "udem_file"],
                condition=Q(udem_file__isnull=False),
                name="reconciliation_line_one_a_person",
                violation_error_message=_("A person is meant by one line of a list."),
            ),
            models.CheckConstraint(
                name="reconciliation_line_verdict_fits",
                condition=Q(verdict="certain", udem_file__isnull=False)
                | Q(verdict="doubtful")
                | Q(verdict__in=["unknown", "folded"], udem_file=None),
                violation_error_message=_("The verdict does not fit the person."),
            ),
            models.CheckConstraint(
                name="reconciliation_line_chosen_by_somebody",
                condition=Q(chosen_at=None, chosen_by=None)
                | Q(chosen_at__isnull=False, chosen_by__isnull=False, verdict="doubtful"),
                violation_error_message=_("A person stands behind each choice."),
            ),
            models.CheckConstraint(
                name="reconciliation_line_doubt_is_settled_by_choice",
                condition=~Q(verdict="doubtful") | Q(udem_file=None) | Q(chosen_at__isnull=False),
                violation_error_message=_("A doubtful line means nobody until somebody chooses."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.udem_list_id}: {self.number}"

    def candidate_ids(self) -> list[int]:
        """The files of ours that it could mean, the likeliest first."""
        return [int(pk) for pk, _says in self.said()]

    def said(self) -> list[tuple[str, dict[str, Any]]]:
        """The same with what each thing says; the order is kept in the row."""
        return sorted(self.candidates.items(), key=lambda one: one[1].get("place", 0))
