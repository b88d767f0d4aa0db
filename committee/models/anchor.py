"""Fictitious files that every reader scores first, so that all use the same scale."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import reviews
from applications.models.application import Fluency, Skill
from cycles.bilingual import twin
from cycles.models import Cycle

# Texts that a file lacks nothing without, and those that both languages must have.
MAY_BE_EMPTY = ("experience",)
MUST_BE_THERE = ("title", "degrees", "statement")


class AnchorQuerySet(models.QuerySet["Anchor"]):
    """Which anchor files."""

    def complete(self) -> "AnchorQuerySet":
        """Those written in both languages: the others do not count."""
        rows = self
        for name in MUST_BE_THERE:
            rows = rows.exclude(Q(**{f"{name}_fr": ""}) | Q(**{f"{name}_en": ""}))
        for name in MAY_BE_EMPTY:
            french, english = Q(**{f"{name}_fr": ""}), Q(**{f"{name}_en": ""})
            rows = rows.exclude((french & ~english) | (~french & english))
        return rows

    def visible_to(self, user: Any) -> "AnchorQuerySet":
        """The complete ones of published cycles, for those who read."""
        if not reviews(user):
            return self.none()
        return self.complete().filter(cycle__is_published=True)


class Anchor(models.Model):
    """An invented file: an administrator writes it in lines and sentences, `committee.authoring` draws it."""

    cycle = models.ForeignKey(
        Cycle, on_delete=models.CASCADE, related_name="anchors", verbose_name=_("cycle")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    title_fr = models.CharField(_("title in French"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    degrees_fr = models.TextField(_("degrees in French"), blank=True)
    degrees_en = models.TextField(_("degrees in English"), blank=True)
    experience_fr = models.TextField(_("jobs in French"), blank=True)
    experience_en = models.TextField(_("jobs in English"), blank=True)
    statement_fr = models.TextField(_("letter of intent in French"), blank=True)
    statement_en = models.TextField(_("letter of intent in English"), blank=True)
    python_level = models.CharField("Python", max_length=20, choices=Skill.choices, blank=True)
    french_level = models.CharField(_("French"), max_length=2, choices=Fluency.choices, blank=True)
    english_level = models.CharField(
        _("English"), max_length=2, choices=Fluency.choices, blank=True
    )
    # Code of the course → {"how": …, "grade": …}.
    courses = models.JSONField(_("prerequisites"), default=dict, blank=True)
    # Id of the criterion, as text → what the committee agreed on, from 1 to 5.
    reference = models.JSONField(_("agreed values"), default=dict, blank=True)

    title = twin("title")
    degrees = twin("degrees")
    experience = twin("experience")
    statement = twin("statement")
    objects = AnchorQuerySet.as_manager()

    class Meta:
        verbose_name = _("calibration file")
        verbose_name_plural = _("calibration files")
        ordering = ["cycle", "position", "pk"]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def was_read(self) -> bool:
        """Whether somebody scored it: from then on it stays as it is."""
        return self.pk is not None and self.readings.exists()


class AnchorReading(models.Model):
    """What one reader gave to one anchor file. Only they see whose values these are."""

    anchor = models.ForeignKey(Anchor, on_delete=models.PROTECT, related_name="readings")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="anchor_readings"
    )
    # Id of the criterion, as text → 1 to 5, or null for "cannot judge".
    values = models.JSONField(_("values"), default=dict)
    comment = models.TextField(_("comment"), blank=True)
    done_at = models.DateTimeField(_("scored"), default=timezone.now, editable=False)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)

    class Meta:
        verbose_name = _("calibration reading")
        verbose_name_plural = _("calibration readings")
        constraints = [
            models.UniqueConstraint(
                fields=["anchor", "reader"],
                name="committee_anchorreading_once",
                violation_error_message=_("Each reader scores a calibration file once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.anchor_id} ← {self.reader_id}"
