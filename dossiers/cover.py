"""The cover of a bound dossier: what was filled in, in the words of the pages, and the table of what follows.

One cover for all readers, in French, the first language of the product: the page beside it tells the same in the
reader's own, and the titles of the pieces are in both.
"""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override, pgettext

from applications.content import Content, CourseLine, DegreeLine, JobLine
from applications.countries import name_of
from cycles.models import Program
from dossiers.leaves import Leaf
from dossiers.models import Edition
from papers.press import set_pdf

LANGUAGE = "fr"
Text = str | Promise
# Why a page stands in for a piece; the problems of the check (papers.problems) are told to its owner alone.
NOT_THERE: dict[str, tuple[Text, Text]] = {
    "waiting": (
        gettext_lazy("This document is being checked."),
        gettext_lazy(
            "It joins the dossier as soon as the check is over, in a few minutes as a rule."
        ),
    ),
    "virus": (
        gettext_lazy("This document was refused by the check."),
        gettext_lazy(
            "Our virus scanner found something in it. The office can ask for another copy."
        ),
    ),
    "lost": (
        gettext_lazy("This document is not available."),
        gettext_lazy("Its safe copy could not be read. The office can have it made again."),
    ),
}
NOT_OPENED: tuple[Text, Text] = (
    gettext_lazy("This document could not be opened."),
    gettext_lazy("No safe copy of it could be made. The office can ask for another copy."),
)


def pdf_of(edition: Edition, content: dict[str, Any], leaves: list[Leaf]) -> bytes:
    """The cover, and after it one page for each piece that cannot be opened, in their order."""
    submission = edition.submission
    with override(LANGUAGE):
        data: dict[str, Any] = {
            "language": LANGUAGE,
            "number": submission.application.number,
            "name": name_in(content),
            "cycle": str(submission.application.cycle.name),
            "programs": programs_in(content),
            "sections": sections(Content(content)),
            "contents": contents(leaves),
            "words": {
                "product": _("Admissions · professional programs"),
                "contents": _("In this dossier"),
                "page": _("page"),
            },
        }
    data["notices"] = [notice_of(leaf) for leaf in leaves if leaf.problem]
    return set_pdf("dossier.typ", data, at=submission.at)


def name_in(content: dict[str, Any]) -> str:
    """The person's name, unless the content hides it."""
    person = content["person"]
    return f"{person.get('first_names', '')} {person.get('last_names', '')}".strip()


def programs_in(content: dict[str, Any]) -> list[str]:
    """The programs asked for, in order of preference."""
    rows = {row.code: row for row in Program.objects.filter(code__in=content["programs"])}
    return [
        f"{rows[code].name} ({rows[code].udem_number})"
        for code in content["programs"]
        if code in rows
    ]


def contents(leaves: list[Leaf]) -> list[dict[str, Any]]:
    """The table: each piece, how many pages of other pieces come before it, and what is wrong with it."""
    lines, before = [], 0
    for leaf in leaves:
        count = ngettext("%(n)s page", "%(n)s pages", leaf.pages) % {"n": leaf.pages}
        told = str(said_of(leaf.problem)[0]) if leaf.problem else count
        lines.append({"what": leaf.titled.both, "before": before, "told": told})
        before += leaf.pages
    return lines


def said_of(problem: str) -> tuple[Text, Text]:
    """What is told in place of a piece."""
    return NOT_THERE.get(problem, NOT_OPENED)


def notice_of(leaf: Leaf) -> list[dict[str, str]]:
    """The page that stands in for a piece, in both languages."""
    told = []
    for language, what in (("fr", leaf.titled.what_fr), ("en", leaf.titled.what_en)):
        with override(language):
            title, text = said_of(leaf.problem)
            told.append(
                {"language": language, "what": what, "title": str(title), "text": str(text)}
            )
    return told


def sections(told: Content) -> list[dict[str, Any]]:
    """The parts of the cover that say something, each a title and its lines."""
    every = [
        (_("Studies"), [*map(degree, told.degrees), *facts(told.plan)]),
        (_("Prerequisites"), [*map(course, told.courses), *credits_in(told)]),
        (_("Experience and languages"), experience(told)),
        (_("Letter of intent"), [text(told.statement)]),
        (_("Internship goals"), [text(told.internship_goals)]),
        (_("Circumstances"), [text(told.circumstances)]),
        (_("Questions"), [entry(one.label, [one.text]) for one in told.answers]),
        (_("Referees"), [referee(one) for one in told.referees]),
    ]
    kept = [
        (title, [line for line in lines if line["head"] or line["lines"]]) for title, lines in every
    ]
    return [{"title": title, "entries": lines} for title, lines in kept if lines]


def entry(head: str, lines: list[str], side: str = "") -> dict[str, Any]:
    """One entry: what it is, what stands at its side, and lines of text below."""
    return {"head": head, "side": side, "lines": [line for line in lines if line]}


def text(value: str) -> dict[str, Any]:
    """Running text, a paragraph for each of its lines."""
    return entry("", value.splitlines())


def facts(told: Any) -> list[dict[str, Any]]:
    """Labels and values on one line each."""
    return [entry("", [labelled(fact.label, fact.text)]) for fact in told]


def labelled(label: str, value: str) -> str:
    """`Label: value`."""
    return f"{label}{pgettext('after a label', ':')} {value}" if value else ""


def degree(line: DegreeLine) -> dict[str, Any]:
    """A degree; its grades on their own scale."""
    taught = _("taught in: %(language)s") % {"language": line.language} if line.language else ""
    country = name_of(line.country) if line.country else ""
    where = ", ".join(part for part in (line.institution, country) if part)
    how = " · ".join(part for part in (where, line.state, taught) if part)
    average = f"{line.average or '—'} ({line.scale})" if line.scale else line.average
    head = ", ".join(part for part in (line.title or "—", line.field) if part)
    named = f"{head} ({line.level})" if line.level else head
    return entry(named, [how, labelled(_("Average"), average)], line.years)


def course(line: CourseLine) -> dict[str, Any]:
    """A course of the prerequisites."""
    own = " · ".join(part for part in (line.own, line.figures) if part)
    return entry(f"{line.code} {line.name}", [own, *line.note.splitlines()], line.how)


def credits_in(told: Content) -> list[dict[str, Any]]:
    """How many credits in all."""
    if not told.credits:
        return []
    line = labelled(_("Credits in computer science and mathematics"), told.credits)
    flag = _("fewer than the 40 that UdeM asks for") if told.is_short else ""
    return [entry("", [f"{line} ({flag})" if flag else line])]


def experience(told: Content) -> list[dict[str, Any]]:
    """Skills, what was programmed, jobs and links."""
    none = [entry("", [_("No work experience yet")])] if told.no_job else []
    jobs = [job(line) for line in told.jobs]
    return [*facts(told.skills), text(told.code_example), *jobs, *none, entry("", told.links)]


def job(line: JobLine) -> dict[str, Any]:
    """A job."""
    head = ", ".join(part for part in (line.role or "—", line.employer) if part)
    return entry(head, line.task.splitlines(), line.years)


def referee(line: dict[str, str]) -> dict[str, Any]:
    """Who was asked for a letter."""
    told = ", ".join(part for part in (line.get("title", ""), line["organisation"]) if part)
    return entry(line["name"], [told])
