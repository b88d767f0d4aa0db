"""A person's application for a scholarship. What is confidential of it lies in the vault, and nothing here says what."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import coordinates, directs, protects, sits
from applications.models import Application
from applications.models.application import FILED
from applications.sight import unhidden
from reviews.models import Decision
from scholarships.models.round import Category, Round

# An answer of the admission that nobody who judges can be swayed in any more.
ANSWERED = (Decision.Status.APPROVED, Decision.Status.RELEASED)


class Standing(models.TextChoices):
    """What happened to a scholarship application itself."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class CandidacyQuerySet(models.QuerySet["Candidacy"]):
    """Which scholarship applications."""

    def own(self, user: Any) -> "CandidacyQuerySet":
        """One's own, and nobody else's: the panel comes by another door, and admission by none."""
        return self.filter(application__applicant_id=user.pk) if user.pk else self.none()

    def confided_to(self, user: Any) -> "CandidacyQuerySet":
        """For the privacy service: those in, of the categories that ask for something confidential."""
        if not protects(user):
            return self.none()
        asking = (Category.WOMEN_IN_AI, Category.SOCIOECONOMIC)
        return self.submitted().filter(round__category__in=asking)

    def submitted(self) -> "CandidacyQuerySet":
        """Those that count."""
        return self.filter(status=Standing.SUBMITTED)

    def answered(self) -> "CandidacyQuerySet":
        """Those whose application to the admission has an approved answer: before, nobody who judges knows of them."""
        answers = Decision.objects.filter(is_current=True, status__in=ANSWERED)
        return self.filter(application__in=answers.order_by().values("application"))

    def judged(self) -> "CandidacyQuerySet":
        """Those that a panel judges: handed in, the round closed, the admission's answer approved, the file not withdrawn."""
        rows = self.submitted().answered()
        return rows.filter(round__closes_at__lt=Now(), application__status__in=FILED)

    def visible_to(self, user: Any) -> "CandidacyQuerySet":
        """One's own; the panel's, without those that its member stays away from; the office's, once they may know."""
        allowed = Q(application__applicant_id=user.pk) if user.pk else Q(pk=None)
        if sits(user):
            panel = self.model.objects.panel_of(user)
            allowed |= Q(pk__in=panel.order_by().values("pk"))
        if coordinates(user) or directs(user):
            known = self.model.objects.answered().exclude(status=Standing.DRAFT)
            known = unhidden(known, user, "application").exclude(application__applicant=user.pk)
            allowed |= Q(pk__in=known.order_by().values("pk"))
        return self.filter(allowed)

    def panel_of(self, user: Any) -> "CandidacyQuerySet":
        """What this member of a panel reads."""
        rows = self.judged().unrelated(user).filter(round__seats__person=user.pk)
        return rows if sits(user) else self.none()

    def unrelated(self, user: Any) -> "CandidacyQuerySet":
        """Without those of whoever this person is too close to: as they said, as judging knows, or as a referee."""
        rows = unhidden(self, user, "application")
        return rows.exclude(recusals__person=user.pk).exclude(
            application__referees__email__iexact=user.email
        )


class Candidacy(models.Model):
    """One person in one round. It reuses what is on file and adds a statement."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="candidacies")
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="candidacies"
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Standing.choices, default=Standing.DRAFT, editable=False
    )
    number = models.CharField(_("number"), max_length=24, unique=True, editable=False)
    statement = models.TextField(_("statement"), blank=True)
    # Other awards that the person holds or expects, in dollars: what the stacking rule asks.
    other_awards = models.DecimalField(
        _("other major award, in dollars"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    # [{"code": …, "version": …, "text": …, "at": …, "withdrawn_at": …}]: each with the words that were read.
    consents = models.JSONField(_("consents"), default=list, blank=True)
    # What counts while it is changed again before the close: the statement, frozen.
    sent = models.JSONField(_("as sent"), null=True, blank=True, editable=False)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True, editable=False)
    # Category 3: who goes on to the proof, and how great the need is, as the privacy service judged it from the vault.
    shortlisted_at = models.DateTimeField(_("shortlisted"), null=True, blank=True, editable=False)
    need = models.PositiveSmallIntegerField(
        _("need, from 1 to 5"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    need_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # The page that wrote the statement last: one whose answer was lost on the way is not in its own way.
    writer = models.CharField(max_length=32, blank=True, editable=False)
    saved_at = models.DateTimeField(_("saved"), default=timezone.now, editable=False)
    created_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)

    objects = CandidacyQuerySet.as_manager()

    class Meta:
        verbose_name = _("scholarship application")
        verbose_name_plural = _("scholarship applications")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "application"],
                name="scholarships_candidacy_once",
                violation_error_message=_("There is one application a round already."),
            ),
            models.CheckConstraint(
                name="scholarships_candidacy_status_known",
                condition=Q(status__in=Standing.values),
                violation_error_message=_("This status does not exist."),
            ),
            models.CheckConstraint(
                name="scholarships_candidacy_submitted_is_whole",
                condition=~Q(status=Standing.SUBMITTED)
                | Q(submitted_at__isnull=False, sent__isnull=False),
                violation_error_message=_("What was submitted has its time and its content."),
            ),
            models.CheckConstraint(
                name="scholarships_candidacy_need_is_judged",
                condition=Q(need=None, need_by=None)
                | Q(need__gte=1, need__lte=5, need_by__isnull=False),
                violation_error_message=_("A need is from 1 to 5, and says who judged it."),
            ),
        ]

    def __str__(self) -> str:
        return self.number
