"""The cycle's own questions. An answer given before a question changed is kept, and shown where it no longer fits."""

from typing import Any

from django.forms import BoundField
from django.utils.functional import cached_property

from applications.answers import field_of, fits, questions_for, values
from applications.forms.draft import DraftForm, short_hash
from applications.models import Application
from cycles.models import Question, QuestionVersion
from cycles.typography import day_text


class Asked:
    """One question as the page shows it: its field, its condition, what changed since it was answered."""

    def __init__(self, form: "QuestionsForm", question: Question, since: str) -> None:
        kept = form.instance.answers.get(question.code) or {}
        self.question = question
        self.field: BoundField = form[name_of(question)]
        self.version = question.version
        self.parent = name_of(question.shown_if) if question.shown_if else ""
        self.when = question.shown_when
        self.changed_on = since
        self.before = ""
        value = kept.get("value")
        if value not in ("", None) and not fits(question, value):
            self.before = str(value)


def name_of(question: Question) -> str:
    """The name of its field."""
    return f"question-{question.code}"


class QuestionsForm(DraftForm):
    """A field for each question of the person's programs; the server judges the conditions again."""

    reads = ("choices", "cycle__questions")

    class Meta(DraftForm.Meta):
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = values(self.instance)
        for question in self.questions:
            self.fields[name_of(question)] = field_of(question)
            value = told.get(question.code)
            self.initial[name_of(question)] = value if fits(question, value) else ""

    @cached_property
    def questions(self) -> list[Question]:
        """Those of the person's programs, each condition with its question."""
        every = {row.pk: row for row in self.instance.cycle.questions.all()}
        found = questions_for(self.instance)
        for question in found:
            if question.shown_if_id:
                question.shown_if = every[question.shown_if_id]
        return found

    @property
    def asked(self) -> list[Asked]:
        """The questions for the page; when each changed, where it did since it was answered."""
        old = [row for row in self.questions if self._is_older(row)]
        dates: dict[int, str] = {}
        if old:
            for row in QuestionVersion.objects.filter(question__in=old).order_by("version"):
                dates[row.question_id] = day_text(row.at)
        return [Asked(self, question, dates.get(question.pk, "")) for question in self.questions]

    def _is_older(self, question: Question) -> bool:
        kept = self.instance.answers.get(question.code)
        return bool(kept) and kept.get("version") != question.version

    @classmethod
    def state(cls, application: Application) -> str:
        """The answers."""
        return short_hash(application.answers)

    def other_version(self, stored: Application) -> list[tuple[str, str]]:
        """What is stored otherwise than it is answered here."""
        told = values(stored)
        self.full_clean()
        return [
            (str(question.label), str(told.get(question.code) or "—"))
            for question in self.questions
            if (told.get(question.code) or "") != (self.cleaned_data.get(name_of(question)) or "")
        ]

    def keep(self, application: Application) -> dict[str, Any]:
        """Each valid answer with the version of the question that the page showed.

        An answer that no longer fits stays until another one replaces it; an emptied field takes its answer out.
        """
        answers = dict(application.answers)
        for question in self.questions:
            name = name_of(question)
            if name not in self.cleaned_data or name not in self.data:
                continue
            value = self.cleaned_data[name]
            if value not in ("", None):
                answers[question.code] = {"version": self._seen(question), "value": value}
            elif fits(question, (answers.get(question.code) or {}).get("value")):
                del answers[question.code]
        application.answers = answers
        return {"answers": answers}

    def _seen(self, question: Question) -> int:
        """The version that the page showed: it may have been open since before the change."""
        shown = self.data.get(f"version-{question.code}", "")
        plausible = shown.isdecimal() and len(shown) < 5 and 1 <= int(shown) <= question.version
        return int(shown) if plausible else question.version
