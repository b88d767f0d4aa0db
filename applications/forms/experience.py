"""Step 5: programming, work, languages: as the person says it, and nothing of it refuses."""

import re
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.completeness import job_gaps
from applications.forms.draft import DraftForm, short_hash
from applications.forms.figures import Year
from applications.forms.lines import Line, as_data, is_blank, lines_of, places
from applications.forms.text import CountedText, prepare
from applications.forms.widgets import radios, select
from applications.models import Application
from applications.models.application import EXAMPLE_LIMIT, TFI, Fluency, Skill
from applications.models.plain import JOB_LIMIT, MOST_JOBS, MOST_LINKS

OLDEST_TEST = date(2000, 1, 1)
LINKS = [f"link_{number}" for number in range(1, MOST_LINKS + 1)]


class JobForm(Line):
    """One job, internship or commitment."""

    employer = forms.CharField(label=gettext_lazy("Employer or organisation"), max_length=200)
    role = forms.CharField(label=gettext_lazy("Your role"), max_length=200)
    start_year = Year(label=gettext_lazy("From (year)"), ahead=0)
    end_year = Year(label=gettext_lazy("To (year)"))
    current = forms.BooleanField(label=gettext_lazy("I still work there"))
    task = CountedText(label=gettext_lazy("What you did"), limit=JOB_LIMIT, rows=3)

    def gaps(self) -> list[str]:
        """What completeness finds."""
        return job_gaps(self.stored)

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        data = super().clean() or {}
        start, end = data.get("start_year"), data.get("end_year")
        if start and end and end < start:
            self.add_error("end_year", _("A job cannot end before it begins."))
        return data


class ExperienceForm(DraftForm):
    """What a person can do, where they did it, and the languages they study in."""

    removable = True
    optional = ("other_languages", "code_example", "tfi_score", "tfi_on")

    python_level = radios(gettext_lazy("Your level in Python"), Skill.choices)
    code_example = CountedText(
        label=gettext_lazy("An example of what you programmed"),
        limit=EXAMPLE_LIMIT,
        rows=4,
        help_text=gettext_lazy("What it does, and what your part was."),
    )
    french_level = select(gettext_lazy("Your level in French"), Fluency.choices)
    english_level = select(gettext_lazy("Your level in English"), Fluency.choices)
    tfi_score = forms.IntegerField(
        label=gettext_lazy("TFI score"),
        min_value=TFI[0],
        max_value=TFI[1],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=gettext_lazy(
            "A test of French, from 10 to 990. UdeM may ask the M.Sc. for 605; no score here refuses you."
        ),
    )
    tfi_on = forms.DateField(
        label=gettext_lazy("Day of the test"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
    )

    class Meta(DraftForm.Meta):
        fields = [
            *("python_level", "other_languages", "code_example", "no_job"),
            *("french_level", "english_level", "tfi_score", "tfi_on"),
        ]
        help_texts = {"other_languages": gettext_lazy("As in C++, R, JavaScript, SQL.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places_left = [*self.instance.links, *[""] * MOST_LINKS]
        for number, (name, held) in enumerate(zip(LINKS, places_left, strict=False), start=1):
            label = _("Link %(number)s (optional)") % {"number": number}
            self.fields[name] = forms.CharField(label=label, max_length=300)
            self.fields[name].widget.attrs |= {"inputmode": "url", "placeholder": "https://"}
            self.initial[name] = held
        prepare({name: self.fields[name] for name in LINKS})

    @property
    def links(self) -> list[Any]:
        """The fields of the links, for the page."""
        return [self[name] for name in LINKS]

    @cached_property
    def lines(self) -> list[Line]:
        """The jobs, and an empty one while there is room."""
        return lines_of(
            JobForm,
            self.data if self.is_bound else None,
            self.instance.jobs,
            prefix="jobs",
            most=MOST_JOBS,
            heading=lambda number: _("Job %(number)s") % {"number": number},
        )

    @property
    def too_many(self) -> str:
        """More jobs than a file may hold."""
        over = self.is_bound and places(self.data, "jobs") > MOST_JOBS
        return _("Write at most ten jobs: the others are not kept.") if over else ""

    @classmethod
    def state(cls, application: Application) -> str:
        """The row's fields, the jobs and the links."""
        return short_hash([super().state(application), application.jobs, application.links])

    def clean_tfi_on(self) -> date | None:
        """A likely day. Raises ValidationError for one to come, or long gone."""
        day: date | None = self.cleaned_data["tfi_on"]
        if day and not OLDEST_TEST <= day <= timezone.localdate():
            raise ValidationError(_("Write the day of a test that you have taken."))
        return day

    def clean(self) -> dict[str, Any]:
        """Links that lead somewhere safe."""
        data = super().clean() or {}
        for name in LINKS:
            if data.get(name) and not is_safe(data[name]):
                self.add_error(name, _("Write a whole address that begins with https://"))
        return data

    def keep(self, application: Application) -> dict[str, Any]:
        """The row's fields, the jobs without the empty ones at the end, the links."""
        jobs = [as_data(line.merged) for line in self.lines]
        while jobs and is_blank(jobs[-1]):
            jobs.pop()
        application.jobs = jobs
        held = [*application.links, *[""] * MOST_LINKS]
        links = [self.cleaned_data.get(name, held[place]) for place, name in enumerate(LINKS)]
        application.links = [link for link in links if link]
        kept = super().keep(application)
        return {**kept, "jobs": application.jobs, "links": application.links}

    @classmethod
    def take_out(cls, application: Application, place: int) -> dict[str, Any] | None:
        """Remove the job at a place; what it held, so that it can be put back."""
        if not 0 <= place < len(application.jobs):
            return None
        held: dict[str, Any] = application.jobs.pop(place)
        application.save(update_fields=["jobs"])
        return {"place": place, "line": held}

    @classmethod
    def put_back(cls, application: Application, held: dict[str, Any]) -> bool:
        """Restore a removed job where it was; False when there is no room."""
        if len(application.jobs) >= MOST_JOBS or held["line"] in application.jobs:
            return False
        application.jobs.insert(held["place"], held["line"])
        application.save(update_fields=["jobs"])
        return True


def is_safe(link: str) -> bool:
    """Whether it is an https address with a host: nothing else is ever made into a link."""
    try:
        parts = urlsplit(link)
        return (
            parts.scheme == "https" and "." in (parts.hostname or "") and not re.search(r"\s", link)
        )
    except ValueError:
        return False
