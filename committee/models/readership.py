"""How much each reader takes in a cycle, of what, and in which languages."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Language
from cycles.models import Cycle, Program

USUAL_CAPACITY = 15
MOST_CAPACITY = 500


class Readership(models.Model):
    """What a reader takes in one cycle. Somebody without a row takes what the fields say by default."""

    cycle = models.ForeignKey(
        Cycle, on_delete=models.CASCADE, related_name="readerships", verbose_name=_("cycle")
    )
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="readerships",
        verbose_name=_("reader"),
    )
    capacity = models.PositiveSmallIntegerField(
        _("files at most"),
        default=USUAL_CAPACITY,
        validators=[MaxValueValidator(MOST_CAPACITY)],
    )
    programs = models.ManyToManyField(
        Program, blank=True, related_name="+", verbose_name=_("programs")
    )
    reads_french = models.BooleanField(_("reads French"), default=True)
    reads_english = models.BooleanField(_("reads English"), default=True)
    away = models.BooleanField(_("not now"), default=False)

    class Meta:
        verbose_name = _("readership")
        verbose_name_plural = _("readerships")
        ordering = ["cycle", "reader"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "reader"],
                name="committee_readership_once",
                violation_error_message=_("A reader stands once in a cycle."),
            ),
            models.CheckConstraint(
                name="committee_readership_capacity_likely",
                condition=Q(capacity__lte=MOST_CAPACITY),
                violation_error_message=_("At most 500 files."),
            ),
            models.CheckConstraint(
                name="committee_readership_reads_something",
                condition=Q(reads_french=True) | Q(reads_english=True),
                violation_error_message=_("Choose at least one language."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reader_id}, {self.cycle_id}"

    @property
    def languages(self) -> frozenset[str]:
        """The codes of the languages that they read."""
        told = ((Language.FRENCH, self.reads_french), (Language.ENGLISH, self.reads_english))
        return frozenset(str(code.value) for code, reads in told if reads)

    @property
    def takes(self) -> int:
        """How many files they take in all; 0 while they are away."""
        return 0 if self.away else self.capacity
