"""Every page and act of the board: works in both languages, strangers and wrong roles are refused, GET changes nothing."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from accounts.models import User
from applications.models import Application
from audit.models import AuditEntry
from enrolment import closing, endings
from enrolment.models import Batch, Care, Closing, Deferral, Ending, Note, Welcome
from followup.models import Filing, UdemFile
from notifications.models import OutgoingEmail
from tests.enrolment.factories import TODAY, Enrolled, conflict
from tests.followup.factories import NUMBER, World
from tests.followup.pages import address, signed_in

pytestmark = pytest.mark.django_db
GETS = ("followup_person", "handing_over", "followup_welcome", "cycle_closing")
CHOICES = ("followup_remind", "followup_assign", "followup_endings")
POSTS = ("closing_propose", "closing_confirm", "closing_withdraw", "closing_reopen")


@pytest.fixture
def filed(world: Enrolled, amina: User) -> Application:
    """Amina, who reported her application to UdeM; a later cycle is there."""
    application = world.filed(amina).offer.decision.application
    World(world.person, code="A28", opens=-1)
    return application


def url(name: str, application: Application, language: str = "fr") -> str:
    personal = name in ("followup_person", "followup_note", "followup_defer")
    key = application.number if personal else application.cycle.code
    return address(name, *(() if name in CHOICES else (key,)), language=language)


def chosen(application: Application, **more: Any) -> dict[str, Any]:
    return {"cycle": application.cycle.code, "ticked": application.number, **more}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", [*GETS, *CHOICES, "followup_defer"])
def test_pages_open_for_coordinators(
    world: Enrolled, filed: Application, name: str, language: str
) -> None:
    browser = signed_in(world.claire)
    data = chosen(filed) if name in CHOICES else {}
    assert browser.get(url(name, filed, language), data).status_code == 200


@pytest.mark.parametrize(
    ("name", "status"),
    [
        *((name, 200) for name in ("followup_person", "handing_over", "cycle_closing")),
        *((name, 403) for name in ("followup_welcome", "followup_defer", *CHOICES)),
    ],
)
def test_directors_follow_and_do_not_act(
    world: Enrolled, filed: Application, name: str, status: int
) -> None:
    page = signed_in(world.dominique).get(url(name, filed), chosen(filed))
    assert page.status_code == status
    assert NUMBER not in page.content.decode()


@pytest.mark.parametrize("name", [*GETS, *CHOICES, "followup_defer"])
def test_nobody_else_gets_in(
    filed: Application, amina: User, bruno: User, david: User, name: str
) -> None:
    for user in (amina, bruno, david):
        assert signed_in(user).get(url(name, filed), chosen(filed)).status_code == 403


@pytest.mark.parametrize("name", ["followup_person", "followup_defer", "followup_note"])
def test_what_is_hidden_is_not_there(
    world: Enrolled, filed: Application, bruno: User, celia: User, name: str
) -> None:
    conflict(filed, celia, by=world.claire)
    placeless = world.submitted(bruno)
    for user, file in ((celia, filed), (world.claire, placeless)):
        browser = signed_in(user)
        ask = browser.post if name == "followup_note" else browser.get
        assert ask(url(name, file)).status_code == 404


@pytest.mark.parametrize("name", [*POSTS, "followup_note"])
def test_acts_are_posted(world: Enrolled, filed: Application, name: str) -> None:
    user = world.dominique if name == "closing_confirm" else world.claire
    assert signed_in(user).get(url(name, filed)).status_code == 405


def test_the_person_and_each_opening_is_on_the_trail(world: Enrolled, filed: Application) -> None:
    page = signed_in(world.claire).get(url("followup_person", filed)).content.decode()
    assert NUMBER in page
    assert address("desk_messages", filed.number) in page
    assert AuditEntry.objects.filter(verb="open", actor=world.claire).count() == 1
    seen = signed_in(world.dominique).get(url("followup_person", filed)).content.decode()
    assert address("desk_messages", filed.number) not in seen


def test_what_happened_is_told_in_order(world: Enrolled, filed: Application) -> None:
    browser = signed_in(world.claire)
    page = browser.get(url("followup_person", filed, "en"))
    assert [str(row.title) for row in page.context["events"]] == ["Our offer: Accepted", "Filed"]


def test_somebody_who_has_not_replied(world: Enrolled, bruno: User) -> None:
    waiting = world.answered(bruno).application
    page = signed_in(world.claire).get(url("followup_person", waiting))
    assert page.status_code == 200


def test_a_note_is_kept_and_an_empty_one_asked_again(world: Enrolled, filed: Application) -> None:
    browser = signed_in(world.claire)
    empty = browser.post(url("followup_note", filed), {"about": "note", "text": ""})
    assert empty.status_code == 422
    told = {"about": "note", "text": "Prefers mail."}
    assert browser.post(url("followup_note", filed), told).status_code == 302
    assert Note.objects.get().text == "Prefers mail."
    assert "Prefers mail." in browser.get(url("followup_person", filed)).content.decode()
    refused = signed_in(world.dominique).post(url("followup_note", filed), told)
    assert refused.status_code == 403


def test_a_reminder_is_looked_at_then_sent_once(world: Enrolled, filed: Application) -> None:
    browser = signed_in(world.claire)
    page = browser.get(url("followup_remind", filed), chosen(filed, kind="word"))
    text = page.content.decode()
    assert f"En français, telle que {filed.name} la lit" in text
    assert "En anglais" not in text, "nobody of these reads it"
    key = page.context["key"]
    data = {"cycle": filed.cycle.code, "kind": "word", "files": filed.number, "key": key}
    for _click in range(2):
        assert browser.post(url("followup_remind", filed), data).status_code == 302
    assert Batch.objects.get().reminders.count() == 1
    assert OutgoingEmail.objects.filter(letter="follow_up_reminder").count() == 1
    again = browser.get(url("followup_remind", filed), chosen(filed, kind="word"))
    assert again.context["preview"].copies == []
    person = browser.get(url("followup_person", filed)).content.decode()
    assert "un rappel," in person


@pytest.mark.parametrize("name", CHOICES)
def test_choices_that_make_no_sense(world: Enrolled, filed: Application, name: str) -> None:
    browser = signed_in(world.claire)
    page = browser.get(url(name, filed), {"cycle": filed.cycle.code}, follow=True)
    assert "Choisissez au moins une personne." in page.content.decode()
    silent = {"cycle": filed.cycle.code, "show": "silent", "sort": "due"}
    board = browser.get(url(name, filed), silent)
    assert board.url == f"/follow-up/?cycle={filed.cycle.code}&show=silent&sort=due"
    data = {"cycle": filed.cycle.code, "files": filed.number, "key": "x", "to": "registered"}
    if name != "followup_assign":
        browser.post(url(name, filed), {**data, "on": TODAY, "kind": "word"})
        assert not Batch.objects.exists()
        assert not Ending.objects.exists()


def test_the_whole_filter_is_chosen(world: Enrolled, filed: Application, bruno: User) -> None:
    world.accepted(bruno)
    browser, data = signed_in(world.claire), {"cycle": filed.cycle.code, "whole": "1"}
    page = browser.get(url("followup_assign", filed), data)
    assert len(page.context["people"]) == 2
    page = browser.get(url("followup_assign", filed), {**data, "show": "unnumbered"})
    assert len(page.context["people"]) == 1


def test_people_are_assigned_to_one_to_several_to_nobody(
    world: Enrolled, filed: Application, celia: User
) -> None:
    browser = signed_in(world.claire)
    data: dict[str, Any] = {"cycle": filed.cycle.code, "files": filed.number}
    for among, owner in (([celia.pk], celia), ([celia.pk, world.claire.pk], None)):
        answer = browser.post(url("followup_assign", filed), {**data, "among": among})
        assert answer.status_code == 302
        if owner:
            assert Care.objects.get().coordinator == owner
    for wrong in ({"among": [0]}, {}, {"among": [celia.pk], "nobody": "1"}):
        answer = browser.post(url("followup_assign", filed), {**data, **wrong})
        assert answer.status_code == 422
    assert Care.objects.exists(), "an empty form takes nobody away"
    gone = browser.post(url("followup_assign", filed), {**data, "nobody": "1"}, follow=True)
    assert "Plus personne ne suit 1 personne." in gone.content.decode()
    assert not Care.objects.exists()


def test_an_end_is_looked_at_recorded_and_undone(world: Enrolled, filed: Application) -> None:
    browser = signed_in(world.claire)
    page = browser.get(url("followup_endings", filed), chosen(filed))
    key = page.context["key"]
    data = {"cycle": filed.cycle.code, "to": "registered", "files": filed.number, "key": key}
    assert browser.post(url("followup_endings", filed), {**data, "on": "x"}).status_code == 422
    late = browser.post(url("followup_endings", filed), {**data, "on": "2099-01-01"})
    assert late.status_code == 422
    assert browser.post(url("followup_endings", filed), {**data, "on": TODAY}).status_code == 302
    assert UdemFile.objects.get().status == Filing.REGISTERED
    seats = browser.get(url("handing_over", filed)).content.decode()
    undo = address("endings_undo", key)
    assert undo in seats
    assert browser.get(undo).status_code == 405
    assert signed_in(world.dominique).post(undo).status_code == 403
    assert browser.post(address("endings_undo", uuid4())).status_code == 404
    assert browser.post(undo).status_code == 302
    assert UdemFile.objects.get().status == Filing.FILED


def test_what_changed_since_is_told(world: Enrolled, filed: Application) -> None:
    key = uuid4()
    to = Filing.NOT_REGISTERED
    endings.record_ends(filed.cycle, [filed.pk], to, on=TODAY, key=key, by=world.claire)
    UdemFile.objects.update(status=Filing.FILED)
    page = signed_in(world.claire).post(address("endings_undo", key), follow=True)
    assert "a changé depuis" in page.content.decode()


def test_the_welcome_is_looked_at_then_sent_once(world: Enrolled, filed: Application) -> None:
    browser = signed_in(world.claire)
    endings.record_ends(
        filed.cycle, [filed.pk], Filing.REGISTERED, on=TODAY, key=uuid4(), by=world.claire
    )
    page = browser.get(url("followup_welcome", filed))
    assert filed.number in page.content.decode()
    for _click in range(2):
        browser.post(url("followup_welcome", filed), {"files": filed.number})
    assert Welcome.objects.count() == 1
    assert OutgoingEmail.objects.filter(letter="welcome").count() == 1
    assert filed.number not in browser.get(url("followup_welcome", filed)).content.decode()


def test_a_deferral_is_recorded_and_undone(world: Enrolled, filed: Application) -> None:
    browser = signed_in(world.claire)
    page = browser.get(url("followup_defer", filed))
    (later,) = page.context["later"]
    wrong = browser.post(url("followup_defer", filed), {"to": filed.cycle_id, "reason": "x"})
    assert wrong.status_code == 422
    done = browser.post(url("followup_defer", filed), {"to": later.pk, "reason": "A birth."})
    assert done.status_code == 302
    assert "A birth." in browser.get(url("followup_person", filed)).content.decode()
    assert filed.number in browser.get(address("handing_over", later.code)).content.decode()
    undo = address("deferral_undo", Deferral.objects.get().pk)
    assert browser.get(undo).status_code == 405
    assert signed_in(world.dominique).post(undo).status_code == 403
    assert browser.post(undo).status_code == 302
    assert not Deferral.objects.standing().exists()


def test_a_cycle_is_closed_by_two_and_taken_up_again(world: Enrolled, filed: Application) -> None:
    office, direction = signed_in(world.claire), signed_in(world.dominique)
    assert direction.post(url("closing_propose", filed)).status_code == 403
    assert direction.post(url("closing_confirm", filed)).status_code == 404
    office.post(url("closing_propose", filed))
    office.post(url("closing_withdraw", filed))
    assert closing.closing_of(filed.cycle) is None
    office.post(url("closing_propose", filed))
    assert office.post(url("closing_confirm", filed)).status_code == 403
    direction.post(url("closing_confirm", filed))
    assert Closing.objects.standing().get().status == "closed"
    for browser in (office, direction):
        assert browser.get(url("cycle_closing", filed)).status_code == 200
    assert office.post(url("closing_reopen", filed), {"why": ""}).status_code == 422
    assert office.post(url("closing_reopen", filed), {"why": "A late list."}).status_code == 302
    assert Closing.objects.get(status="reopened")


def test_the_person_sees_no_difference_when_the_cycle_is_closed(
    world: Enrolled, filed: Application, amina: User
) -> None:
    browser = signed_in(amina)
    page = address("my_application")
    before = browser.get(page).content
    closing.confirm(closing.propose(filed.cycle, by=world.claire), by=world.dominique)
    assert len(browser.get(page).content) == len(before)


@pytest.mark.parametrize("name", ["followup_person", "handing_over", "cycle_closing"])
def test_pages_cost_the_same_for_many(
    world: Enrolled,
    filed: Application,
    name: str,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    browser = signed_in(world.claire)
    browser.get(url(name, filed))
    with django_assert_max_num_queries(40) as one:
        browser.get(url(name, filed))
    for index in range(3):
        world.filed(world.person(f"p{index}"))
    with django_assert_max_num_queries(len(one)):
        browser.get(url(name, filed))


def test_nobody_is_reminded_where_there_is_no_cycle(claire: User) -> None:
    assert signed_in(claire).get(address("followup_remind")).status_code == 404
