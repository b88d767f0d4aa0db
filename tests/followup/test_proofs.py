"""Proofs of steps at UdeM: sent, replaced, taken away, settled by the office's yes; never among what readers get."""

from typing import Any

import pytest

from accounts.models import User
from applications import lifecycle
from applications.models import Document, Kind
from audit.moves import Refused
from desk.pieces import later_documents
from dossiers.held import held
from followup import papers, proofs, student_centre
from followup.models import Filing, UdemFile
from followup.student_centre import Facts
from tests import factories
from tests.followup.factories import World
from tests.followup.pages import address, signed_in
from tests.followup.udem_world import at, number_of

pytestmark = pytest.mark.django_db


def send(row: UdemFile, slot: str, by: User, text: str = "") -> Document:
    file = factories.upload_of(factories.pdf(text=text), "confirmation.pdf")
    return proofs.send(row, slot, file, pages=1, by=by)


def refused(call: Any, *args: Any, **named: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        call(*args, **named)
    return caught.value


def test_sent_replaced_settled_and_taken_away(
    world: World, amina: User, bruno: User, settings: Any
) -> None:
    row = at(world, amina, Filing.FILED)
    application = row.offer.decision.application
    submission = application.submissions.get()
    read = len(held(submission))
    for other in (bruno, world.claire, world.dominique):
        assert refused(send, row, "udem-filing", other).forbidden
    refused(send, row, "udem-answer", amina)
    refused(send, row, "cv", amina)
    first = send(row, "udem-filing", amina)
    second = send(row, "udem-filing", amina, "another")
    first.refresh_from_db()
    assert first.replaced_at
    (line,) = proofs.lines(row)
    assert (line.document, line.is_settled, line.is_waiting) == (second, False, True)
    factories.check()
    (line,) = proofs.lines(row)
    assert not line.is_waiting
    assert not line.is_refused
    # Neither the draft, nor the page's list, nor what is bound for readers knows it.
    assert Kind.PROOF not in {one.kind for one in application.documents.current()}
    assert Kind.PROOF not in {one.document.kind for one in papers.papers(application, submission)}
    assert len(held(submission)) == read
    assert not later_documents(application)
    assert proofs.remove(row, "udem-filing", by=amina)
    assert not proofs.remove(row, "udem-filing", by=amina)
    send(row, "udem-filing", amina)
    row = student_centre.record_step(row, Filing.FILED, Facts(), by=world.claire)
    assert proofs.lines(row)[0].is_settled
    refused(send, row, "udem-filing", amina)
    refused(proofs.remove, row, "udem-filing", by=amina)
    row = student_centre.report(row, Filing.REFUSED, Facts(), by=amina)
    assert [one.proof.slot for one in proofs.lines(row)] == ["udem-filing", "udem-answer"]
    send(row, "udem-answer", amina, "a letter")
    lifecycle.withdraw(application, by=amina)
    assert refused(proofs.remove, row, "udem-answer", by=amina).reasons


def test_who_reads_it(world: World, amina: User, bruno: User) -> None:
    row = at(world, amina, Filing.FILED)
    document = send(row, "udem-filing", amina)
    factories.check()
    number = number_of(row)
    own = signed_in(amina).get(address("document_download", document.pk))
    assert b"".join(own.streaming_content) == factories.pdf()
    assert signed_in(bruno).get(address("document_download", document.pk)).status_code == 404
    page = address("desk_document", number, document.pk)
    cleaned = signed_in(world.claire).get(page)
    assert b"".join(cleaned.streaming_content).startswith(b"%PDF")
    assert signed_in(world.dominique).get(page).status_code == 403


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_sends_and_takes_away(world: World, amina: User, language: str) -> None:
    number = number_of(at(world, amina, Filing.FILED))
    browser = signed_in(amina)
    page = address("udem_proof", number, "udem-filing", language=language)
    assert browser.get(page).status_code == 200
    assert browser.get(address("udem_proof", number, "udem-answer")).status_code == 404
    assert browser.post(page).status_code == 422
    wrong = factories.upload_of(b"no PDF", "x.pdf")
    refused = browser.post(page, {"file": wrong})
    assert refused.status_code == 422
    assert {"fr": "Votre fichier", "en": "Your file"}[language] in refused.content.decode()
    assert not Document.objects.filter(kind=Kind.PROOF).exists()
    sent = browser.post(page, {"file": factories.upload_of(name="preuve.pdf")}, follow=True)
    assert "preuve.pdf" in sent.content.decode()
    gone = address("udem_proof_remove", number, "udem-filing", language=language)
    assert browser.get(gone).status_code == 405
    assert "preuve.pdf" not in browser.post(gone, follow=True).content.decode()
