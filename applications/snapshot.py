"""A submission's content: what is frozen, its fingerprint, and what of it a reader may see."""

import hashlib
import json
from datetime import datetime
from typing import Any

from applications import answers, prerequisites
from applications.forms.lines import as_data, is_blank
from applications.models import Application, Degree, Document, Kind, Referee
from applications.models.referee import RefereeStatus
from applications.wanted import Wanted, held
from cycles.bilingual import in_english

# Format 1 had the person, the programs, degrees without state, field or direction, two texts, the documents.
FORMAT = 2
# Never shown to readers (`domain.md`: citizenship and status, address), whatever a page asks for.
HIDDEN_FROM_READERS = ("canada_status", "country", "phone", "email")
# Of the rest of the content: what is for the office, and what would name the person in a blind cycle. What names the
# person inside the free texts is `dossiers`' to find.
FOR_THE_OFFICE = ("heard_from", "declarations")
NAMES_THE_PERSON = ("links",)
# Of a referee in a blind cycle: who they are tells where the person studied and works, and their names lead to theirs.
OF_A_REFEREE = ("title", "relation")

DEGREE = (
    *("institution", "country", "title", "field", "level", "progress", "language"),
    *("start_year", "end_year", "average", "scale_max", "scale_pass", "scale_direction"),
)
EXPERIENCE = (
    *("python_level", "other_languages", "code_example", "no_job"),
    *("french_level", "english_level", "tfi_score"),
)


def freeze(application: Application) -> dict[str, Any]:
    """The draft as plain data: strings, numbers and lists, stable for hashing."""
    return {
        "format": FORMAT,
        "number": application.number,
        "cycle": application.cycle.code,
        "person": _person(application),
        "programs": [program.code for program in application.chosen],
        "start_on": _day(application.begins_on),
        "attendance": application.attendance if application.asks_attendance else "",
        "degrees": [_degree(degree) for degree in application.degrees.all()],
        "prerequisites": prerequisites.frozen(application, prerequisites.asked_courses()),
        "credits": application.credits,
        "credit_system": application.credit_system,
        "experience": {
            **{name: getattr(application, name) for name in EXPERIENCE},
            "tfi_on": _day(application.tfi_on),
            "jobs": [job for job in application.jobs if not is_blank(job)],
        },
        "links": application.links,
        "statement": application.statement,
        "internship_goals": application.internship_goals if application.asks_internship else "",
        "circumstances": application.circumstances,
        "heard_from": application.heard_from,
        "answers": answers.frozen(application),
        "documents": [_received(row, row.document) for row in held(application) if row.document],
        "referees": [
            _named(referee)
            for referee in application.referees.all()
            if referee.status != RefereeStatus.REMOVED
        ],
    }


def _day(value: Any) -> str:
    return value.isoformat() if value else ""


def _person(application: Application) -> dict[str, Any]:
    return {
        "first_names": application.first_names,
        "last_names": application.last_names,
        "preferred_name": application.preferred_name,
        "pronouns": application.pronouns,
        "phone": application.phone,
        "country": application.country,
        "canada_status": application.canada_status,
        "email": application.applicant.email,
        "language": application.applicant.language,
    }


def _degree(degree: Degree) -> dict[str, Any]:
    values = {name: getattr(degree, name) for name in DEGREE}
    return {name: "" if value is None else value for name, value in as_data(values).items()}


def declared(application: Application, at: datetime) -> list[dict[str, Any]]:
    """What the person declared by submitting: each sentence as it was shown, its version, its language, the time."""
    language = "en" if in_english() else "fr"
    return [
        {
            "code": declaration.code,
            "version": declaration.version,
            "text": declaration.sentence,
            "language": language,
            "at": at.isoformat(),
        }
        for declaration in application.cycle.declarations.select_related("cycle")
    ]


def _received(row: Wanted, document: Document) -> dict[str, Any]:
    """A document as the receipt lists it."""
    return {
        "slot": row.slot,
        "kind": row.kind,
        "what_fr": row.label_fr,
        "what_en": row.label_en,
        "label": document.label,
        "sha256": document.sha256,
        "size": document.size,
        "pages": document.pages,
    }


def _named(referee: Referee) -> dict[str, str]:
    """Who was asked for a letter; never the letter."""
    return {
        "name": referee.name,
        "title": referee.title,
        "organisation": referee.organisation,
        "relation": referee.relation,
        "email": referee.email,
    }


def canonical(content: dict[str, Any]) -> bytes:
    """A snapshot as the bytes that are fingerprinted: JSON with sorted keys, no spaces, in UTF-8."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def fingerprint_of(content: dict[str, Any]) -> str:
    """SHA-256, in hexadecimal, of a snapshot in its canonical form."""
    return hashlib.sha256(canonical(content)).hexdigest()


def for_readers(content: dict[str, Any], *, blind: bool) -> dict[str, Any]:
    """A copy without what readers must not see; without names where the cycle is blind."""
    hidden = (*FOR_THE_OFFICE, *(NAMES_THE_PERSON if blind else ()))
    person = {k: v for k, v in content["person"].items() if k not in HIDDEN_FROM_READERS}
    if blind:
        person = {"language": person["language"]}
    # What was frozen before referees were asked for has none.
    referees = [_without_address(line) for line in content.get("referees", [])]
    if blind:
        referees = [{k: v if k in OF_A_REFEREE else "" for k, v in r.items()} for r in referees]
    kept = {key: value for key, value in content.items() if key not in hidden}
    papers = [{**line, "label": ""} for line in content.get("documents", [])]
    # A list of files shows no papers: it asks for a part of the content.
    told = {"documents": papers} if "documents" in content else {}
    return {**kept, **told, "person": person, "referees": referees}


def _without_address(line: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in line.items() if key not in HIDDEN_FROM_READERS}


def papers_of(content: dict[str, Any]) -> list[dict[str, Any]]:
    """The documents of a frozen content, each with `what` it is in the page's language."""
    language = "en" if in_english() else "fr"
    return [
        # The first submissions named their documents by their kind alone.
        {
            **line,
            "slot": line.get("slot", line["kind"]),
            "what": line.get(f"what_{language}") or str(Kind(line["kind"]).label),
        }
        for line in content["documents"]
    ]
