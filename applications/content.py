"""A frozen content in words, for the applicant who looks it over and for those who read it: one wording for both."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from applications.forms.figures import plain
from applications.models.application import Attendance, Fluency, Skill
from applications.models.degree import Direction, Level, Progress, Teaching
from applications.models.plain import CREDITS_ASKED, How
from cycles.bilingual import in_english
from cycles.typography import day_text

# Format 1 wrote an absent figure as the word of the programming language.
ABSENT = ("", None, "None")
TONES = {How.TAKEN: "ok", How.PLANNED: "info", How.EQUIVALENT: "info", How.NOT_TAKEN: "time"}


@dataclass(frozen=True)
class DegreeLine:
    """One degree; its grades on their own scale, never converted."""

    title: str
    institution: str
    level: str
    years: str
    average: str
    field: str = ""
    country: str = ""
    state: str = ""
    language: str = ""
    scale: str = ""


@dataclass(frozen=True)
class CourseLine:
    """One course of the prerequisites, and how the person knows it."""

    code: str
    name: str
    how: str
    tone: str
    own: str
    figures: str
    note: str


@dataclass(frozen=True)
class JobLine:
    """One job."""

    role: str
    employer: str
    years: str
    task: str


@dataclass(frozen=True)
class AnswerLine:
    """A question of the cycle as it was asked, and its answer."""

    label: str
    text: str


@dataclass(frozen=True)
class Fact:
    """A label and what stands beside it."""

    label: str
    text: str


def words_of(choices: type[TextChoices], value: Any) -> str:
    """The words of a stored choice; nothing for one that is unknown or empty."""
    return str(choices(value).label) if value in choices.values else ""


class Content:
    """A content as its pages tell it; of any format, so that old submissions stay readable."""

    def __init__(self, frozen: dict[str, Any]) -> None:
        self._frozen = frozen
        self._experience: dict[str, Any] = frozen.get("experience", {})

    @property
    def degrees(self) -> list[DegreeLine]:
        """The studies, in the order that the person gave them."""
        return [_degree(line) for line in self._frozen.get("degrees", [])]

    @property
    def plan(self) -> list[Fact]:
        """When the studies begin, and how much time they get."""
        time = words_of(Attendance, self._frozen.get("attendance"))
        start = self._frozen.get("start_on")
        begins = date_format(date.fromisoformat(start), "YEAR_MONTH_FORMAT") if start else ""
        return _told((_("Start of studies"), begins), (_("Full or part time"), time))

    @property
    def courses(self) -> list[CourseLine]:
        """The grid of prerequisites."""
        return [_course(line) for line in self._frozen.get("prerequisites", [])]

    @property
    def credits(self) -> str:
        """How many credits in all, and how they are counted."""
        told, system = self._frozen.get("credits"), self._frozen.get("credit_system", "")
        if told is None:
            return ""
        return (
            _("%(credits)s, %(system)s") % {"credits": told, "system": system}
            if system
            else str(told)
        )

    @property
    def is_short(self) -> bool:
        """Whether that is fewer than UdeM asks for: a flag, never a refusal."""
        told = self._frozen.get("credits")
        return told is not None and told < CREDITS_ASKED

    @property
    def skills(self) -> list[Fact]:
        """Programming and languages, in the person's own estimate."""
        told = self._experience
        score = str(told.get("tfi_score") or "")
        test = ", ".join(part for part in (score, _day(told.get("tfi_on"))) if part)
        return _told(
            ("Python", words_of(Skill, told.get("python_level"))),
            (_("Other programming languages"), told.get("other_languages", "")),
            (_("French"), words_of(Fluency, told.get("french_level"))),
            (_("English"), words_of(Fluency, told.get("english_level"))),
            (_("TFI score"), test),
        )

    @property
    def code_example(self) -> str:
        """What the person programmed, in a few words."""
        return str(self._experience.get("code_example", ""))

    @property
    def jobs(self) -> list[JobLine]:
        """Where the person worked."""
        return [
            JobLine(
                role=line.get("role", ""),
                employer=line.get("employer", ""),
                years=years_of(line),
                task=line.get("task", ""),
            )
            for line in self._experience.get("jobs", [])
        ]

    @property
    def no_job(self) -> bool:
        """Whether the person said that there is no work experience yet."""
        return bool(self._experience.get("no_job")) and not self.jobs

    @property
    def links(self) -> list[str]:
        """What the person shows elsewhere."""
        return list(self._frozen.get("links", []))

    @property
    def answers(self) -> list[AnswerLine]:
        """The cycle's own questions, as they were worded when they were answered."""
        language = "en" if in_english() else "fr"
        return [
            AnswerLine(line[f"label_{language}"], line[f"text_{language}"])
            for line in self._frozen.get("answers", [])
        ]

    @property
    def referees(self) -> list[dict[str, str]]:
        """Who was asked for a letter: name, title, organisation."""
        return list(self._frozen.get("referees", []))

    @property
    def statement(self) -> str:
        """The letter of intent."""
        return str(self._frozen.get("statement", ""))

    @property
    def internship_goals(self) -> str:
        """What the person hopes to do as an intern."""
        return str(self._frozen.get("internship_goals", ""))

    @property
    def circumstances(self) -> str:
        """What helps to read the path fairly."""
        return str(self._frozen.get("circumstances", ""))


def _day(value: Any) -> str:
    return day_text(date.fromisoformat(value)) if value else ""


def _degree(line: dict[str, Any]) -> DegreeLine:
    return DegreeLine(
        title=line["title"],
        institution=line["institution"],
        level=words_of(Level, line["level"]),
        years=years_of(line),
        average=_average(line),
        field=line.get("field", ""),
        country=line.get("country", ""),
        state=words_of(Progress, line.get("progress")),
        language=words_of(Teaching, line.get("language")),
        scale=_scale(line),
    )


def _course(line: dict[str, Any]) -> CourseLine:
    own = ", ".join(str(line[key]) for key in ("course", "institution") if line.get(key))
    count = line.get("credits")
    parts = [
        str(line.get("year") or ""),
        _("%(count)s cr.") % {"count": plain(count)} if count else "",
        line.get("grade") or "",
    ]
    return CourseLine(
        code=line["code"],
        name=line["name_en" if in_english() else "name_fr"],
        how=words_of(How, line.get("how")),
        tone=TONES.get(line.get("how", ""), ""),
        own=own,
        figures=" · ".join(part for part in parts if part),
        note=line.get("note") or "",
    )


def years_of(line: dict[str, Any]) -> str:
    """`2021–2024`; `2023–` for what goes on."""
    first, last = line.get("start_year") or "", line.get("end_year") or ""
    if line.get("current"):
        return _("since %(year)s") % {"year": first}
    return "–".join(str(year) for year in (first, last) if year)


def _average(line: dict[str, Any]) -> str:
    if line["average"] in ABSENT:
        return ""
    average, best = plain(line["average"]), line["scale_max"]
    if best in ABSENT:
        return average
    return _("%(average)s out of %(scale)s") % {"average": average, "scale": plain(best)}


def _scale(line: dict[str, Any]) -> str:
    """The pass mark, and a word where the lowest number is the best."""
    parts = []
    if (mark := line.get("scale_pass")) not in ABSENT:
        parts.append(_("pass mark %(mark)s") % {"mark": plain(str(mark))})
    if line.get("scale_direction") == Direction.DOWN:
        parts.append(_("the lowest is the best"))
    return ", ".join(parts)


def _told(*pairs: tuple[str, str]) -> list[Fact]:
    return [Fact(label, text) for label, text in pairs if text]
