"""Completeness, judged in one place: it feeds the steps' marks and blocks a submission."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.answers import asked_of, fits, values
from applications.forms.lines import is_blank
from applications.forms.text import visible
from applications.models import Application
from applications.models.degree import Progress
from applications.models.referee import COUNTED
from applications.prerequisites import asked_courses, course_gaps
from applications.wanted import wanted
from cycles.models import Course

DEGREE_ASKED = (
    *("institution", "country", "title", "field", "level", "progress", "start_year", "end_year"),
    *("language", "average", "scale_max", "scale_pass", "scale_direction"),
)
JOB_ASKED = ("employer", "role", "start_year", "end_year")
# What `missing()` reads of an application besides its own row: fetched ahead where there are many.
LOOKS_AT = (
    *("choices", "degrees", "documents", "referees"),
    *("cycle__intakes", "cycle__pieces", "cycle__questions"),
)


@dataclass(frozen=True)
class Missing:
    """One thing that lacks: the step and field where it goes, and a sentence."""

    step: str
    field: str
    text: str


def whole(application: Application) -> Application:
    """The same row with all that hangs on it, fetched at once: judging and freezing it ask nothing more."""
    prefetch_related_objects([application], *LOOKS_AT)
    return application


def missing(application: Application, courses: Sequence[Course] | None = None) -> list[Missing]:
    """Everything that lacks before this application can be submitted, in the order of the form.

    `courses` of the grid are looked up when they are not given; who judges many files gives them once.
    """
    return [
        *_you(application),
        *_program(application),
        *_studies(application),
        *_prerequisites(application, asked_courses() if courses is None else courses),
        *_experience(application),
        *_statement(application),
        *_questions(application),
        *_documents(application),
        *_referees(application),
    ]


def _texts(application: Application, step: str, wanted: dict[str, str]) -> Iterator[Missing]:
    """The fields of the draft's own row where nothing can be read."""
    for field, text in wanted.items():
        if not visible(getattr(application, field)):
            yield Missing(step, field, text)


def _you(application: Application) -> Iterator[Missing]:
    wanted = {
        "first_names": _("Your first names"),
        "last_names": _("Your last names"),
        "country": _("Your country of residence"),
        "canada_status": _("Your status in Canada"),
    }
    yield from _texts(application, "you", wanted)


def _program(application: Application) -> Iterator[Missing]:
    if not application.chosen:
        yield Missing("program", "first_choice", _("At least one program"))
    if application.begins_on is None:
        yield Missing("program", "start_on", _("The start of your studies"))
    if application.asks_attendance and not application.attendance:
        yield Missing("program", "attendance", _("Full or part time"))


def _studies(application: Application) -> Iterator[Missing]:
    degrees = list(application.degrees.all())
    if not degrees:
        yield Missing("studies", "degrees-0-institution", _("At least one degree"))
    for index, degree in enumerate(degrees):
        for field in degree_gaps({name: getattr(degree, name) for name in DEGREE_ASKED}):
            label = degree._meta.get_field(field).verbose_name  # type: ignore[union-attr]
            text = _("Degree %(number)s: %(field)s") % {
                "number": index + 1,
                "field": str(label).lower(),
            }
            yield Missing("studies", f"degrees-{index}-{field}", text)


def degree_gaps(degree: Mapping[str, Any]) -> list[str]:
    """The fields of a degree that are still to fill. One under way may have no average yet."""
    excused = ("average",) if degree.get("progress") == Progress.UNDER_WAY else ()
    return [name for name in DEGREE_ASKED if name not in excused and degree.get(name) in ("", None)]


def job_gaps(job: Mapping[str, Any]) -> list[str]:
    """The fields of a job that are still to fill. One that goes on has no end."""
    excused = ("end_year",) if job.get("current") else ()
    return [name for name in JOB_ASKED if name not in excused and not job.get(name)]


def _prerequisites(application: Application, courses: Sequence[Course]) -> Iterator[Missing]:
    words = {
        "how": _("%(course)s: where you stand"),
        "course": _("%(course)s: your own course"),
        "institution": _("%(course)s: the institution"),
        "year": _("%(course)s: the year"),
        "credits": _("%(course)s: the credits"),
        "grade": _("%(course)s: the grade"),
        "note": _("%(course)s: how you learned it"),
    }
    for course in courses:
        for field in course_gaps(application.prerequisites.get(course.code, {})):
            text = words[field] % {"course": f"{course.code} {course.name}"}
            yield Missing("prerequisites", f"course-{course.pk}-{field}", text)
    if application.credits is None:
        text = _("Your credits in computer science and mathematics")
        yield Missing("prerequisites", "credits", text)
    wanted = {"credit_system": _("How your institution counts credits")}
    yield from _texts(application, "prerequisites", wanted)


def _experience(application: Application) -> Iterator[Missing]:
    wanted = {
        "python_level": _("Your level in Python"),
        "french_level": _("Your level in French"),
        "english_level": _("Your level in English"),
    }
    yield from _texts(application, "experience", wanted)
    jobs = [(place, job) for place, job in enumerate(application.jobs) if not is_blank(job)]
    if application.asks_experience and not jobs and not application.no_job:
        text = _("Your work experience, or the word that you have none yet")
        yield Missing("experience", "no_job", text)
    asked = {
        "employer": _("Job %(number)s: the employer"),
        "role": _("Job %(number)s: your role"),
        "start_year": _("Job %(number)s: the year it began"),
        "end_year": _("Job %(number)s: the year it ended"),
    }
    for place, job in jobs:
        for field in job_gaps(job):
            text = asked[field] % {"number": place + 1}
            yield Missing("experience", f"jobs-{place}-{field}", text)


def _statement(application: Application) -> Iterator[Missing]:
    yield from _texts(application, "statement", {"statement": _("Your letter of intent")})
    if application.asks_internship:
        wanted = {"internship_goals": _("Your internship goals")}
        yield from _texts(application, "statement", wanted)


def _questions(application: Application) -> Iterator[Missing]:
    told = values(application)
    for question in asked_of(application):
        value = told.get(question.code)
        if question.is_required and not fits(question, value):
            text = str(question.label)
            if value not in ("", None):
                text = _("%(question)s (the question changed)") % {"question": question.label}
            yield Missing("questions", f"question-{question.code}", text)


def _documents(application: Application) -> Iterator[Missing]:
    for row in wanted(application):
        if row.required and not row.document:
            yield Missing("documents", row.slot, _("Document: %(name)s") % {"name": row.label})


def _referees(application: Application) -> Iterator[Missing]:
    """As many as asked must have been invited; their letters never hold a submission up."""
    counted = [row for row in application.referees.all() if row.status in COUNTED]
    count = application.referees_asked - len(counted)
    if count > 0:
        text = ngettext("%(count)s referee to invite", "%(count)s referees to invite", count)
        yield Missing("referees", "name", text % {"count": count})
