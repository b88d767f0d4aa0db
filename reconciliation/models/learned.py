"""What was said once and is remembered: which column tells what, and what UdeM's words mean."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from followup.models import Filing

IGNORED = ""
# A list never sends anybody back to the very beginning.
STEPS = [(value, label) for value, label in Filing.choices if value != Filing.TO_FILE]


class Mapping(models.Model):
    """What each heading of a set tells; the same set in another order is the same."""

    key = models.CharField(max_length=64, unique=True, editable=False)
    # Heading, folded, to `columns.Meaning`; nothing for what we do not read.
    columns = models.JSONField(_("columns"), default=dict)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("said by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    said_at = models.DateTimeField(_("said"), default=timezone.now)

    class Meta:
        verbose_name = _("columns of UdeM’s lists")
        verbose_name_plural = _("columns of UdeM’s lists")
        ordering = ["-said_at"]

    def __str__(self) -> str:
        return self.key[:8]


class Word(models.Model):
    """A word of UdeM for a state, and the step of ours that it means; nothing where it tells no step."""

    word = models.CharField(_("UdeM’s word"), max_length=100, unique=True)
    step = models.CharField(_("our step"), max_length=14, choices=STEPS, blank=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("said by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    said_at = models.DateTimeField(_("said"), default=timezone.now)

    class Meta:
        verbose_name = _("word of UdeM’s lists")
        verbose_name_plural = _("words of UdeM’s lists")
        ordering = ["word"]
        constraints = [
            models.CheckConstraint(
                name="reconciliation_word_step_known",
                condition=Q(
                    step__in=["", *(value for value in Filing.values if value != "to_file")]
                ),
                violation_error_message=_("This step does not exist."),
            )
        ]

    def __str__(self) -> str:
        return self.word
