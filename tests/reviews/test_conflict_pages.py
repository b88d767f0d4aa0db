"""The pages of conflicts: the coordination's list, one key to declare, the file's panel, whom one is close to."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role, User
from applications.models import Application
from audit.models import AuditEntry
from audit.moves import Refused
from cycles.models import Cycle
from reviews import comparing, conflicts, ties
from reviews.models import Assignment, Conflict, Reason, Ties
from tests import factories
from tests.conftest import Settle
from tests.reviews import factories as judging


@pytest.fixture
def office(client: Client, claire: User) -> Client:
    """Claire's browser."""
    client.force_login(claire)
    return client


def text_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.status_code
    return str(answer.content.decode())


def proposed(application: Application, who: User, origin: str = "degree") -> Conflict:
    return Conflict.objects.create(
        application=application, person=who, origin=origin, where="degree", evidence="Teranga"
    )


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_much_for_one_row_as_for_three(
    office: Client, cycle: Cycle, david: User, number: int
) -> None:
    for file in judging.filed(number, cycle):
        proposed(file, david)
    for query, expected in (("", 10), (f"?person={david.pk}&origin=degree", 11)):
        with CaptureQueriesContext(connection) as queries:
            page = text_of(office.get(f"/en/conflicts/{query}"))
        assert page.count("Same institution as a degree") >= number
        assert len(queries) == expected, query


def test_without_anything(office: Client, db: None) -> None:
    assert "No cycle is published" in text_of(office.get("/en/conflicts/"))
    judging.cycle()
    assert "No conflict here" in text_of(office.get("/en/conflicts/?status=x&origin=y&person=z"))


def test_judged_from_the_list_and_undone(
    office: Client, application: Application, david: User
) -> None:
    row = proposed(application, david)
    comparing.detect_due()
    row = Conflict.objects.first() or proposed(application, david)
    page = text_of(office.get("/en/conflicts/"))
    assert application.number in page
    assert "Last compared" in page
    assert "Undo the last" not in page
    office.post(reverse("conflict_confirm", args=[row.pk]))
    page = text_of(office.get("/en/conflicts/?status=confirmed"))
    assert "Undo the last judgement" in page
    assert "Confirmed: the file no longer shows" in page
    assert "judgement again" in text_of(office.post("/en/conflicts/undo/", follow=True))
    row.refresh_from_db()
    assert row.is_proposed
    assert "nothing to undo" in text_of(office.post("/en/conflicts/undo/", follow=True))


def test_dismissing_asks_why(office: Client, application: Application, david: User) -> None:
    row = proposed(application, david)
    address = reverse("conflict_dismiss", args=[row.pk])
    assert "Say why." in text_of(office.post(address, {"why": ""}, follow=True))
    office.post(address, {"why": "In 1990"}, HTTP_REFERER="http://testserver/conflicts/")
    row.refresh_from_db()
    assert (row.status, row.judged_why) == ("dismissed", "In 1990")
    assert "In 1990" in text_of(office.get("/en/conflicts/?status=dismissed"))
    office.post(reverse("conflict_propose_again", args=[row.pk]))
    row.refresh_from_db()
    assert row.is_proposed


def test_all_of_one_person_and_origin(
    office: Client, cycle: Cycle, david: User, claire: User
) -> None:
    files = judging.filed(3, cycle)
    for file in files:
        proposed(file, david)
    other = proposed(files[0], david, "domain")
    chosen = {"cycle": cycle.code, "person": david.pk, "origin": "degree", "status": "proposed"}
    page = text_of(office.get(f"/en/conflicts/?person={david.pk}&origin=degree"))
    assert "Dismiss all 3 listed" in page
    stale = office.post("/en/conflicts/confirm/", {**chosen, "expected": 2}, follow=True)
    assert "changed since" in text_of(stale)
    loose = office.post("/en/conflicts/confirm/", {"cycle": cycle.code}, follow=True)
    assert "Choose one person" in text_of(loose)
    done = {**chosen, "expected": 3, "why": "Long ago"}
    assert "3 dismissed" in text_of(office.post("/en/conflicts/dismiss/", done, follow=True))
    again = {**chosen, "expected": 3, "status": "dismissed"}
    assert "3 confirmed" in text_of(office.post("/en/conflicts/confirm/", again, follow=True))
    assert Conflict.objects.confirmed().count() == 3
    other.refresh_from_db()
    assert other.is_proposed


def test_ones_own_conflict_leads_away_from_the_file(
    office: Client, application: Application, claire: User
) -> None:
    row = proposed(application, claire)
    page = text_of(office.get(reverse("file", args=[application.number])))
    assert reverse("conflict_confirm", args=[row.pk]) in page
    assert reverse("conflict_dismiss", args=[row.pk]) not in page
    origin = f"http://testserver/en/files/{application.number}/"
    answer = office.post(
        reverse("conflict_confirm", args=[row.pk]), HTTP_REFERER=origin, follow=True
    )
    assert "No coordinator sees this file" in text_of(answer)
    assert office.get(origin).status_code == 404
    assert office.post(reverse("conflict_confirm", args=[row.pk])).status_code == 404


def test_the_file_shows_and_takes_conflicts(
    office: Client, application: Application, david: User, dominique: User
) -> None:
    row = proposed(application, david)
    address = f"/en/files/{application.number}/"
    assert "Same institution as a degree" in text_of(office.get(address))
    given = office.post(f"{address}assign/", {"reviewer": david.pk}, follow=True)
    assert "confirm it or dismiss it first" in text_of(given)
    assert not Assignment.objects.exists()
    office.post(reverse("conflict_dismiss", args=[row.pk]), {"why": "x"})
    office.post(f"{address}assign/", {"reviewer": david.pk})
    assert Assignment.objects.get().reviewer == david
    wrong = office.post(f"{address}conflicts/state/", {"state-person": david.pk})
    assert "open" in text_of(wrong, 422)
    said = {"state-person": david.pk, "state-words": "Married"}
    office.post(f"{address}conflicts/state/", said)
    assert Assignment.objects.get().status == "conflict"
    page = text_of(office.get(address))
    assert "Married" in page
    assert "A conflict of interest was noted" in page
    browser = Client()
    browser.force_login(dominique)
    page = text_of(browser.get(address))
    assert "Married" in page
    assert "conflict_confirm" not in page


def test_a_coordinator_states_their_own(
    office: Client, application: Application, claire: User
) -> None:
    said = {"state-person": claire.pk, "state-words": "My niece"}
    answer = office.post(f"/en/files/{application.number}/conflicts/state/", said)
    assert answer.url == "/en/files/"
    assert office.get(f"/en/files/{application.number}/").status_code == 404


def test_a_coordinator_and_a_director_declare(
    office: Client, application: Application, dominique: User, person: Settle
) -> None:
    address = f"/en/files/{application.number}/conflict/"
    assert "last coordinator" in text_of(office.get(address))
    person("zoe", Role.COORDINATOR)
    assert "last coordinator" not in text_of(office.get(address))
    assert "Choose a reason" in text_of(office.post(address, {}), 422)
    assert office.post(address, {"reason": "letter"}).url == "/en/files/"
    assert office.get(address).status_code == 404
    browser = Client()
    browser.force_login(dominique)
    assert "last coordinator" not in text_of(browser.get(address))
    browser.post(address, {"reason": "other", "words": "Neighbours"})
    for page in ("files/", "decisions/", "releases/", "follow-up/"):
        told = browser.get(f"/en/{page}", follow=True)
        assert application.number not in told.content.decode()


def test_a_reader_declares_and_reads_on(
    client: Client, assignment: Assignment, bruno: User, david: User, claire: User
) -> None:
    other = judging.assigned(
        factories.submitted(bruno, assignment.application.cycle), david, by=claire
    )
    client.force_login(david)
    address = reverse("review_conflict", args=[assignment.pk])
    page = text_of(client.get(address))
    assert page.count("autofocus") == 1
    answer = client.post(address, {"reason": "worked", "words": "Same lab"})
    assert answer.url == reverse("review", args=[other.pk])
    assert "Here is the next one" in text_of(client.get(answer.url))
    row = Conflict.objects.get()
    assert (row.reason, row.evidence) == (Reason.WORKED, "Same lab")
    again = client.post(address, {"reason": "worked"})
    assert again.url == reverse("queue"), "a second click is no error"
    assert client.get(address).status_code == 404
    last = client.post(reverse("review_conflict", args=[other.pk]), {"reason": "other"})
    assert last.url == reverse("queue")


def test_what_the_coordination_confirmed_is_not_there(
    client: Client, assignment: Assignment, david: User, claire: User
) -> None:
    conflicts.state(assignment.application, david, words="x", by=claire)
    client.force_login(david)
    address = reverse("review_conflict", args=[assignment.pk])
    assert client.post(address, {"reason": "other"}).status_code == 404


def test_ties_of_ones_own(client: Client, david: User, cycle: Cycle) -> None:
    client.force_login(david)
    assert reverse("ties") in text_of(client.get("/en/queue/"))
    said = {"institutions": " UdeM =  Université de Montréal \n\nUdeM\nUdeM", "people": "Li Wei"}
    assert client.post("/en/ties/", said).url == "/en/ties/"
    row = Ties.objects.get()
    assert row.institutions == "UdeM = Université de Montréal\nUdeM"
    assert "Li Wei" in text_of(client.get("/en/ties/"))
    entry = AuditEntry.objects.about(row).get()
    assert (entry.verb, entry.why, entry.details) == ("say_ties", "", {})
    assert str(row) == str(david.pk)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("x" * 201, "One line is too long"),
        ("\n".join(f"Name {n:04d}" for n in range(500)), "at most 4000"),
        ("Li\u202eWei", "invisible"),
    ],
)
def test_ties_that_cannot_be_kept(client: Client, david: User, typed: str, said: str) -> None:
    client.force_login(david)
    page = text_of(client.post("/en/ties/", {"institutions": "", "people": typed}), 422)
    assert said in page
    assert not Ties.objects.exists()


def test_a_coordinator_writes_for_somebody(
    office: Client, cycle: Cycle, david: User, gilles: User
) -> None:
    address = f"/en/ties/{david.pk}/"
    assert address in text_of(office.get("/en/conflicts/"))
    assert office.post(address, {"institutions": "Google"}).url == address
    assert Ties.objects.visible_to(david).get() == Ties.objects.get()
    assert not Ties.objects.visible_to(gilles).exists()
    assert office.get(f"/en/ties/{gilles.pk}/").status_code == 404
    assert "1 of 2 have said" in text_of(office.get("/en/conflicts/"))


def test_whose_ties_may_be_written(david: User, gilles: User, claire: User) -> None:
    for row, by in ((Ties(person=gilles), gilles), (Ties(person=claire), david)):
        with pytest.raises(Refused):
            ties.save(row, by=by)
    assert ties.of(david)._state.adding
