"""Completeness, judged in one place: it feeds the steps' marks and blocks a submission."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.models import Application
from applications.models.referee import COUNTED
from applications.wanted import wanted
from cycles.models import Program

# What `missing()` reads of an application besides its own row: fetched ahead where there are many.
LOOKS_AT = (
    *("choices__program", "degrees", "documents", "referees"),
    *("cycle__intakes", "cycle__pieces", "cycle__questions"),
)


@dataclass(frozen=True)
class Missing:
    """One thing that lacks: the step and field where it goes, and a sentence."""

    step: str
    field: str
    text: str


def missing(application: Application) -> list[Missing]:
    """Everything that lacks before this application can be submitted, in the order of the form."""
    programs = application.chosen
    return [
        *_you(application),
        *_program(application, programs),
        *_studies(application),
        *_statement(application, programs),
        *_documents(application),
        *_referees(application),
    ]


def _you(application: Application) -> Iterator[Missing]:
    wanted = {
        "first_names": _("Your first names"),
        "last_names": _("Your last names"),
        "country": _("Your country of residence"),
        "canada_status": _("Your status in Canada"),
    }
    for field, text in wanted.items():
        if not getattr(application, field):
            yield Missing("you", field, text)


def _program(application: Application, programs: list[Program]) -> Iterator[Missing]:
    if not programs:
        yield Missing("program", "first_choice", _("At least one program"))
    if any(program.asks_attendance for program in programs) and not application.attendance:
        yield Missing("program", "attendance", _("Full or part time"))


def _studies(application: Application) -> Iterator[Missing]:
    degrees = list(application.degrees.all())
    if not degrees:
        yield Missing("studies", "degrees-0-institution", _("At least one degree"))
    wanted = (
        "institution",
        "country",
        "level",
        "title",
        "end_year",
        "average",
        "scale_max",
    )
    for index, degree in enumerate(degrees):
        for field in wanted:
            if getattr(degree, field) in ("", None):
                label = degree._meta.get_field(field).verbose_name  # type: ignore[union-attr]
                text = _("Degree %(number)s: %(field)s") % {
                    "number": index + 1,
                    "field": str(label).lower(),
                }
                yield Missing("studies", f"degrees-{index}-{field}", text)


def _statement(application: Application, programs: list[Program]) -> Iterator[Missing]:
    if not application.statement.strip():
        yield Missing("statement", "statement", _("Your letter of intent"))
    internship = any(program.internship_required for program in programs)
    if internship and not application.internship_goals.strip():
        yield Missing("statement", "internship_goals", _("Your internship goals"))


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
