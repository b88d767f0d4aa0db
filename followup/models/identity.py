"""What only comes to be asked once a person has a place: birth date, citizenships, permanent code. Sealed."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import coordinates
from applications.models import Application
from applications.sight import unhidden
from followup.sealing import SealedField, marks


class IdentityQuerySet(models.QuerySet["Identity"]):
    """Whose identity."""

    def visible_to(self, user: Any) -> "IdentityQuerySet":
        """One's own; for coordinators, all but what is kept from them. Nobody else, directors included."""
        if coordinates(user):
            return unhidden(self, user, "application", own=True)
        return self.filter(application__applicant_id=user.pk) if user.pk else self.none()

    def coded(self, code: str) -> "IdentityQuerySet":
        """Those with this permanent code, in capitals and without spaces."""
        return self.filter(code_mark__in=marks(code)) if code else self.none()


class Identity(models.Model):
    """Told after an offer is accepted, to find the person on UdeM's list and to tell which permits they need."""

    application = models.OneToOneField(
        Application, on_delete=models.CASCADE, related_name="identity"
    )
    # A day as YYYY-MM-DD; countries as alpha-2 codes, joined by commas.
    birth = SealedField(_("date of birth"), blank=True)
    countries = SealedField(_("citizenships"), blank=True)
    code = SealedField(_("permanent code"), blank=True)
    code_mark = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    told_at = models.DateTimeField(_("told"), default=timezone.now, editable=False)

    objects = IdentityQuerySet.as_manager()

    class Meta:
        verbose_name = _("identity")
        verbose_name_plural = _("identities")
        constraints = [
            models.CheckConstraint(
                name="followup_identity_code_marked",
                condition=Q(code="", code_mark="") | (~Q(code="") & ~Q(code_mark="")),
                violation_error_message=_("A permanent code is kept with its mark."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.application}, identity"

    @property
    def born_on(self) -> date | None:
        """The date of birth; None when it was not told."""
        return date.fromisoformat(self.birth) if self.birth else None

    @property
    def citizenships(self) -> list[str]:
        """Alpha-2 codes of countries."""
        return [code for code in self.countries.split(",") if code]
