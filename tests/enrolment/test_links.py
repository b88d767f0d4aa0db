"""Where a person's page leads: of the changes of an offer, only to the one that its reply allows."""

import pytest

from accounts.models import User
from enrolment.links import links_of
from tests.enrolment.test_steps import place

pytestmark = pytest.mark.django_db


def changes(user: User, reply: str, status: str = "submitted") -> list[str]:
    """The pages about the offer that this person is led to."""
    found = links_of("A27-XXXXXX", user, place(reply=reply, status=status))
    return [link.page for link, _url in found if link.page.startswith("offer_")]


@pytest.mark.parametrize(
    ("reply", "page"),
    [
        ("open", "offer_extend"),
        ("accepted", "offer_take_back"),
        ("declined", "offer_reopen"),
        ("expired", "offer_reopen"),
    ],
)
def test_the_reply_says_what_can_be_changed(
    claire: User, dominique: User, reply: str, page: str
) -> None:
    assert changes(claire, reply) == [page]
    assert changes(claire, reply, status="withdrawn") == []
    assert changes(dominique, reply) == []
