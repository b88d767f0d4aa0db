"""Answers to the cycle's own questions: which are asked, whether an answer fits its question as it is now."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy, override

from applications.forms.text import CountedText, prepare
from applications.forms.widgets import radios
from applications.models import Application
from cycles.models import Question, QuestionVersion, asked
from cycles.models.question import NO, YES, lines

YES_NO = ((YES, gettext_lazy("Yes")), (NO, gettext_lazy("No")))
# PostgreSQL's and JSON's numbers both hold it; an answer has no use for more.
LARGEST_NUMBER = 10**12


def values(application: Application) -> dict[str, Any]:
    """What was answered, by the code of the question."""
    told = application.answers.items()
    return {code: kept.get("value") for code, kept in told if isinstance(kept, dict)}


def questions_for(application: Application) -> list[Question]:
    """The questions of this person's programs that are answered on the page, conditions left aside."""
    chosen = {program.pk for program in application.chosen}
    return [
        question
        for question in application.cycle.questions.all()
        if not question.is_retired
        and question.kind != Question.Kind.FILE
        and (question.program_id is None or question.program_id in chosen)
    ]


def asked_of(application: Application) -> list[Question]:
    """Those that are asked after the answers so far."""
    every = application.cycle.questions.all()
    told = asked(every, application.chosen, values(application))
    return [question for question in told if question.kind != Question.Kind.FILE]


def field_of(question: Question) -> forms.Field:
    """The field that takes an answer, as the question is now."""
    words: dict[str, Any] = {"label": question.label, "help_text": question.help}
    kind = Question.Kind(question.kind)
    field: forms.Field
    if kind == Question.Kind.LONG_TEXT:
        field = CountedText(limit=question.longest, rows=6, **words)
    elif kind == Question.Kind.NUMBER:
        field = forms.IntegerField(
            min_value=-LARGEST_NUMBER if question.lowest is None else question.lowest,
            max_value=LARGEST_NUMBER if question.highest is None else question.highest,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            **words,
        )
    elif kind == Question.Kind.CHOICE:
        field = radios(words.pop("label"), question.options, **words)
    elif kind == Question.Kind.YES_NO:
        field = radios(words.pop("label"), YES_NO, **words)
    else:
        field = forms.CharField(max_length=question.longest, **words)
    optional = () if question.is_required else ("answer",)
    prepare({"answer": field}, optional)
    return field


def fits(question: Question, value: Any) -> bool:
    """Whether an answer can be given to the question as it is now."""
    try:
        return field_of(question).clean(value) not in ("", None)
    except ValidationError:
        return False


def frozen(application: Application) -> list[dict[str, Any]]:
    """The answers that count, each with the wording that the person answered, in both languages."""
    told = [
        (question, application.answers[question.code])
        for question in asked_of(application)
        if fits(question, values(application).get(question.code))
    ]
    earlier = earlier_wordings(
        question for question, kept in told if kept["version"] != question.version
    )
    return [
        _frozen(question, kept, earlier.get((question.pk, kept["version"]), question.wording))
        for question, kept in told
    ]


def earlier_wordings(questions: Iterable[Question]) -> dict[tuple[int, int], dict[str, Any]]:
    """The wordings of before, by question and version; no query where nothing changed."""
    keys = [question.pk for question in questions]
    rows = QuestionVersion.objects.filter(question__in=keys) if keys else []
    return {(row.question_id, row.version): row.content for row in rows}


def _frozen(question: Question, kept: dict[str, Any], wording: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": question.code,
        "kind": question.kind,
        "version": kept["version"],
        "value": kept["value"],
        "label_fr": wording["label_fr"],
        "label_en": wording["label_en"] or wording["label_fr"],
        "text_fr": _text(question, kept["value"], wording["choices_fr"], "fr"),
        "text_en": _text(
            question, kept["value"], wording["choices_en"] or wording["choices_fr"], "en"
        ),
    }


def _text(question: Question, value: Any, choices: str, language: str) -> str:
    """The answer in words."""
    if question.kind == Question.Kind.YES_NO:
        with override(language):
            return str(dict(YES_NO)[value])
    if question.kind == Question.Kind.CHOICE:
        options = lines(choices)
        return options[int(value) - 1] if int(value) <= len(options) else str(value)
    return str(value)
