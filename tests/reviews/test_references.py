"""Letters of reference: read by those who judge the file, looked after by the coordination, by nobody else."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from applications.models import Application, Referee
from applications.referees import STAFF_REMIND_AFTER
from audit.models import AuditEntry
from notifications.models import OutgoingEmail
from reviews import assignment as assigning
from reviews.models import Assignment
from reviews.references import references_of
from tests import factories

pytestmark = pytest.mark.django_db
CANARY = "canary-referee@universite.example"


@pytest.fixture
def arrived(application: Application) -> Referee:
    """Élise's letter, come after the submission and checked."""
    factories.referee(application, name="Bo", email="bo@universite.example")
    referee = factories.letter_from(
        factories.referee(application, email=CANARY), factories.pdf(2, "x"), "CANARY-LABEL.pdf"
    )
    factories.check()
    return referee


@pytest.fixture
def awaited(arrived: Referee) -> Referee:
    return Referee.objects.get(name="Bo")


def text(answer: Any) -> str:
    return str(answer.content.decode())


def at(name: str, application: Application, *more: Any) -> str:
    return reverse(name, args=[application.number, *more])


def status_of(answer: Any) -> int:
    if answer.streaming:
        list(answer.streaming_content)
    return int(answer.status_code)


def test_a_reader_reads_the_letter_and_sees_no_address(
    client: Client, assignment: Assignment, arrived: Referee, david: User
) -> None:
    client.force_login(david)
    page = client.get(reverse("review", args=[assignment.pk]))
    address = reverse("review_letter", args=[assignment.pk, arrived.pk])
    assert address in text(page)
    assert "Élise Fortin" in text(page)
    assert "Université de la Teranga" in text(page)
    for canary in (CANARY, "bo@universite", "CANARY-LABEL", arrived.token):
        assert canary not in text(page)
    letter = client.get(address)
    assert b"".join(letter.streaming_content).startswith(b"%PDF-")
    assert "CANARY-LABEL" not in letter["Content-Disposition"]
    assert AuditEntry.objects.filter(verb="open", details__document="reference").count() == 1


def test_a_letter_that_is_not_checked_yet_is_not_handed_out(
    client: Client, assignment: Assignment, david: User
) -> None:
    row = factories.letter_from(factories.referee(assignment.application), factories.pdf(1, "y"))
    client.force_login(david)
    assert "being checked" in text(client.get(f"/en/queue/{assignment.pk}/"))
    answer = client.get(reverse("review_letter", args=[assignment.pk, row.pk]))
    assert answer.status_code == 409
    assert not AuditEntry.objects.filter(verb="open", details__document="reference").exists()


def test_others_get_no_letter(
    client: Client,
    assignment: Assignment,
    arrived: Referee,
    awaited: Referee,
    request: pytest.FixtureRequest,
) -> None:
    reading = reverse("review_letter", args=[assignment.pk, arrived.pk])
    staff = at("file_letter", arrived.application, arrived.pk)
    for who, wanted in {
        "amina": (403, 403),
        "bruno": (403, 403),
        "elise": (403, 403),
        "adam": (403, 403),
        "gilles": (403, 403),
        "claire": (403, 200),
        "dominique": (403, 200),
        "david": (200, 403),
    }.items():
        client.force_login(request.getfixturevalue(who))
        got = tuple(status_of(client.get(address)) for address in (reading, staff))
        assert got == wanted, who
    client.force_login(request.getfixturevalue("david"))
    gone = reverse("review_letter", args=[assignment.pk, awaited.pk])
    assert client.get(gone).status_code == 404
    assert client.get(reverse("document_download", args=[arrived.pk])).status_code == 404


def test_a_conflict_hides_the_letters(
    client: Client, assignment: Assignment, arrived: Referee, david: User
) -> None:
    assigning.declare_conflict(assignment, by=david, why="Friend")
    client.force_login(david)
    address = reverse("review_letter", args=[assignment.pk, arrived.pk])
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_letters_cost_two_queries(
    application: Application, count: int, django_assert_num_queries: Any
) -> None:
    application.cycle.intakes.update(referees_asked=3)
    for index in range(count):
        row = factories.referee(
            Application.objects.get(), name=f"N{index}", email=f"n{index}@x.example"
        )
        factories.letter_from(row, factories.pdf(1, str(index)))
    fresh = Application.objects.get()
    with django_assert_num_queries(2):
        assert len(references_of(fresh)) == count


# The coordination -------------------------------------------------------------------------------------
@pytest.fixture
def office(client: Client, claire: User) -> Client:
    client.force_login(claire)
    return client


def test_the_file_shows_each_request(office: Client, arrived: Referee, awaited: Referee) -> None:
    OutgoingEmail.objects.about(awaited).update(status="bounced", error="550", text="")
    for prefix, words in (("", "vérifiez l’adresse"), ("/en", "check the address")):
        page = text(office.get(f"{prefix}/files/{arrived.application.number}/"))
        assert words in page
        assert CANARY in page
    assert at("file_letter", arrived.application, arrived.pk) in page
    assert office.get(at("file_referee", arrived.application, awaited.pk)).status_code == 200


def test_the_coordination_reminds(office: Client, awaited: Referee) -> None:
    Referee.objects.update(invited_at=timezone.now() - STAFF_REMIND_AFTER)
    office.post(at("file_referee_remind", awaited.application, awaited.pk))
    assert OutgoingEmail.objects.filter(letter="reference_reminder").count() == 1


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("file_referee_address", {"address-email": "new@x.example", "address-why": "Moved"}),
        ("file_referee_due", {"due-due_on": "LATER", "due-why": "Moved"}),
        ("file_referee_remove", {"remove-why": "Moved"}),
    ],
)
def test_the_coordination_acts_with_a_reason(
    office: Client, awaited: Referee, name: str, typed: dict[str, str]
) -> None:
    address = at(name, awaited.application, awaited.pk)
    later = (awaited.due_on + timedelta(days=3)).isoformat()
    typed = {key: value.replace("LATER", later) for key, value in typed.items()}
    without = {key: value for key, value in typed.items() if not key.endswith("why")}
    assert office.post(address, without).status_code == 422
    assert office.get(address).status_code == 405
    assert office.post(address, typed).url == at("file", awaited.application)
    assert AuditEntry.objects.about(awaited).last().why == "Moved"


def test_what_is_refused_is_said_at_its_form(office: Client, awaited: Referee) -> None:
    far = (awaited.application.cycle.release_on + timedelta(days=2)).isoformat()
    address = at("file_referee_due", awaited.application, awaited.pk)
    page = office.post(address, {"due-due_on": far, "due-why": "x"})
    assert page.status_code == 422
    assert 'class="errors"' in text(page)


@pytest.mark.parametrize("who", ["dominique", "david", "amina", "adam"])
def test_only_the_coordination_acts(
    client: Client, awaited: Referee, who: str, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))
    for name in ("file_referee_remind", "file_referee_address", "file_referee_due"):
        assert client.post(at(name, awaited.application, awaited.pk)).status_code == 403
    assert client.get(at("file_referee", awaited.application, awaited.pk)).status_code == 403
