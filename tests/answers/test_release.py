"""The release: a frozen list, a dry run, two persons, one transaction, one letter each."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from accounts.models import Role, User
from answers import frozen
from answers import release as releasing
from answers.dry_run import dry_run
from answers.still_open import still_open
from applications import lifecycle
from applications.models import Application
from audit.moves import Refused
from cycles.models import Cycle
from notifications.models import OutgoingEmail
from reviews import decisions
from reviews.models import Decision, Release
from tests import factories
from tests.conftest import Settle
from tests.reviews import factories as judging
from tests.unguarded import unguarded


@pytest.fixture
def answered(application: Application, claire: User, dominique: User) -> Application:
    """Amina's application with an approved answer."""
    judging.approved(application, proposer=claire, director=dominique)
    return application


def test_prepared_is_seen_by_nobody(answered: Application, claire: User) -> None:
    release = releasing.prepare_release(answered.cycle, by=claire, while_open=True)
    assert (release.status, release.size, len(release.fingerprint)) == ("prepared", 1, 64)
    assert Decision.objects.get().status == "approved"
    assert not OutgoingEmail.objects.filter(letter="decision_available").exists()
    head = release.fingerprint[:8].upper()
    assert release.short_fingerprint == f"{head[:4]} {head[4:]}"
    assert release.short_fingerprint in str(release)


def test_only_a_coordinator_prepares(answered: Application, dominique: User) -> None:
    with pytest.raises(Refused) as refused:
        releasing.prepare_release(answered.cycle, by=dominique, while_open=True)
    assert refused.value.forbidden


def test_not_before_every_file_has_an_answer(
    answered: Application, person: Settle, claire: User
) -> None:
    judging.filed(11, answered.cycle)
    with pytest.raises(Refused) as refused:
        releasing.prepare_release(answered.cycle, by=claire, while_open=True)
    (reason,) = refused.value.reasons
    assert str(reason).startswith("11 applications")
    assert str(reason).endswith("A27-T00009, …")


def test_not_without_anything_to_release(cycle: Cycle, claire: User) -> None:
    assert frozen.obstacles(cycle, claire) == ["No approved decision waits for a release."]


def test_not_twice_at_once(answered: Application, claire: User) -> None:
    releasing.prepare_release(answered.cycle, by=claire, while_open=True)
    with pytest.raises(Refused) as refused:
        releasing.prepare_release(answered.cycle, by=claire, while_open=True)
    assert refused.value.reasons == ["A release of this cycle is already prepared."]


def test_one_file_lacking_is_told_in_the_singular(cycle: Cycle, claire: User) -> None:
    judging.filed(1, cycle)
    (reason,) = frozen.obstacles(cycle, claire)
    assert reason == "1 application of the whole cycle has no approved decision: A27-T00000"


def test_released_for_everybody_at_once(
    answered: Application, claire: User, dominique: User
) -> None:
    release = releasing.prepare_release(answered.cycle, by=claire, while_open=True)
    releasing.release(release, by=dominique)
    release.refresh_from_db()
    row = Decision.objects.get()
    assert (release.status, release.approved_by) == ("done", dominique)
    assert release.released_at is not None
    assert (row.status, row.release) == ("released", release)
    letter = OutgoingEmail.objects.get(letter="decision_available")
    assert (letter.address, letter.language, letter.resend_after) == (
        "amina@example.com",
        "fr",
        None,
    )


def test_twice_is_once(answered: Application, claire: User, dominique: User) -> None:
    release = releasing.prepare_release(answered.cycle, by=claire, while_open=True)
    first = releasing.release(release, by=dominique)
    again = releasing.release(release, by=dominique)
    assert again.released_at == first.released_at
    assert OutgoingEmail.objects.filter(letter="decision_available").count() == 1


def test_who_may_release(answered: Application, claire: User, david: User, person: Settle) -> None:
    both = person("zoe", Role.COORDINATOR, Role.DIRECTOR)
    release = releasing.prepare_release(answered.cycle, by=both, while_open=True)
    with pytest.raises(Refused, match="Another person"):
        releasing.release(release, by=both)
    for by in (claire, david):
        with pytest.raises(Refused) as refused:
            releasing.release(release, by=by)
        assert refused.value.forbidden
    assert Decision.objects.get().status == "approved"


def test_any_change_stops_it(
    answered: Application, bruno: User, claire: User, dominique: User
) -> None:
    release = releasing.prepare_release(answered.cycle, by=claire, while_open=True)
    assert dry_run(release, claire).matches
    with pytest.raises(Refused) as refused:
        decisions.propose(answered, "accept", factories.program(), by=claire)
    assert "cancel that release first" in str(refused.value.reasons[0])
    with unguarded():  # as by hand: the verbs refuse, and so does the database
        Decision.objects.update(release=None)
    changed = decisions.propose(answered, "accept", factories.program(), by=claire)
    decisions.approve(changed, by=dominique)
    run = dry_run(release, claire)
    assert (run.matches, run.added, run.gone, run.changed) == (False, [answered.number], [], [])
    with pytest.raises(Refused, match="changed"):
        releasing.release(release, by=dominique)
    assert not Decision.objects.released().exists()


def test_a_withdrawal_stops_it(answered: Application, claire: User, dominique: User) -> None:
    release = releasing.prepare_release(answered.cycle, by=claire, while_open=True)
    lifecycle.withdraw(answered, by=answered.applicant)
    assert dry_run(release, claire).gone == [answered.number]
    with pytest.raises(Refused, match="changed"):
        releasing.release(release, by=dominique)


def test_a_late_file_shows_in_the_dry_run(answered: Application, bruno: User, claire: User) -> None:
    release = releasing.prepare_release(answered.cycle, by=claire, while_open=True)
    late = factories.submitted(bruno, answered.cycle)
    assert dry_run(release, claire).lacking == [late.number]


def test_the_dry_run_counts_letters(
    answered: Application, bruno: User, claire: User, dominique: User
) -> None:
    other = factories.submitted(bruno, answered.cycle)
    row = decisions.propose(other, "accept", factories.program(), by=claire)
    decisions.approve(row, by=dominique)
    release = releasing.prepare_release(answered.cycle, by=claire, while_open=True)
    run = dry_run(release, claire)
    assert run.total == {"fr": 1, "en": 1, "all": 2}
    labels = [line["label"] for line in run.letters]
    assert labels == ["Accept, M.Sc. in computer science", "Decline"]
    with translation.override("fr"):
        assert dry_run(release, claire).letters[0]["label"].endswith("Maîtrise en informatique")


def test_cancelled_is_as_if_never_prepared(
    answered: Application, claire: User, david: User, dominique: User
) -> None:
    release = releasing.prepare_release(answered.cycle, by=claire, while_open=True)
    with pytest.raises(Refused):
        releasing.cancel_release(release, by=david, why="No")
    releasing.cancel_release(release, by=dominique, why="One more meeting")
    assert (release.status, Decision.objects.get().release) == ("cancelled", None)
    with pytest.raises(Refused):
        releasing.release(release, by=dominique)
    again = releasing.prepare_release(answered.cycle, by=claire, while_open=True)
    assert again.fingerprint == release.fingerprint
    assert list(Release.objects.visible_to(claire)) == [again, release]
    assert not Release.objects.visible_to(david).exists()


def test_done_cannot_be_cancelled(answered: Application, claire: User, dominique: User) -> None:
    judging.release_all(answered.cycle, proposer=claire, director=dominique)
    with pytest.raises(Refused):
        releasing.cancel_release(Release.objects.get(), by=dominique, why="No")


def test_queries_do_not_grow(cycle: Cycle, person: Settle, claire: User, dominique: User) -> None:
    counts = []
    for first, number in ((0, 2), (2, 9)):
        files = judging.filed(number, cycle, first=first)
        decisions.propose_all(files, "decline", by=claire)
        decisions.approve_all(Decision.objects.filter(application__in=files), by=dominique)
        release = releasing.prepare_release(cycle, by=claire, while_open=True)
        with CaptureQueriesContext(connection) as queries:
            releasing.release(release, by=dominique)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert OutgoingEmail.objects.filter(letter="decision_available").count() == 11


def test_all_or_nothing(
    answered: Application, claire: User, dominique: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = releasing.prepare_release(answered.cycle, by=claire, while_open=True)

    def die(*things: object) -> int:
        raise SystemExit

    monkeypatch.setattr(releasing, "announce", die)
    with pytest.raises(SystemExit), transaction.atomic():
        releasing.release(release, by=dominique)
    release.refresh_from_db()
    assert (release.status, Decision.objects.get().status) == ("prepared", "approved")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_letter_says_the_same_whatever_the_answer(
    cycle: Cycle, person: Settle, claire: User, dominique: User, language: str
) -> None:
    texts = set()
    for name, outcome in (("ana", "accept"), ("eva", "waitlist"), ("ida", "decline")):
        file = factories.submitted(person(name, language=language, full_name="Ada Roy"), cycle)
        program = None if outcome == "decline" else factories.program()
        row = decisions.propose(file, outcome, program, by=claire)
        decisions.approve(row, by=dominique)
        judging.release_all(cycle, proposer=claire, director=dominique)
        letter = OutgoingEmail.objects.get(
            address=f"{name}@example.com", letter="decision_available"
        )
        texts.add((letter.subject + letter.text).replace(file.number, "NUMBER"))
    (text,) = texts
    words = (
        "accept",
        "refus",
        "declin",
        "attente",
        "waitlist",
        "félicit",
        "congrat",
        "regret",
    )
    assert not [word for word in words if word in text.lower()]


def test_not_in_silence_while_people_may_still_submit(
    answered: Application, bruno: User, claire: User, david: User
) -> None:
    cycle = answered.cycle
    factories.draft(bruno, cycle)
    with pytest.raises(Refused, match="may still submit"):
        releasing.prepare_release(cycle, by=claire)
    office = Client()
    office.force_login(claire)
    text = office.get("/en/releases/").content.decode()
    assert "People may still submit until" in text
    assert "Drafts and reopened files: 1. Late passes open: 0." in text
    told = {"cycle": cycle.code}
    refused = office.post("/en/releases/prepare/", told, follow=True).content.decode()
    assert "tick that you freeze" in refused
    office.post("/en/releases/prepare/", {**told, "while_open": "on"})
    frozen_now = Release.objects.unfinished().get()
    page = office.get(f"/en/releases/{frozen_now.pk}/").content.decode()
    assert "The cycle is open until" in page
    now = timezone.now()
    Cycle.objects.filter(pk=cycle.pk).update(closes_at=now - timedelta(days=2))
    assert not still_open(Cycle.objects.get(pk=cycle.pk))
    Application.objects.filter(applicant=bruno).update(late_until=now + timedelta(days=1))
    assert still_open(Cycle.objects.get(pk=cycle.pk)).passes == 1
    assert "late pass" in office.get("/en/releases/").content.decode()


def test_the_board_says_that_a_list_is_frozen(answered: Application, claire: User) -> None:
    office = Client()
    office.force_login(claire)
    number = answered.number
    before = [
        f"/en/files/{number}/",
        f"/en/files/{number}/decision/",
        "/en/decisions/?show=unscored",
    ]
    assert "Propose waitlist" in office.get(before[2]).content.decode()
    releasing.prepare_release(answered.cycle, by=claire, while_open=True)
    for address in (*before, "/en/decisions/waitlist/"):
        assert "cancel that release first" in office.get(address).content.decode(), address
    board = office.get(before[2]).content.decode()
    assert "Propose waitlist" not in board
    assert "Withdraw the proposal" not in office.get(before[0]).content.decode()
