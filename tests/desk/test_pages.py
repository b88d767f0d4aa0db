"""The pages of the desk: they work, in both languages, and turn away whoever has no business there."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from applications.models import Application
from audit.models import AuditEntry
from cycles.models import Cycle
from desk import checking, closing, pieces
from desk.models import Request
from notifications.models import OutgoingEmail
from tests import factories
from tests.desk.factories import asked, received


def text_of(response: Any) -> str:
    """The page."""
    assert response.status_code in {200, 422}, response.status_code
    return str(response.content.decode())


def status_of(request: Request) -> str:
    """What the database says."""
    return str(Request.objects.get(pk=request.pk).status)


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_file_page(
    office: Client, application: Application, claire: User, language: str
) -> None:
    received(asked(application, by=claire, title="Relevé de 2026"))
    page = text_of(office.get(f"{language}/desk/{application.number}/"))
    for words in ("Amina Benali", "amina@example.com", "Relevé de 2026", "Claire Gagné"):
        assert words in page


def test_each_opening_is_recorded(office: Client, application: Application, claire: User) -> None:
    document = application.documents.first()
    assert document is not None
    factories.check()
    office.get(f"/en/desk/{application.number}/")
    answer = office.get(f"/en/desk/{application.number}/documents/{document.pk}/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    office.get(f"/en/desk/{application.number}/messages/")
    entries = AuditEntry.objects.about(application.submissions.get()).filter(verb="open")
    assert [entry.details.get("document", "") for entry in entries] == ["", "cv", "messages"]
    assert {entry.actor for entry in entries} == {claire}


def test_a_draft_can_be_looked_at(office: Client, cycle: Cycle, bruno: User) -> None:
    draft = factories.draft(bruno, cycle)
    page = text_of(office.get(f"/en/desk/{draft.number}/"))
    assert "Not submitted yet" in page
    assert "Ask for a piece" not in page
    assert AuditEntry.objects.about(draft).filter(verb="open").exists()


def test_asking_from_the_page(office: Client, application: Application) -> None:
    address = f"/en/desk/{application.number}/ask/"
    page = text_of(office.get(address))
    assert 'list="pieces"' in page
    assert "Français" in page
    refused = text_of(office.post(address, {"title": "CV", "due_on": "2020-01-01"}))
    assert "Choose a day between today" in refused
    fields = {"title": "Diplôme\nfinal", "reason": "Il manque."}
    answer = office.post(address, {**fields, "due_on": f"{factories.timezone.now():%Y-%m-%d}"})
    assert answer.status_code == 302
    assert Request.objects.get().title == "Diplôme final"


def test_pieces_to_pick_from_are_in_the_applicants_language(
    office: Client, application: Application
) -> None:
    piece = application.cycle.pieces.first()
    assert piece is not None
    assert piece.name_fr in text_of(office.get(f"/en/desk/{application.number}/ask/"))


@pytest.mark.parametrize("field", ["title", "reason"])
@pytest.mark.parametrize("text", ["a\0b", "x" * 1_000_000, "ab\u202eba", ""])
def test_bad_words_get_a_sentence(
    office: Client, application: Application, field: str, text: str
) -> None:
    fields = {"title": "CV", "reason": "Because", "due_on": "2026-12-31", field: text}
    assert office.post(f"/en/desk/{application.number}/ask/", fields).status_code == 422
    assert not Request.objects.exists()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "nonsense", "2026-02-30", ""])
def test_bad_days_get_a_sentence(office: Client, application: Application, day: str) -> None:
    fields = {"title": "CV", "reason": "Because", "due_on": day}
    assert office.post(f"/en/desk/{application.number}/ask/", fields).status_code == 422


def test_the_whole_way_of_a_piece(
    office: Client, home: Client, application: Application, claire: User
) -> None:
    request = asked(application, by=claire, title="Transcript")
    mine = f"/en/applications/{application.number}/requests/{request.pk}/"
    assert "Due on" in text_of(home.get(mine))
    refused = text_of(home.post(mine, {"file": factories.upload_of(b"not a PDF")}))
    assert "not a PDF" in refused
    assert status_of(request) == "asked"
    assert home.post(mine, {"file": factories.upload_of()}).status_code == 302
    assert "Received, thank you." in text_of(home.get(mine))
    office.post(f"/en/desk/requests/{request.pk}/refuse/", {"why": "Page 2 is blank"})
    assert "Page 2 is blank" in text_of(home.get(mine))
    home.post(mine, {"file": factories.upload_of(factories.pdf(text="two"))})
    office.post(f"/en/desk/requests/{request.pk}/accept/")
    page = text_of(home.get(mine))
    assert "what we needed" in page
    assert 'type="file"' not in page


def test_another_day_and_cancelling(
    office: Client, home: Client, application: Application, claire: User
) -> None:
    request = asked(application, by=claire, days=-3)
    mine = f"/en/applications/{application.number}/requests/{request.pk}/"
    assert "has passed" in text_of(home.get(mine))
    assert "has passed" in text_of(home.post(mine, {"file": factories.upload_of()}))
    address = f"/en/desk/requests/{request.pk}"
    assert text_of(office.get(f"{address}/extend/"))
    day = f"{factories.timezone.now() + factories.timedelta(days=2):%Y-%m-%d}"
    office.post(f"{address}/extend/", {"due_on": day, "why": "Strike"})
    assert "has passed" not in text_of(home.get(mine))
    assert text_of(office.post(f"{address}/cancel/", {}))
    office.post(f"{address}/cancel/", {"why": "Found"})
    assert status_of(request) == "cancelled"
    assert home.get(mine).status_code == 404


def test_complete_and_back(office: Client, application: Application) -> None:
    address = f"/en/desk/{application.number}"
    assert "Mark complete" in text_of(office.get(f"{address}/"))
    office.post(f"{address}/complete/")
    assert checking.check_of(application).holds(application)
    assert text_of(office.get(f"{address}/check-again/"))
    office.post(f"{address}/check-again/", {"why": "Oops"})
    assert not checking.check_of(application).holds(application)


def test_close_and_take_up(office: Client, application: Application) -> None:
    address = f"/en/desk/{application.number}"
    assert "Why: " not in text_of(office.get(f"{address}/close/"))
    assert office.post(f"{address}/close/", {"why": " "}).status_code == 422
    office.post(f"{address}/close/", {"why": "Never came"})
    application.refresh_from_db()
    assert application.status == "closed"
    assert "Take up again" in text_of(office.get(f"{address}/"))
    office.post(f"{address}/take-up/", {"why": "It came"})
    application.refresh_from_db()
    assert application.status == "submitted"


def test_what_the_rules_refuse_is_said_on_the_page(
    office: Client, application: Application, claire: User
) -> None:
    asked(application, by=claire)
    page = text_of(office.post(f"/en/desk/{application.number}/complete/", follow=True))
    assert "still to come" in page
    closing.close_incomplete(application, by=claire, why="x")
    answer = office.post(f"/en/desk/{application.number}/close/", {"why": "x"}, follow=True)
    assert "changed since" in text_of(answer)


def test_a_letter_that_bounced_is_sent_again(office: Client, application: Application) -> None:
    letter = OutgoingEmail.objects.get(letter="acknowledgement")
    OutgoingEmail.objects.filter(pk=letter.pk).update(status="bounced", error="550")
    address = f"/en/desk/{application.number}/letters/{letter.pk}/resend/"
    assert "Send again" in text_of(office.get(f"/en/desk/{application.number}/"))
    page = text_of(office.post(address, {}, follow=True))
    assert "Write something first" in page
    office.post(address, {"why": "The mailbox was full."})
    letter.refresh_from_db()
    assert letter.status == "pending"


def test_letters_of_others_are_not_reached(
    office: Client, application: Application, cycle: Cycle, bruno: User
) -> None:
    factories.submitted(bruno, cycle)
    letter = OutgoingEmail.objects.exclude(address="amina@example.com").get()
    address = f"/en/desk/{application.number}/letters/{letter.pk}/resend/"
    assert office.post(address, {"why": "x"}).status_code == 404


STAFF = ("", "ask/", "close/", "take-up/", "check-again/", "messages/")
POSTS = ("complete/", "messages/settle/")


@pytest.mark.parametrize("who", ["amina", "bruno", "david", "dominique", "gilles", "fatou", "adam"])
def test_the_wrong_role_is_turned_away(
    client: Client,
    application: Application,
    claire: User,
    request: pytest.FixtureRequest,
    who: str,
) -> None:
    row = asked(application, by=claire)
    client.force_login(request.getfixturevalue(who))
    addresses = [f"/en/desk/{application.number}/{part}" for part in (*STAFF, *POSTS)]
    addresses += [f"/en/desk/requests/{row.pk}/{act}/" for act in ("accept", "refuse", "cancel")]
    for address in ("/en/desk/", "/en/desk/none/", *addresses):
        assert client.get(address).status_code == 403, address
        assert client.post(address).status_code == 403, address


def test_strangers_get_404(
    client: Client, application: Application, claire: User, bruno: User
) -> None:
    row = asked(application, by=claire)
    for who in (bruno, claire):
        client.force_login(who)
        for part in (f"requests/{row.pk}/", "messages/"):
            address = f"/en/applications/{application.number}/{part}"
            assert client.get(address).status_code == 404
            assert client.post(address).status_code == 404


def test_only_by_post(office: Client, application: Application, claire: User) -> None:
    row = asked(application, by=claire)
    for part in POSTS:
        assert office.get(f"/en/desk/{application.number}/{part}").status_code == 405
    assert office.get(f"/en/desk/requests/{row.pk}/accept/").status_code == 405
    assert office.get("/en/desk/complete/").status_code == 405


def test_an_accepted_piece_keeps_its_page_for_the_office(
    office: Client, application: Application, claire: User
) -> None:
    row = pieces.accept(received(asked(application, by=claire)), by=claire)
    page = text_of(office.get(f"/en/desk/{application.number}/"))
    assert f"/en/desk/requests/{row.pk}/refuse/" in page
    assert f"/en/desk/requests/{row.pk}/cancel/" not in page
