"""A degree, done or under way, with its grade on its own scale: nothing is converted."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from applications.models.application import Application


class Level(models.TextChoices):
    """The level of a degree."""

    BACHELOR = "bachelor", _("Bachelor’s")
    MASTER = "master", _("Master’s")
    DOCTORATE = "doctorate", _("Doctorate")
    OTHER = "other", _("Other")


class Progress(models.TextChoices):
    """Whether a degree is finished."""

    DONE = "done", _("Finished")
    UNDER_WAY = "under_way", _("Under way")
    LEFT = "left", _("Left before the end")


class Teaching(models.TextChoices):
    """The language that a degree was taught in: it decides whether a translation is asked."""

    FRENCH = "fr", _("French")
    ENGLISH = "en", _("English")
    OTHER = "other", _("Another language")


class Direction(models.TextChoices):
    """Which end of a scale is the best."""

    UP = "up", _("The highest number is the best")
    DOWN = "down", _("The lowest number is the best")


class Degree(models.Model):
    """One line of the studies; one to six a file."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="degrees")
    position = models.PositiveSmallIntegerField(default=0)
    institution = models.CharField(_("Institution"), max_length=200, blank=True)
    country = models.CharField(_("Country"), max_length=2, blank=True)
    level = models.CharField(_("Level"), max_length=20, choices=Level.choices, blank=True)
    title = models.CharField(_("Degree"), max_length=200, blank=True)
    field = models.CharField(_("Field"), max_length=200, blank=True)
    progress = models.CharField(_("State"), max_length=20, choices=Progress.choices, blank=True)
    language = models.CharField(
        _("Language of teaching"), max_length=10, choices=Teaching.choices, blank=True
    )
    start_year = models.PositiveSmallIntegerField(_("First year"), null=True, blank=True)
    end_year = models.PositiveSmallIntegerField(_("Last year, or expected"), null=True, blank=True)
    average = models.DecimalField(
        _("Average"), max_digits=7, decimal_places=3, null=True, blank=True
    )
    scale_max = models.DecimalField(
        _("Best possible grade"),
        max_digits=7,
        decimal_places=3,
        null=True,
        blank=True,
    )
    scale_pass = models.DecimalField(
        _("Pass mark"), max_digits=7, decimal_places=3, null=True, blank=True
    )
    scale_direction = models.CharField(
        _("Direction of the scale"), max_length=4, choices=Direction.choices, blank=True
    )

    class Meta:
        verbose_name = _("degree")
        verbose_name_plural = _("degrees")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="applications_degree_years_in_order",
                condition=Q(start_year__isnull=True)
                | Q(end_year__isnull=True)
                | Q(end_year__gte=F("start_year")),
                violation_error_message=_("A degree cannot end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.institution
