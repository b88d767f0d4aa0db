"""Who judges a round, who stays away from an application, and what each one wrote."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from scholarships.models.candidacy import Candidacy
from scholarships.models.round import Round

COMMENT_LIMIT = 2000


class Seat(models.Model):
    """A person of a round's panel."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    of_edi_committee = models.BooleanField(_("of the EDI committee"), default=False)

    class Meta:
        verbose_name = _("seat of the panel")
        verbose_name_plural = _("seats of the panel")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "person"],
                name="scholarships_seat_once",
                violation_error_message=_("This person sits on the panel already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.person)


class Recusal(models.Model):
    """A person of the panel stays away from one application."""

    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="recusals")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(_("why"), max_length=300)
    at = models.DateTimeField(_("declared"), default=timezone.now)

    class Meta:
        verbose_name = _("recusal")
        verbose_name_plural = _("recusals")
        constraints = [
            models.UniqueConstraint(
                fields=["candidacy", "person"],
                name="scholarships_recusal_once",
                violation_error_message=_("This is declared already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.candidacy_id}, {self.person_id}"


class Reading(models.Model):
    """What one person of the panel thinks of one application."""

    class Status(models.TextChoices):
        """Whether it counts."""

        DRAFT = "draft", _("Draft")
        HANDED_IN = "handed_in", _("Handed in")

    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="readings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False
    )
    # {measure: 1–5}
    scores = models.JSONField(_("scores"), default=dict, blank=True)
    comment = models.TextField(_("comment"), max_length=COMMENT_LIMIT, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)
    saved_at = models.DateTimeField(_("saved"), default=timezone.now, editable=False)
    handed_in_at = models.DateTimeField(_("handed in"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("reading of the panel")
        verbose_name_plural = _("readings of the panel")
        constraints = [
            models.UniqueConstraint(
                fields=["candidacy", "person"],
                name="scholarships_reading_once",
                violation_error_message=_("There is one reading a person already."),
            ),
            models.CheckConstraint(
                name="scholarships_reading_handed_in_dated",
                condition=Q(status="draft", handed_in_at=None)
                | Q(status="handed_in", handed_in_at__isnull=False),
                violation_error_message=_("What was handed in has its time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidacy_id}, {self.person_id}"
