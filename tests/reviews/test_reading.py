"""The reader's pages: the queue, the desk, documents, conflicts."""

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role, User
from applications import lifecycle
from applications.models import Application, Submission
from applications.opening import OPENED
from audit.models import AuditEntry
from cycles.models import Cycle
from cycles.typography import hour_text
from papers.models import CheckedFile
from reviews import decisions, scoring
from reviews.models import Assignment, Review
from tests import factories
from tests.conftest import Settle
from tests.reviews import factories as judging


@pytest.fixture
def reader(client: Client, david: User) -> Client:
    """David's browser."""
    client.force_login(david)
    return client


def desk(row: Assignment, action: str = "") -> str:
    """The address of a review."""
    return f"/en/queue/{row.pk}/{action}"


def typed(row: Assignment, *values: str, **fields: Any) -> dict[str, Any]:
    """What a browser posts."""
    ids = row.application.cycle.criteria.values_list("pk", flat=True)
    scores = {f"score_{pk}": value for pk, value in zip(ids, values, strict=False)}
    return {"revision": 0, "recommendation": "accept", **scores, **fields}


def text_of(response: Any) -> str:
    """The page."""
    return str(response.content.decode())


def test_an_empty_queue(reader: Client, cycle: Cycle) -> None:
    assert "Nothing to read yet" in text_of(reader.get("/en/queue/"))


def test_no_cycle_at_all(reader: Client) -> None:
    assert "No cycle is open" in text_of(reader.get("/en/queue/"))


def test_the_queue_says_what_is_left(reader: Client, assignment: Assignment, david: User) -> None:
    page = text_of(reader.get("/en/queue/"))
    assert "1 file left to read" in page
    assert "Amina Benali" in page
    assert desk(assignment) in page
    judging.saved(assignment, 5, 5, 5)
    assert "1 draft" in text_of(reader.get("/en/queue/?show=drafts"))
    scoring.hand_in(assignment, by=david)
    assert "All read" in text_of(reader.get("/en/queue/"))
    assert "Amina Benali" in text_of(reader.get("/en/queue/?show=sent"))
    assert "Nothing here" in text_of(reader.get("/en/queue/?show=drafts"))
    assert "0 files left" in text_of(reader.get("/en/queue/?show=nonsense&page=x"))


def test_conflicts_and_withdrawals_are_counted_out(
    reader: Client, assignment: Assignment, bruno: User, david: User, claire: User
) -> None:
    other = factories.submitted(bruno, assignment.application.cycle)
    judging.in_conflict(other, david, by=claire)
    page = text_of(reader.get("/en/queue/"))
    assert "conflict" not in page
    assert other.number not in page
    lifecycle.withdraw(assignment.application, by=assignment.application.applicant)
    assert "0 files left" in text_of(reader.get("/en/queue/"))


@pytest.fixture
def blind(cycle: Cycle) -> Iterator[Cycle]:
    """Names are hidden."""
    Cycle.objects.filter(pk=cycle.pk).update(is_blind=True)
    cycle.refresh_from_db()
    return cycle  # type: ignore[return-value]


def test_blind_hides_names_everywhere(reader: Client, blind: Cycle, assignment: Assignment) -> None:
    for address in ("/en/queue/", desk(assignment), desk(assignment, "conflict/")):
        page = text_of(reader.get(address))
        assert assignment.application.number in page
        assert "Amina" not in page
        assert "Benali" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_desk_asks_as_much_for_one_file_as_for_three(
    reader: Client, cycle: Cycle, person: Settle, david: User, claire: User, rows: int
) -> None:
    for index in range(rows):
        file = factories.submitted(person(f"one{index}"), cycle)
        row = judging.assigned(file, david, by=claire)
    with CaptureQueriesContext(connection) as queries:
        reader.get(desk(row))
    assert len(queries) == 17


def test_the_desk_shows_the_file(reader: Client, assignment: Assignment) -> None:
    page = text_of(reader.get(desk(assignment)))
    for words in (
        "Amina Benali",
        "Université de la Teranga",
        "15.2 out of 20",
        "Je veux apprendre.",
    ):
        assert words in page
    assert "15,2 sur 20" in text_of(reader.get(f"/queue/{assignment.pk}/"))


def test_opening_is_on_the_trail(reader: Client, assignment: Assignment, david: User) -> None:
    reader.get(desk(assignment))
    submission = Submission.objects.get()
    assert AuditEntry.objects.about(submission).get(verb="open").actor == david


def test_saving_a_part(reader: Client, assignment: Assignment) -> None:
    response = reader.post(desk(assignment), typed(assignment, "4", "na", comment="So far"))
    assert response.status_code == 302
    review = Review.objects.get()
    assert sorted(review.scores.values_list("value", flat=True), key=str) == [4, None]
    assert "So far" in text_of(reader.get(desk(assignment)))


def test_a_bad_field_keeps_what_was_typed(reader: Client, assignment: Assignment) -> None:
    answer = reader.post(desk(assignment), typed(assignment, "9", comment="Long work"))
    assert answer.status_code == 422
    assert "Long work" in text_of(answer)
    assert "<title>Error:" in text_of(answer)
    assert not Review.objects.exists()


def test_a_second_tab_keeps_what_was_typed(reader: Client, assignment: Assignment) -> None:
    reader.post(desk(assignment), typed(assignment, "4", comment="First tab"))
    answer = reader.post(desk(assignment), typed(assignment, "1", comment="Second tab"))
    page = text_of(answer)
    assert answer.status_code == 409
    assert "Second tab" in page
    assert "another tab" in page
    assert Review.objects.get().comment == "First tab"
    # The page now holds the fresh revision: saving again is a choice, and works.
    assert 'name="revision" value="1"' in page
    again = typed(assignment, "1", comment="Second tab", revision=1)
    assert reader.post(desk(assignment), again).status_code == 302
    assert Review.objects.get().comment == "Second tab"


def test_the_script_is_answered_in_its_own_way(reader: Client, assignment: Assignment) -> None:
    scripted = {"X-Autosave": "1"}
    saved = reader.post(desk(assignment), typed(assignment, "4"), headers=scripted)
    kept = Review.objects.get()
    told = {"revision": 1, "saved_at": hour_text(kept.saved_at)}
    assert saved.json() == told, "the hour of Montréal, as the page says it"
    stale = reader.post(desk(assignment), typed(assignment, "3"), headers=scripted)
    assert (stale.status_code, "another tab" in stale.json()["problem"]) == (409, True)
    bad = reader.post(desk(assignment), typed(assignment, "7", revision=1), headers=scripted)
    assert bad.status_code == 422


def counted(queries: CaptureQueriesContext) -> int:
    """Without what begins and ends a part of a transaction."""
    parts = ("SAVEPOINT", "RELEASE", "ROLLBACK")
    return sum(not query["sql"].startswith(parts) for query in queries.captured_queries)


def test_saving_is_few_queries(reader: Client, assignment: Assignment) -> None:
    reader.post(desk(assignment), typed(assignment, "4"))
    scripted = {"X-Autosave": "1"}
    for revision, (values, count) in enumerate(
        [(["5", "4", "3"], 8), (["5", "4", "3"], 7), (["5"], 8)], start=1
    ):
        form = typed(assignment, *values, revision=revision)
        with CaptureQueriesContext(connection) as queries:
            assert reader.post(desk(assignment), form, headers=scripted).status_code == 200
        assert counted(queries) == count


def test_handing_in_is_few_queries(
    reader: Client, assignment: Assignment, bruno: User, david: User, claire: User
) -> None:
    other = factories.submitted(bruno, assignment.application.cycle)
    judging.assigned(other, david, by=claire)
    form = typed(assignment, "5", "4", "3")
    reader.post(desk(assignment), form, headers={"X-Autosave": "1"})
    with CaptureQueriesContext(connection) as queries:
        reader.post(desk(assignment, "hand-in/"), {**form, "revision": 1})
    assert counted(queries) == 16


def test_handing_in_opens_the_next(
    reader: Client, assignment: Assignment, bruno: User, david: User, claire: User
) -> None:
    other = factories.submitted(bruno, assignment.application.cycle)
    following = judging.assigned(other, david, by=claire)
    done = typed(assignment, "5", "4", "3", comment="Good")
    answer = reader.post(desk(assignment, "hand-in/"), done)
    assert answer["Location"] == f"{desk(following)}?done={assignment.pk}"
    assert Assignment.objects.get(pk=assignment.pk).status == "handed_in"
    answer = reader.post(desk(following, "hand-in/"), typed(following, "1", "1", "1"))
    assert answer["Location"] == f"/en/queue/?done={following.pk}"


def test_handing_in_too_early_saves_and_says_what_lacks(
    reader: Client, assignment: Assignment
) -> None:
    answer = reader.post(
        desk(assignment, "hand-in/"), typed(assignment, "5", comment="Half", recommendation="")
    )
    page = text_of(answer)
    assert answer.status_code == 422
    assert "Your advice is missing." in page
    assert "Half" in page
    assert Review.objects.get().comment == "Half"
    assert reader.post(desk(assignment, "hand-in/"), typed(assignment, "9")).status_code == 422


def test_what_is_handed_in_is_shown_and_not_written(
    reader: Client, assignment: Assignment, david: User
) -> None:
    judging.saved(assignment, 5, 4, None, private_notes="For me alone", comment="For all")
    scoring.hand_in(assignment, by=david)
    page = text_of(reader.get(desk(assignment)))
    assert "For me alone" in page
    assert "For all" in page
    assert "data-review" not in page
    answer = reader.post(desk(assignment), typed(assignment, "1", revision=1))
    assert answer.status_code == 409
    assert Review.objects.get().comment == "For all"


def test_the_others_show_once_ones_own_is_in(
    reader: Client, assignment: Assignment, person: Settle, david: User, claire: User
) -> None:
    zoe = person("zoe", Role.REVIEWER, full_name="Zoé Otherreader")
    row = judging.assigned(assignment.application, zoe, by=claire)
    judging.saved(row, 1, 1, 1, comment="CANARY-COMMENT", private_notes="CANARY-NOTES")
    scoring.hand_in(row, by=zoe)
    judging.saved(assignment, 5, 4, 3)
    for address in ("/en/queue/", desk(assignment)):
        page = text_of(reader.get(address))
        assert "CANARY" not in page
        assert "Otherreader" not in page
    scoring.hand_in(assignment, by=david)
    page = text_of(reader.get(desk(assignment)))
    assert "CANARY-COMMENT" in page
    assert "Otherreader" in page
    assert "CANARY-NOTES" not in page


def test_taken_back_to_correct(
    reader: Client, application: Application, david: User, claire: User
) -> None:
    row = judging.reviewed(application, david, 5, 4, 3, by=claire)
    assert reader.post(desk(row, "take-back/")).status_code == 302
    assert "data-review" in text_of(reader.get(desk(row)))
    scoring.hand_in(row, by=david)
    decisions.propose(application, "decline", by=claire)
    page = text_of(reader.post(desk(row, "take-back/"), follow=True))
    assert Assignment.objects.get(pk=row.pk).status == "handed_in"
    assert "decline" not in page.lower()


def test_a_conflict_is_declared_with_a_reason(reader: Client, assignment: Assignment) -> None:
    address = desk(assignment, "conflict/")
    assert reader.get(address).status_code == 200
    assert reader.post(address, {"words": "My cousin"}).status_code == 422
    assert reader.post(address, {"reason": "relative"}).status_code == 302
    for gone in (address, desk(assignment)):
        assert reader.get(gone).status_code == 404


def document_of(row: Assignment) -> str:
    """The address of the first document."""
    document = row.application.documents.first()
    assert document is not None
    return desk(row, f"documents/{document.pk}/")


def test_a_document_is_a_download_that_tells_no_name(
    reader: Client, assignment: Assignment
) -> None:
    factories.check()
    answer = reader.get(document_of(assignment))
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content)  # type: ignore[arg-type]
    copies = CheckedFile.objects.values_list("cleaned_sha256", flat=True)
    assert hashlib.sha256(content).hexdigest() in copies
    assert answer["Content-Disposition"].startswith(
        f'attachment; filename="{assignment.application.number}-'
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store"


def test_nobody_reads_an_original(reader: Client, assignment: Assignment) -> None:
    answer = reader.get(document_of(assignment))
    assert (answer.status_code, answer["Retry-After"]) == (409, "30")
    assert "This file is being checked" in answer.content.decode()
    assert "being checked" in reader.get(desk(assignment)).content.decode()
    assert not AuditEntry.objects.filter(verb=OPENED, details__has_key="document").exists()
    CheckedFile.objects.update(state="refused", problem="virus", checked_at=timezone.now())
    answer = reader.get(document_of(assignment))
    assert (answer.status_code, answer.has_header("Retry-After")) == (409, False)
    assert "Our virus scanner found something in it" in answer.content.decode()
    assert "refused by the check" in reader.get(desk(assignment)).content.decode()
    CheckedFile.objects.all().delete()
    assert reader.get(document_of(assignment)).status_code == 409


def test_only_what_was_submitted_is_served(
    reader: Client, assignment: Assignment, bruno: User
) -> None:
    elsewhere = factories.submitted(bruno, assignment.application.cycle).documents.first()
    assert elsewhere is not None
    assert reader.get(desk(assignment, f"documents/{elsewhere.pk}/")).status_code == 404


def test_a_stranger_finds_nothing(client: Client, assignment: Assignment, person: Settle) -> None:
    client.force_login(person("zoe", Role.REVIEWER))
    for address in (desk(assignment), desk(assignment, "conflict/"), document_of(assignment)):
        assert client.get(address).status_code == 404
    for action in ("", "hand-in/", "take-back/", "conflict/"):
        assert client.post(desk(assignment, action)).status_code == 404


@pytest.mark.parametrize("who", ["amina", "claire", "dominique", "gilles", "fatou", "adam"])
def test_the_wrong_role_is_turned_away(
    client: Client, assignment: Assignment, request: pytest.FixtureRequest, who: str
) -> None:
    client.force_login(request.getfixturevalue(who))
    for address in ("/en/queue/", desk(assignment), document_of(assignment)):
        assert client.get(address).status_code == 403


def test_get_changes_nothing(reader: Client, assignment: Assignment) -> None:
    for action in ("hand-in/", "take-back/"):
        assert reader.get(desk(assignment, action)).status_code == 405
    assert reader.post("/en/queue/").status_code == 405


def test_typing_survives_the_end_of_a_session(
    client: Client, assignment: Assignment, david: User
) -> None:
    client.post(desk(assignment), typed(assignment, "4", comment="Typed for an hour"))
    client.force_login(david)
    assert not Review.objects.exists()
    assert "Typed for an hour" in text_of(client.get(desk(assignment)))
    assert "Typed for an hour" not in text_of(client.get(desk(assignment)))
