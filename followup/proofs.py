"""Proofs of steps at UdeM: a PDF of the person's, kept and checked like their other documents, read by the coordination."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from applications.documents import enter, on_disk, room_for
from applications.models import Application, Document, Kind
from audit.models import AuditEntry
from audit.moves import Refused, record
from followup.filing import out_of_the_process
from followup.models import Filing, UdemFile
from followup.permissions import owns_udem_file
from papers.models import CheckedFile


@dataclass(frozen=True)
class Proof:
    """One place for a proof: what it proves, and from which steps on it may be sent."""

    slot: str
    title: str | Promise
    help: str | Promise
    steps: tuple[str, ...]


_AFTER_AN_ANSWER = tuple(
    one for one in Filing if one not in (Filing.TO_FILE, Filing.FILED, Filing.DOCUMENTS)
)
PROOFS = {
    one.slot: one
    for one in (
        Proof(
            "udem-filing",
            gettext_lazy("Confirmation of filing"),
            gettext_lazy(
                "The e-mail or the page by which UdeM confirms your application, as a PDF."
            ),
            tuple(one for one in Filing if one != Filing.TO_FILE),
        ),
        Proof(
            "udem-answer",
            gettext_lazy("UdeM’s letter"),
            gettext_lazy("The letter of admission or of refusal, as a PDF."),
            _AFTER_AN_ANSWER,
        ),
    )
}


@dataclass(frozen=True)
class Line:
    """A place as the pages show it: what it holds, how its check went, and whether it may still change."""

    proof: Proof
    document: Any
    is_settled: bool

    @property
    def is_waiting(self) -> bool:
        """Whether the second check is still to come."""
        return bool(self.document) and self.document.check_state in (
            None,
            CheckedFile.State.WAITING,
        )

    @property
    def is_refused(self) -> bool:
        """Whether the second check found that nobody can open it."""
        return bool(self.document) and self.document.check_state == CheckedFile.State.REFUSED


def lines(udem_file: UdemFile) -> list[Line]:
    """The places that this step knows, in two queries."""
    held = {row.slot: row for row in _current(_application(udem_file)).with_check()}
    seen = list(_looked_at(udem_file))
    return [
        Line(proof, held.get(slot), _is_settled(proof, held.get(slot), seen))
        for slot, proof in PROOFS.items()
        if udem_file.status in proof.steps
    ]


def _application(udem_file: UdemFile) -> Application:
    return udem_file.offer.decision.application


def _current(application: Application) -> Any:
    return application.documents.filter(kind=Kind.PROOF, replaced_at__isnull=True)


def _looked_at(udem_file: UdemFile) -> Iterator[AuditEntry]:
    """Each time that the office confirmed or wrote a step."""
    office = Q(verb="confirm_udem") | Q(verb__startswith="record_")
    yield from AuditEntry.objects.about(udem_file).filter(office)


def _is_settled(proof: Proof, document: Document | None, seen: list[AuditEntry]) -> bool:
    """Whether the office confirmed such a step with this document before it."""
    return document is not None and any(
        entry.new in proof.steps and entry.at >= document.uploaded_at for entry in seen
    )


def _held(udem_file: UdemFile, slot: str, *, by: User) -> tuple[UdemFile, Proof]:
    """The row, locked, and the place. Raises Refused for what may not be sent or taken away now."""
    held = (
        UdemFile.objects.select_for_update(of=("self",))
        .select_related("offer__decision__application")
        .get(pk=udem_file.pk)
    )
    if not owns_udem_file(by, held):
        raise Refused(_("You may not do this."), forbidden=True)
    proof = PROOFS.get(slot)
    if proof is None or held.status not in proof.steps:
        raise Refused(_("This can no longer be done: the file has changed since."))
    if reasons := list(out_of_the_process(held)):
        raise Refused(_("This cannot be recorded."), reasons)
    current = _current(_application(held)).filter(slot=slot).first()
    if _is_settled(proof, current, list(_looked_at(held))):
        raise Refused(_("The office has confirmed this. Write to us to put it right."))
    return held, proof


def send(
    udem_file: UdemFile,
    slot: str,
    file: UploadedFile,
    *,
    pages: int,
    by: User,
    preview: bytes = b"",
) -> Document:
    """Keep a checked PDF as the proof of a step; one that was there before gives way. Raises Refused."""
    with transaction.atomic():
        held, _proof = _held(udem_file, slot, by=by)
    room_for(file.size or 0, by=by)
    document = on_disk(_application(held), Kind.PROOF, file, pages=pages, slot=slot)
    with transaction.atomic():
        held, _proof = _held(udem_file, slot, by=by)
        _leave(held, slot)
        enter(document, preview=preview)
        record("send_proof", held, by=by, document=document.pk, slot=slot)
    return document


@transaction.atomic
def remove(udem_file: UdemFile, slot: str, *, by: User) -> bool:
    """Take a proof away while the office has not confirmed its step; whether there was one. Raises Refused."""
    held, _proof = _held(udem_file, slot, by=by)
    gone = _leave(held, slot)
    if gone:
        record("remove_proof", held, by=by, slot=slot)
    return bool(gone)


def _leave(held: UdemFile, slot: str) -> int:
    rows = _current(_application(held)).filter(slot=slot)
    return int(rows.update(replaced_at=timezone.now()))
