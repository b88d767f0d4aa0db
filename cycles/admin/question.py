"""One extra question of a cycle, on a page of its own."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Max, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext_lazy as _

from audit.moves import record
from cycles import wordings
from cycles.admin import pages
from cycles.admin.fields import BothLanguages, PlainLists, settle
from cycles.models import Cycle, Program, Question
from cycles.models.question import WORDING, lines
from cycles.publishing import page_of

KEPT = (*WORDING, "kind", "code", "program", "shown_if", "shown_when")
# What each kind of answer needs; the rest is emptied.
NEEDS: dict[str, tuple[str, ...]] = {
    Question.Kind.TEXT: ("limit",),
    Question.Kind.LONG_TEXT: ("limit",),
    Question.Kind.NUMBER: ("lowest", "highest"),
    Question.Kind.CHOICE: ("choices_fr", "choices_en"),
}
EMPTY = {"limit": None, "lowest": None, "highest": None, "choices_fr": "", "choices_en": ""}


class QuestionForm(BothLanguages):
    """A question; its condition is one choice among the answers to the earlier questions."""

    twins = ("label", "help", "choices")
    cycle: Cycle
    condition = forms.ChoiceField(
        label=_("Only asked when"),
        required=False,
        help_text=_(
            "Earlier questions of this cycle that are answered by yes or no, or by a choice."
        ),
    )

    class Meta:
        model = Question
        fields = (*WORDING, "kind", "code", "program")
        widgets = {
            "choices_fr": forms.Textarea({"rows": 5}),
            "choices_en": forms.Textarea({"rows": 5}),
            "help_fr": forms.Textarea({"rows": 2}),
            "help_en": forms.Textarea({"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            last = self.cycle.questions.aggregate(Max("position"))["position__max"]
            self.instance.cycle, self.instance.position = self.cycle, (last or 0) + 1
        if "code" in self.fields:
            self.fields["code"].required = False
        offered = Program.objects.filter(intakes__cycle=self.cycle)
        if "program" in self.fields:
            self.fields["program"].queryset = offered  # type: ignore[attr-defined]
        self.earlier = {row.pk: row for row in self._earlier()}
        condition: Any = self.fields["condition"]
        # The question stands in each line: a closed list shows one line, without its heading.
        condition.choices = [
            ("", _("Always")),
            *(
                (f"{row.pk}:{value}", f"{row} → {text}")
                for row in self.earlier.values()
                for value, text in row.answers
            ),
        ]
        if self.instance.shown_if_id:
            self.initial["condition"] = f"{self.instance.shown_if_id}:{self.instance.shown_when}"

    def _earlier(self) -> list[Question]:
        """The questions that a condition may name."""
        rows = self.cycle.questions.filter(is_retired=False)
        if self.instance.pk:
            mine = self.instance
            rows = rows.filter(
                Q(position__lt=mine.position) | Q(position=mine.position, pk__lt=mine.pk)
            )
        return [row for row in rows if row.answers]

    def clean(self) -> dict[str, Any]:
        """Keep what this kind of answer needs, and nothing that its cycle refuses by now."""
        data = super().clean()
        # Once the cycle has opened the kind is not on the page any more.
        needs = NEEDS.get(data.get("kind") or self.instance.kind, ())
        data |= {
            name: empty
            for name, empty in EMPTY.items()
            if name not in needs and name in self.fields
        }
        if "choices_fr" in needs:
            self._check_choices(lines(data["choices_fr"]), lines(data["choices_en"]))
        parent, _colon, answer = data.get("condition", "").partition(":")
        self.instance.shown_if = self.earlier.get(int(parent)) if parent else None
        self.instance.shown_when = answer
        if self.instance.pk:
            kept = Question.objects.select_related("cycle").get(pk=self.instance.pk)
            asked = {name: value for name, value in data.items() if name in KEPT}
            if sentence := wordings.refusal_to_revise(kept, asked):
                self.add_error("choices_fr" if "choices_fr" in needs else None, sentence)
        return data

    def clean_code(self) -> str:
        """A code names one answer of a cycle."""
        code: str = self.cleaned_data["code"]
        if code and self.cycle.questions.filter(code=code).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("This cycle already has a question with this code."))
        return code or self.initial.get("code", "")

    def _check_choices(self, french: list[str], english: list[str]) -> None:
        """At least two, and the same ones in English as soon as there are any."""
        if len(french) < 2:
            self.add_error("choices_fr", _("Write at least two choices, one a line."))
        elif english and len(english) != len(french):
            text = _("%(french)s choices in French and %(english)s in English: as many are needed.")
            counts = {"french": len(french), "english": len(english)}
            self.add_error("choices_en", text % counts)


@admin.register(Question)
class QuestionAdmin(PlainLists, admin.ModelAdmin):
    """Reached from the page of its cycle, where questions are listed in their order."""

    form = QuestionForm
    change_form_template = "admin/cycles/question.html"
    list_display = ("label", "cycle", "kind", "is_required", "is_retired")
    list_filter = ("cycle",)
    list_select_related = ("cycle",)
    fieldsets = [
        (_("The question"), {"fields": [("label_fr", "label_en"), ("help_fr", "help_en")]}),
        (
            _("The answer"),
            {
                "fields": [
                    ("kind", "is_required"),
                    ("choices_fr", "choices_en"),
                    "limit",
                    ("lowest", "highest"),
                ]
            },
        ),
        (_("Who is asked"), {"fields": [("program", "condition")]}),
        (
            _("For exports"),
            {"fields": ["code"], "description": _("Left empty, it is made from the question.")},
        ),
    ]

    class Media:
        js = ("js/question.js",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Not on the first page: a question means nothing without its cycle."""
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """From the page of a cycle, which says which one."""
        return super().has_add_permission(request) and self._cycle(request) is not None

    def has_delete_permission(self, request: HttpRequest, obj: Question | None = None) -> bool:
        """As long as nobody can have answered it."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and obj is not None and not obj.cycle.has_opened

    def _cycle(self, request: HttpRequest) -> Cycle | None:
        """The cycle that a new question is for."""
        key = request.GET.get("cycle", "")
        return Cycle.objects.filter(pk=key).first() if key.isdecimal() else None

    def get_form(
        self, request: HttpRequest, obj: Question | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """The form, told which cycle it is for."""
        form = super().get_form(request, obj, change, **kwargs)
        cycle = obj.cycle if obj else self._cycle(request)
        return type(form.__name__, (form,), {"cycle": cycle})

    def get_readonly_fields(
        self, request: HttpRequest, obj: Question | None = None
    ) -> tuple[str, ...]:
        """Once the cycle has opened, answers hang on the kind and the code."""
        return ("kind", "code") if obj and obj.cycle.has_opened else ()

    def get_fieldsets(self, request: HttpRequest, obj: Question | None = None) -> Any:
        """What the kind needs alone, where a script cannot choose because the kind stays."""
        fieldsets = super().get_fieldsets(request, obj)
        if not obj or not obj.cycle.has_opened:
            return fieldsets
        needs = NEEDS.get(obj.kind, ())
        unneeded = {name for name in EMPTY if name not in needs}

        def needed(line: Any) -> bool:
            return not unneeded & set([line] if isinstance(line, str) else line)

        return [
            (name, {**options, "fields": [line for line in options["fields"] if needed(line)]})
            for name, options in fieldsets
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """With the cycle that it belongs to, and its earlier wordings."""
        obj: Question | None = kwargs.get("obj")
        cycle = obj.cycle if obj else self._cycle(request)
        context |= {"cycle": cycle, "versions": list(obj.versions.all()) if obj else []}
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Question, form: Any, change: bool) -> None:
        """Through the verbs, so that what people answered stays readable."""
        by: Any = request.user
        if change:
            wordings.revise(obj, by=by, **{name: getattr(obj, name) for name in KEPT})
            return
        settle(obj, "code", obj.label_en, obj.label_fr)
        obj.save()
        record("add", obj, by=by)

    def delete_model(self, request: HttpRequest, obj: Question) -> None:
        """Through its verb."""
        wordings.remove(obj, by=request.user)  # type: ignore[arg-type]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """None: a question is deleted one at a time, and never once answered."""
        return {}

    def get_urls(self) -> list[Any]:
        """The two buttons of a question."""
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/retire/", wrap(pages.question_retire), name="question_retire"),
            path("<int:pk>/ask-again/", wrap(pages.question_ask_again), name="question_ask_again"),
        ]
        return own + super().get_urls()

    def response_post_save_add(self, request: HttpRequest, obj: Question) -> HttpResponseRedirect:
        """Back to the cycle, where its place among the others shows."""
        return HttpResponseRedirect(page_of(obj.cycle, "questions-heading"))

    response_post_save_change = response_post_save_add
