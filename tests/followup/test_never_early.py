"""Before the release, not one byte that an applicant can get depends on the decision (P3)."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from answers import release
from applications.models import Application
from notifications.models import OutgoingEmail
from reviews import decisions
from reviews.models import Outcome
from tests import factories
from tests.followup.factories import World, release_all
from tests.followup.pages import address, signed_in

pytestmark = pytest.mark.django_db
TOKEN = re.compile(rb"(csrfmiddlewaretoken\" value=\"|X-CSRFToken\": \"|data-ends=\")[\w:.+-]+")
Prepare = Callable[[World, Application], object]


def proposed(outcome: str) -> Prepare:
    def prepare(world: World, application: Application) -> object:
        program = None if outcome == Outcome.DECLINE else factories.program()
        return decisions.propose(application, outcome, program, by=world.claire)

    return prepare


def approved(outcome: str) -> Prepare:
    def prepare(world: World, application: Application) -> object:
        decision: Any = proposed(outcome)(world, application)
        return decisions.approve(decision, by=world.dominique)

    return prepare


def prepared(outcome: str) -> Prepare:
    def prepare(world: World, application: Application) -> object:
        approved(outcome)(world, application)
        return release.prepare_release(world.cycle, by=world.claire)

    return prepare


HIDDEN = [
    proposed("accept"),
    *(approved(outcome) for outcome in Outcome.values),
    prepared("accept"),
    prepared("decline"),
]


def pages(application: Application, receipt: str) -> Iterator[str]:
    """Everything about their file that an applicant may ask for, found or not."""
    number = application.number
    for language in ("fr", "en"):
        for name, args in (
            ("home", []),
            ("my_application", []),
            ("past_application", [number]),
            ("application_receipt", [receipt]),
            ("application_review", [number]),
            ("application_withdraw", [number]),
            ("application_step", [number, "you"]),
            ("offer_accept", [number]),
            ("offer_decline", [number]),
            ("udem_report", [number]),
            ("udem_correct", [number]),
            ("application_calendar", [number]),
            ("cycle_calendar", []),
            ("preparation", [number]),
            ("my_file", []),
            ("application_erase", [number]),
            ("application_accommodation", [number]),
        ):
            yield address(name, *args, language=language)


def observed(user: User, application: Application, arrival: str) -> list[Any]:
    """Status, headers and body of every page, and every letter; what is random at each request left out."""
    browser, receipt = signed_in(user), application.submissions.get().receipt
    seen: list[Any] = []
    for page in pages(application, receipt):
        response = browser.get(page, headers={"x-request-start": arrival})
        headers = {k: v for k, v in response.items() if k != "X-Request-ID"}
        body = TOKEN.sub(rb"\1", b"".join(response))
        body = body.replace(response["X-Request-ID"].encode(), b"")
        cookies = sorted(response.cookies)
        seen.append((page, response.status_code, headers, cookies, len(body), body))
    letters = OutgoingEmail.objects.filter(address=user.email).order_by("pk")
    return [*seen, *letters.values_list("letter", "subject", "text")]


@pytest.fixture
def arrival(settings: Any) -> str:
    """One moment of arrival for every request, so that countdowns agree."""
    settings.TRUSTED_PROXIES = 1
    return f"t={timezone.now().timestamp():.3f}"


def test_nothing_shows_before_the_release(world: World, amina: User, arrival: str) -> None:
    application = world.submitted(amina)
    without = observed(amina, application, arrival)
    assert len(without) > 20
    for prepare in HIDDEN:
        with transaction.atomic():
            prepare(world, application)
            for before, now in zip(without, observed(amina, application, arrival), strict=True):
                assert now == before
            transaction.set_rollback(True)


def test_the_same_eyes_see_the_release(world: World, amina: User, arrival: str) -> None:
    application = world.submitted(amina)
    without = observed(amina, application, arrival)
    approved("accept")(world, application)
    release_all(world.cycle, **world.staff)
    assert observed(amina, application, arrival) != without


def test_the_letter_of_the_release_does_not_say_which_answer(world: World, person: Any) -> None:
    people = {outcome: person(f"p-{outcome}", full_name="Awa Ndiaye") for outcome in Outcome.values}
    for outcome, user in people.items():
        approved(outcome)(world, world.submitted(user))
    release_all(world.cycle, **world.staff)
    told = set()
    for user in people.values():
        letter = OutgoingEmail.objects.get(letter="decision_available", address=user.email)
        number = Application.objects.get(applicant=user).number
        told.add((letter.subject.replace(number, ""), letter.text.replace(number, "")))
    assert len(told) == 1
