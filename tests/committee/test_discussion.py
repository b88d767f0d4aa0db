"""The pages of the discussion."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from applications.models import Application
from committee import remarks
from committee.models import Remark
from cycles.models import Cycle
from reviews import scoring
from reviews.models import Assignment
from tests.reviews import factories as judging

HOSTILE = "<script>alert(1)</script> \u202egnp.exe ' OR 1=1 --"


def address(application: Application) -> str:
    """The discussion's, in English."""
    return f"/en/files/{application.number}/discussion/"


def text_of(response: Any) -> str:
    """The page."""
    assert response.status_code in {200, 422}, response.status_code
    return str(response.content.decode())


@pytest.fixture
def desk(client: Client, david: User) -> Client:
    """David's browser."""
    client.force_login(david)
    return client


def test_saying_and_reading(
    desk: Client, application: Application, handed_in: Assignment, claire: User
) -> None:
    page = text_of(desk.get(address(application)))
    assert "Nobody has said anything yet" in page
    assert "Solid." in page
    assert "CANARY" not in page
    assert text_of(desk.post(f"{address(application)}say/", {"text": " "}))
    assert not Remark.objects.exists()
    page = text_of(desk.post(f"{address(application)}say/", {"text": HOSTILE}, follow=True))
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    office = Client()
    office.force_login(claire)
    page = text_of(office.get(address(application)))
    assert "David Chen" in page
    assert f"/en/files/{application.number}/" in page
    assert "withdraw/" not in page


def test_correcting_and_withdrawing(
    desk: Client, application: Application, handed_in: Assignment, david: User
) -> None:
    said = remarks.say(application, "Strog", by=david)
    correct = f"/en/remarks/{said.pk}/correct/"
    assert correct in text_of(desk.get(address(application)))
    assert "Strog" in text_of(desk.get(correct))
    assert desk.post(correct, {"text": "x" * 2001}).status_code == 422
    assert "Strong" in text_of(desk.post(correct, {"text": "Strong"}, follow=True))
    Remark.objects.update(at=timezone.now() - timezone.timedelta(hours=1))
    assert correct not in text_of(desk.get(address(application)))
    page = text_of(desk.post(f"/en/remarks/{said.pk}/withdraw/", follow=True))
    assert "withdrawn by its author" in page
    assert "Strong" not in page


def test_nobody_else_gets_in(
    application: Application, handed_in: Assignment, david: User, zoe: User, amina: User
) -> None:
    said = remarks.say(application, "Between us", by=david)
    pages = [address(application), f"/en/remarks/{said.pk}/correct/"]
    acts = [f"{address(application)}say/", f"/en/remarks/{said.pk}/withdraw/"]
    for person, code in ((zoe, 404), (amina, 403)):
        browser = Client()
        browser.force_login(person)
        assert [browser.get(page).status_code for page in pages] == [code] * 2
        assert [browser.post(act, {"text": "x"}).status_code for act in acts] == [code] * 2
    said.refresh_from_db()
    assert said.withdrawn_at is None


def test_taken_back_it_is_gone(
    desk: Client, application: Application, handed_in: Assignment, david: User
) -> None:
    link = f"/en/files/{application.number}/discussion/"
    assert link in text_of(desk.get(f"/en/queue/{handed_in.pk}/"))
    scoring.take_back(handed_in, by=david)
    assert desk.get(address(application)).status_code == 404
    assert link not in text_of(desk.get(f"/en/queue/{handed_in.pk}/"))


def test_a_blind_cycle_keeps_the_name(
    desk: Client, cycle: Cycle, application: Application, handed_in: Assignment, claire: User
) -> None:
    Cycle.objects.filter(pk=cycle.pk).update(is_blind=True)
    page = text_of(desk.get(address(application)))
    assert "Benali" not in page
    assert application.number in page
    office = Client()
    office.force_login(claire)
    assert "Benali" in text_of(office.get(address(application)))


def test_as_many_queries_for_one_remark_as_for_three(
    desk: Client,
    application: Application,
    handed_in: Assignment,
    david: User,
    claire: User,
    zoe: User,
) -> None:
    counts = []
    for many in (1, 2):
        for _time in range(many):
            remarks.say(application, "Words.", by=claire)
        with CaptureQueriesContext(connection) as queries:
            desk.get(address(application))
        counts.append(len(queries))
        if many == 1:
            judging.hand_in(Assignment.objects.get(reviewer=zoe), 3, 3, 3)
    assert counts == [9, 9]
