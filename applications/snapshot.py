"""A submission's content: what is frozen, its fingerprint, and what of it a reader may see."""

import hashlib
import json
from typing import Any

from applications.models import Application, Document, Kind, Referee
from applications.wanted import Wanted, held
from cycles.bilingual import in_english

FORMAT = 1
# Never shown to readers (`domain.md`: citizenship and status, address), whatever a page asks for.
HIDDEN_FROM_READERS = ("canada_status", "country", "phone", "email")


def freeze(application: Application) -> dict[str, Any]:
    """The draft as plain data: strings, numbers and lists, stable for hashing."""
    return {
        "format": FORMAT,
        "number": application.number,
        "cycle": application.cycle.code,
        "person": {
            "first_names": application.first_names,
            "last_names": application.last_names,
            "preferred_name": application.preferred_name,
            "pronouns": application.pronouns,
            "phone": application.phone,
            "country": application.country,
            "canada_status": application.canada_status,
            "email": application.applicant.email,
            "language": application.applicant.language,
        },
        "programs": [program.code for program in application.chosen],
        "attendance": application.attendance,
        "degrees": [
            {
                "institution": degree.institution,
                "country": degree.country,
                "level": degree.level,
                "title": degree.title,
                "start_year": degree.start_year,
                "end_year": degree.end_year,
                "average": str(degree.average),
                "scale_max": str(degree.scale_max),
            }
            for degree in application.degrees.all()
        ],
        "statement": application.statement,
        "internship_goals": application.internship_goals,
        "documents": [_received(row, row.document) for row in held(application) if row.document],
        "referees": [_named(referee) for referee in application.referees.kept()],
    }


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
    person = {k: v for k, v in content["person"].items() if k not in HIDDEN_FROM_READERS}
    if blind:
        person = {"language": person["language"]}
    # What was frozen before referees were asked for has none.
    referees = [_without_address(line) for line in content.get("referees", [])]
    return {**content, "person": person, "referees": referees}


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
