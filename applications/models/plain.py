"""What a draft keeps as plain data, because nothing else points at it: courses, jobs, links."""

from django.db import models
from django.utils.translation import gettext_lazy as _

NOTE_LIMIT = 300
JOB_LIMIT = 500
MOST_JOBS = 10
MOST_LINKS = 3
CREDITS_ASKED = 40
TFI_ASKED = 605


class How(models.TextChoices):
    """How a person knows what a prerequisite course teaches."""

    TAKEN = "taken", _("I passed such a course")
    PLANNED = "planned", _("Under way or planned")
    EQUIVALENT = "equivalent", _("Learned otherwise")
    NOT_TAKEN = "not_taken", _("Not taken")
