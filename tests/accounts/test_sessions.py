"""A session says when it ends, can be prolonged, dies with a password change, and is swept."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.session_store import SessionStore
from accounts.tasks import clear_sessions
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(client: Client, amina: User) -> Client:
    client.force_login(amina)
    return client


def ends(client: Client) -> datetime:
    """The moment in the session's row."""
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    return Session.objects.get(session_key=key).expire_date


def shorten(client: Client, left: timedelta) -> None:
    """Let the session end in so long."""
    Session.objects.update(expire_date=timezone.now() + left)


def test_the_page_knows_when_the_session_ends(mine: Client) -> None:
    shorten(mine, timedelta(minutes=9))
    text = mine.get(reverse("account_home")).content.decode()
    assert 'id="session-bar" hidden' in text
    moment = text.partition('data-ends="')[2].partition('"')[0]
    assert abs(datetime.fromisoformat(moment) - ends(mine)) < timedelta(seconds=1)


def test_a_visitor_has_no_such_bar(client: Client) -> None:
    assert "session-bar" not in client.get(reverse("account_login")).content.decode()


def test_staying_begins_the_time_anew(mine: Client) -> None:
    shorten(mine, timedelta(minutes=2))
    answer = mine.post(reverse("account_stay"))
    assert answer.status_code == 200
    whole = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    assert abs(ends(mine) - whole) < timedelta(minutes=1)
    told = datetime.fromisoformat(answer.json()["ends"])
    assert abs(told - ends(mine)) < timedelta(seconds=5)


def test_a_long_session_is_prolonged_by_as_long(mine: Client) -> None:
    session: Any = mine.session
    session.set_expiry(timedelta(minutes=3))
    session.save()
    mine.post(reverse("account_stay"))
    assert abs(ends(mine) - (timezone.now() + settings.STAY_SIGNED_IN)) < timedelta(minutes=1)


def test_looking_prolongs_nothing(mine: Client) -> None:
    shorten(mine, timedelta(minutes=2))
    before = ends(mine)
    mine.get(reverse("account_home"))
    assert mine.get(reverse("account_stay")).status_code == 405
    assert ends(mine) == before


def test_a_session_that_ended_cannot_stay(mine: Client) -> None:
    shorten(mine, -timedelta(minutes=1))
    assert mine.post(reverse("account_stay"), headers={"HX-Request": "true"}).status_code == 401
    assert mine.post(reverse("account_stay")).status_code == 302


def test_other_sessions_die_with_the_password(mine: Client, amina: User) -> None:
    other = Client()
    other.force_login(amina)
    amina.set_password("a new and long password")
    amina.save()
    for client in (mine, other):
        assert client.get(reverse("account_home")).status_code == 302


def test_ended_sessions_are_swept(mine: Client) -> None:
    ended = SessionStore()
    ended["kept"] = {"fields": {"statement": ["words"]}}
    ended.create()
    Session.objects.filter(session_key=ended.session_key).update(expire_date=timezone.now())
    clear_sessions()
    assert [row.session_key for row in Session.objects.all()] == [mine.session.session_key]


LONG = "é" * 2990
FORMS: dict[str, dict[str, str]] = {
    "statement": {"statement": LONG, "internship_goals": "é" * 990},
    "you": {"first_names": "Amina", "last_names": "Benali"},
    "studies": {
        "degrees-TOTAL_FORMS": "2",
        "degrees-INITIAL_FORMS": "0",
        "degrees-0-institution": "Université de la Teranga",
        "degrees-1-institution": "Université d’Ottawa",
    },
    "experience": {"code_example": "é" * 490, "circumstances": "é" * 1490},
}


@pytest.mark.parametrize("step", FORMS)
def test_no_form_loses_text_with_the_session(client: Client, amina: User, step: str) -> None:
    draft = factories.draft(amina, factories.cycle(), complete=False)
    client.force_login(amina)
    page = reverse("application_step", args=[draft.number, step])
    if client.get(page).status_code == 404:
        pytest.skip("This form has no such step.")
    shorten(client, -timedelta(minutes=1))
    assert client.post(page, FORMS[step]).status_code == 302
    client.force_login(amina)
    text = client.get(page).content.decode()
    kept = [value for value in FORMS[step].values() if len(value) > 3 and value in text]
    assert kept, "What was typed is not on the page."


def test_a_message_and_needs_come_back_too(client: Client, amina: User) -> None:
    application = factories.submitted(amina, factories.cycle())
    for name, field in (
        ("application_accommodation", "accommodation"),
        ("application_messages", "text"),
    ):
        page = reverse(name, args=[application.number])
        client.logout()
        client.post(page, {field: "Mes mots, gardés."})
        client.force_login(amina)
        assert "Mes mots, gardés." in client.get(page).content.decode()
