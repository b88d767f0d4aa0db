"""Step 3: one to six degrees, each with its grade on its own scale."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BaseInlineFormSet, inlineformset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications import countries
from applications.forms.draft import short_hash
from applications.models import Application, Degree

FIELDS = [
    "institution",
    "country",
    "level",
    "title",
    "start_year",
    "end_year",
    "average",
    "scale_max",
]
MOST = 6


class DegreeForm(forms.ModelForm):  # type: ignore[type-arg]
    """One degree; empty fields are allowed in a draft."""

    country = forms.ChoiceField(
        label=gettext_lazy("Country"), choices=countries.choices, required=False
    )

    class Meta:
        model = Degree
        fields = FIELDS
        help_texts = {
            "title": gettext_lazy("As in Bachelor of Science, computer science."),
            "average": gettext_lazy(
                "On your institution’s own scale; we convert nothing."
            ),
            "scale_max": gettext_lazy("As in 4.3, 20 or 100."),
        }

    def _year(self, name: str) -> int | None:
        year: int | None = self.cleaned_data[name]
        latest = date.today().year + 8
        if year is not None and not 1940 <= year <= latest:
            raise ValidationError(
                _("Write a year between 1940 and %(latest)s.") % {"latest": latest}
            )
        return year

    def clean_start_year(self) -> int | None:
        """A likely year."""
        return self._year("start_year")

    def clean_end_year(self) -> int | None:
        """A likely year."""
        return self._year("end_year")

    def clean(self) -> dict[str, Any]:
        """Years in order, an average on its scale: each said at its field."""
        data = super().clean() or {}
        start, end = data.get("start_year"), data.get("end_year")
        if start and end and end < start:
            self.add_error("end_year", _("A degree cannot end before it begins."))
        average, highest = data.get("average"), data.get("scale_max")
        if average is not None and average < 0:
            self.add_error(
                "average",
                _(
                    "A grade is not negative here: write the number as on your transcript."
                ),
            )
        if highest is not None and highest <= 0:
            self.add_error(
                "scale_max", _("Write the highest possible grade, as in 20.")
            )
        return data


class StudiesForm(
    inlineformset_factory(  # type: ignore[misc]
        Application,
        Degree,
        form=DegreeForm,
        formset=BaseInlineFormSet,
        extra=1,
        max_num=MOST,
        validate_max=True,
        can_delete=True,
    )
):
    """All the degrees of an application, shown as one step."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", "degrees")
        super().__init__(*args, **kwargs)

    def add_fields(self, form: Any, index: int | None) -> None:
        """Words for the box that removes a degree."""
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Remove this degree")

    @classmethod
    def state(cls, application: Application) -> str:
        """A mark of every degree as stored."""
        return short_hash(list(application.degrees.values_list("pk", *FIELDS)))

    def keep(self, application: Application) -> None:
        """Write the valid fields of each degree; one that contradicts itself waits for its correction."""
        for position, form in enumerate(self.forms):
            if form in self.deleted_forms:
                if form.instance.pk:
                    form.instance.delete()
            elif form.has_changed() and NON_FIELD_ERRORS not in form.errors:
                form.instance.application = application
                form.instance.position = position
                form.instance.save()
