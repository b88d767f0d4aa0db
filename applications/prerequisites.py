"""The grid of prerequisite courses: what is asked, and what of it is still to fill. It flags, and never refuses."""

from collections.abc import Mapping, Sequence
from typing import Any

from applications.forms.text import visible
from applications.models import Application
from applications.models.plain import How
from cycles.models import Course

TAKEN = ("course", "institution", "year", "credits", "grade")
ASKED_BY = {How.TAKEN: TAKEN, How.EQUIVALENT: ("note",)}


def asked_courses() -> list[Course]:
    """The courses that the grid asks about now, in order."""
    return list(Course.objects.filter(is_asked=True))


def course_gaps(line: Mapping[str, Any]) -> list[str]:
    """The fields of one line that are still to fill: first how, then what that answer asks for."""
    how = line.get("how")
    if not how:
        return ["how"]
    return [name for name in ASKED_BY.get(how, ()) if not visible(str(line.get(name) or ""))]


def frozen(application: Application, courses: Sequence[Course]) -> list[dict[str, Any]]:
    """The grid as it is submitted, each course with the names that it had then."""
    return [
        {
            "code": course.code,
            "name_fr": course.name_fr,
            "name_en": course.name_en,
            **application.prerequisites[course.code],
        }
        for course in courses
        if application.prerequisites.get(course.code, {}).get("how")
    ]
