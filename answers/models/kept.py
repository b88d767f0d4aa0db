"""What looked inconsistent, and that a person looked at again and keeps."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import coordinates, directs
from applications.models import Application
from applications.sight import unhidden
from cycles.models import Cycle

REASON_LIMIT = 500


class Finds(models.TextChoices):
    """What the gate finds, by rule."""

    DECIDER = "decider", _("Decided by somebody in conflict")
    FEW_READERS = "few_readers", _("Too few reviews")
    INCOMPLETE = "incomplete", _("Still incomplete")
    LETTERS = "letters", _("A letter of reference is missing")
    DUPLICATES = "duplicates", _("One person, two answers")
    SEATS = "seats", _("Far more offers than seats")
    TWINS = "twins", _("Nearly the same score, opposite answers")
    BELOW = "below", _("Accepted below somebody who is not")
    PREFERENCE = "preference", _("Not the first choice, which has seats")
    READ_IN_CONFLICT = "read_in_conflict", _("Read by somebody in conflict")
    EARLY = "early", _("Decided while a review is still open")
    LATE_LETTER = "late_letter", _("A letter that no review has seen")
    UNREACHABLE = "unreachable", _("Cannot be written to")
    PLACES = "places", _("Places on the waitlist")


class KeptQuerySet(models.QuerySet["Kept"]):
    """Which findings that were kept."""

    def visible_to(self, user: Any) -> "KeptQuerySet":
        """For coordinators and directors, those about no file that is kept from them."""
        if not (coordinates(user) or directs(user)):
            return self.none()
        first = unhidden(self, user, "first") | self.filter(first=None)
        return first & (unhidden(self, user, "second") | self.filter(second=None))


class Kept(models.Model):
    """One finding of the gate that stands: who says so, why, and of which facts. Other facts are another finding."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="+")
    rule = models.CharField(_("rule"), max_length=20, choices=Finds.choices)
    fingerprint = models.CharField(_("fingerprint of the facts"), max_length=64)
    first = models.ForeignKey(Application, on_delete=models.PROTECT, null=True, related_name="+")
    second = models.ForeignKey(Application, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("why"), max_length=REASON_LIMIT)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"), default=timezone.now)
    # Whether a director said so: what is grave asks for one.
    is_directed = models.BooleanField(_("by a director"), default=False)

    objects = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding that was kept")
        verbose_name_plural = _("findings that were kept")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "fingerprint", "is_directed"],
                name="answers_kept_once",
                violation_error_message=_("This was looked at again already."),
            ),
            models.CheckConstraint(
                name="answers_kept_with_a_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Say why it stands."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.fingerprint[:8]}"
