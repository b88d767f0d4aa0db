"""What the pages of the configuration share: one input a date, two languages side by side, a line of the trail."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.text import slugify
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


class Coded(BothLanguages):
    """A row of a cycle that needs no code and no place from the person: both are made when left empty."""

    code_from: tuple[str, str, str]  # the field of the code, then the texts that it is made from

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in (self.code_from[0], "position"):
            if name in self.fields:
                self.fields[name].required = False
        if "position" in self.fields and not self.instance.pk:
            self.initial.pop("position", None)
            self.fields["position"].initial = None

    def clean(self) -> dict[str, Any]:
        """Make the code from the first text that there is, and put what has no place last."""
        data = super().clean()
        row = self.instance
        others = type(row)._default_manager.filter(cycle=row.cycle_id).exclude(pk=row.pk)
        code, *texts = self.code_from
        if code in self.fields:
            taken = set(others.values_list(code, flat=True))
            if not data.get(code):
                words = next((text for name in texts if (text := data.get(name))), "")
                data[code] = free_code(slugify(words)[:26].strip("-"), taken)
            elif data[code] in taken:
                self.add_error(code, _("Another one of this cycle has this code."))
        if "position" in self.fields and data.get("position") is None:
            last = others.aggregate(models.Max("position"))["position__max"]
            data["position"] = (last or 0) + 1
        return data


def free_code(wanted: str, taken: set[str]) -> str:
    """The code, with a number where it is taken already; texts without a letter of ours give `text`."""
    stem = wanted or "text"
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(code for code in (stem, *numbered) if code not in taken)


class RecordedAdmin(admin.ModelAdmin):
    """What an administrator changes by hand stands on the product's own trail too."""

    formfield_overrides = DATES

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Added."""
        record("add", obj, by=request.user)  # type: ignore[arg-type]
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Changed: which fields of what, without their texts."""
        if message:
            record("configure", obj, by=request.user, changes=message)  # type: ignore[arg-type]
        return super().log_change(request, obj, message)
