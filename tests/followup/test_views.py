"""The same questions of every view: works, stranger, wrong role, wrong method, wrong moment, both languages."""

from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from accounts.models import User
from cycles.clock import day_of
from followup import offers
from followup.models import Filing, Offer, Reply, UdemFile
from reviews.models import Decision
from tests.followup.factories import NUMBER, World, decided
from tests.followup.pages import address, signed_in

pytestmark = pytest.mark.django_db
PAGES = ("past_application", "offer_accept", "offer_decline", "udem_report", "udem_correct")


def today() -> str:
    return day_of(timezone.now()).isoformat()


@pytest.mark.parametrize("name", PAGES)
def test_strangers_find_nothing(world: World, amina: User, bruno: User, name: str) -> None:
    number = world.filed(amina).offer.decision.application.number
    browser = signed_in(bruno)
    for method in (browser.get, browser.post):
        if name != "past_application" or method == browser.get:
            assert method(address(name, number)).status_code == 404
    assert signed_in(amina).get(address(name, "A27-NOBODY")).status_code == 404


@pytest.mark.parametrize("name", [*PAGES, "my_application"])
def test_visitors_sign_in_first(client: object, world: World, amina: User, name: str) -> None:
    number = world.submitted(amina).number
    args = [number] if name in PAGES else []
    response = client.get(address(name, *args))  # type: ignore[attr-defined]
    assert response.status_code == 302
    assert response["Location"].startswith(address("account_login"))


@pytest.mark.parametrize("name", ["my_application", "past_application"])
def test_pages_are_read_only(world: World, amina: User, name: str) -> None:
    number = world.submitted(amina).number

    args = [number] if name in PAGES else []
    assert signed_in(amina).post(address(name, *args)).status_code == 405


def test_staff_have_no_application_of_their_own(
    world: World, amina: User, david: User, adam: User
) -> None:
    application = world.accepted(amina).decision.application
    for user in (world.claire, world.dominique, david, adam):
        browser = signed_in(user)
        assert browser.get(address("my_application")).status_code == 403
        assert browser.get(address("past_application", application.number)).status_code == 404


def test_staff_reply_and_report_for_nobody(world: World, amina: User) -> None:
    number = world.answered(amina).application.number
    for name in ("offer_accept", "offer_decline"):
        for staff in (world.claire, world.dominique):
            browser = signed_in(staff)
            assert browser.get(address(name, number)).status_code == 404
            assert browser.post(address(name, number)).status_code == 404
    assert not Offer.objects.exists()
    offers.accept(Decision.objects.get(), by=amina, at=timezone.now())
    for name in ("udem_report", "udem_correct"):
        assert signed_in(world.claire).get(address(name, number)).status_code == 404


@pytest.mark.parametrize("language", ["fr", "en"])
def test_accept(world: World, amina: User, language: str) -> None:
    number = world.answered(amina).application.number
    browser = signed_in(amina)
    page = address("offer_accept", number, language=language)
    assert browser.get(page)["Location"] == address("my_application", language=language)
    assert not Offer.objects.exists(), "a GET changes nothing"
    for _click in range(2):
        response = browser.post(page, follow=True)
        assert response.redirect_chain[-1][0] == address("my_application", language=language)
    assert Offer.objects.get().status == Reply.ACCEPTED


@pytest.mark.parametrize("language", ["fr", "en"])
def test_decline_asks_first(world: World, amina: User, language: str) -> None:
    number = world.answered(amina).application.number
    browser, page = signed_in(amina), address("offer_decline", number, language=language)
    assert browser.get(page).status_code == 200
    assert not Offer.objects.exists()
    too_long = browser.post(page, {"reason": "x" * 501})
    assert too_long.status_code == 422
    assert "x" * 501 in too_long.content.decode(), "what was typed is kept"
    browser.post(page, {"reason": "Ailleurs"})
    offer = Offer.objects.get()
    assert (offer.status, offer.reason) == (Reply.DECLINED, "Ailleurs")


def test_too_late_is_said_and_changes_nothing(world: World, amina: User) -> None:
    number = world.answered(amina).application.number
    cycle = world.cycle
    for field in ("documents_due_on", "reviews_due_on", "release_on", "reply_by"):
        setattr(cycle, field, timezone.now().date() - timedelta(days=2))
    cycle.save()
    response = signed_in(amina).post(address("offer_accept", number), follow=True)
    assert "Le dernier jour pour répondre est passé" in unescape(response.content.decode())
    assert not Offer.objects.exists()


@pytest.mark.parametrize("state", ["absent", "approved"])
def test_no_reply_page_before_the_release(world: World, amina: User, state: str) -> None:
    application = world.submitted(amina)
    if state == "approved":
        decided(application, "accept", **world.staff)
    for name in ("offer_accept", "offer_decline", "udem_report"):
        assert signed_in(amina).post(address(name, application.number)).status_code == 404


@pytest.mark.parametrize("language", ["fr", "en"])
def test_report_keeps_what_was_typed(world: World, amina: User, language: str) -> None:
    number = world.accepted(amina).decision.application.number
    browser, page = signed_in(amina), address("udem_report", number, language=language)
    assert browser.get(page).status_code == 200
    wrong = browser.post(page, {"number": "12", "filed_on": "2999-01-01"})
    text = unescape(wrong.content.decode())
    assert wrong.status_code == 422
    assert 'value="12"' in text
    assert 'value="2999-01-01"' in text
    assert text.count('class="errors"') == 1
    assert ("Erreur" if language == "fr" else "Error") in text.partition("</title>")[0]
    browser.post(page, {"number": f" {NUMBER[:4]} {NUMBER[4:]} ", "filed_on": today()})
    udem_file = UdemFile.objects.get()
    assert (udem_file.status, udem_file.number) == (Filing.FILED, NUMBER)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_correct_starts_from_what_is_known(world: World, amina: User, language: str) -> None:
    udem_file = world.filed(amina)
    number = udem_file.offer.decision.application.number
    browser, page = signed_in(amina), address("udem_correct", number, language=language)
    assert f'value="{NUMBER}"' in browser.get(page).content.decode()
    browser.post(page, {"number": "55555", "filed_on": today()})
    udem_file.refresh_from_db()
    assert udem_file.number == "55555"


def test_what_was_typed_survives_a_lost_session(world: World, amina: User) -> None:
    number = world.answered(amina).application.number
    browser, page = signed_in(amina), address("offer_decline", number)
    browser.logout()
    assert browser.post(page, {"reason": "Une autre école."}).status_code == 302
    kept = browser.session["kept"]
    browser.force_login(amina)
    session = browser.session
    session["kept"] = kept
    session.save()
    assert "Une autre école." in browser.get(page).content.decode()
    assert "Une autre école." not in browser.get(page).content.decode(), "given back once"
