"""The letter of award: a tagged PDF that serves as proof of funds. It names Mila's program of scholarships, never the category."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from audit.moves import Refused
from cycles import typography
from cycles.clock import day_of, start_of
from papers.press import set_pdf
from reviews.models import Decision
from scholarships.models import Award
from scholarships.money import money_text

YEAR = 12


def is_ready(award: Award) -> bool:
    """Whether there is a letter: an award that its person accepted, and that stands."""
    return award.status in Award.KEPT


def pdf_of(award: Award, language: str, *, at: datetime) -> bytes:
    """The letter in one language, dated of that day in Montréal. Raises Refused without a yes."""
    if not is_ready(award):
        raise Refused(_("There is a letter once the award is accepted, and while it stands."))
    with override(language):
        return set_pdf("award.typ", data_of(award, at), at=start_of(day_of(at)))


def annual(award: Award) -> Decimal:
    """What a year brings: the whole amount, or twelve months of it where it is paid over more."""
    return award.amount if award.months <= YEAR else award.monthly * YEAR


def data_of(award: Award, at: datetime) -> dict[str, Any]:
    """What the letter says, as plain data in the language of this moment."""
    application, row = award.candidacy.application, award.candidacy.round
    return {
        "language": typography.reader_language(),
        "title": _("Letter of award"),
        "date": _("Montréal, %(day)s") % {"day": typography.day_text(day_of(at))},
        "facts": _facts(award),
        "paragraphs": [
            _("To whom it may concern,"),
            _("Mila has granted the person named here the scholarship above, which was accepted."),
            _condition(award),
            *[line.strip() for line in str(row.conditions).splitlines() if line.strip()],
            _("The amounts are in Canadian dollars. The scholarship is not a loan."),
        ],
        "signer": row.signer,
        "signer_title": str(row.signer_title) if row.signer else "",
        "words": {
            "product": _("Admissions · professional programs"),
            "file": _("File %(number)s") % {"number": application.number},
        },
    }


def _condition(award: Award) -> str:
    if award.status == Award.Status.CONFIRMED:
        return _("The person is registered at Université de Montréal: the condition is met.")
    return _(
        "It is paid on condition that the person registers at Université de Montréal in the program above. It lapses if the "
        "place is declined or the studies are put off."
    )


def _facts(award: Award) -> list[tuple[str, str]]:
    application = award.candidacy.application
    cycle, program = award.candidacy.round.cycle, program_of(award)
    months = ngettext("%(n)s month", "%(n)s months", award.months) % {"n": award.months}
    lines = [
        (_("Name"), f"{application.first_names} {application.last_names}".strip()),
        (_("File"), application.number),
        (_("Scholarship"), _("Mila EDI Scholarships Program")),
        (_("Cycle"), str(cycle.name)),
        (_("Program"), program),
        (_("Start of term"), typography.day_text(application.begins_on or cycle.starts_on)),
        (_("Annual amount"), money_text(annual(award))),
        (_("Monthly amount"), money_text(award.monthly)),
        (
            _("In all"),
            _("%(amount)s over %(months)s")
            % {"amount": money_text(award.amount), "months": months},
        ),
    ]
    return [(name, value) for name, value in lines if value]


def program_of(award: Award) -> str:
    """The program that Mila selected the person for; empty while there is none to tell."""
    rows = Decision.objects.released().filter(application=award.candidacy.application_id)
    found = rows.select_related("program").first()
    return str(found.program.name) if found and found.program else ""
