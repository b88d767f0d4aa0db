"""What a member of the staff says of themselves, so that conflicts are found before a file is given."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from accounts.permissions import coordinates, holds

TIES_LIMIT = 4000
# Whose ties are compared with the files: those who judge them.
COMPARED = (Role.REVIEWER, Role.COORDINATOR, Role.DIRECTOR)


def judges_files(user: Any) -> bool:
    """Whether the person reads files, runs the cycle or directs: those who may be in conflict with a file."""
    return holds(user, *COMPARED)


class TiesQuerySet(models.QuerySet["Ties"]):
    """Which ties."""

    def visible_to(self, user: Any) -> "TiesQuerySet":
        """One's own; for coordinators, everybody's."""
        return self if coordinates(user) else self.filter(person_id=user.pk)


class Ties(models.Model):
    """The institutions, companies and people that one person is close to, a line each.

    A line may give several names of one institution, `Université de Montréal = UdeM`: everybody's comparison
    knows both from then on.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="ties",
        verbose_name=_("person"),
    )
    institutions = models.TextField(_("Institutions and companies"), blank=True)
    people = models.TextField(_("People you work closely with"), blank=True)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)

    objects = TiesQuerySet.as_manager()

    class Meta:
        verbose_name = _("ties")
        verbose_name_plural = _("ties")
        constraints = [
            models.CheckConstraint(
                name="reviews_ties_length",
                condition=Q(institutions__length__lte=TIES_LIMIT)
                & Q(people__length__lte=TIES_LIMIT),
                violation_error_message=_("A text is too long."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"
