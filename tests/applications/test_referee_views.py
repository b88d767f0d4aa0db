"""The applicant's pages about referees: one looks twice, invites once, and sees each answer at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from applications import referees
from applications.models import Application, Referee
from applications.referees import REMIND_AFTER
from cycles.clock import end_of
from cycles.models import Cycle
from notifications.models import OutgoingEmail
from tests import factories

pytestmark = pytest.mark.django_db
PERSON = {
    "name": "Élise Fortin",
    "title": "",
    "organisation": "Université de la Teranga",
    "relation": "teacher",
    "email": "elise@universite.example",
    "language": "fr",
}


@pytest.fixture
def draft(amina: User) -> Application:
    return factories.draft(amina, factories.cycle(referees=2))


@pytest.fixture
def mine(client: Client, amina: User) -> Client:
    client.force_login(amina)
    return client


def url(name: str, application: Application, *more: Any) -> str:
    return reverse(name, args=[application.number, *more])


def text(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.mark.parametrize(("prefix", "title"), [("", "Personnes répondantes"), ("/en", "Referees")])
def test_the_step_says_how_many_and_until_when(
    mine: Client, draft: Application, prefix: str, title: str
) -> None:
    page = mine.get(prefix + f"/applications/{draft.number}/referees/")
    assert page.status_code == 200
    assert f"<h1>{title}</h1>" in text(page)
    assert {"fr": "2 lettres", "en": "2 letters"}["en" if prefix else "fr"] in text(page)
    assert page.context["position"] == page.context["total"] - 1


def test_nothing_leaves_before_the_address_was_seen_twice(mine: Client, draft: Application) -> None:
    page = mine.post(url("referee_check", draft), PERSON)
    assert page.status_code == 200
    assert "elise@universite.example</b>" in text(page)
    assert not Referee.objects.exists()
    hidden = {field.html_name: field.value() for field in page.context["form"]}
    back = mine.post(url("referee_edit", draft), hidden)
    assert 'value="elise@universite.example"' in text(back)
    assert not Referee.objects.exists()
    assert mine.post(url("referee_invite", draft), hidden).url == url("application_referees", draft)
    assert OutgoingEmail.objects.get(letter="reference_request").address == PERSON["email"]
    mine.post(url("referee_invite", draft), hidden)
    assert OutgoingEmail.objects.filter(letter="reference_request").count() == 1
    assert "Élise Fortin" in text(mine.get(url("application_referees", draft)))


@pytest.mark.parametrize("step", ["referee_check", "referee_invite"])
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "a\x00b"),
        ("name", "a" * 201),
        ("organisation", ""),
        ("relation", "king"),
        ("email", "elise"),
        ("email", "a" * 250 + "@x.example"),
        ("email", "amina@example.com"),
        ("language", "de"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    mine: Client, draft: Application, step: str, field: str, value: str
) -> None:
    page = mine.post(url(step, draft), {**PERSON, field: value})
    assert page.status_code == 422
    assert f'href="#id_{field}' in text(page)
    assert "<title>Erreur" in text(page)
    assert not Referee.objects.exists()


def test_a_name_of_several_lines_becomes_one(mine: Client, draft: Application) -> None:
    mine.post(url("referee_invite", draft), {**PERSON, "name": "Élise\n\u202eFortin\r\nX: y"})
    assert Referee.objects.get().name == "Élise Fortin X: y"


def test_the_same_address_twice_is_refused_before_and_after(
    mine: Client, draft: Application
) -> None:
    factories.referee(draft)
    other = {**PERSON, "name": "Bo"}
    for step in ("referee_check", "referee_invite"):
        page = mine.post(url(step, draft), other)
        assert page.status_code == 422
        assert "déjà nommé" in text(page)


def test_without_a_name_the_form_is_not_offered(mine: Client, bruno: User, amina: User) -> None:
    empty = factories.draft(amina, factories.cycle(referees=2), complete=False)
    page = text(mine.get(url("application_referees", empty)))
    assert 'name="email"' not in page
    assert url("application_step", empty, "you") in page
    empty.first_names = "Amina"
    empty.save()
    assert url("application_step", empty, "program") in text(
        mine.get(url("application_referees", empty))
    )


def test_what_was_typed_survives_a_lost_session(
    client: Client, amina: User, draft: Application
) -> None:
    for step in ("referee_check", "referee_invite"):
        client.logout()
        away = client.post(
            url(step, draft), PERSON, headers={"referer": f"http://testserver{url(step, draft)}"}
        )
        assert "next=" in away.url
        client.force_login(amina)
        if step == "referee_check":
            assert client.get(url(step, draft)).url == url("application_referees", draft)
        page = client.get(url("application_referees", draft))
        assert 'value="elise@universite.example"' in text(page)
    assert not Referee.objects.exists()


def test_a_reminder_is_offered_when_it_may_be_sent(mine: Client, draft: Application) -> None:
    referee = factories.referee(draft)
    remind = url("referee_remind", draft, referee.pk)
    page = url("application_referees", draft)
    assert remind not in text(mine.get(page))
    mine.post(remind, headers={"referer": f"http://testserver{page}"})
    assert not OutgoingEmail.objects.filter(letter="reference_reminder").exists()
    Referee.objects.update(invited_at=timezone.now() - REMIND_AFTER)
    assert remind in text(mine.get(page))
    assert mine.post(remind).url == page
    assert OutgoingEmail.objects.filter(letter="reference_reminder").count() == 1


def test_a_letter_that_came_back_is_shown_with_what_to_do(mine: Client, draft: Application) -> None:
    referee = factories.referee(draft)
    assert "en route" in text(mine.get(url("application_referees", draft)))
    OutgoingEmail.objects.update(status="bounced", error="550", text="")
    page = text(mine.get(url("application_referees", draft)))
    assert "vérifiez l’adresse" in page
    change = url("referee_address", draft, referee.pk)
    assert change in page
    assert mine.post(change, {"email": "nowhere"}).status_code == 422
    refused = mine.post(change, {"email": "amina@example.com"})
    assert "propre adresse" in text(refused)
    assert mine.post(change, {"email": "e@ici.example"}).status_code == 302
    page = text(mine.get(url("application_referees", draft)))
    assert "vérifiez l’adresse" not in page
    assert "e@ici.example" in page


def test_removing_asks_once_more(mine: Client, draft: Application) -> None:
    referee = factories.referee(draft)
    remove = url("referee_remove", draft, referee.pk)
    assert "Élise Fortin?" in text(mine.get(remove))
    assert Referee.objects.kept().exists()
    mine.post(remove)
    assert not Referee.objects.kept().exists()
    assert mine.get(remove).status_code == 404


def test_after_submitting_the_page_stands_alone_until_letters_are_due(
    mine: Client, draft: Application
) -> None:
    first = factories.referee(draft)
    factories.referee(draft, name="Bo", email="bo@x.example")
    factories.submit(draft)
    page = mine.get(url("application_referees", draft))
    assert page.status_code == 200
    assert 'class="steps"' not in text(page)
    assert 'name="organisation"' not in text(page)
    referees.decline(first, reason="CANARY-REASON", at=timezone.now())
    page = mine.get(url("application_referees", draft))
    assert "Ne peut pas écrire" in text(page)
    assert "CANARY-REASON" not in text(page)
    assert 'name="organisation"' in text(page)
    Cycle.objects.update(
        closes_at=timezone.now() - timedelta(days=9),
        documents_due_on=timezone.now().date() - timedelta(days=2),
    )
    assert mine.get(url("application_referees", draft)).url == reverse("my_application")


@pytest.mark.parametrize("name", ["referee_remind", "referee_address", "referee_remove"])
@pytest.mark.parametrize("who", ["bruno", "david", "claire", "elise"])
def test_nobody_else_gets_there(
    client: Client, draft: Application, name: str, who: str, request: pytest.FixtureRequest
) -> None:
    referee = factories.referee(draft)
    client.force_login(request.getfixturevalue(who))
    address = url(name, draft, referee.pk)
    assert client.post(address, {"email": "x@x.example"}).status_code == 404
    assert client.get(url("application_referees", draft)).status_code == 404
    assert Referee.objects.get().email == "elise@universite.example"


def test_the_applicant_sees_nothing_of_the_letter(mine: Client, draft: Application) -> None:
    letter = factories.pdf(1, "CANARY")
    referee = factories.letter_from(factories.referee(draft), letter, "CANARY-LABEL.pdf")
    factories.letter_from(
        factories.referee(draft, name="Bo", email="bo@x.example"), factories.pdf(2)
    )
    factories.submit(draft)
    pages = ["my_application", "application_referees", "application_receipt"]
    receipt = draft.submissions.get().receipt
    addresses = [
        reverse(pages[0]),
        url(pages[1], draft),
        reverse(pages[2], args=[receipt]),
    ]
    told = "".join(text(mine.get(address)) for address in addresses)
    told += "".join(
        row.subject + row.text for row in OutgoingEmail.objects.filter(address="amina@example.com")
    )
    assert "Lettre reçue" in told
    for canary in ("CANARY-LABEL", referee.sha256, referee.token):
        assert canary not in told


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_costs_the_same_whatever_its_length(
    mine: Client, draft: Application, count: int, django_assert_num_queries: Any
) -> None:
    draft.cycle.intakes.update(referees_asked=3)
    for index in range(count):
        factories.referee(Application.objects.get(), name=f"N{index}", email=f"n{index}@x.example")
    with django_assert_num_queries(13):
        mine.get(url("application_referees", draft))


def test_the_last_moment_is_that_of_montreal(draft: Application) -> None:
    assert Referee(application=draft).due_at == end_of(draft.cycle.documents_due_on)
