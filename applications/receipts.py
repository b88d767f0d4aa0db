"""What a receipt says: on its page and in its PDF, the same."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.models import Application, Status, Submission
from applications.snapshot import fingerprint_of, freeze, papers_of
from cycles import typography
from cycles.models import Program
from papers.press import set_pdf


@dataclass(frozen=True)
class Receipt:
    """A submission as its applicant reads it again."""

    submission: Submission

    @property
    def application(self) -> Application:
        """The file that it belongs to."""
        return self.submission.application

    @cached_property
    def programs(self) -> list[Program]:
        """The programs asked for when it was submitted, in order of preference."""
        codes = self.submission.content["programs"]
        rows = {program.code: program for program in Program.objects.filter(code__in=codes)}
        return [rows[code] for code in codes if code in rows]

    @cached_property
    def documents(self) -> list[dict[str, Any]]:
        """The documents that were received, with what each is."""
        return papers_of(self.submission.content)

    @cached_property
    def referees(self) -> list[dict[str, Any]]:
        """The referees named when it was submitted, with how far each is now, if still named."""
        now = {row.email.lower(): row for row in self.application.referees.all()}
        named = self.submission.content.get("referees", [])
        return [{**one, "row": now.get(one["email"].lower())} for one in named]

    @cached_property
    def others(self) -> list[Submission]:
        """The other receipts of the same file, the last one first."""
        rows = self.application.submissions.exclude(pk=self.submission.pk)
        return list(rows.order_by("-version").defer("content"))

    @property
    def counts(self) -> bool:
        """Whether this is the version that is read: no later one was received."""
        return all(other.version < self.submission.version for other in self.others)

    @property
    def is_withdrawn(self) -> bool:
        """Whether the file was withdrawn since."""
        return self.application.status == Status.WITHDRAWN

    @cached_property
    def changed_since(self) -> bool:
        """Whether the file was reopened and says something else now, not submitted yet."""
        if self.application.status != Status.REOPENED or not self.counts:
            return False
        content = self.submission.content
        # What was declared belongs to the act of submitting, and not to the draft.
        said = {name: value for name, value in content.items() if name != "declarations"}
        return fingerprint_of(freeze(self.application)) != fingerprint_of(said)

    @property
    def name(self) -> str:
        """The person's name as it was submitted."""
        person = self.submission.content["person"]
        return f"{person['first_names']} {person['last_names']}".strip()


def pdf_of(receipt: Receipt) -> bytes:
    """The receipt as a PDF in the language of the page."""
    submission = receipt.submission
    data = {
        "language": typography.reader_language(),
        "title": _("Receipt %(number)s") % {"number": submission.receipt},
        "receipt": submission.receipt,
        "facts": _facts(receipt),
        "notes": _notes(receipt),
        "documents": [_document(document) for document in receipt.documents],
        "referees": [_referee(one) for one in receipt.referees],
        "sha256": submission.sha256,
        "others": [f"{one.receipt}, {_moment(one)}" for one in receipt.others],
        "words": {
            "product": _("Admissions · professional programs"),
            "documents": _("Documents received"),
            "referees": _("Referees"),
            "fingerprint": _("Fingerprint of the whole (SHA-256)"),
            "how": how_to_check(),
            "others": _("Other receipts of this application"),
        },
    }
    return set_pdf("receipt.typ", data, at=submission.at)


def how_to_check() -> str:
    """How a person proves later what we received."""
    return _(
        "From the receipt’s page, download “What was received”: the SHA-256 of that file must be this one. "
        "The SHA-256 of each of your own PDFs must be the one beside its name."
    )


def _moment(submission: Submission) -> str:
    city = _("(Montréal time)")
    return f"{typography.moment_text(submission.at)} {city}"


def _facts(receipt: Receipt) -> list[tuple[str, str | list[str]]]:
    submission, cycle = receipt.submission, receipt.application.cycle
    there = typography.local_text(submission.at, submission.zone)
    programs = [f"{program.name} ({program.udem_number})" for program in receipt.programs]
    facts: list[tuple[str, str | list[str]]] = [
        (_("Number"), submission.receipt),
        (_("Received"), [_moment(submission), *([there] if there else [])]),
        (_("Name"), receipt.name),
        (_("Cycle"), str(cycle.name)),
        (_("Programs"), programs),
    ]
    return [fact for fact in facts if fact[1]]


def _notes(receipt: Receipt) -> list[str]:
    """What became of it since."""
    notes = []
    if receipt.is_withdrawn:
        notes.append(_("This application was withdrawn."))
    if not receipt.counts:
        notes.append(_("A later version was received: this one is no longer read."))
    if receipt.changed_since:
        notes.append(_("You changed your application since, and have not submitted the changes."))
    return notes


def _document(document: dict[str, Any]) -> dict[str, str]:
    count = document["pages"]
    pages = ngettext("%(n)s page", "%(n)s pages", count) % {"n": count}
    return {
        "kind": str(document["what"]),
        "label": document["label"],
        "size": f"{pages}, {typography.size_text(document['size'])}",
        "sha256": document["sha256"],
    }


def _referee(named: dict[str, Any]) -> str:
    known = f"{named['name']}, {named['organisation']}"
    return f"{known} ({named['row'].get_status_display()})" if named["row"] else known
