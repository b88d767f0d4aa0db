"""A way of looking at a list that a member of the staff keeps under a name, for themselves or for the office."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from finding.permissions import takes_away

# A hundred signs of any script, as an address spells them, and the filters beside them.
MOST_LETTERS = 2_000
# A view that was dropped can be put back for so long.
REGRET = timedelta(minutes=10)


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Which views."""

    def standing(self) -> "SavedViewQuerySet":
        """Those that nobody dropped."""
        return self.filter(dropped_at=None)

    def visible_to(self, user: Any) -> "SavedViewQuerySet":
        """One's own, those just dropped among them; what others share. A list judges who opens it."""
        if not takes_away(user):
            return self.none()
        regretted = Q(dropped_at=None) | Q(dropped_at__gt=timezone.now() - REGRET)
        return self.filter(regretted & Q(owner=user.pk) | Q(is_shared=True, dropped_at=None))


class SavedView(models.Model):
    """The filters of a list under a name; without a cycle, so that it serves each year."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    listed = models.CharField(_("list"), max_length=40)
    name = models.CharField(_("name"), max_length=60)
    # As behind the `?` of an address, the words in plain: addresses hold them sealed.
    query = models.CharField(_("filters"), max_length=MOST_LETTERS, blank=True)
    is_shared = models.BooleanField(_("shared with the office"), default=False)
    is_default = models.BooleanField(_("shown first"), default=False)
    dropped_at = models.DateTimeField(_("dropped"), null=True, editable=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "listed", "name"],
                condition=Q(dropped_at=None),
                name="finding_view_name_once",
                violation_error_message=_("You have a view of this name."),
            ),
            models.UniqueConstraint(
                fields=["owner", "listed"],
                condition=Q(is_default=True),
                name="finding_view_one_default",
                violation_error_message=_("One view of a list is shown first."),
            ),
            models.CheckConstraint(
                name="finding_view_dropped_is_not_default",
                condition=Q(is_default=False) | Q(dropped_at=None),
                violation_error_message=_("A view that was dropped is not shown first."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def filters(self) -> dict[str, str]:
        """What it keeps."""
        return dict(parse_qsl(self.query))
