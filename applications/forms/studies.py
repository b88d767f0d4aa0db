"""Step 3: one to six degrees, each with its grade on its own scale."""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications import countries
from applications.forms.draft import short_hash
from applications.forms.widgets import LongSelect
from applications.models import Application, Degree
from applications.models.degree import Level
from applications.wanted import slots_of

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


class DegreeForm(forms.ModelForm):
    """One degree; empty fields are allowed in a draft."""

    country = forms.ChoiceField(
        label=gettext_lazy("Country"),
        choices=countries.choices,
        required=False,
        widget=LongSelect,
    )

    level = forms.ChoiceField(
        label=gettext_lazy("Level"), choices=[("", "—"), *Level.choices], required=False
    )

    class Meta:
        model = Degree
        fields = FIELDS
        help_texts = {
            "title": gettext_lazy("As in Bachelor of Science, computer science."),
            "average": gettext_lazy("On your institution’s own scale; we convert nothing."),
            "scale_max": gettext_lazy("As in 4.3, 20 or 100."),
        }

    def _year(self, name: str) -> int | None:
        year: int | None = self.cleaned_data[name]
        latest = timezone.localdate().year + 8
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
                _("A grade is not negative here: write the number as on your transcript."),
            )
        if highest is not None and highest <= 0:
            self.add_error("scale_max", _("Write the highest possible grade, as in 20."))
        return data


class DegreesFormSet(BaseFormSet):
    """Degree forms matched to the stored degrees by their place, so that saving twice adds nothing twice."""

    def __init__(self, *args: Any, instance: Application, **kwargs: Any) -> None:
        self.instance = instance
        self.degrees = list(instance.degrees.all())
        super().__init__(*args, **{**kwargs, "prefix": "degrees"})

    def initial_form_count(self) -> int:
        """As many as are stored."""
        return (
            min(len(self.degrees), self.total_form_count()) if self.is_bound else len(self.degrees)
        )

    def total_form_count(self) -> int:
        """The stored ones and an empty one, up to six; what the page says when it is sent back."""
        if self.is_bound:
            return super().total_form_count()
        return min(len(self.degrees) + 1, MOST)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """The degree stored at this place, or a new one."""
        stored = index is not None and index < len(self.degrees)
        degree = (
            self.degrees[index]
            if stored and index is not None
            else Degree(application=self.instance)
        )
        return {**super().get_form_kwargs(index), "instance": degree}

    @classmethod
    def state(cls, application: Application) -> str:
        """A mark of every degree as stored."""
        return short_hash(
            list(Degree.objects.filter(application=application).values_list("pk", *FIELDS))
        )

    def keep(self, application: Application) -> None:
        """Write the valid fields of each degree, then take out the one that was asked out."""
        for position, form in enumerate(self.forms):
            if form.has_changed() and NON_FIELD_ERRORS not in form.errors:
                form.instance.application = application
                form.instance.position = position
                form.instance.save()
        remove = self.data.get("remove", "")
        if remove.isdecimal() and int(remove) < len(self.degrees):
            gone = self.degrees[int(remove)]
            application.documents.filter(slot__in=slots_of(gone.pk)).leave()
            gone.delete()


StudiesForm = formset_factory(
    DegreeForm,
    formset=DegreesFormSet,
    extra=1,
    max_num=MOST,
    absolute_max=MOST + 1,
    validate_max=True,
)
