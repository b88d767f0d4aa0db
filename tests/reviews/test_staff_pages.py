"""The coordination's and the direction's pages: board, file, decisions, releases."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role, User
from answers import frozen
from applications.models import Application
from applications.opening import OPENED
from audit.models import AuditEntry
from cycles.models import Cycle
from papers import checking
from papers.models import CheckedFile
from reviews import board as boards
from reviews import decisions, drawing
from reviews.models import Assignment, Decision, Release
from tests import factories
from tests.conftest import Settle
from tests.reviews import factories as judging
from tests.reviews.marks import asking, marked


@pytest.fixture
def office(client: Client, claire: User) -> Client:
    """Claire's browser."""
    client.force_login(claire)
    return client


@pytest.fixture
def direction(dominique: User) -> Client:
    """Dominique's browser."""
    browser = Client()
    browser.force_login(dominique)
    return browser


def text_of(response: Any) -> str:
    """The page."""
    assert response.status_code in {200, 422}, response.status_code
    return str(response.content.decode())


STAFF_PAGES = ("/en/files/", "/en/decisions/", "/en/releases/")


def test_without_a_cycle(office: Client) -> None:
    for address in STAFF_PAGES:
        assert "No cycle is published" in text_of(office.get(address))


def test_a_cycle_without_files(office: Client, cycle: Cycle) -> None:
    assert "No file in this state" in text_of(office.get("/en/files/"))
    assert "Nobody by that name" in text_of(office.get("/en/files/?q=zzz"))
    assert "No file here" in text_of(office.get("/en/decisions/"))
    assert "None yet." in text_of(office.get("/en/releases/"))


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_as_much_for_one_row_as_for_three(
    office: Client, cycle: Cycle, person: Settle, david: User, claire: User, rows: int
) -> None:
    for index in range(rows):
        file = factories.submitted(person(f"one{index}"), cycle)
        judging.reviewed(file, david, 5, 4, 3, by=claire)
        decisions.propose(file, "accept", factories.program(), by=claire)
    counts = {}
    for address in ("/en/files/", "/en/decisions/"):
        with CaptureQueriesContext(connection) as queries:
            office.get(address)
        counts[address] = len(queries)
    assert counts == {"/en/files/": 11, "/en/decisions/": 12}


def test_states_follow_the_file(
    office: Client, application: Application, david: User, claire: User, dominique: User
) -> None:
    def at(state: str) -> bool:
        return application.number in text_of(office.get(f"/en/files/?state={state}"))

    order = ["to_assign", "reading", "read", "proposed", "approved", "released"]

    def only(state: str) -> bool:
        return [key for key in order if at(key)] == [state]

    assert only("to_assign")
    row = judging.assigned(application, david, by=claire)
    assert only("reading")
    judging.hand_in(row, 5, 4, 3)
    assert only("read")
    proposal = decisions.propose(application, "decline", by=claire)
    assert only("proposed")
    decisions.approve(proposal, by=dominique)
    assert only("approved")
    judging.release_all(application.cycle, proposer=claire, director=dominique)
    assert only("released")
    assert at("filed")
    assert not at("draft")
    assert at("nonsense")


def test_pages_of_fifty(office: Client, cycle: Cycle) -> None:
    judging.filed(51, cycle)
    first, second = (text_of(office.get(f"/en/files/?page={page}")) for page in (1, 2))
    assert (first.count("A27-T"), 'rel="next"' in first, 'rel="prev"' in first) == (
        100,
        True,
        False,
    )
    assert (second.count("A27-T"), 'rel="next"' in second, 'rel="prev"' in second) == (
        2,
        False,
        True,
    )
    assert "Page" not in text_of(office.get("/en/files/?q=T00001"))


def test_large_counts_are_kept_a_while(
    cycle: Cycle, application: Application, claire: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert boards.counts(cycle, claire) == {"filed": 1, "draft": 0, "withdrawn": 0, "closed": 0}
    monkeypatch.setattr(boards, "MANY", 0)
    boards.counts(cycle, claire)
    Application.objects.update(status="withdrawn")
    assert boards.counts(cycle, claire)["filed"] == 1


def test_another_cycle_by_its_code(office: Client, application: Application) -> None:
    judging.cycle(code="A26", opens=-400, closes=-380)
    assert application.number in text_of(office.get("/en/files/"))
    assert application.number not in text_of(office.get("/en/files/?cycle=A26"))
    assert application.number in text_of(office.get("/en/files/?cycle=nonsense"))


def test_the_file_shows_what_was_submitted(
    office: Client, application: Application, david: User, claire: User
) -> None:
    judging.reviewed(application, david, 5, 4, 3, by=claire)
    page = text_of(office.get(f"/en/files/{application.number}/"))
    for words in (
        "Amina Benali",
        "amina@example.com",
        "Teranga",
        "David Chen",
        "4.25",
        "Submitted",
    ):
        assert words in page


def test_a_draft_can_be_looked_at_and_not_judged(office: Client, cycle: Cycle, bruno: User) -> None:
    draft = factories.draft(bruno, cycle)
    page = text_of(office.get(f"/en/files/{draft.number}/"))
    assert "Not submitted yet" in page
    assert "Propose an answer" not in page


def test_a_readers_draft_and_notes_stay_theirs(
    office: Client, assignment: Assignment, david: User
) -> None:
    judging.saved(assignment, 5, 4, 3, comment="CANARY-DRAFT", private_notes="CANARY-NOTES")
    address = f"/en/files/{assignment.application.number}/"
    assert "CANARY" not in text_of(office.get(address))
    judging.hand_in(assignment, 5, 4, 3, comment="SEEN", private_notes="CANARY-NOTES")
    page = text_of(office.get(address))
    assert "SEEN" in page
    assert "CANARY-NOTES" not in page


def test_assigning_and_taking_back(office: Client, application: Application, david: User) -> None:
    address = f"/en/files/{application.number}/"
    assert text_of(office.post(f"{address}assign/", {}))
    office.post(f"{address}assign/", {"reviewer": david.pk})
    row = Assignment.objects.get()
    assert row.reviewer == david
    again = office.post(f"{address}assign/", {"reviewer": david.pk})
    assert again.status_code == 422
    office.post(f"/en/assignments/{row.pk}/take-back/")
    row.refresh_from_db()
    assert row.status == "returned"


def test_proposing_and_approving_from_the_file(
    office: Client, direction: Client, application: Application, david: User, claire: User
) -> None:
    judging.reviewed(application, david, 4, 4, 4, by=claire)
    address = f"/en/files/{application.number}/"
    assert office.post(f"{address}propose/", {}).status_code == 422
    incomplete = office.post(f"{address}propose/", {"outcome": "accept"})
    assert incomplete.status_code == 422
    assert "Choose the program." in text_of(incomplete)
    msc = factories.program()
    office.post(f"{address}propose/", {"outcome": "accept", "program": msc.pk, "rank": "3"})
    row = Decision.objects.get()
    assert (row.outcome, row.program, row.rank) == ("accept", msc, None)
    assert "Approve" in text_of(direction.get(address))
    direction.post(f"/en/decisions/{row.pk}/approve/")
    row.refresh_from_db()
    assert row.status == "approved"
    office.post(f"/en/decisions/{row.pk}/withdraw/")
    office.post(f"{address}propose/", {"outcome": "decline", "program": msc.pk})
    assert judging.current(application).program is None


def test_one_who_proposed_is_offered_no_approval(
    client: Client, application: Application, person: Settle
) -> None:
    both = person("zoe", Role.COORDINATOR, Role.DIRECTOR)
    row = decisions.propose(application, "decline", by=both)
    client.force_login(both)
    address = f"/en/decisions/{row.pk}/approve/"
    assert address not in text_of(client.get(f"/en/files/{application.number}/"))
    assert "Another person must approve" in text_of(client.post(address, follow=True))
    row.refresh_from_db()
    assert row.status == "proposed"


def test_ranked_by_mean(
    office: Client, cycle: Cycle, person: Settle, david: User, claire: User
) -> None:
    marks = {"low": 1, "high": 5, "mid": 3}
    files = {}
    for name, mark in marks.items():
        files[name] = factories.submitted(person(name), cycle)
        judging.reviewed(files[name], david, mark, mark, mark, by=claire)
    unread = factories.submitted(person("none"), cycle)
    page = text_of(office.get("/en/decisions/?program=msc"))
    places = [page.index(files[name].number) for name in ("high", "mid", "low")]
    assert places == sorted(places)
    assert unread.number not in page
    assert unread.number in text_of(office.get("/en/decisions/?show=unscored"))
    assert "No file here" in text_of(office.get("/en/decisions/?program=dess"))
    decisions.propose(files["low"], "decline", by=claire)
    assert files["low"].number not in text_of(office.get("/en/decisions/?show=to_propose"))
    assert files["low"].number in text_of(office.get("/en/decisions/?show=to_approve"))


def test_readers_apart_and_the_seats_line(
    office: Client, cycle: Cycle, person: Settle, david: User, claire: User
) -> None:
    zoe = person("zoe", Role.REVIEWER)
    cycle.intakes.update(seats=1)
    agreed, argued = (factories.submitted(person(name), cycle) for name in ("aya", "ben"))
    for file, marks in ((agreed, (4, 4)), (argued, (1, 5))):
        for reader, mark in zip((david, zoe), marks, strict=True):
            judging.reviewed(file, reader, mark, mark, mark, by=claire)
    page = text_of(office.get("/en/decisions/"))
    assert "Readers 4.0 apart" in page
    assert page.index(agreed.number) < page.index('class="seat"') < page.index(argued.number)
    apart = text_of(office.get("/en/decisions/?show=apart"))
    assert argued.number in apart
    assert agreed.number not in apart
    assert "1 seat:" in text_of(office.get("/en/decisions/?show=near"))


def test_places_on_the_drawing() -> None:
    assert [drawing.place_of(mark) for mark in (1, 3, 5)] == ["10.0", "160.0", "310.0"]


def test_bulk(office: Client, direction: Client, cycle: Cycle, david: User, claire: User) -> None:
    files = asking(cycle, 3)
    marked(files, david, [3, 3, 3], by=claire)
    numbers = [file.number for file in reversed(files)]
    propose = "/en/decisions/propose/"
    office.post(propose, {"program": "msc", "outcome": "waitlist", "ticked": numbers})
    assert [judging.current(file).rank for file in files] == [3, 2, 1]
    office.post(propose, {"program": "msc", "outcome": "decline", "ticked": numbers[:2]})
    assert judging.current(files[2]).program is None
    assert "Tick at least one" in text_of(
        office.post(propose, {"program": "msc", "outcome": "decline"}, follow=True)
    )
    direction.post("/en/decisions/approve/", {"ticked": numbers[:1]})
    assert [judging.current(file).status for file in files] == ["proposed", "proposed", "approved"]
    everything = {"cycle": cycle.code, "seen": "9"}
    answer = direction.post("/en/decisions/approve-all/", everything, follow=True)
    assert "The list changed" in text_of(answer)
    seen = direction.get(f"/en/decisions/approve-all/?cycle={cycle.code}").context["seen"]
    direction.post("/en/decisions/approve-all/", {**everything, "seen": seen})
    assert {judging.current(file).status for file in files} == {"approved"}
    answer = direction.post("/en/decisions/approve/", {"ticked": numbers}, follow=True)
    assert "Nothing here waits" in text_of(answer)


def test_going_back_to_where_one_was(office: Client, application: Application) -> None:
    fields = {"program": "msc", "outcome": "decline", "ticked": [application.number]}
    there = "http://testserver/en/decisions/?show=near"
    answer = office.post("/en/decisions/propose/", fields, headers={"Referer": there})
    assert answer["Location"] == there
    foreign = {"Referer": "https://elsewhere.example/"}
    fields["outcome"] = "decline"
    answer = office.post("/en/decisions/propose/", fields, headers=foreign)
    assert answer["Location"] == "/en/decisions/"


def test_a_release_from_end_to_end(
    office: Client, direction: Client, application: Application, claire: User, dominique: User
) -> None:
    refused = office.post("/en/releases/prepare/", {"cycle": "A27"}, follow=True)
    assert "1 application of the whole cycle has no approved decision" in text_of(refused)
    judging.approved(application, proposer=claire, director=dominique)
    office.post("/en/releases/prepare/", {"cycle": "A27", "while_open": "on"})
    release = Release.objects.get()
    address = f"/en/releases/{release.pk}/"
    assert "Release all answers now" not in text_of(office.get(address))
    assert "Release all answers now" in text_of(direction.get(address))
    assert office.post(f"{address}go/").status_code == 403
    office.post(f"{address}cancel/", {"why": "One more meeting"})
    assert "One more meeting" in text_of(office.get(address))
    office.post("/en/releases/prepare/", {"cycle": "A27", "while_open": "on"})
    fresh = Release.objects.unfinished().get()
    for _click in range(2):
        typed = {"typed": fresh.short_fingerprint.lower()}
        assert direction.post(f"/en/releases/{fresh.pk}/go/", typed).status_code == 302
    page = text_of(direction.get(f"/en/releases/{fresh.pk}/"))
    assert "Leaving</dt><dd>1" in page
    assert judging.current(application).status == "released"


def test_a_conflict_hides_the_file_from_staff_too(
    client: Client, application: Application, claire: User, dominique: User
) -> None:
    claire.roles = [Role.COORDINATOR, Role.REVIEWER, Role.DIRECTOR]
    claire.save()
    judging.in_conflict(application, claire, by=claire)
    proposal = Decision.objects.create(
        application=application, version=1, outcome="decline", proposed_by=dominique
    )
    client.force_login(claire)
    document = application.documents.first()
    assert document is not None
    hidden = [
        f"/en/files/{application.number}/",
        f"/en/files/{application.number}/documents/{document.pk}/",
    ]
    for address in hidden:
        assert client.get(address).status_code == 404
    for action in ("approve", "withdraw"):
        assert client.post(f"/en/decisions/{proposal.pk}/{action}/").status_code == 404
    for address in ("/en/files/", "/en/decisions/?show=unscored", "/en/decisions/"):
        assert application.number not in text_of(client.get(address))


def test_documents_for_staff(office: Client, application: Application) -> None:
    document = application.documents.first()
    assert document is not None
    address = f"files/{application.number}/documents/{document.pk}/"
    assert "vérification en cours" in office.get(f"/{address}").content.decode().lower()
    CheckedFile.objects.update(state="refused", problem="broken", checked_at=timezone.now())
    page = office.get(f"/{address}")
    assert page.status_code == 409
    assert "copie sûre" in page.content.decode()
    assert not AuditEntry.objects.filter(verb=OPENED).exists()
    checking.again()
    factories.check()
    answer = office.get(f"/en/{address}")
    assert answer["Content-Disposition"].startswith("attachment")
    assert AuditEntry.objects.filter(verb=OPENED, details={"document": document.kind}).exists()
    answer.close()


@pytest.mark.parametrize("who", ["amina", "david", "gilles", "fatou", "adam"])
def test_the_wrong_role_is_turned_away(
    client: Client, application: Application, request: pytest.FixtureRequest, who: str
) -> None:
    client.force_login(request.getfixturevalue(who))
    for address in (*STAFF_PAGES, f"/en/files/{application.number}/", "/en/files/none/"):
        assert client.get(address).status_code == 403


def test_only_by_post(office: Client, direction: Client, application: Application) -> None:
    number = application.number
    for address in (f"files/{number}/assign/", f"files/{number}/propose/", "decisions/propose/"):
        assert office.get(f"/en/{address}").status_code == 405
    for address in ("decisions/approve/", "releases/1/go/"):
        assert direction.get(f"/en/{address}").status_code == 405


def test_a_failed_letter_is_listed(
    office: Client, application: Application, claire: User, dominique: User
) -> None:
    User.objects.filter(pk=application.applicant_id).update(email="not-an-address")
    judging.released(application, proposer=claire, director=dominique)
    page = text_of(office.get(f"/en/releases/{Release.objects.get().pk}/"))
    assert "Letters that need a person" in page
    assert frozen.without_answer(application.cycle).count() == 0
