"""Where a person stands in Canada now, as they confirm it after our answer; it decides what they have to ask for."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import coordinates
from applications.models import Application
from applications.models.application import CanadaStatus
from applications.sight import unhidden

HOLDERS = (CanadaStatus.STUDY, CanadaStatus.WORK)


class Allows(models.TextChoices):
    """Whether what a person has allows the whole program, by their own knowledge."""

    YES = "yes", _("Yes, for the whole program")
    NO = "no", _("No, or not for long enough")
    UNSURE = "unsure", _("I do not know yet")


class Change(models.TextChoices):
    """Why the status is no longer the one that the application told; their choice, no free text."""

    GRANTED = "granted", _("I received a new status or a new permit")
    ENDED = "ended", _("What I had has ended")
    MISTAKE = "mistake", _("I made a mistake in the application")


class PermitPathQuerySet(models.QuerySet["PermitPath"]):
    """Whose path."""

    def visible_to(self, user: Any) -> "PermitPathQuerySet":
        """One's own; for coordinators, all but what is kept from them. Nobody else, directors included."""
        if coordinates(user):
            return unhidden(self, user, "application", own=True)
        return self.filter(application__applicant_id=user.pk) if user.pk else self.none()


class PermitPath(models.Model):
    """What the person confirmed; without a row, what the application told counts."""

    application = models.OneToOneField(
        Application, on_delete=models.CASCADE, related_name="permit_path"
    )
    canada_status = models.CharField(
        _("status in Canada"), max_length=20, choices=CanadaStatus.choices
    )
    change = models.CharField(
        _("why it changed"), max_length=10, choices=Change.choices, blank=True
    )
    permit_until = models.DateField(_("the permit ends on"), null=True, blank=True)
    allows = models.CharField(
        _("whether it allows the program"),
        max_length=10,
        choices=Allows.choices,
        default=Allows.UNSURE,
    )
    told_at = models.DateTimeField(_("told"), default=timezone.now, editable=False)

    objects = PermitPathQuerySet.as_manager()

    class Meta:
        verbose_name = _("path of permits")
        verbose_name_plural = _("paths of permits")
        constraints = [
            models.CheckConstraint(
                name="permits_path_status_known",
                condition=Q(
                    canada_status__in=CanadaStatus.values,
                    allows__in=Allows.values,
                    change__in=["", *Change.values],
                ),
                violation_error_message=_("This status does not exist."),
            ),
            models.CheckConstraint(
                name="permits_path_end_of_a_permit",
                condition=Q(canada_status__in=HOLDERS, permit_until__isnull=False)
                | Q(~Q(canada_status__in=HOLDERS), permit_until=None),
                violation_error_message=_("A permit, and nothing else, has the day it ends."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}, permits"
