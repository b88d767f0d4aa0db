"""How long each class of records is kept: a setting, which the privacy officer validates."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """The classes of records. What begins each one's time is `retention.due`."""

    DRAFT = "draft", _("Drafts that were never submitted")
    ENDED = "ended", _("Applications that ended without a registration")
    REGISTERED = "registered", _("Applications of people who went on to UdeM")
    ACCOUNT = "account", _("Accounts without an application")
    IDENTIFICATION = "identification", _("Answers to the self-identification")
    TRAIL = "trail", _("The trail of what was done")
    INCIDENT = "incident", _("The register of confidentiality incidents")


class Disposition(models.TextChoices):
    """What happens at the end."""

    DESTROY = "destroy", _("Destroyed")
    AGGREGATE = "aggregate", _("Destroyed; the totals stay")


# What `retention.due` counts from, in words.
BEGINS = {
    Kind.DRAFT: _("the close of its cycle"),
    Kind.ENDED: _("the day of its last answer, withdrawal or ending"),
    Kind.REGISTERED: _("the start of the studies"),
    Kind.ACCOUNT: _("the last sign-in"),
    Kind.IDENTIFICATION: _("the start of the studies of its cycle"),
    Kind.TRAIL: _("the day that a line was written"),
    Kind.INCIDENT: _("the day that an incident was closed"),
}


class Rule(models.Model):
    """One class: so many months and days after what begins its time."""

    kind = models.CharField(
        _("what"), max_length=14, choices=Kind.choices, primary_key=True, editable=False
    )
    months = models.PositiveSmallIntegerField(
        _("months"), default=0, validators=[MaxValueValidator(600)]
    )
    days = models.PositiveSmallIntegerField(
        _("days"), default=0, validators=[MinValueValidator(0), MaxValueValidator(3650)]
    )
    disposition = models.CharField(
        _("then"),
        max_length=10,
        choices=Disposition.choices,
        default=Disposition.DESTROY,
        editable=False,
    )
    source = models.CharField(
        _("who decided it, and where it is written"), max_length=200, blank=True
    )

    class Meta:
        verbose_name = _("retention rule")
        verbose_name_plural = _("retention rules")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="retention_rule_kind_known",
                condition=Q(kind__in=Kind.values),
                violation_error_message=_("This class does not exist."),
            ),
            models.CheckConstraint(
                name="retention_rule_keeps_a_while",
                condition=Q(months__gte=1) | Q(days__gte=30),
                violation_error_message=_("Nothing is destroyed sooner than after 30 days."),
            ),
        ]

    def __str__(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def begins(self) -> str:
        """What its time is counted from."""
        return str(BEGINS[Kind(self.kind)])
