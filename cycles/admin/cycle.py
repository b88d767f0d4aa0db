"""A cycle on one page: its dates in the order in which they come, then everything that it asks."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from audit.moves import record
from cycles import defaults, wordings
from cycles.admin import letters, pages
from cycles.admin.fields import DATES, BothLanguages, Placed, PlainLists, RecordedAdmin, settle
from cycles.models import Cycle, Declaration, Intake, Piece, Question
from cycles.publishing import gaps, page_of

NOTICE = ("notice_fr", "notice_en", "notice_version")


class CycleForm(BothLanguages):
    """A year: names, dates, numbers, the privacy notice."""

    twins = ("name", "notice", "sender")

    def is_public(self) -> bool:
        """Once it is published."""
        return bool(self.instance.is_published)

    def clean(self) -> dict[str, Any]:
        """A published cycle keeps its notice."""
        data = super().clean()
        if self.is_public() and not data.get("notice_fr") and not data.get("notice_en"):
            self.add_error("notice_fr", _("The public sees this: write it in both languages."))
        if self.instance.has_opened and "notice_version" not in self.changed_data and self.reworded:
            text = _("People have agreed to this version: give another text another one.")
            self.add_error("notice_version", text)
        return data

    @property
    def reworded(self) -> bool:
        """Whether the notice says something else."""
        return bool({"notice_fr", "notice_en"} & set(self.changed_data))


class RowInline(PlainLists, admin.StackedInline):
    """Rows of a cycle; none is deleted once people may have answered it."""

    extra = 0
    formfield_overrides = DATES

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Until the cycle has opened."""
        return super().has_delete_permission(request, obj) and not (obj and obj.has_opened)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With the cycle, which some rows name in their heading."""
        return super().get_queryset(request).select_related("cycle")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The programs are looked up once, however many rows there are."""
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "program":
            field.choices = list(field.choices)
        return field


class IntakeInline(RowInline):
    """The cycle's programs, their seats, and how many referees each asks."""

    model = Intake
    verbose_name = _("program")
    verbose_name_plural = _("programs and seats")
    fields = (("program", "seats", "referees_asked"),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With the program, which is the heading."""
        return super().get_queryset(request).select_related("program")


class PieceForm(Placed):
    """A document asked."""

    twins = ("name", "help")


class PieceInline(RowInline):
    """The documents asked."""

    model = Piece
    form = PieceForm
    fields = (
        ("name_fr", "name_en"),
        ("help_fr", "help_en"),
        ("kind", "program", "position", "is_required"),
    )


class DeclarationForm(Placed):
    """A sentence to tick."""

    twins = ("text",)

    class Meta:
        model = Declaration
        fields = ("text_fr", "text_en", "position")
        widgets = {
            "text_fr": forms.Textarea({"rows": 3}),
            "text_en": forms.Textarea({"rows": 3}),
        }


class DeclarationInline(RowInline):
    """The sentences that people tick before they submit."""

    model = Declaration
    form = DeclarationForm
    fields = (("text_fr", "text_en"), "position")


class OrderForm(forms.ModelForm):
    """The place of a question among the others; its page holds the rest."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = gettext("Order of “%(question)s”") % {"question": self.instance}
        self.fields["position"].widget.attrs["aria-label"] = label


class InOrder(BaseInlineFormSet):
    """Questions in an order that their conditions can live with."""

    def clean(self) -> None:
        """A question comes after the one that its condition names."""
        super().clean()
        rows = {form.instance.pk: form.instance for form in self.forms if form.is_valid()}
        for row in rows.values():
            parent = rows.get(row.shown_if_id or 0)
            if parent and not parent.comes_before(row):
                text = _("“%(after)s” depends on “%(before)s”: it must come later.")
                raise ValidationError(text % {"after": row, "before": parent})


class QuestionInline(admin.TabularInline):
    """The extra questions: a list to put in order, with a link to each one's page."""

    model = Question
    form = OrderForm
    formset = InOrder
    fields = ("position",)
    template = "admin/cycles/questions.html"
    extra = max_num = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        """With what the list says of each."""
        return super().get_queryset(request).select_related("program", "shown_if")


@admin.register(Cycle)
class CycleAdmin(RecordedAdmin):
    """A year: what is left to do first, then its pages in the order of the calendar."""

    form = CycleForm
    change_form_template = "admin/cycles/cycle.html"
    save_on_top = True
    list_display = ("name_here", "code", "opens_at", "closes_at", "phase_now", "is_published")
    inlines = [IntakeInline, PieceInline, QuestionInline, DeclarationInline]
    fieldsets = [
        (
            _("Name"),
            {
                "fields": [("name_fr", "name_en"), "code"],
            },
        ),
        (
            _("Applications"),
            {
                "description": _("Every hour is Montréal time, summer and winter alike."),
                "fields": [("opens_at", "closes_at"), ("documents_due_on", "grace_minutes")],
            },
        ),
        (
            _("Reading"),
            {"fields": [("reviews_due_on", "reviews_per_file"), "is_blind"]},
        ),
        (
            _("Answers"),
            {"fields": [("release_on", "reply_by"), "waitlist_ends_on"]},
        ),
        (
            _("At UdeM"),
            {
                "fields": [
                    ("udem_safe_on", "udem_official_on"),
                    ("starts_on", "second_start_on"),
                ]
            },
        ),
        (
            _("Letters"),
            {
                "description": _(
                    "From whom the letters of this cycle come, and where a reply goes. Empty, both are those of the whole product."
                ),
                "fields": [("sender_fr", "sender_en"), "reply_to"],
            },
        ),
        (
            _("Privacy notice"),
            {
                "description": _(
                    "What people read before they agree to it. Another text is another version."
                ),
                "fields": [("notice_fr", "notice_en"), "notice_version"],
            },
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Cycle]:
        """Newest first."""
        return super().get_queryset(request).order_by("-opens_at")

    @admin.display(description=_("cycle"), ordering="opens_at")
    def name_here(self, cycle: Cycle) -> str:
        """In the reader's language."""
        return str(cycle.name)

    @admin.display(description=_("phase"))
    def phase_now(self, cycle: Cycle) -> str:
        """Where the cycle stands today."""
        return str(cycle.phase().label)

    def get_inlines(self, request: HttpRequest, obj: Cycle | None) -> list[Any]:
        """Names and dates first; the rest comes with its usual content once there is a cycle."""
        return list(self.inlines) if obj else []

    def get_readonly_fields(self, request: HttpRequest, obj: Cycle | None = None) -> list[str]:
        """Once the cycle has opened, file numbers begin with its code and people have come in."""
        return ["code", "opens_at"] if obj and obj.has_opened else []

    def has_delete_permission(self, request: HttpRequest, obj: Cycle | None = None) -> bool:
        """One that the public never saw."""
        return super().has_delete_permission(request, obj) and not (obj and obj.is_published)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """None: cycles are not deleted by the dozen."""
        return {}

    def save_model(self, request: HttpRequest, obj: Cycle, form: Any, change: bool) -> None:
        """The notice that people agreed to stays readable: the trail keeps it."""
        if change and form.reworded and obj.has_opened:
            old = {name: form.initial[name] for name in NOTICE}
            record("reword", obj, by=request.user, before=old)  # type: ignore[arg-type]
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """New rows get what nobody has to invent; declarations go through their verb."""
        if formset.model not in {Piece, Declaration}:
            super().save_formset(request, form, formset, change)
            return
        formset.save(commit=False)
        by: Any = request.user
        for row, names in formset.changed_objects:
            changes = {name: getattr(row, name) for name in names}
            if changes.get("position", 0) is None:
                del changes["position"]  # emptied: it stays where it was
            if formset.model is Declaration:
                wordings.reword(row, by=by, **changes)
            else:
                Piece.objects.filter(pk=row.pk).update(**changes)
        for row in formset.new_objects:
            if isinstance(row, Piece):
                settle(row, "slug", row.name_en, row.name_fr)
            else:
                settle(row, "code", row.text_en, row.text_fr)
            row.save()
        for row in formset.deleted_objects:
            row.delete()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """A new cycle begins with the usual documents and declarations."""
        super().save_related(request, form, formsets, change)
        if not change:
            defaults.fill(form.instance)

    def response_post_save_add(self, request: HttpRequest, obj: Cycle) -> HttpResponseRedirect:
        """To the cycle's page, which says what is left to do."""
        return HttpResponseRedirect(page_of(obj))

    response_post_save_change = response_post_save_add

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """With what is left to do, and the ways on."""
        cycle: Cycle | None = kwargs.get("obj")
        context |= {
            "cycle": cycle,
            "lacks": gaps(cycle) if cycle else [],
            "latest": None if cycle else Cycle.objects.order_by("-opens_at").first(),
            "sections": list(sections(context)),
            "wrong": list(wrong(context)),
            "show_save_and_add_another": False,
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[Any]:
        """The buttons of a cycle."""
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/copy/", wrap(pages.cycle_copy), name="cycle_copy"),
            path("<int:pk>/publish/", wrap(pages.cycle_publish), name="cycle_publish"),
            path("<int:pk>/unpublish/", wrap(pages.cycle_unpublish), name="cycle_unpublish"),
            *letters.urls(wrap),
        ]
        return own + super().get_urls()


def sections(context: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The parts of the page, by the anchor of each."""
    for index, fieldset in enumerate(context["adminform"]):
        yield f"fieldset-0-{index}-heading", str(fieldset.name)
    for inline in context["inline_admin_formsets"]:
        words = str(inline.opts.verbose_name_plural)
        yield f"{inline.formset.prefix}-heading", words[:1].upper() + words[1:]


def wrong(context: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The anchor and the sentence of each error: on so long a page, one may be far below."""
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        for sentence in inline.formset.non_form_errors():
            yield f"{inline.formset.prefix}-heading", str(sentence)
        forms += inline.formset.forms
    for form in forms:
        for name, sentences in form.errors.items():
            field = form[name] if name in form.fields else None
            for sentence in sentences:
                colon = pgettext("after a label", ":")
                label = f"{capfirst(str(field.label))}{colon} " if field else ""
                yield field.id_for_label if field else "content-start", f"{label}{sentence}"


def also_on_the_cycle(inline: type[admin.StackedInline]) -> None:
    """Have the page of a cycle hold rows of another app too, after its own."""
    CycleAdmin.inlines.append(inline)
