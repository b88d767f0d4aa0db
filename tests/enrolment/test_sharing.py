"""Who looks after whom, and the lines and filters that the office keeps."""

import pytest

from accounts.models import User
from applications.models import Application
from audit.models import AuditEntry
from audit.moves import Refused
from enrolment import noting, sharing
from enrolment.models import Care, Note
from tests.enrolment.factories import Enrolled, conflict

pytestmark = pytest.mark.django_db


def people(world: Enrolled, count: int) -> list[Application]:
    users = [world.person(f"p{index}") for index in range(count)]
    return [world.accepted(user).decision.application for user in users]


def cared(user: User) -> int:
    return Care.objects.filter(coordinator=user).count()


def test_one_takes_them_and_gives_them_back(world: Enrolled, celia: User) -> None:
    files = people(world, 2)
    assert sharing.give(files, celia, by=world.claire) == 2
    assert sharing.give(files, celia, by=world.claire) == 0, "nothing changed"
    assert sharing.give(files[:1], None, by=celia) == 1
    assert cared(celia) == 1
    assert AuditEntry.objects.filter(verb=sharing.VERB).count() == 3


def test_shares_are_even_with_what_each_has(world: Enrolled, celia: User) -> None:
    files = people(world, 5)
    sharing.give(files[:1], celia, by=world.claire)
    assert sharing.share(files[1:], [world.claire, celia], by=world.claire) == 4
    assert sorted((cared(world.claire), cared(celia))) == [2, 3]
    assert sharing.share(files[1:], [world.claire, celia], by=world.claire) == 0


@pytest.mark.parametrize("who", ["dominique", "amina"])
def test_only_coordinators_share_and_are_given(world: Enrolled, amina: User, who: str) -> None:
    files = people(world, 1)
    user = {"dominique": world.dominique, "amina": amina}[who]
    with pytest.raises(Refused) as refused:
        sharing.give(files, world.claire, by=user)
    assert refused.value.forbidden
    with pytest.raises(Refused):
        sharing.give(files, user, by=world.claire)
    with pytest.raises(Refused):
        sharing.share(files, [], by=world.claire)
    with pytest.raises(Refused):
        sharing.give([], world.claire, by=world.claire)


def test_conflicts_are_kept_apart(world: Enrolled, celia: User) -> None:
    files = people(world, 1)
    conflict(files[0], celia, by=world.claire)
    with pytest.raises(Refused):
        sharing.give(files, celia, by=world.claire)
    with pytest.raises(Refused) as refused:
        sharing.give(files, world.claire, by=celia)
    assert refused.value.forbidden
    with pytest.raises(Refused) as refused:
        noting.note(files[0], "Words", about=Note.About.NOTE, by=celia)
    assert refused.value.forbidden
    assert not Note.objects.visible_to(celia).exists()


def test_notes_are_added_and_the_trail_knows_no_words(world: Enrolled, amina: User) -> None:
    (file,) = people(world, 1)
    noting.note(file, " Call on Friday ", about=Note.About.NOTE, by=world.claire)
    noting.note(file, "", about=Note.About.TRIED, by=world.claire)
    assert [row.text for row in Note.objects.visible_to(world.dominique)] == ["", "Call on Friday"]
    assert not Note.objects.visible_to(amina).exists()
    entries = AuditEntry.objects.filter(verb="note_follow_up").order_by("pk")
    assert [row.details for row in entries] == [{"about": "note"}, {"about": "tried"}]
    with pytest.raises(Refused):
        noting.note(file, "  ", about=Note.About.NOTE, by=world.claire)
    with pytest.raises(Refused) as refused:
        noting.note(file, "Words", about=Note.About.NOTE, by=world.dominique)
    assert refused.value.forbidden
