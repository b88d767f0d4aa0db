"""Each invariant of the desk is silent on sound rows, and speaks of a broken one."""

from accounts.models import User
from applications.models import Application, Document
from desk import invariants, merging
from desk.models import Request
from tests.desk.factories import accepted


def test_statuses_follow_the_trail(application: Application, claire: User) -> None:
    accepted(application, by=claire)
    assert invariants.statuses_follow_the_trail() == []
    Request.objects.update(status="received")
    assert len(list(invariants.statuses_follow_the_trail())) == 1


def test_pieces_hold_their_current_document(application: Application, claire: User) -> None:
    row = accepted(application, by=claire)
    assert invariants.pieces_hold_their_current_document() == []
    Document.objects.filter(slot=row.slot).update(replaced_at=row.received_at)
    assert len(list(invariants.pieces_hold_their_current_document())) == 1


def test_a_joined_account_is_closed(amina: User, bruno: User, claire: User) -> None:
    merging.merge(merging.pair_of(amina, bruno), stays=amina, why="x", by=claire)
    assert invariants.a_joined_account_is_closed() == []
    User.objects.filter(pk=bruno.pk).update(is_active=True)
    assert len(list(invariants.a_joined_account_is_closed())) == 1
