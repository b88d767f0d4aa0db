"""What somebody of the committee says about a file."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from committee.sight import discussed_by

REMARK_LIMIT = 2_000
CORRECTED_WITHIN = timedelta(minutes=10)


class RemarkQuerySet(models.QuerySet["Remark"]):
    """Which remarks."""

    def visible_to(self, user: Any) -> "RemarkQuerySet":
        """Those about the files that this person may discuss now."""
        return self.filter(application__in=discussed_by(user))


class Remark(models.Model):
    """One remark of a file's discussion. Withdrawn, it keeps its place and shows no text."""

    application = models.ForeignKey(
        Application,
        on_delete=models.PROTECT,
        related_name="remarks",
        verbose_name=_("application"),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="remarks",
        verbose_name=_("author"),
    )
    text = models.TextField(_("text"), validators=[MaxLengthValidator(REMARK_LIMIT)])
    at = models.DateTimeField(_("written"), default=timezone.now)
    edited_at = models.DateTimeField(_("corrected"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["application", "at", "id"], name="committee_remark_thread")]
        constraints = [
            models.CheckConstraint(
                name="committee_remark_says_something",
                condition=~Q(text=""),
                violation_error_message=_("A remark says something."),
            ),
            models.CheckConstraint(
                name="committee_remark_is_short",
                condition=LessThanOrEqual(Length("text"), REMARK_LIMIT),
                violation_error_message=_("A remark has 2,000 characters at most."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.pk}"

    def may_change(self, at: datetime) -> bool:
        """Whether its text may still be corrected."""
        return self.withdrawn_at is None and at < self.at + CORRECTED_WITHIN
