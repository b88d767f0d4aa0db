"""A submission as its readers see it: built from what `for_readers` lets through, and from nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from applications.models import Application, Document, Submission
from applications.models.degree import Level
from applications.snapshot import for_readers, papers_of
from cycles.models import Program

# What a list needs of a submission: not the letter, which is long.
LISTED = ("person", "programs", "degrees")


@dataclass(frozen=True)
class DegreeLine:
    """One degree; its average on its own scale, never converted."""

    title: str
    institution: str
    level: str
    years: str
    average: str


@dataclass(frozen=True)
class Dossier:
    """What a page shows of a file."""

    number: str
    name: str
    programs: list[Program]
    degrees: list[DegreeLine]
    statement: str
    internship_goals: str

    @property
    def degree(self) -> DegreeLine | None:
        """The first degree, for one line of a list."""
        return self.degrees[0] if self.degrees else None


@dataclass(frozen=True)
class Paper:
    """A document as readers may see it: what it is, never what the person called the file."""

    pk: int
    what: str
    pages: int
    size: int
    check_state: str | None


def latest(application: Application) -> Submission | None:
    """The submission that counts; None for a draft that was never submitted."""
    return application.submissions.order_by("-version").first()


def dossier(content: dict[str, Any], *, blind: bool, programs: dict[str, Program]) -> Dossier:
    """The dossier of a frozen content. `blind`: the number stands for the name."""
    seen = for_readers(content, blind=blind)
    person = seen["person"]
    name = f"{person.get('first_names', '')} {person.get('last_names', '')}".strip()
    return Dossier(
        number=seen["number"],
        name=name or seen["number"],
        programs=[programs[code] for code in seen["programs"] if code in programs],
        degrees=[_degree(line) for line in seen["degrees"]],
        statement=seen.get("statement", ""),
        internship_goals=seen.get("internship_goals", ""),
    )


def _degree(line: dict[str, Any]) -> DegreeLine:
    """A degree in words."""
    years = [str(line[key]) for key in ("start_year", "end_year") if line[key]]
    average = ""
    if line["average"] not in ("", "None"):
        average = _("%(average)s on %(scale)s") % {
            "average": plain(line["average"]),
            "scale": plain(line["scale_max"]),
        }
    return DegreeLine(
        title=line["title"],
        institution=line["institution"],
        level=str(Level(line["level"]).label) if line["level"] in Level.values else "",
        years="–".join(years),
        average=average,
    )


def plain(figure: str) -> str:
    """`15.20` → `15,2` or `15.2`: without idle zeros, with the decimal sign of the page's language."""
    short = figure.rstrip("0").rstrip(".") if "." in figure else figure
    return number_format(short)


def documents_of(submission: Submission) -> list[Paper]:
    """The documents that were submitted, in the order of the form, with their checks. Their file names stay hidden."""
    lines = {line["slot"]: line["what"] for line in papers_of(submission.content)}
    places = list(lines)

    def place(row: Document) -> str:
        # The first submissions named their documents by their kind alone.
        return row.slot if row.slot in lines else row.kind

    held: Iterable[Any] = submission.documents.with_check()
    return [
        Paper(row.pk, lines[place(row)], row.pages, row.size, row.check_state)
        for row in sorted(held, key=lambda row: places.index(place(row)))
    ]


def by_code() -> dict[str, Program]:
    """Every program: a snapshot names them by their code."""
    return {program.code: program for program in Program.objects.all()}


def listed(
    applications: Iterable[int], *, blind: bool, programs: dict[str, Program]
) -> dict[int, Dossier]:
    """Dossiers for one page of a list, by application, in one query; without their letters."""
    rows = (
        Submission.objects.filter(application__in=list(applications))
        .order_by("application", "-version")
        .distinct("application")
        .values_list("application", "application__number", *(f"content__{key}" for key in LISTED))
    )
    return {
        pk: dossier(
            {"number": number, **dict(zip(LISTED, parts, strict=True))},
            blind=blind,
            programs=programs,
        )
        for pk, number, *parts in rows
    }
