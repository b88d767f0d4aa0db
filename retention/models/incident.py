"""The register of confidentiality incidents that the law asks for (Québec's Law 25, Regulation A-2.1, r. 3.1)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import directs, protects

LONG = 2000


class IncidentQuerySet(models.QuerySet["Incident"]):
    """Which incidents."""

    def visible_to(self, user: Any) -> "IncidentQuerySet":
        """All of them, for directors and the privacy service."""
        return self.all() if directs(user) or protects(user) else self.none()


class Incident(models.Model):
    """What happened to whose information, how grave it is, and who was told. It names nobody concerned."""

    happened_on = models.DateField(_("happened on, or began"), null=True, blank=True)
    found_on = models.DateField(_("found on"))
    what = models.TextField(_("what happened"), max_length=LONG)
    information = models.TextField(_("which information"), max_length=LONG)
    people = models.PositiveIntegerField(
        _("people concerned, as far as is known"), null=True, blank=True
    )
    of_quebec = models.PositiveIntegerField(_("of whom in Québec"), null=True, blank=True)
    assessment = models.TextField(
        _("why the risk of injury is serious or not"), max_length=LONG, blank=True
    )
    is_serious = models.BooleanField(_("risk of serious injury"), null=True, blank=True)
    commission_told_on = models.DateField(
        _("Commission d’accès à l’information told on"), null=True, blank=True
    )
    people_told_on = models.DateField(_("people concerned told on"), null=True, blank=True)
    measures = models.TextField(_("measures taken"), max_length=LONG, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    written_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("confidentiality incident")
        verbose_name_plural = _("confidentiality incidents")
        ordering = ["-found_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="retention_incident_found_after",
                condition=Q(happened_on=None) | Q(found_on__gte=models.F("happened_on")),
                violation_error_message=_("It is found on the day that it happened, or later."),
            ),
            models.CheckConstraint(
                name="retention_incident_closed_is_judged",
                condition=Q(closed_on=None)
                | (Q(is_serious__isnull=False) & ~Q(assessment="") & ~Q(measures="")),
                violation_error_message=_(
                    "Before it is closed: the risk is judged, and the measures are written down."
                ),
            ),
            models.CheckConstraint(
                name="retention_incident_serious_is_told",
                condition=Q(closed_on=None)
                | ~Q(is_serious=True)
                | Q(commission_told_on__isnull=False, people_told_on__isnull=False),
                violation_error_message=_(
                    "A serious risk: the Commission and the people concerned are told before it is closed."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.found_on:%Y-%m-%d}"
