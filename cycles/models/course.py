"""The courses of UdeM that the prerequisite grid asks about."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cycles.bilingual import twin


class Course(models.Model):
    """One course that applicants should know the content of, under UdeM's own number."""

    code = models.CharField(_("course number"), max_length=20, unique=True)
    name_fr = models.CharField(_("name in French"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    is_asked = models.BooleanField(
        _("asked now"),
        default=True,
        help_text=_("Untick it instead of deleting: earlier files keep their answers."),
    )

    name = twin("name")

    class Meta:
        verbose_name = _("prerequisite course")
        verbose_name_plural = _("prerequisite courses")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
