"""The rounds of scholarships in Django admin: everything about a round is a setting, in both languages; from its opening on, what people saw is kept."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.models import Role, User
from applications import countries
from applications.models.degree import Level
from audit.moves import Refused
from cycles.admin.fields import DATES, BothLanguages, PlainLists, RecordedAdmin
from cycles.publishing import page_of
from scholarships import ledger, rounds
from scholarships.models import Measure, Round, Seat


class RoundForm(BothLanguages):
    """A round; restrictions are lists to choose from, never JSON."""

    twins = ("name", "text", *rounds.PAIRED)
    countries = forms.MultipleChoiceField(
        label=_("only for people of these countries of residence"),
        required=False,
        widget=forms.SelectMultiple({"size": 8}),
        help_text=_("None chosen: wherever people live. A region is all of its countries."),
    )
    levels = forms.MultipleChoiceField(
        label=_("only for people with a degree of these levels"),
        required=False,
        choices=Level.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: whatever the level."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "countries" in self.fields:
            named: Any = self.fields["countries"]
            named.choices = countries.choices()[1:]
        if "programs" in self.fields:
            self.fields["programs"].help_text = ""

    def is_public(self) -> bool:
        """Once it is published."""
        return bool(self.instance.is_published)

    def clean(self) -> dict[str, Any]:
        """A published round keeps all of its texts, and a reworded one says another version once people have read it."""
        data = super().clean()
        if self.is_public():
            for name in rounds.TEXTS:
                if name in data and not data[name].strip():
                    self.add_error(name, _("The public sees this: write it in both languages."))
        for field, sentence in self.too_little(data):
            self.add_error(field, sentence)
        reworded = set(rounds.TEXTS) & set(self.changed_data)
        if self.instance.has_opened and reworded and "notice_version" not in self.changed_data:
            text = _("People have read this text: give another text another version.")
            self.add_error("notice_version", text)
        return data

    def too_little(self, data: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """Money and awards that would not hold what is promised already, each at its field."""
        money = ("amount", "awards", "budget")
        if self.instance.pk and not self.errors.keys() & set(money):
            asked = Round(**{name: data.get(name) for name in money})
            held = ledger.hold([self.instance.pk])[self.instance.pk]
            yield from ledger.too_little(held, ledger.budget_of(asked), asked.awards)


class PartInline(PlainLists):
    """Rows of a round."""

    extra = 0
    formfield_overrides = DATES


class MeasureInline(PartInline, admin.StackedInline):
    """The rubric: what it asks stays as it is once people have applied by it."""

    model = Measure
    fields = (
        ("name_fr", "name_en"),
        ("position", "weight"),
        ("anchor_1_fr", "anchor_1_en"),
        ("anchor_3_fr", "anchor_3_en"),
        ("anchor_5_fr", "anchor_5_en"),
    )

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Until people apply by it, or somebody reads by it."""
        return super().has_add_permission(request, obj) and not rounds.rubric_stays(obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Until people apply by it, or somebody reads by it."""
        return super().has_change_permission(request, obj) and not rounds.rubric_stays(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Until people apply by it, or somebody reads by it."""
        return super().has_delete_permission(request, obj) and not rounds.rubric_stays(obj)


class SeatInline(PartInline, admin.StackedInline):
    """Who sits on the panel: people with the role, and who among them is of the EDI committee."""

    model = Seat
    fields = (("person", "of_edi_committee"),)

    def get_queryset(self, request: HttpRequest) -> Any:
        """With their names, which title each seat."""
        return super().get_queryset(request).select_related("person")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """People who hold the panel's role."""
        if db_field.name == "person":
            kwargs["queryset"] = User.objects.filter(
                roles__contains=[Role.PANELIST], is_active=True
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Round)
class RoundAdmin(PlainLists, RecordedAdmin):
    """One category in one cycle: texts, dates, money, what is asked, who may apply, who reads."""

    form = RoundForm
    formfield_overrides = {
        **DATES,
        models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple},
    }
    change_form_template = "admin/scholarships/round.html"
    inlines = [MeasureInline, SeatInline]
    list_display = ("name_here", "cycle", "category", "opens_at", "closes_at", "is_published")
    list_filter = ("cycle", "category", "is_published")
    list_select_related = ("cycle",)
    save_on_top = True
    fieldsets = [
        (_("Round"), {"fields": ["cycle", "category"]}),
        (
            _("Texts"),
            {
                "description": _("Published once both languages are complete."),
                "fields": [("name_fr", "name_en"), ("text_fr", "text_en"), "notice_version"],
            },
        ),
        (
            _("Dates"),
            {
                "description": _("Every hour is Montréal time, summer and winter alike."),
                "fields": [
                    ("opens_at", "closes_at"),
                    ("reading_due_on", "results_on"),
                    "reply_days",
                ],
            },
        ),
        (
            _("Who may apply"),
            {"fields": ["audience", "programs", "countries", "levels"]},
        ),
        (
            _("What is asked"),
            {"fields": ["statement_words", ("asks_cv", "asks_transcripts")]},
        ),
        (
            _("Money"),
            {
                "description": _("Shown to nobody while it is empty."),
                "fields": [("amount", "months"), ("awards", "budget"), "first_payment_on"],
            },
        ),
        (
            _("Letter of award"),
            {
                "description": _("Left out of the letter while it is empty."),
                "fields": [
                    ("conditions_fr", "conditions_en"),
                    "signer",
                    ("signer_title_fr", "signer_title_en"),
                ],
            },
        ),
        (
            _("Other awards"),
            {"fields": ["stacking", ("top_up_above", "top_up_amount")]},
        ),
        (_("Panel"), {"fields": ["panel_size"]}),
    ]

    @admin.display(description=_("round"), ordering="name_fr")
    def name_here(self, row: Round) -> str:
        """In the reader's language."""
        return str(row.name)

    def get_readonly_fields(self, request: HttpRequest, obj: Round | None = None) -> list[str]:
        """From the opening on, what people applied by."""
        return list(rounds.FIXED) if obj and obj.has_opened else []

    def has_delete_permission(self, request: HttpRequest, obj: Round | None = None) -> bool:
        """One that nobody ever saw."""
        return super().has_delete_permission(request, obj) and not (obj and obj.is_published)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """None: rounds are not deleted by the dozen."""
        return {}

    def save_model(self, request: HttpRequest, obj: Round, form: Any, change: bool) -> None:
        """What people had read of an opened round stays readable: the trail keeps it."""
        if change:
            before = {name: form.initial.get(name) for name in form.changed_data}
            rounds.keep_what_was_seen(obj, before, by=request.user)  # type: ignore[arg-type]
        super().save_model(request, obj, form, change)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """With what is left to do, and the ways on."""
        row: Round | None = kwargs.get("obj")
        context |= {
            "round": row,
            "lacks": rounds.missing(row) if row and not row.is_published else [],
            "panel_lacks": rounds.panel_lacks(row) if row else [],
            "show_save_and_add_another": False,
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[Any]:
        """The buttons of a round."""
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/publish/", wrap(round_publish), name="round_publish"),
            path("<int:pk>/hide/", wrap(round_hide), name="round_hide"),
        ]
        return own + super().get_urls()


@require_POST
def round_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the round to the people of its cycle, when nothing is missing."""
    return _do(request, pk, rounds.publish, _now("“%(name)s” is published."))


@require_POST
def round_hide(request: HttpRequest, pk: int) -> HttpResponse:
    """Hide the round again, before it opens."""
    return _do(request, pk, rounds.hide, _now("Nobody sees “%(name)s” any more."))


def _do(request: HttpRequest, pk: int, verb: Any, done: str) -> HttpResponse:
    """Do it and go back to the round, with the refusal in words if there is one."""
    row = get_object_or_404(Round, pk=pk)
    try:
        verb(row, by=request.user)
    except Refused as refused:
        messages.error(request, " ".join(map(str, [refused.text, *refused.reasons])))
    else:
        messages.success(request, done % {"name": row})
    return redirect(page_of(row))
