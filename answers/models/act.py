"""What somebody did on the decision board, as one thing that can be undone as a whole."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.permissions import coordinates, directs
from applications.models import Application
from cycles.models import Cycle, Program
from reviews.models import Decision, Outcome
from reviews.models.assignment import conflicting

WORD_LIMIT = 300


class ActQuerySet(models.QuerySet["Act"]):
    """Which acts."""

    def visible_to(self, user: Any) -> "ActQuerySet":
        """For coordinators and directors, those that touched a file they may see; `seen` counts such files."""
        if not (coordinates(user) or directs(user)):
            return self.none()
        told = Change.objects.filter(act=OuterRef("pk")).exclude(application__in=conflicting(user))
        counted = told.order_by().values("act").annotate(n=Count("pk")).values("n")
        return self.filter(Exists(told)).annotate(seen=Subquery(counted))

    def standing(self) -> "ActQuerySet":
        """Those that nobody undid."""
        return self.filter(undone_at__isnull=True)

    def judged(self) -> "ActQuerySet":
        """With `is_overtaken`: something of it was approved or changed since, so it cannot be undone."""
        counts = Decision.objects.filter(application=OuterRef("application"), is_current=True)
        waits = Q(after__is_current=True, after__status=Decision.Status.PROPOSED)
        other = Q(after__isnull=False) & ~waits | Q(after__isnull=True) & Exists(counts)
        overtaken = Exists(Change.objects.filter(other, act=OuterRef("pk")))
        told: dict[str, Any] = {"is_overtaken": overtaken}
        return self.annotate(**told)


class Act(models.Model):
    """One act on one file or on a thousand: who, when, what. The files are its changes."""

    class Kind(models.TextChoices):
        """What was done."""

        PROPOSE = "propose", pgettext_lazy("act", "Proposed")
        WITHDRAW = "withdraw", pgettext_lazy("act", "Proposal withdrawn")
        PLACE = "place", pgettext_lazy("act", "Waitlist put in order")
        SEND_BACK = "send_back", pgettext_lazy("act", "Sent back")

    cycle = models.ForeignKey(
        Cycle, on_delete=models.PROTECT, related_name="acts", verbose_name=_("cycle")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("who"),
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    kind = models.CharField(_("what"), max_length=20, choices=Kind.choices)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices, blank=True)
    program = models.ForeignKey(
        Program,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("program"),
    )
    why = models.CharField(_("why"), max_length=WORD_LIMIT, blank=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("undone by"),
    )

    # Only on rows fetched with `judged`.
    is_overtaken: bool

    objects = ActQuerySet.as_manager()

    class Meta:
        verbose_name = _("act on the board")
        verbose_name_plural = _("acts on the board")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["cycle", "-at", "-id"], name="answers_act_recent")]
        constraints = [
            models.CheckConstraint(
                name="answers_act_kind_known",
                condition=Q(kind__in=["propose", "withdraw", "place", "send_back"])
                & (Q(outcome="") | Q(outcome__in=Outcome.values)),
                violation_error_message=_("This act does not exist."),
            ),
            models.CheckConstraint(
                name="answers_act_undone_by_somebody",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                violation_error_message=_("A person stands behind each undoing."),
            ),
            models.CheckConstraint(
                name="answers_act_sent_back_with_a_word",
                condition=~Q(kind="send_back") | ~Q(why=""),
                violation_error_message=_("Say in a word why it goes back."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id}, {self.kind}, {self.pk}"


class Change(models.Model):
    """What an act did to one file: the decision that counted before, and the one that counted after."""

    act = models.ForeignKey(Act, on_delete=models.CASCADE, related_name="changes")
    application = models.ForeignKey(
        Application,
        on_delete=models.PROTECT,
        related_name="decision_changes",
        verbose_name=_("application"),
    )
    before = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, related_name="+")
    after = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("change of a decision")
        verbose_name_plural = _("changes of decisions")
        constraints = [
            models.UniqueConstraint(
                fields=["act", "application"],
                name="answers_change_once",
                violation_error_message=_("An act changes each file once."),
            ),
            models.CheckConstraint(
                name="answers_change_changes_something",
                condition=Q(before__isnull=False) | Q(after__isnull=False),
                violation_error_message=_("An act changes something."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act_id}: {self.application_id}"
