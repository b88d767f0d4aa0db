"""The ledger of letters: to whom, which, when, and what became of each. Never what they say."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from desk import mail
from desk.mail_reading import lines_of
from desk.permissions import reads_mail
from finding.lists.listed import CHUNK, Column, Filters, Listed, Rows, in_chunks


def _rows(user: Any, filters: Filters) -> Rows:
    rows = mail.matching(mail.seen_by(user), mail.wanted(filters), user).defer("text")
    return Rows(rows.count(), _lines(rows))


def _lines(rows: Any) -> Iterator[tuple[int, Any]]:
    for some in in_chunks(rows.iterator(chunk_size=CHUNK)):
        for line in lines_of(some):
            label, _colon, pk = line.letter.about.partition(":")
            file = int(pk) if label == "applications.application" and pk.isdecimal() else 0
            yield file, line


MAIL = Listed(
    "letters",
    _("Mail"),
    reads_mail,
    ("state", "q", "letter", "language", "since", "until"),
    (
        Column("written", _("Written"), lambda line: line.letter.queued_at),
        Column("letter", _("Letter"), lambda line: str(line.kind)),
        Column("to", pgettext_lazy("of a letter", "To"), lambda line: line.owner.name),
        Column("address", _("Address"), lambda line: line.letter.address),
        Column("number", _("Number"), lambda line: line.owner.number),
        Column("language", _("Language"), lambda line: line.letter.language),
        Column("state", _("State"), lambda line: str(line.state.label)),
        Column("sent", _("Sent"), lambda line: line.letter.sent_at),
    ),
    _rows,
    of_cycle=False,
)
