"""Staff who also apply: their own file and its answer show them nothing before the release."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from audit.moves import Refused
from reviews import decisions
from reviews.models import Decision, Outcome
from tests import factories
from tests.reviews import factories as judging

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.DIRECTOR])
def test_staff_see_nothing_of_their_own_file(
    client: Client, person: Any, claire: User, role: Role
) -> None:
    zoe = person("zoe", role)
    own = factories.submitted(zoe, judging.cycle())
    decisions.propose(own, Outcome.DECLINE, by=claire)
    assert not Decision.objects.visible_to(zoe).exists()
    client.force_login(zoe)
    assert client.get(reverse("file", args=[own.number])).status_code == 404
    for page in ("board", "decisions"):
        assert own.number not in client.get(reverse(page)).content.decode()


def test_nobody_proposes_for_their_own_file(person: Any) -> None:
    zoe = person("zoe", Role.COORDINATOR)
    own = factories.submitted(zoe, judging.cycle())
    with pytest.raises(Refused):
        decisions.propose(own, Outcome.ACCEPT, factories.program(), by=zoe)


def test_once_released_they_see_it_as_any_applicant_does(
    person: Any, claire: User, dominique: User
) -> None:
    zoe = person("zoe", Role.COORDINATOR)
    own = factories.submitted(zoe, judging.cycle())
    decision = decisions.propose(own, Outcome.DECLINE, by=claire)
    decisions.approve(decision, by=dominique)
    judging.release_all(own.cycle, proposer=claire, director=dominique)
    assert Decision.objects.visible_to(zoe).get() == decision
