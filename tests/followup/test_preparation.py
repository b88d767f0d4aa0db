"""Preparing the UdeM application: the same list for everyone who asked for the same programs, ticked at once."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.translation import override

from accounts.models import User
from applications import lifecycle
from applications.models import Application
from audit.moves import Refused
from followup import preparation
from followup.models import Done, Preparation
from followup.situation import of_application
from tests import factories
from tests.followup.factories import World
from tests.followup.pages import address, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_list(db: None) -> list[Preparation]:
    """Three things, and none of those that a migration wrote."""
    Preparation.objects.all().delete()
    return [factories.preparation(1), factories.preparation(2), factories.preparation(3)]


@pytest.fixture
def application(world: World, amina: User) -> Application:
    return world.submitted(amina)


def listed(application: Application, user: User) -> list[str]:
    situation = of_application(application, user, at=application.submitted_at)  # type: ignore[arg-type]
    return [thing.preparation.title for thing in preparation.checklist(situation).things]


@pytest.mark.parametrize(
    ("language", "title"),
    [("fr", "Préparer ma demande à l’UdeM"), ("en", "Prepare my UdeM application")],
)
def test_the_list_is_there_from_the_submission_on(
    application: Application, amina: User, language: str, title: str
) -> None:
    page = signed_in(amina).get(address("preparation", application.number, language=language))
    text = page.content.decode()
    assert title in text
    assert ("Chose 1" if language == "fr" else "Thing 1") in text
    assert "217-510" in text
    assert "https://admission.umontreal.ca/" in text


def test_the_page_warns_of_the_lost_fee(application: Application, amina: User) -> None:
    page = signed_in(amina).get(address("preparation", application.number, language="en"))
    assert "fee is lost if you are not selected" in page.content.decode()


def test_whoever_has_an_offer_is_not_told_to_wait_for_our_answer(world: World, amina: User) -> None:
    number = world.answered(amina, "accept").application.number
    text = signed_in(amina).get(address("preparation", number, language="en")).content.decode()
    assert "Reply to our offer first, then file and pay." in text
    assert "If you are selected" not in text
    assert "before our answer." not in text


def test_a_draft_has_nothing_to_prepare(world: World, amina: User) -> None:
    draft = factories.draft(amina, world.cycle)
    response = signed_in(amina).get(address("preparation", draft.number))
    assert response.status_code == 302
    assert response["Location"] == address("past_application", draft.number)


def test_a_withdrawn_file_has_nothing_to_prepare(application: Application, amina: User) -> None:
    lifecycle.withdraw(application, by=amina)
    assert signed_in(amina).get(address("preparation", application.number)).status_code == 302


def test_it_is_ones_own_list(
    application: Application, bruno: User, claire: User, the_list: list[Preparation]
) -> None:
    for stranger in (bruno, claire):
        browser = signed_in(stranger)
        assert browser.get(address("preparation", application.number)).status_code == 404
        tick = address("preparation_tick", application.number, the_list[0].pk)
        assert browser.post(tick, {"done": "1"}).status_code == 404
    assert not Done.objects.exists()


def test_ticking_is_saved_at_once(
    application: Application, amina: User, the_list: list[Preparation]
) -> None:
    browser = signed_in(amina)
    tick = address("preparation_tick", application.number, the_list[1].pk, language="en")
    for _click in range(2):
        response = browser.post(tick, {"done": "1"}, follow=True)
        assert "Ready: 1 of 3" in response.content.decode()
    assert Done.objects.get().preparation == the_list[1]
    response = browser.post(tick, {"done": "0"}, follow=True)
    assert "Ready: 0 of 3" in response.content.decode()
    assert not Done.objects.exists()


def test_with_a_script_only_the_list_comes_back(
    application: Application, amina: User, the_list: list[Preparation]
) -> None:
    tick = address("preparation_tick", application.number, the_list[0].pk)
    response = signed_in(amina).post(tick, {"done": "1"}, headers={"HX-Request": "true"})
    text = response.content.decode()
    assert text.startswith('<div id="checklist">')
    assert len(re.findall('aria-pressed="true"', text)) == 1


def test_a_tick_is_sent_by_a_button_and_about_the_list(
    application: Application, amina: User, the_list: list[Preparation]
) -> None:
    browser = signed_in(amina)
    tick = address("preparation_tick", application.number, the_list[0].pk)
    assert browser.get(tick).status_code == 405
    hidden = factories.preparation(4, is_shown=False)
    for pk in (hidden.pk, 0):
        unknown = address("preparation_tick", application.number, pk)
        assert browser.post(unknown, {"done": "1"}).status_code == 404


def test_nobody_ticks_for_another(
    application: Application, bruno: User, the_list: list[Preparation]
) -> None:
    with pytest.raises(Refused) as refused:
        preparation.tick(application, the_list[0], done=True, by=bruno)
    assert refused.value.forbidden


def test_the_list_is_of_the_programs_asked_for(application: Application, amina: User) -> None:
    factories.preparation(4, program=factories.program("msc"), title_fr="Stage")
    factories.preparation(5, program=factories.program("dess"), title_fr="Sans stage")
    assert listed(application, amina)[3:] == ["Stage"]


def test_permits_concern_those_who_need_them(application: Application, amina: User) -> None:
    factories.preparation(4, for_permits=True, title_fr="Permis")
    assert "Permis" in listed(application, amina)
    Application.objects.filter(pk=application.pk).update(canada_status="citizen")
    application.refresh_from_db()
    assert "Permis" not in listed(application, amina)


def test_my_application_shows_what_is_left(
    application: Application, amina: User, the_list: list[Preparation]
) -> None:
    factories.preparation(4)
    preparation.tick(application, the_list[0], done=True, by=amina)
    page = signed_in(amina).get(address("my_application")).content.decode()
    assert "Chose 1" not in page
    assert "Chose 4" in page
    assert address("preparation", application.number) in page


def test_the_page_costs_the_same_whatever_the_list(
    application: Application, amina: User, django_assert_num_queries: object
) -> None:
    browser = signed_in(amina)
    for extra in (0, 3):
        for position in range(extra):
            factories.preparation(10 + position)
        with django_assert_num_queries(12):  # type: ignore[operator]
            browser.get(address("preparation", application.number))


def test_an_answer_of_no_ends_the_list(world: World, amina: User) -> None:
    decision = world.answered(amina, "decline")
    page = address("preparation", decision.application.number)
    assert signed_in(amina).get(page).status_code == 302


def test_an_offer_keeps_it(world: World, amina: User) -> None:
    offer = world.accepted(amina)
    page = address("preparation", offer.decision.application.number)
    assert signed_in(amina).get(page).status_code == 200


@pytest.mark.parametrize(
    "wrong", [{"text_en": ""}, {"link_fr": "http://umontreal.ca/"}, {"link_en": "javascript:1"}]
)
def test_the_database_keeps_the_list_sound(wrong: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.preparation(9, **wrong)


def test_the_office_writes_the_list(adam: User, client: Client) -> None:
    client.force_login(adam)
    page = client.get("/en/admin/followup/preparation/")
    assert "Chose 1" in page.content.decode()
    with override("en"):
        assert str(Preparation.objects.all()[0]) == "Thing 1"


def test_a_tick_is_named_without_words_of_the_person(
    application: Application, the_list: list[Preparation]
) -> None:
    done = Done(application=application, preparation=the_list[0])
    assert str(done) == f"{application.number}, Chose 1"
    assert done.at - application.created_at < timedelta(minutes=5)
