"""A way of looking at the board that a member of the staff keeps under a name."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SavedFilterQuerySet(models.QuerySet["SavedFilter"]):
    """Whose filters."""

    def visible_to(self, user: Any) -> "SavedFilterQuerySet":
        """One's own."""
        return self.filter(person_id=user.pk) if user.pk else self.none()


class SavedFilter(models.Model):
    """The words of an address behind its `?`, under a name of one's own; without a cycle, so that it serves each year."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(_("filter"), max_length=300, blank=True)
    is_default = models.BooleanField(_("shown first"), default=False)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        verbose_name = _("filter kept")
        verbose_name_plural = _("filters kept")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "name"],
                name="enrolment_filter_name_once",
                violation_error_message=_("You have a filter of this name."),
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(is_default=True),
                name="enrolment_filter_one_default",
                violation_error_message=_("One filter is shown first."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
