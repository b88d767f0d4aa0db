"""What a line changes in one file at UdeM: previewed field by field, applied, put back."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applications.sight import unhidden
from followup.models import UdemFile
from followup.sealing import SealedField
from reconciliation.models.line import Line
from reconciliation.models.udem_list import UdemList

TO_FILE = "udem_file__offer__decision__application"


class ChangeQuerySet(models.QuerySet["Change"]):
    """Which changes."""

    def visible_to(self, user: Any) -> "ChangeQuerySet":
        """Those of files that nothing keeps from this coordinator."""
        lists = UdemList.objects.visible_to(user)
        return unhidden(self.filter(udem_list__in=lists), user, TO_FILE)

    def to_write(self) -> "ChangeQuerySet":
        """Those that would be written now."""
        return self.filter(is_ready=True)

    def to_settle(self) -> "ChangeQuerySet":
        """Those that wait for a person: a conflict without a choice, a fact that is lacking, a file that moved."""
        return self.filter(Q(open__gt=0) | ~Q(lacks=[]) | Q(has_moved=True))


class Change(models.Model):
    """One person's part of a list. Facts are sealed; counts and choices say nothing of them."""

    udem_list = models.ForeignKey(UdemList, on_delete=models.CASCADE, related_name="changes")
    line = models.OneToOneField(Line, on_delete=models.CASCADE, related_name="change")
    udem_file = models.ForeignKey(UdemFile, on_delete=models.CASCADE, related_name="list_changes")
    # By fact: what stands, what the list says, of which kind it is (`differences.Kind`).
    told = SealedField(_("field by field"), blank=True)
    # The facts as they stood when this was worked out or applied last: whoever differs has been touched since.
    stood = SealedField(_("the facts then"), blank=True)
    # The facts before anything of the list was applied.
    before = SealedField(_("the facts before"), blank=True)
    choices = models.JSONField(_("choices"), default=dict, blank=True)
    lacks = models.JSONField(_("what is lacking"), default=list, blank=True)
    news = models.PositiveSmallIntegerField(_("new facts"), default=0)
    sames = models.PositiveSmallIntegerField(_("confirmed facts"), default=0)
    conflicts = models.PositiveSmallIntegerField(_("conflicts"), default=0)
    open = models.PositiveSmallIntegerField(_("conflicts without a choice"), default=0)
    is_ready = models.BooleanField(_("would be written"), default=False)
    has_moved = models.BooleanField(_("changed by others meanwhile"), default=False)
    applied_at = models.DateTimeField(_("applied"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    was_left = models.BooleanField(_("left as it is when undone"), default=False)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change by a list")
        verbose_name_plural = _("changes by lists")
        ordering = ["pk"]
        indexes = [models.Index(fields=["udem_list", "id"], name="reconciliation_change_page")]
        constraints = [
            models.CheckConstraint(
                name="reconciliation_change_undone_after_applied",
                condition=Q(undone_at=None) | Q(applied_at__isnull=False),
                violation_error_message=_("Only what was applied is undone."),
            ),
            models.CheckConstraint(
                name="reconciliation_change_applied_remembers",
                condition=Q(applied_at=None) | ~Q(before=""),
                violation_error_message=_("What was applied remembers what stood before."),
            ),
            models.CheckConstraint(
                name="reconciliation_change_ready_is_whole",
                condition=Q(is_ready=False) | Q(lacks=[]),
                violation_error_message=_("What lacks a fact is not written."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.udem_list_id}: {self.udem_file_id}"
