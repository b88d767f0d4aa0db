"""What is next, in one sentence with its day; and nothing of an answer that is not released."""

from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from followup import filing, situation
from followup.next_act import next_act
from tests import factories
from tests.desk.factories import asked
from tests.followup import factories as answers
from tests.followup.factories import World
from tests.reviews import factories as judging


def told(user: User) -> str:
    with translation.override("en"):
        return next_act(situation.home(user, at=timezone.now())[0])


def test_from_the_first_click_to_the_university(
    amina: User, claire: User, dominique: User, client: Client
) -> None:
    cycle = judging.cycle(closes=8)
    assert told(amina).startswith("Next: begin your application")
    draft = factories.draft(amina, cycle, complete=False)
    assert told(amina).startswith("Next: complete what is missing, and submit by ")
    factories.fill(draft)
    draft.refresh_from_db()
    assert told(amina).startswith("Next: submit your application by ")
    factories.submit(draft)
    draft.refresh_from_db()
    assert told(amina) == ""
    client.force_login(amina)
    piece = asked(draft, by=claire)
    page = reverse("my_application")
    assert "Prochaine étape : envoyez ce que le bureau demande" in client.get(page).content.decode()
    piece.status = "cancelled"
    piece.save()
    before = told(amina)
    answers.decided(draft, "accept", claire=claire, dominique=dominique)
    # Decided and approved: not a word of it.
    assert told(amina) == before == ""
    answers.release_all(cycle, claire=claire, dominique=dominique)
    assert told(amina).startswith("Next: reply to our offer by ")


def test_after_the_filing_the_student_centre_is_what_is_next(person: Any, amina: User) -> None:
    udem_file = World(person).accepted(amina).udem_file
    assert told(amina).endswith("then give us the number of that application.")
    today = timezone.localdate()
    filing.report_filing(udem_file, by=amina, number="20261234", filed_on=today)
    assert told(amina).startswith("Next: look at the Student Centre often")
