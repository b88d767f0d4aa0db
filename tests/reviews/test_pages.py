"""Every page of judging renders, in both languages, in every state."""

from typing import Any

from django.test import Client

from answers import release
from reviews import decisions
from tests import factories
from tests.reviews import factories as judging


def pages_of(client: Client, *addresses: str) -> list[str]:
    """Each page, in French then in English."""
    texts = []
    for address in addresses:
        for language in ("fr", "en"):
            path = address if language == "fr" else f"/en{address}"
            response = client.get(path)
            assert response.status_code == 200, (path, response.status_code)
            texts.append(response.content.decode())
    return texts


def test_reader_pages(
    client: Client, assignment: Any, david: Any, claire: Any, person: Any
) -> None:
    client.force_login(david)
    desk = f"/queue/{assignment.pk}/"
    pages_of(
        client, "/queue/", "/queue/?show=drafts", "/queue/?show=sent", desk, f"{desk}conflict/"
    )
    judging.saved(assignment, 5, 4)
    pages_of(client, "/queue/?show=drafts", desk)
    judging.saved(assignment, 5, 4, None, private_notes="x", comment="y")
    from reviews import scoring

    scoring.hand_in(assignment, by=david)
    pages_of(client, "/queue/?show=sent", "/queue/", desk)


def test_staff_pages(
    client: Client, application: Any, david: Any, claire: Any, dominique: Any
) -> None:
    client.force_login(claire)
    listing = [
        "/files/",
        "/files/?state=draft",
        "/files/?q=ami",
        "/files/?q=zz",
        "/decisions/",
        "/decisions/?show=near",
        "/decisions/?show=unscored",
        "/decisions/?show=apart",
        "/releases/",
        f"/files/{application.number}/",
    ]
    pages_of(client, *listing)
    judging.reviewed(application, david, 5, 4, 3, by=claire)
    pages_of(client, *listing)
    row = decisions.propose(application, "accept", factories.program(), by=claire)
    pages_of(client, *listing)
    client.force_login(dominique)
    pages_of(client, *listing)
    decisions.approve(row, by=dominique)
    pages_of(client, *listing)
    prepared = release.prepare_release(application.cycle, by=claire, while_open=True)
    pages_of(client, *listing, f"/releases/{prepared.pk}/")
    release.release(prepared, by=dominique)
    pages_of(client, *listing, f"/releases/{prepared.pk}/")
