"""The extra questions of a cycle, and each wording that applicants saw."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cycles.bilingual import in_english, twin
from cycles.models.cycle import Cycle
from cycles.models.program import Program

YES, NO = "yes", "no"
WORDING = (
    *("label_fr", "label_en", "help_fr", "help_en", "choices_fr", "choices_en"),
    *("is_required", "limit", "lowest", "highest"),
)


class Question(models.Model):
    """One question that this cycle asks besides the form's own fields."""

    class Kind(models.TextChoices):
        """How it is answered."""

        TEXT = "text", _("A line of text")
        LONG_TEXT = "long_text", _("A longer text")
        NUMBER = "number", _("A whole number")
        CHOICE = "choice", _("One choice among several")
        YES_NO = "yes_no", _("Yes or no")
        FILE = "file", _("A PDF")

    cycle = models.ForeignKey(
        Cycle, on_delete=models.CASCADE, related_name="questions", verbose_name=_("cycle")
    )
    code = models.SlugField(
        _("short code"),
        max_length=30,
        help_text=_("Names the answer in exports; it stays the same from year to year."),
    )
    kind = models.CharField(_("kind of answer"), max_length=20, choices=Kind.choices)
    label_fr = models.CharField(_("question in French"), max_length=300)
    label_en = models.CharField(_("question in English"), max_length=300, blank=True)
    help_fr = models.CharField(_("advice in French"), max_length=500, blank=True)
    help_en = models.CharField(_("advice in English"), max_length=500, blank=True)
    choices_fr = models.TextField(
        _("choices in French"), blank=True, help_text=_("One a line, at least two.")
    )
    choices_en = models.TextField(
        _("choices in English"),
        blank=True,
        help_text=_("The same ones, in the same order, one a line."),
    )
    program = models.ForeignKey(
        Program,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only for"),
        help_text=_("Empty: for every program."),
    )
    is_required = models.BooleanField(_("an answer is required"), default=False)
    limit = models.PositiveSmallIntegerField(
        _("longest answer, in characters"),
        null=True,
        blank=True,
        help_text=_("Empty: 200 for a line, 1,500 for a longer text."),
    )
    lowest = models.IntegerField(_("lowest number"), null=True, blank=True)
    highest = models.IntegerField(_("highest number"), null=True, blank=True)
    shown_if = models.ForeignKey(
        "self",
        # Not PROTECT: a cycle that nobody saw goes with all of its questions.
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="followers",
        verbose_name=_("only asked after"),
        help_text=_(
            "An earlier question, answered by yes or no or by a choice. Empty: always asked."
        ),
    )
    shown_when = models.CharField(_("when the answer is"), max_length=20, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    version = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    is_retired = models.BooleanField(_("no longer asked"), default=False, editable=False)

    label = twin("label")
    help = twin("help")

    class Meta:
        verbose_name = _("extra question")
        verbose_name_plural = _("extra questions")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "code"],
                name="cycles_question_once",
                violation_error_message=_("This cycle already has a question with this code."),
            ),
            models.CheckConstraint(
                name="cycles_question_bounds_in_order",
                condition=Q(lowest__isnull=True)
                | Q(highest__isnull=True)
                | Q(lowest__lte=F("highest")),
                violation_error_message=_("The lowest number cannot exceed the highest one."),
            ),
            models.CheckConstraint(
                name="cycles_question_condition_whole",
                condition=Q(shown_if__isnull=True, shown_when="")
                | (Q(shown_if__isnull=False) & ~Q(shown_when="")),
                violation_error_message=_("A condition names a question and its answer."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.label)

    def clean(self) -> None:
        """A condition looks back: at an earlier question of the same cycle, so never in a loop."""
        if sentence := self.broken_condition:
            raise ValidationError(sentence)

    @property
    def broken_condition(self) -> str:
        """What is wrong with the condition, in a sentence; empty when nothing is."""
        parent = self.shown_if
        if parent is None:
            return ""
        if parent.cycle_id != self.cycle_id:
            return str(_("A condition refers to a question of the same cycle."))
        if parent.pk == self.pk or not parent.comes_before(self):
            return str(_("A condition refers to a question that comes earlier."))
        if self.shown_when not in dict(parent.answers):
            return str(_("This is not an answer to the earlier question."))
        if parent.is_retired and not self.is_retired:
            return str(_("The earlier question is no longer asked."))
        return ""

    def comes_before(self, other: "Question") -> bool:
        """Whether applicants meet it before the other one; a new question comes after its equals."""
        return (self.position, self.pk or 0) < (other.position, other.pk or float("inf"))

    @property
    def options(self) -> list[tuple[str, str]]:
        """The choices in the reader's language; a value is its line's number, the same in both."""
        french, english = lines(self.choices_fr), lines(self.choices_en)
        texts = english if in_english() and len(english) == len(french) else french
        return [(str(number), text) for number, text in enumerate(texts, 1)]

    @property
    def answers(self) -> list[tuple[str, str]]:
        """Every answer that a condition may name: yes and no, or the choices."""
        if self.kind == self.Kind.YES_NO:
            return [(YES, str(_("Yes"))), (NO, str(_("No")))]
        return self.options if self.kind == self.Kind.CHOICE else []

    @property
    def longest(self) -> int:
        """How many characters an answer may have."""
        return self.limit or (1500 if self.kind == self.Kind.LONG_TEXT else 200)

    @property
    def wording(self) -> dict[str, Any]:
        """What applicants see and must obey: what a version keeps."""
        return {name: getattr(self, name) for name in WORDING}

    def is_asked(self, programs: Collection[Program], answers: Mapping[str, Any]) -> bool:
        """Whether someone with these programs, and these answers by code, is asked this question."""
        if self.is_retired:
            return False
        if self.program_id and self.program_id not in {program.pk for program in programs}:
            return False
        parent = self.shown_if
        if parent is None:
            return True
        # An answer left from before a change of mind asks nothing: its own question must be asked too.
        return parent.is_asked(programs, answers) and answers.get(parent.code) == self.shown_when


def lines(text: str) -> list[str]:
    """The lines that hold something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def asked(
    questions: Iterable[Question], programs: Collection[Program], answers: Mapping[str, Any]
) -> list[Question]:
    """Those of a cycle's questions that someone is asked, in order; no query."""
    every = list(questions)
    known = {question.pk: question for question in every}
    for question in every:
        if question.shown_if_id in known:
            question.shown_if = known[question.shown_if_id]
    return [question for question in every if question.is_asked(programs, answers)]


class QuestionVersion(models.Model):
    """One wording of a question that applicants may have answered; never changed."""

    question = models.ForeignKey(
        Question, on_delete=models.CASCADE, related_name="versions", verbose_name=_("question")
    )
    version = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField(_("wording"))
    at = models.DateTimeField(_("until"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )

    class Meta:
        verbose_name = _("earlier wording")
        verbose_name_plural = _("earlier wordings")
        ordering = ["question", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "version"], name="cycles_questionversion_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question_id}, {self.version}"
