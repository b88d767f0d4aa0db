"""What to get ready for the university before our answer: the office's list, and what a person has ticked."""

from collections.abc import Collection

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from cycles.bilingual import twin
from cycles.models import Program

HTTPS = URLValidator(schemes=["https"])


class Moment(models.TextChoices):
    """When a thing of the list is told: while we read, or at a step of the file at UdeM."""

    PREPARE = "prepare", _("To prepare, before our answer")
    FILE = "file", _("At UdeM: to file")
    DOCUMENTS = "documents", _("At UdeM: to send documents")
    ACCEPT = "accept", _("At UdeM: to accept its offer")
    REGISTER = "register", _("At UdeM: to register")
    REFUSED = "refused", _("At UdeM: refused")
    CLOSED = "closed", _("At UdeM: file closed")


class PreparationQuerySet(models.QuerySet["Preparation"]):
    """Which things to prepare."""

    def for_programs(
        self, programs: Collection[Program], *, permits: bool
    ) -> "PreparationQuerySet":
        """What to prepare for these programs, in order; what concerns permits only for people who need them."""
        rows = self._of(programs).filter(moment=Moment.PREPARE)
        return rows if permits else rows.filter(for_permits=False)

    def at_udem(self, program: Program) -> "PreparationQuerySet":
        """What to know at the steps of the file at UdeM, in order."""
        return self._of([program]).exclude(moment=Moment.PREPARE)

    def _of(self, programs: Collection[Program]) -> "PreparationQuerySet":
        return self.filter(Q(program=None) | Q(program__in=programs), is_shown=True)


class Preparation(models.Model):
    """One thing to prepare for the application to UdeM, or to know at a step of it, with the university's own page."""

    program = models.ForeignKey(
        Program,
        verbose_name=_("program"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Empty: for every program."),
    )
    for_permits = models.BooleanField(
        _("only for people who need permits"),
        default=False,
        help_text=_("Shown to those who are neither Canadian citizens nor permanent residents."),
    )
    moment = models.CharField(
        _("when"), max_length=10, choices=Moment.choices, default=Moment.PREPARE
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    title_fr = models.CharField(_("what to do, in French"), max_length=120)
    title_en = models.CharField(_("what to do, in English"), max_length=120)
    text_fr = models.TextField(_("how, in French"), max_length=600, blank=True)
    text_en = models.TextField(_("how, in English"), max_length=600, blank=True)
    link_fr = models.CharField(
        _("official page in French"), max_length=300, blank=True, validators=[HTTPS]
    )
    link_en = models.CharField(
        _("official page in English"), max_length=300, blank=True, validators=[HTTPS]
    )
    is_shown = models.BooleanField(_("shown"), default=True)

    title = twin("title")
    text = twin("text")
    link = twin("link")
    objects = PreparationQuerySet.as_manager()

    class Meta:
        verbose_name = _("thing to prepare for UdeM")
        verbose_name_plural = _("things to prepare for UdeM")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="followup_preparation_moment_known",
                condition=Q(moment__in=Moment.values),
                violation_error_message=_("This moment does not exist."),
            ),
            models.CheckConstraint(
                name="followup_preparation_in_both_languages",
                condition=Q(text_fr="", text_en="") | ~Q(text_fr="") & ~Q(text_en=""),
                violation_error_message=_("Write the text in both languages, or in neither."),
            ),
            models.CheckConstraint(
                name="followup_preparation_link_safe",
                condition=(Q(link_fr="") | Q(link_fr__startswith="https://"))
                & (Q(link_en="") | Q(link_en__startswith="https://")),
                violation_error_message=_("A link begins with https://."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)


class Done(models.Model):
    """A thing that a person has ready. A note to themselves: nobody else reads it."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    preparation = models.ForeignKey(Preparation, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(_("ticked"), default=timezone.now)

    class Meta:
        verbose_name = _("thing prepared")
        verbose_name_plural = _("things prepared")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "preparation"],
                name="followup_done_once",
                violation_error_message=_("This is ticked already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.application}, {self.preparation}"
