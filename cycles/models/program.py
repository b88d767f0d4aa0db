"""A program of study at UdeM that Mila helps to select for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cycles.bilingual import twin


class Program(models.Model):
    """A program of study at UdeM that Mila helps to select for."""

    code = models.SlugField(_("short code"), unique=True)
    name_fr = models.CharField(_("name in French"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    short_fr = models.CharField(_("short name in French"), max_length=40, blank=True)
    short_en = models.CharField(_("short name in English"), max_length=40, blank=True)
    description_fr = models.TextField(_("who it is for, in French"), blank=True)
    description_en = models.TextField(_("who it is for, in English"), blank=True)
    udem_code = models.CharField(_("UdeM program number"), max_length=20)
    udem_segment = models.CharField(_("UdeM segment"), max_length=10, blank=True)
    internship_required = models.BooleanField(_("internship compulsory"), default=False)
    asks_attendance = models.BooleanField(_("asks full or part time"), default=False)
    asks_experience = models.BooleanField(_("asks for work experience"), default=False)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    name = twin("name")
    description = twin("description")
    short_name = twin("short")

    class Meta:
        verbose_name = _("program")
        verbose_name_plural = _("programs")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def short(self) -> str:
        """`M. Sc.`, for lists; the whole name where no short one was written."""
        return str(self.short_name or self.name)

    @property
    def udem_number(self) -> str:
        """`217-510, segment 77`, as UdeM's form wants it."""
        if not self.udem_segment:
            return self.udem_code
        return _("%(code)s, segment %(segment)s") % {
            "code": self.udem_code,
            "segment": self.udem_segment,
        }
