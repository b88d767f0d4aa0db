"""A unique string in every field; what a role must not see is on none of its pages."""

import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from answers import release as releasing
from applications.models import Application, Document
from cycles.models import Cycle
from reviews import assignment as assigning
from reviews import decisions
from reviews.models import Assignment
from tests import factories
from tests.conftest import Settle
from tests.reviews import factories as judging

HIDDEN: dict[str, Any] = {
    "phone": "+15145550199",
    "country": "ZW",
    "canada_status": "protected",
    "preferred_name": "CANARY-PREFERRED",
    "pronouns": "CANARY-PRONOUNS",
}


@pytest.fixture
def planted(cycle: Cycle, person: Settle, david: User, claire: User) -> Assignment:
    """A file whose every private field holds something to find, given to David."""
    owner = person("canary-address", full_name="Canary Person")
    draft = factories.draft(owner, cycle, **HIDDEN)
    Document.objects.filter(application=draft).update(label="CANARY-FILE-NAME.pdf")
    factories.submit(draft)
    return assigning.assign(Application.objects.get(), david, by=claire)


def pages(client: Client, *addresses: str) -> str:
    """All of these pages in both languages, headers included, in one text."""
    texts = []
    for address in addresses:
        for language in ("", "/en"):
            answer: Any = client.get(f"{language}{address}")
            texts.append(str(dict(answer.headers)) + answer.content.decode())
    return "\n".join(texts)


def test_a_reader_sees_none_of_it(client: Client, planted: Assignment, david: User) -> None:
    client.force_login(david)
    desk = f"/queue/{planted.pk}/"
    text = pages(client, "/queue/", desk, f"{desk}conflict/")
    assert "Canary Person" in text
    hidden = ["5550199", "Zimbabwe", "protected", "Personne protégée", "Protected person"]
    hidden += ["canary-address", "CANARY-FILE-NAME"]
    assert [word for word in hidden if word in text] == []
    assert not re.search(r"\bZW\b", text)


def test_a_blind_reader_sees_no_name(client: Client, planted: Assignment, david: User) -> None:
    Cycle.objects.update(is_blind=True)
    client.force_login(david)
    desk = f"/queue/{planted.pk}/"
    text = pages(client, "/queue/", desk, f"{desk}conflict/")
    judging.hand_in(planted, 5, 4, 3)
    text += pages(client, desk, f"/files/{planted.application.number}/discussion/")
    text += pages(client, "/readers/scales/")
    assert "canary" not in text.lower()
    assert planted.application.number in text


# Tokens, identifiers and hours differ between any two answers.
def _steady(client: Client, address: str) -> tuple[int, int, list[str]]:
    answer: Any = client.get(address)
    changing = {"Set-Cookie", "X-Request-ID"}
    return answer.status_code, len(answer.content), sorted(set(answer.headers) - changing)


@pytest.mark.parametrize("outcome", ["accept", "waitlist", "decline"])
def test_nothing_shows_before_the_release(
    client: Client, application: Application, claire: User, dominique: User, outcome: str
) -> None:
    addresses = [
        "/",
        "/applications/mine/",
        f"/applications/{application.number}/check/",
        f"/files/{application.number}/",
        "/decisions/",
    ]
    client.force_login(application.applicant)
    before = [_steady(client, address) for address in addresses]
    program = None if outcome == "decline" else factories.program()
    row = decisions.propose(application, outcome, program, by=claire)
    proposed = [_steady(client, address) for address in addresses]
    decisions.approve(row, by=dominique)
    approved = [_steady(client, address) for address in addresses]
    releasing.prepare_release(application.cycle, by=claire, while_open=True)
    frozen = [_steady(client, address) for address in addresses]
    assert before == proposed == approved == frozen
