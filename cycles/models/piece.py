"""The documents that a cycle asks for."""

from collections.abc import Collection

from django.db import models
from django.utils.translation import gettext_lazy as _

from cycles.bilingual import twin
from cycles.models.cycle import Cycle
from cycles.models.program import Program


class Piece(models.Model):
    """One document asked of applicants, for one program or for all."""

    class Kind(models.TextChoices):
        """What the document is; it says how often it is asked."""

        CV = "cv", _("Curriculum vitæ")
        TRANSCRIPT = "transcript", _("Transcript, once for each degree")
        TRANSLATION = (
            "translation",
            _("Certified translation, for each degree taught neither in French nor in English"),
        )
        DIPLOMA = "diploma", _("Diploma")
        OTHER = "other", _("Another document")

    cycle = models.ForeignKey(
        Cycle, on_delete=models.CASCADE, related_name="pieces", verbose_name=_("cycle")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.OTHER)
    slug = models.SlugField(_("short code"), max_length=30)
    name_fr = models.CharField(_("name in French"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    help_fr = models.CharField(_("advice in French"), max_length=300, blank=True)
    help_en = models.CharField(_("advice in English"), max_length=300, blank=True)
    program = models.ForeignKey(
        Program,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only for"),
        help_text=_("Empty: for every program."),
    )
    is_required = models.BooleanField(_("required"), default=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    name = twin("name")
    help = twin("help")

    class Meta:
        verbose_name = _("document asked")
        verbose_name_plural = _("documents asked")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "slug"],
                name="cycles_piece_once",
                violation_error_message=_("This cycle already has a document with this code."),
            )
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def for_each_degree(self) -> bool:
        """Whether it is asked once for each degree."""
        return self.kind in {self.Kind.TRANSCRIPT, self.Kind.TRANSLATION}

    def is_asked(self, programs: Collection[Program]) -> bool:
        """Whether someone who applies to these programs is asked for it."""
        return self.program_id is None or self.program_id in {program.pk for program in programs}
