"""Two lists of UdeM about last year's people: one applied, one that leaves two lines to settle by hand."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime, timedelta

from accounts.models import User
from config.seed import pretence
from cycles.clock import day_of
from cycles.models import Cycle
from followup.models import UdemFile
from reconciliation import applying, comparing, receiving, words
from reconciliation.models import UdemList

HEADERS = (
    *("Matricule", "Nom", "Prénom", "Courriel", "Programme", "Segment", "Statut", "Date du statut"),
    "Date de la demande",
)
WORDS = {
    "Déposée": "filed",
    "Documents requis": "documents",
    "Admission définitive": "admitted",
    "Refus": "refused",
    "En préparation": "",
}


def bring(cycle: Cycle, by: User, at: datetime) -> None:
    """The first list a few days after UdeM's own last day, the second one a week later."""
    files = UdemFile.objects.filter(offer__decision__application__cycle=cycle).exclude(number="")
    people = list(
        files.select_related("program", "offer__decision__application__applicant").order_by("pk")
    )
    if not people:
        return
    with pretence.at(at + timedelta(days=3)) as moment:
        words.learn(WORDS, by=by)
        row = _compared(cycle, [_line(one, "Déposée") for one in people], by, moment)
        applying.apply(row, revision=row.revision, by=by, at=moment)
    with pretence.at(at + timedelta(days=10)) as moment:
        lines = [_line(one, "Admission définitive", moment) for one in people]
        for line, wrong in zip(lines, WRONGS, strict=False):
            line.update(wrong)
        stranger = dict(zip(HEADERS, STRANGER, strict=True))
        _compared(cycle, [*lines, stranger], by, moment)


# A number with a wrong digit against an address that is right; a name alone.
WRONGS = ({"Matricule": "20999998"}, {"Matricule": "", "Courriel": ""})
STRANGER = (
    *("20488888", "Beaulieu-Sow", "Maxence", "maxence@personne.example", "217510", "77"),
    *("Admission définitive", "", ""),
)


def _line(one: UdemFile, state: str, at: datetime | None = None) -> dict[str, str]:
    application = one.offer.decision.application
    filed_on = one.filed_on.isoformat() if one.filed_on else ""
    told = (
        *(one.number, application.last_names.upper(), application.first_names),
        *(application.applicant.email, one.program.udem_code, one.program.udem_segment, state),
        *(day_of(at).isoformat() if at else filed_on, filed_on),
    )
    return dict(zip(HEADERS, told, strict=True))


def _compared(cycle: Cycle, lines: Iterable[dict[str, str]], by: User, at: datetime) -> UdemList:
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADERS, delimiter=";")
    writer.writeheader()
    writer.writerows(lines)
    content = out.getvalue().encode("cp1252", "replace")
    row = receiving.receive(cycle, content, f"demandes-{day_of(at)}.csv", as_of=day_of(at), by=by)
    UdemList.objects.filter(pk=row.pk).update(received_at=at)
    row.received_at = at
    columns = receiving.guessed(receiving.table_of(content))
    return comparing.compare(row, columns, "dmy", by=by)
