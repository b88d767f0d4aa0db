"""An anchor file from the lines that an administrator types to the content that readers see.

A line has parts between semicolons. A degree: `Title ; institution ; 2021-2024 ; 15.2/20`. A job: `Role ; employer ;
2022-2024 ; what was done`. The content has the format of a submission's (`applications.snapshot`).
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from applications.content import Content
from applications.snapshot import FORMAT
from committee.models import Anchor
from cycles.bilingual import in_english
from cycles.models import Course

YEARS = re.compile(r"^(\d{4})(?:\s*[-–]\s*(\d{4})?)?$")
GRADE = re.compile(r"^(\d{1,4}(?:[.,]\d{1,3})?)\s*/\s*(\d{1,4}(?:[.,]\d{1,3})?)$")

Line = dict[str, Any]


def _parts(line: str, count: int) -> list[str]:
    """The parts of a line, empty ones at the end; a semicolon too many belongs to the last."""
    told = [part.strip() for part in line.split(";", count - 1)]
    return told + [""] * (count - len(told))


def _years(text: str) -> Line:
    """`2021-2024`, `2021`, `2021-` for what goes on."""
    found = YEARS.match(text)
    if text and not found:
        raise ValidationError(_("Write the years as 2021-2024."))
    return {"start_year": found[1] if found else "", "end_year": (found and found[2]) or ""}


def _grade(text: str) -> Line:
    """`15.2/20`: on its own scale."""
    found = GRADE.match(text)
    if text and not found:
        raise ValidationError(_("Write the average with its scale, as 15.2/20."))
    average, best = (part.replace(",", ".") for part in found.groups()) if found else ("", "")
    return {"average": average, "scale_max": best}


def degree(line: str) -> Line:
    """One degree. Raises ValidationError."""
    title, institution, years, grade = _parts(line, 4)
    if not institution:
        raise ValidationError(_("Write the degree, a semicolon, then the institution."))
    told = {"title": title, "institution": institution, "level": ""}
    return {**told, **_years(years), **_grade(grade)}


def job(line: str) -> Line:
    """One job. Raises ValidationError."""
    role, employer, years, task = _parts(line, 4)
    if not employer:
        raise ValidationError(_("Write the job, a semicolon, then the employer."))
    return {"role": role, "employer": employer, "task": task, **_years(years)}


def lines(text: str, read: Callable[[str], Line]) -> list[Line]:
    """Each line that says something; what is wrong is said with the number of its line. Raises ValidationError."""
    told, wrong = [], []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            told.append(read(line))
        except ValidationError as error:
            sentence = _("Line %(number)s. %(problem)s")
            wrong.append(sentence % {"number": number, "problem": error.messages[0]})
    if wrong:
        raise ValidationError(wrong)
    return told


def frozen(anchor: Anchor, courses: Sequence[Course]) -> Line:
    """The file in the format of a submission, in the language of the page."""
    return {
        "format": FORMAT,
        "number": "",
        "cycle": anchor.cycle_id,
        "person": {"language": "en" if in_english() else "fr"},
        "programs": [],
        "degrees": lines(anchor.degrees, degree),
        "prerequisites": [
            {
                "code": course.code,
                "name_fr": course.name_fr,
                "name_en": course.name_en,
                **anchor.courses[course.code],
            }
            for course in courses
            if course.code in anchor.courses
        ],
        "experience": {
            "python_level": anchor.python_level,
            "french_level": anchor.french_level,
            "english_level": anchor.english_level,
            "jobs": lines(anchor.experience, job),
        },
        "statement": anchor.statement,
        "documents": [],
        "referees": [],
    }


def told(anchor: Anchor) -> Content:
    """The file in words, as the review screen tells a real one."""
    return Content(frozen(anchor, list(Course.objects.filter(is_asked=True))))
