"""A released answer that was wrong: proposed, approved, frozen, released; the old one counts until that moment."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Role, User
from answers import acts, correcting, release
from answers.dry_run import dry_run
from answers.frozen import Halt, obstacles
from applications.models import Application
from audit.invariants import broken
from audit.moves import Refused
from config.seed import pretence
from cycles.clock import end_of
from cycles.models import Cycle
from followup import offers, situation
from followup.timeline import thread
from notifications.models import OutgoingEmail
from reviews import decisions
from reviews.models import Decision, Release
from tests import factories
from tests.answers import factories as answers
from tests.conftest import Settle
from tests.reviews import factories as judging
from tests.reviews.marks import asking

CORRECTION = Release.Kind.CORRECTION


@pytest.fixture
def old(application: Application, claire: User, dominique: User) -> Decision:
    """Declined, and visible."""
    return answers.released(application, "decline", proposer=claire, director=dominique)


def test_from_end_to_end(old: Decision, claire: User, dominique: User) -> None:
    made = answers.correction(old, "accept", proposer=claire, director=dominique)
    assert Decision.objects.released().get() == old
    assert not Decision.objects.approved().exists()
    assert list(correcting.corrections_of(old.application.cycle)) == [made]
    answers.corrected(old.application.cycle, preparer=claire, director=dominique)
    old.refresh_from_db()
    assert (old.status, old.is_current) == ("corrected", False)
    assert Decision.objects.released().get() == made
    letter = OutgoingEmail.objects.get(letter="decision_corrected")
    assert letter.key == f"decision_corrected:{old.application.number}:2"
    one = situation.of_application(old.application, old.application.applicant, at=timezone.now())
    assert "Our answer, corrected" in [node["title"] for node in thread(one)]
    assert broken() == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"why": " "}, "Say why"),
        ({"outcome": "maybe"}, "Choose an outcome"),
        ({"outcome": "accept"}, "Name the program"),
        ({"outcome": "decline"}, "already"),
        ({"outcome": "waitlist", "program": "dess"}, "did not ask"),
        ({"outcome": "accept", "program": "msc", "rank": 1}, "places"),
    ],
)
def test_what_is_refused(old: Decision, claire: User, fields: dict[str, Any], words: str) -> None:
    code = fields.pop("program", None)
    wanted = {"outcome": "accept", "why": "Wrong", "by": claire, **fields}
    outcome = wanted.pop("outcome")
    with pytest.raises(Refused, match=words):
        correcting.propose_correction(
            old, outcome, factories.program(code) if code else None, **wanted
        )


def test_who_and_when(old: Decision, dominique: User, claire: User, person: Settle) -> None:
    with pytest.raises(Refused) as refused:
        answers.correction(old, "accept", proposer=dominique)
    assert refused.value.forbidden
    made = answers.correction(old, "waitlist", proposer=claire)
    assert made.rank == 1
    with pytest.raises(Refused, match="on its way"):
        answers.correction(old, "accept", proposer=claire)
    decisions.withdraw_proposal(made, by=claire)
    with pytest.raises(Refused, match="was released"):
        answers.correction(made, "accept", proposer=claire)
    Application.objects.update(status="withdrawn")
    old.refresh_from_db()
    with pytest.raises(Refused, match="submitted"):
        answers.correction(old, "accept", proposer=claire)


def test_a_yes_stands(application: Application, claire: User, dominique: User) -> None:
    old = answers.released(application, "accept", proposer=claire, director=dominique)
    made = answers.correction(old, "decline", proposer=claire, director=dominique)
    approved = release.prepare_release(
        application.cycle, by=claire, kind=CORRECTION, while_open=True
    )
    approved = release.approve_release(approved, by=dominique, at=timezone.now() + answers.LATER)
    offers.accept(old, by=application.applicant, at=timezone.now())
    assert "has accepted" in dry_run(approved, claire).objections[0]
    assert obstacles(application.cycle, claire, CORRECTION)[0].startswith(application.number)
    with pytest.raises(Refused, match="no longer"):
        release.release(approved, by=dominique)
    answers.come(approved)
    assert release.release_due() == 0
    approved.refresh_from_db()
    assert (approved.status, approved.why_stopped) == ("held", Halt.OBJECTION)
    with pytest.raises(Refused, match="cannot be done yet"):
        decisions.withdraw_proposal(made, by=claire)
    release.cancel_release(approved, by=claire, why="A yes stands")
    made.refresh_from_db()
    decisions.withdraw_proposal(made, by=claire)
    with pytest.raises(Refused) as refused:
        answers.correction(old, "decline", proposer=claire)
    assert "has accepted" in str(refused.value.reasons[0])
    assert broken() == []


def test_no_offer_after_the_last_day_to_reply(old: Decision, claire: User) -> None:
    after = end_of(old.application.cycle.reply_by) + timedelta(days=1)
    with pretence.at(after), pytest.raises(Refused) as refused:
        answers.correction(old, "accept", proposer=claire)
    assert "last day" in str(refused.value.reasons[0])


def test_nothing_waits(old: Decision, claire: User) -> None:
    assert obstacles(old.application.cycle, claire, CORRECTION) == [
        "No approved decision waits for a release."
    ]


def test_a_reply_after_the_correction_is_too_late(
    application: Application, claire: User, dominique: User
) -> None:
    old = answers.released(application, "accept", proposer=claire, director=dominique)
    answers.correction(old, "decline", proposer=claire, director=dominique)
    answers.corrected(application.cycle, preparer=claire, director=dominique)
    with pytest.raises(Refused):
        offers.accept(old, by=application.applicant, at=timezone.now())


def test_a_conflict_hides_it(old: Decision, claire: User, person: Settle) -> None:
    zoe = person("zoe", Role.COORDINATOR, Role.REVIEWER)
    judging.in_conflict(old.application, zoe, by=claire)
    with pytest.raises(Refused) as refused:
        answers.correction(old, "accept", proposer=zoe)
    assert refused.value.forbidden


def test_a_place_that_somebody_has(
    application: Application, cycle: Cycle, claire: User, dominique: User
) -> None:
    first, other = asking(cycle, 2)
    acts.propose([first], "waitlist", factories.program(), by=claire)
    acts.propose([other], "decline", by=claire)
    acts.propose([application], "decline", by=claire)
    decisions.approve_all(Decision.objects.proposed(), by=dominique)
    judging.release_all(cycle, proposer=claire, director=dominique)
    told: dict[str, Any] = {"why": "Wrong line", "by": claire}
    old, msc = judging.current(other), factories.program()
    with pytest.raises(Refused, match="has this place"):
        correcting.propose_correction(old, "waitlist", msc, rank=1, **told)
    assert correcting.propose_correction(old, "waitlist", msc, **told).rank == 2
    late = judging.current(application)
    with pytest.raises(Refused, match="has this place"):
        correcting.propose_correction(late, "waitlist", msc, rank=2, **told)


def test_a_correction_is_withdrawn_from_its_page(old: Decision, claire: User) -> None:
    office = Client()
    office.force_login(claire)
    made = answers.correction(old, "accept", proposer=claire)
    office.post(f"/en/decisions/{made.pk}/withdraw/")
    made.refresh_from_db()
    assert made.status == "set_aside"
    assert judging.current(old.application) == old


def test_a_director_is_told_of_a_correction(old: Decision, claire: User, dominique: User) -> None:
    direction = Client()
    direction.force_login(dominique)
    assert "Look at the corrections" not in direction.get("/en/decisions/").content.decode()
    answers.correction(old, "accept", proposer=claire)
    text = direction.get("/en/decisions/").content.decode()
    assert "1 correction of a released answer waits for you" in text


def test_a_free_place_is_given_as_it_is_asked(old: Decision, claire: User) -> None:
    msc = factories.program()
    made = correcting.propose_correction(old, "waitlist", msc, rank=7, why="Forgotten.", by=claire)
    assert (made.rank, made.is_current) == (7, False)
