"""What applicants declare, one box each, before they submit."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cycles.bilingual import twin
from cycles.models.cycle import Cycle

VERSION = "{version}"


class Declaration(models.Model):
    """One sentence that an applicant ticks; its version says which wording they agreed to."""

    cycle = models.ForeignKey(
        Cycle, on_delete=models.CASCADE, related_name="declarations", verbose_name=_("cycle")
    )
    code = models.SlugField(_("short code"), max_length=30)
    text_fr = models.CharField(_("sentence in French"), max_length=400)
    text_en = models.CharField(
        _("sentence in English"),
        max_length=400,
        blank=True,
        help_text=_("Write {version} where the version of the privacy notice stands."),
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    text = twin("text")

    class Meta:
        verbose_name = _("declaration")
        verbose_name_plural = _("declarations")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "code"],
                name="cycles_declaration_once",
                violation_error_message=_("This cycle already has a declaration with this code."),
            )
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """The sentence as applicants read it, with the version of the cycle's privacy notice."""
        return str(self.text).replace(VERSION, self.cycle.notice_version)
