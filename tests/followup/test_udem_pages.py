"""One's own file at UdeM: each page works in both languages, for its person alone, and says what to do next."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from cycles.models import Cycle
from followup import student_centre
from followup.models import Filing, Identity, Preparation, UdemFile
from followup.situation import TITLES, State
from tests.followup.factories import NUMBER, World
from tests.followup.pages import address, signed_in
from tests.followup.udem_world import CONDITION, at, number_of, today

pytestmark = pytest.mark.django_db
FORMS = (
    *("udem_documents", "udem_documents_sent", "udem_answer"),
    *("udem_condition_met", "udem_accepted", "udem_identity"),
)
ACTS = ("udem_take_back", "udem_identity_erase")
# What each step has to say: French, then English.
SAYS = {
    "to_file": ("217-510", "217-510"),
    "filed": ("L’UdeM m’a demandé des documents", "UdeM asked me for documents"),
    "documents": ("Il reste 10 jours ouvrables", "10 working days are left"),
    "admitted": ("J’ai accepté l’offre de l’UdeM", "I accepted UdeM’s offer"),
    "conditional": ("Ma condition est remplie", "My condition is met"),
    "refused": ("à la direction du programme", "head of the program"),
    "closed": ("écrivez tout de suite", "write at once"),
    "accepted": ("S’inscrire aux cours", "Register for courses"),
    "registered": ("Inscri", "Registered"),
    "deferred": ("Reporté à un trimestre ultérieur", "Deferred to a later term"),
    "not_registered": ("inscription", "Not registered"),
}


def read(user: User, name: str, *args: object, language: str = "fr") -> str:
    answer = signed_in(user).get(address(name, *args, language=language))
    assert answer.status_code == 200
    return unescape(answer.content.decode())


@pytest.mark.parametrize("status", Filing.values)
def test_each_step_says_what_to_do_next(world: World, amina: User, status: str) -> None:
    row = at(world, amina, Filing(status))
    number = number_of(row)
    for language, words in zip(("fr", "en"), SAYS[status], strict=True):
        page = read(amina, "udem_file", number, language=language)
        assert words in page
        mine = read(amina, "my_application", language=language)
        assert address("udem_file", number, language=language) in mine
        if status == "conditional":
            assert CONDITION in page
            assert CONDITION in mine
    assert NUMBER not in address("udem_file", number)
    confirmed = status in ("registered", "deferred", "not_registered")
    assert ("confirmed by the office" in page) == confirmed
    feed = signed_in(amina).get(address("application_calendar", number)).content.decode()
    assert ("udem-documents" in feed) == (status == "documents")
    assert ("udem-accept" in feed) == (status in ("admitted", "conditional"))


def test_every_state_has_a_title() -> None:
    assert {*TITLES} == {*State}


@pytest.mark.parametrize("name", [*FORMS, *ACTS, "udem_file"])
def test_nobody_elses(world: World, amina: User, bruno: User, name: str) -> None:
    number = number_of(at(world, amina, Filing.CONDITIONAL))
    for other in (bruno, world.claire, world.dominique):
        browser = signed_in(other)
        if name not in ACTS:
            assert browser.get(address(name, number)).status_code == 404
        if name != "udem_file":
            assert browser.post(address(name, number)).status_code == 404
    wrong = signed_in(amina).post if name == "udem_file" else signed_in(amina).get
    if name in (*ACTS, "udem_file"):
        assert wrong(address(name, number)).status_code == 405


def test_the_whole_way_told_by_the_person(world: World, amina: User) -> None:
    number, browser = number_of(at(world, amina, Filing.FILED)), signed_in(amina)
    day = today().isoformat()

    def tell(name: str, **typed: str) -> Any:
        page = address(name, number, language="en")
        assert browser.get(page).status_code == 200
        answer = browser.post(page, typed, follow=True)
        assert answer.status_code == 200
        return unescape(answer.content.decode())

    asked = tell("udem_documents", documents_asked_on=day)
    assert "10 working days are left" in asked
    tell("udem_documents_sent", documents_done_on=day)
    last = (today() + timedelta(days=10)).isoformat()
    tell("udem_answer", status="conditional", decided_on=day, condition=CONDITION, accept_by=last)
    tell("udem_condition_met", condition_met_on=day)
    done = tell("udem_accepted", accepted_on=day)
    assert "Accepted on" in done
    row = UdemFile.objects.get()
    assert (row.status, row.condition_met_on, row.documents_done_on) == (
        "accepted",
        today(),
        today(),
    )
    thread = read(amina, "my_application", language="en")
    for words in ("UdeM asked for documents", "UdeM admitted you on a condition"):
        assert words in thread
    browser.post(address("udem_take_back", number))
    row.refresh_from_db()
    assert row.status == "admitted"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_wrong_is_said_and_kept(world: World, amina: User, language: str) -> None:
    number, browser = number_of(at(world, amina, Filing.FILED)), signed_in(amina)
    wrong = {
        "udem_documents": {"documents_asked_on": "2999-01-01"},
        "udem_answer": {"status": "conditional", "decided_on": "1999-01-01"},
    }
    for name, typed in wrong.items():
        answer = browser.post(address(name, number, language=language), typed)
        assert answer.status_code == 422
        assert [*typed.values()][-1] in answer.content.decode()
    assert "condition" in unescape(answer.content.decode())
    assert UdemFile.objects.get().status == "filed"
    late = browser.post(address("udem_accepted", number), {"accepted_on": today().isoformat()})
    assert late.status_code in (302, 409)
    assert UdemFile.objects.get().status == "filed"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_identity_in_three_fields(world: World, amina: User, language: str) -> None:
    number, browser = number_of(at(world, amina, Filing.TO_FILE)), signed_in(amina)
    page = address("udem_identity", number, language=language)
    form = browser.get(page).content.decode()
    for token in ("bday-day", "bday-month", "bday-year"):
        assert f'autocomplete="{token}"' in form
    typed = {"birth_day": "31", "birth_month": "2", "birth_year": "1999", "country_1": "SN"}
    assert browser.post(page, typed).status_code == 422
    assert browser.post(page, {}).status_code == 422
    assert browser.post(page, {"code": "12"}).status_code == 422
    typed |= {"birth_day": "17", "country_2": "FR", "code": "dias 9904 1702"}
    assert browser.post(page, typed).status_code == 302
    identity = Identity.objects.get()
    assert (str(identity.born_on), identity.citizenships) == ("1999-02-17", ["SN", "FR"])
    again = browser.get(page).content.decode()
    assert 'value="1999"' in again
    assert 'value="DIAS99041702"' in again
    browser.post(address("udem_identity_erase", number))
    assert not Identity.objects.exists()


def test_what_is_typed_of_who_one_is_does_not_wait_in_a_session(world: World, amina: User) -> None:
    number, browser = number_of(at(world, amina, Filing.TO_FILE)), signed_in(amina)
    browser.logout()
    for name, typed in {
        "udem_identity": {"birth_year": "1999"},
        "udem_report": {"number": "777777"},
        "udem_correct": {"number": "777777"},
    }.items():
        assert browser.post(address(name, number), typed).status_code == 302
        assert "kept" not in browser.session


def test_the_time_left_and_after_it(world: World, amina: User) -> None:
    number = number_of(at(world, amina, Filing.TO_FILE))
    page = read(amina, "udem_file", number, language="en")
    assert "we count the day before, to be safe" in page
    assert 'role="timer"' in page
    day = timezone.localdate()
    cycle = Cycle.objects.filter(pk=world.cycle.pk)
    dates = ("documents_due_on", "reviews_due_on", "release_on", "reply_by")
    past = dict.fromkeys(dates, day - timedelta(days=2))
    cycle.update(**past, udem_safe_on=day - timedelta(days=1), udem_official_on=day)
    page = read(amina, "udem_file", number, language="en")
    assert "The safe day has passed." in page
    assert 'role="timer"' in page
    cycle.update(udem_safe_on=day - timedelta(days=2), udem_official_on=day - timedelta(days=1))
    for name, args in {"udem_file": [number], "my_application": []}.items():
        page = read(amina, name, *args, language="en")
        assert "If you have applied, tell us the number. If not, write to us now." in page
        assert "is for the university to say" in page
        assert 'role="timer"' not in page


def test_where_to_apply_is_one_click_away(world: World, amina: User) -> None:
    number = number_of(at(world, amina, Filing.TO_FILE))
    for name, args in {"udem_file": [number], "my_application": []}.items():
        assert 'href="https://admission.umontreal.ca/"' in read(amina, name, *args, language="en")


def test_what_the_office_says_is_not_said_twice(world: World, amina: User) -> None:
    number = number_of(at(world, amina, Filing.ADMITTED))
    page = read(amina, "udem_file", number, language="en")
    assert "After it, the file is closed." in page
    assert "After it, the file closes." not in page


def test_links_kept_by_administrators(world: World, amina: User) -> None:
    row = at(world, amina, Filing.REFUSED)
    Preparation.objects.create(
        moment="refused",
        title_fr="Qui écrire",
        title_en="Whom to write to",
        link_fr="https://example.org/fr",
    )
    page = read(amina, "udem_file", number_of(row), language="en")
    assert "Whom to write to" in page
    assert "https://example.org/fr" in page
    assert "Whom to write to" not in read(amina, "my_application", language="en")


def test_before_a_yes_there_is_no_such_page(world: World, amina: User) -> None:
    number = world.answered(amina).application.number
    assert signed_in(amina).get(address("udem_file", number)).status_code == 302
    for name in FORMS:
        assert signed_in(amina).get(address(name, number)).status_code == 404


@pytest.mark.parametrize("proofs", [0, 1])
def test_the_page_costs_the_same(
    world: World, amina: User, proofs: int, django_assert_num_queries: Any
) -> None:
    row = at(world, amina, Filing.DOCUMENTS)
    for turn in range(proofs * 3):
        day = today() if turn % 2 else None
        student_centre.say_sent(row, day, by=amina)
    browser = signed_in(amina)
    browser.get(address("udem_file", number_of(row)))
    with django_assert_num_queries(10):
        browser.get(address("udem_file", number_of(row)))
