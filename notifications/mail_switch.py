"""The one switch of all mail: whether letters leave, and by which transport."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, Q
from django.utils.translation import gettext_lazy as _


class MailSwitch(models.Model):
    """One row, which every worker obeys within a letter. Without it, letters leave as usual."""

    paused = models.BooleanField(_("paused"), default=False)
    by_second = models.BooleanField(_("by the second transport"), default=False)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("changed by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    why = models.TextField(_("why"), blank=True)

    class Meta:
        verbose_name = _("switch of all mail")
        verbose_name_plural = _("switches of all mail")
        constraints = [
            models.CheckConstraint(
                name="mail_switch_single",
                condition=Q(pk=1),
                violation_error_message=_("There is one switch only."),
            )
        ]

    def __str__(self) -> str:
        return "paused" if self.paused else "on"

    @classmethod
    def is_paused(cls) -> Exists:
        """Whether no letter may leave, as a condition of another statement."""
        return Exists(cls._default_manager.filter(pk=1, paused=True))

    @classmethod
    def now(cls) -> "MailSwitch":
        """How it stands; off and first when nobody ever touched it."""
        return cls._default_manager.filter(pk=1).select_related("changed_by").first() or cls(pk=1)
