"""What is next, in a line, for each state of a round and of one's own application."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from applications.models import Application
from scholarships import applying, confidences, consents
from scholarships.listing import Place, Seen, seen_by
from scholarships.models import Candidacy, Category, Round, Standing
from scholarships.who_reads import wall
from tests.followup.factories import World
from tests.scholarships.factories import a_draft, a_round, closed, sent

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def of(row: Round, user: User) -> Seen:
    return next(one for one in seen_by(user, at=timezone.now()) if one.round == row)


def test_others_by_their_window(world: World, file: Application, amina: User) -> None:
    row = a_round(world.cycle, Category.EDI_RESEARCH)
    soon = a_round(world.cycle, opens_at=timezone.now() + timedelta(days=1))
    past = closed(a_round(world.cycle))
    a_round(world.cycle, is_published=False)
    assert [one.place for one in seen_by(amina, at=timezone.now())] == [
        Place.OPEN,
        Place.COMING,
        Place.CLOSED,
    ]
    said = [of(one, amina).next for one in (row, soon, past)]
    assert said == ["Vous pouvez la demander.", "Pas encore ouverte.", "Fermée."]
    assert of(row, amina).may_begin
    assert not of(soon, amina).may_begin


def test_mine_by_what_happened(world: World, file: Application, amina: User) -> None:
    row, now = a_round(world.cycle), timezone.now()
    mine = a_draft(row, file)
    assert "brouillon" in of(row, amina).next
    mine = applying.send(mine, agreed=["panel", "cv", "transcripts"], by=amina, at=now)
    assert "modifier" in of(row, amina).next
    typed = {"statement": "Autre."}
    applying.save(mine, typed, seen=applying.mark_of(mine), page="", by=amina, at=now)
    assert "de nouveau" in of(row, amina).next
    closed(row)
    assert "comité" in of(row, amina).next
    Candidacy.objects.update(shortlisted_at=now)
    assert "preuve" in of(row, amina).next
    confidences.take_back(mine, by=amina, at=now)
    assert "admissible" in of(row, amina).next
    Candidacy.objects.update(status=Standing.DRAFT)
    assert "ne compte pas" in of(row, amina).next
    applying.withdraw(mine, by=amina, at=now)
    assert "retiré" in of(row, amina).next
    assert not of(row, amina).may_restore


def test_what_a_round_does_not_show_is_not_agreed_to(world: World, file: Application) -> None:
    bare = a_round(world.cycle, Category.EDI_RESEARCH, asks_cv=False, asks_transcripts=False)
    assert [one.code for one in consents.asked(bare)] == ["panel"]
    assert len(wall(bare)) == 2
    assert sent(bare, file).status == Standing.SUBMITTED
