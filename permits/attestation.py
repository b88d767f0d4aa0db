"""Our letter on the program and its compulsory internship, for those who ask for a co-op work permit. It admits nobody."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from audit.moves import Refused
from cycles import typography
from cycles.clock import day_of, start_of
from papers.press import set_pdf
from permits.facts import Facts
from permits.figures import count_text


def is_meant_for(facts: Facts) -> bool:
    """Whether the person may need it: they accepted, need permits, and their internship is compulsory."""
    return facts.is_going and facts.needs_any and facts.internship


def is_ready(facts: Facts) -> bool:
    """Whether it can be handed out: everything that it says is written by the office."""
    return is_meant_for(facts) and facts.terms.letter_is_ready


def pdf_of(facts: Facts, language: str, *, at: datetime) -> bytes:
    """The letter as a tagged PDF in one language, dated of that day in Montréal. Raises Refused while it waits."""
    if not is_ready(facts):
        raise Refused(_("The admission office is preparing this letter. Come back in a few days."))
    with override(language):
        return set_pdf("attestation.typ", _data(facts, at), at=start_of(day_of(at)))


def _data(facts: Facts, at: datetime) -> dict[str, Any]:
    application, terms = facts.application, facts.terms
    title = _("Program of study and compulsory internship")
    return {
        "language": typography.reader_language(),
        "title": title,
        "number": application.number,
        "date": _("Montréal, %(day)s") % {"day": typography.day_text(day_of(at))},
        "facts": _lines(facts),
        "paragraphs": [
            _("To whom it may concern,"),
            _(
                "Mila has selected the person named here for the program of study above, given by Université "
                "de Montréal, and the person has accepted the place that was kept for them."
            ),
            _(
                "The internship is compulsory: it is part of the program, and the degree cannot be obtained "
                "without it."
            ),
            _(
                "This letter does not admit the person to the university. Only Université de Montréal admits, "
                "by its own official letter, which must go with this one."
            ),
        ],
        "signer": terms.signer,
        "signer_title": str(terms.signer_title),
        "words": {
            "product": _("Admissions · professional programs"),
            "file": _("File %(number)s") % {"number": application.number},
        },
    }


def _lines(facts: Facts) -> list[tuple[str, str]]:
    application, terms = facts.application, facts.terms
    assert facts.udem_file is not None
    program = facts.udem_file.program
    hours, months = terms.internship_hours or 0, terms.internship_months
    return [
        (_("Name"), f"{application.first_names} {application.last_names}".strip()),
        (_("File"), application.number),
        (_("Program"), str(program.name)),
        (_("Number at UdeM"), program.udem_number),
        (_("Start of term"), typography.day_text(facts.starts_on)),
        (_("Internship"), _("Compulsory")),
        (_("Hours"), ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": count_text(hours)}),
        (
            _("Length"),
            ngettext("At least %(n)s month", "At least %(n)s months", months) % {"n": months},
        ),
        (_("Credits"), str(terms.internship_credits)),
    ]
