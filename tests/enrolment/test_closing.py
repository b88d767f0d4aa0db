"""The closing of a cycle: two people, and a board that is only read from then on."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Role, User
from audit.models import AuditEntry
from audit.moves import Refused
from enrolment import closing, deferring, endings, noting, reminding, sharing, welcoming
from enrolment.models import Closing, Kind, Note
from enrolment.still_open import still_open
from followup.models import Filing
from notifications.models import OutgoingEmail
from tests.enrolment.factories import TODAY, Enrolled
from tests.followup.factories import World

pytestmark = pytest.mark.django_db


def closed(world: Enrolled) -> Closing:
    return closing.confirm(closing.propose(world.cycle, by=world.claire), by=world.dominique)


def test_one_proposes_another_confirms_and_it_can_be_taken_up_again(world: Enrolled) -> None:
    proposed = closing.propose(world.cycle, by=world.claire)
    assert closing.propose(world.cycle, by=world.claire) == proposed
    done = closing.confirm(proposed, by=world.dominique)
    assert (done.status, done.confirmed_by) == ("closed", world.dominique)
    with pytest.raises(Refused):
        closing.reopen(done, why="  ", by=world.claire)
    assert closing.reopen(done, why="A late list.", by=world.claire).status == "reopened"
    assert closing.closing_of(world.cycle) is None
    closed(world)
    verbs = AuditEntry.objects.filter(subject__startswith="enrolment.closing")
    assert [row.verb for row in verbs.order_by("pk")] == [
        *("propose_closing", "confirm_closing", "reopen_cycle"),
        *("propose_closing", "confirm_closing"),
    ]


def test_never_the_same_person_twice(world: Enrolled) -> None:
    world.claire.roles = [Role.COORDINATOR, Role.DIRECTOR]
    world.claire.save()
    proposed = closing.propose(world.cycle, by=world.claire)
    with pytest.raises(Refused) as refused:
        closing.confirm(proposed, by=world.claire)
    assert refused.value.forbidden
    with pytest.raises(IntegrityError), transaction.atomic():
        Closing.objects.filter(pk=proposed.pk).update(
            status="closed", confirmed_by=world.claire, confirmed_at=proposed.proposed_at
        )


def test_who_may_not(world: Enrolled, amina: User) -> None:
    for user in (world.dominique, amina):
        with pytest.raises(Refused) as refused:
            closing.propose(world.cycle, by=user)
        assert refused.value.forbidden
    proposed = closing.propose(world.cycle, by=world.claire)
    with pytest.raises(Refused):
        closing.withdraw(proposed, by=world.dominique)
    assert closing.withdraw(proposed, by=world.claire).status == "withdrawn"


def test_two_proposals_at_once_are_one(world: Enrolled, monkeypatch: pytest.MonkeyPatch) -> None:
    first = closing.propose(world.cycle, by=world.claire)
    monkeypatch.setattr(closing, "closing_of", lambda cycle: None)
    assert closing.propose(world.cycle, by=world.claire) == first


def test_a_closed_board_is_only_read(world: Enrolled, amina: User) -> None:
    file = world.filed(amina).offer.decision.application
    later = World(world.person, code="A28", opens=-1).cycle
    closed(world)
    by, cycle = world.claire, world.cycle
    acts = [
        lambda: noting.note(file, "x", about=Note.About.NOTE, by=by),
        lambda: sharing.give([file], by, by=by),
        lambda: reminding.remind(cycle, [file.pk], Kind.WORD, key=uuid4(), by=by),
        lambda: endings.record_ends(
            cycle, [file.pk], Filing.REGISTERED, on=TODAY, key=uuid4(), by=by
        ),
        lambda: welcoming.welcome(cycle, [file.pk], by=by),
        lambda: deferring.defer(file, later, reason="x", by=by),
    ]
    for act in acts:
        with pytest.raises(Refused, match="fermé"):
            act()
    assert not OutgoingEmail.objects.filter(letter="follow_up_reminder").exists()


def test_what_is_still_open(world: Enrolled, amina: User, bruno: User) -> None:
    def counts() -> dict[str, int]:
        return {row.key: row.count for row in still_open(world.cycle, world.claire)}

    assert counts() == {}
    world.called(world.person("p1"))
    world.answered(amina)
    world.filed(bruno)
    OutgoingEmail.objects.filter(letter="udem_filed").update(status="dead", error="550")
    assert counts() == {"replies": 1, "calls": 1, "people": 1, "reports": 1, "letters": 1}
    assert closing.propose(world.cycle, by=world.claire).still_open == counts()
