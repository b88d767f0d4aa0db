"""What the pages of the configuration share: one input a date, two languages side by side, a line of the trail."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext_lazy as _

from audit.moves import record
from cycles.publishing import half_written


class Moment(forms.DateTimeField):
    """A day and an hour of Montréal in one input; Django's own two would share one label."""

    def __init__(self, **options: Any) -> None:
        # The closing second is 59: without a step, browsers refuse it.
        attrs = {"type": "datetime-local", "step": 1, "class": "moment"}
        options["widget"] = forms.DateTimeInput(attrs, format="%Y-%m-%dT%H:%M:%S")
        super().__init__(**options)


class Day(forms.DateField):
    """A day, with the browser's own calendar."""

    def __init__(self, **options: Any) -> None:
        options["widget"] = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        super().__init__(**options)


DATES: Any = {
    models.DateTimeField: {"form_class": Moment},
    models.DateField: {"form_class": Day},
}


class BothLanguages(forms.ModelForm):
    """Once the public sees it, no text may be written in one language only."""

    twins: tuple[str, ...] = ()

    def is_public(self) -> bool:
        """Whether the public sees what this form changes."""
        row: Any = self.instance
        return bool(row.cycle_id) and bool(row.cycle.is_published)

    def clean(self) -> dict[str, Any]:
        """Name the language that is missing, at its field."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.is_public():
            written = type(
                "Written",
                (),
                {f"{t}_{x}": data.get(f"{t}_{x}") or "" for t in self.twins for x in ("fr", "en")},
            )
            for field in half_written(written, *self.twins):
                empty = "en" if data.get(f"{field}_fr") else "fr"
                self.add_error(
                    f"{field}_{empty}", _("The public sees this: write it in both languages.")
                )
        return data


class Placed(BothLanguages):
    """A row of a cycle that comes last unless it is given a place."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].required = False
        if not self.instance.pk:
            self.fields["position"].initial = None


def settle(row: Any, code: str, *texts: str) -> None:
    """Give a new row of a cycle what nobody should have to invent: a code from its words, and the last place."""
    others = type(row)._default_manager.filter(cycle=row.cycle_id)
    if not getattr(row, code):
        words = slugify(next((text for text in texts if slugify(text)), "text"))[:26].strip("-")
        setattr(row, code, free(words, set(others.values_list(code, flat=True))))
    if row.position is None:
        row.position = (others.aggregate(models.Max("position"))["position__max"] or 0) + 1


def free(stem: str, taken: set[str]) -> str:
    """The code itself, or with a number where it is taken already."""
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(code for code in (stem, *numbered) if code not in taken)


class PlainLists(admin.options.BaseModelAdmin):
    """Lists of other rows without Django's four small buttons: each of them has a page of its own."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """An empty program is every program, in words."""
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "program" and db_field.null:
            field.empty_label, field.help_text = _("Every program"), ""
        return field

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The list alone."""
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field


class RecordedAdmin(admin.ModelAdmin):
    """What an administrator changes by hand stands on the product's own trail too."""

    formfield_overrides = DATES

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Under its name, rather than “select one to change”."""
        title = capfirst(str(self.opts.verbose_name_plural))
        return super().changelist_view(request, {**(extra_context or {}), "title": title})

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Added."""
        record("add", obj, by=request.user)  # type: ignore[arg-type]
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Changed: which fields of what, without their texts."""
        if message:
            record("configure", obj, by=request.user, changes=message)  # type: ignore[arg-type]
        return super().log_change(request, obj, message)
