"""The page of one reader: files that go to somebody else, or are due later."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from applications.models import Application
from cycles.models import Cycle
from reviews.models import Assignment
from tests.reviews import factories as judging


@pytest.fixture
def files(cycle: Cycle, david: User, claire: User) -> list[Application]:
    """Three files of David's: the first begun."""
    rows = judging.filed(3, cycle)
    judging.saved(judging.assigned(rows[0], david, by=claire), 4)
    for row in rows[1:]:
        judging.assigned(row, david, by=claire)
    return rows


def key(file: Application) -> int:
    """The assignment's."""
    return Assignment.objects.get(application=file, status="assigned").pk


def posted(client: Client, cycle: Cycle, act: str, reader: User, **said: Any) -> Any:
    """What the page answers."""
    address = f"/en/progress/readers/{reader.pk}/{act}/"
    return client.post(address, {"cycle": cycle.code, "why": "On leave", **said}, follow=True)


def test_all_that_was_not_begun(
    client: Client,
    cycle: Cycle,
    files: list[Application],
    david: User,
    readers: list[User],
    claire: User,
) -> None:
    client.force_login(claire)
    page = client.get(f"/en/progress/readers/{david.pk}/?cycle={cycle.code}").content.decode()
    assert page.count("Not begun") == 2
    assert files[0].number in page
    # "Begun too" is for those ticked: a whole queue is never swept with its drafts.
    said = {"which": "unopened", "to": readers[0].pk, "begun_too": "on"}
    answer = posted(client, cycle, "move", david, **said)
    assert answer.redirect_chain[-1][0] == f"/en/progress/readers/{david.pk}/?cycle=A27"
    assert "2 files moved. 1 file was begun, and stays." in answer.content.decode()
    assert Assignment.objects.of(readers[0]).count() == 2


def test_those_ticked_begun_only_when_said(
    client: Client,
    cycle: Cycle,
    files: list[Application],
    david: User,
    readers: list[User],
    claire: User,
) -> None:
    client.force_login(claire)
    ticked = [key(files[0]), key(files[1])]
    said = {"which": "ticked", "ticked": ticked, "to": readers[0].pk}
    assert "1 file moved." in posted(client, cycle, "move", david, **said).content.decode()
    again = {**said, "ticked": [key(files[0])]}
    refused = posted(client, cycle, "move", david, **again)
    assert "There is no file to move." in refused.content.decode()
    answer = posted(client, cycle, "move", david, **again, begun_too="on")
    assert "1 file moved." in answer.content.decode()
    answer = posted(client, cycle, "move", david, which="unopened", to="")
    assert "1 file moved." in answer.content.decode()
    assert "Nothing is left to read" in answer.content.decode()


def test_what_is_missing_is_said(
    client: Client, cycle: Cycle, files: list[Application], david: User, claire: User
) -> None:
    client.force_login(claire)
    answer = posted(client, cycle, "move", david, which="ticked")
    assert answer.status_code == 422
    assert "Tick at least one file." in answer.content.decode()
    answer = posted(client, cycle, "move", david, which="unopened", why="", ticked=[key(files[1])])
    assert answer.status_code == 422
    assert f'value="{key(files[1])}" checked' in answer.content.decode()
    answer = posted(client, cycle, "move", david, which="unopened", to=david.pk)
    assert answer.status_code == 422
    assert posted(client, cycle, "extend", david, due_on="").status_code == 422
    assert client.post(f"/en/progress/readers/{david.pk}/extend/").status_code == 404


def test_more_time(
    client: Client, cycle: Cycle, files: list[Application], david: User, claire: User
) -> None:
    client.force_login(claire)
    later = cycle.reviews_due_on + timedelta(days=3)
    answer = posted(client, cycle, "extend", david, due_on=later.isoformat())
    assert "3 files are due later." in answer.content.decode()
    assert {row.due_on for row in Assignment.objects.all()} == {later}
    answer = posted(client, cycle, "extend", david, due_on=later.isoformat())
    assert "due on that day or later" in answer.content.decode()


def test_somebody_who_never_read_is_nobody_here(
    client: Client, cycle: Cycle, amina: User, claire: User
) -> None:
    client.force_login(claire)
    assert client.get(f"/en/progress/readers/{amina.pk}/").status_code == 404


def test_directors_look_and_touch_nothing(
    client: Client, cycle: Cycle, files: list[Application], david: User, dominique: User
) -> None:
    client.force_login(dominique)
    page = client.get(f"/en/progress/readers/{david.pk}/").content.decode()
    assert files[0].number in page
    assert "Move the files" not in page
    assert posted(client, cycle, "move", david, which="unopened").status_code == 403
