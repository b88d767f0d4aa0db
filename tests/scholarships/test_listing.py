"""What is next, in a line, for each state of a round and of one's own application."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from applications.models import Application
from scholarships import applying, confidences, consents
from scholarships.listing import Place, Seen, seen_by
from scholarships.models import Award, Candidacy, Category, Result, Round, Standing
from scholarships.who_reads import wall
from tests.followup.factories import World
from tests.scholarships.awards_world import Bursary, late
from tests.scholarships.factories import a_draft, a_result, a_round, an_award, closed, sent

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


def test_an_answer_takes_the_place_of_what_was_next_once_it_is_shown(person: Any) -> None:
    bursary, amina, bruno = Bursary(person), person("amina"), person("bruno")
    first, _unseen = bursary.results(amina, bruno, awarded=1, unseen=1)
    assert of(bursary.round, bruno).outcome is None
    seen = of(bursary.round, amina)
    assert seen.next == "Le comité a retenu votre demande, mais la bourse n’a pas pu être offerte."
    award = an_award(first)
    waits = of(bursary.round, amina)
    assert waits.outcome
    assert (waits.outcome.is_urgent, waits.outcome.label) == (True, "Répondre à l’offre")
    assert waits.outcome.link.endswith(f"/awards/{first.candidacy.number}/")
    said = [waits.next]
    for status in ("accepted", "confirmed", "declined", "lapsed"):
        Award.objects.filter(pk=award.pk).update(status=status, replied_at=award.offered_at)
        said.append(of(bursary.round, amina).next)
    assert [line.split(" ", 4)[:3] for line in said] == [
        ["Une", "bourse", "vous"],
        ["Vous", "avez", "accepté"],
        ["Votre", "bourse", "est"],
        ["La", "bourse", "a"],
        ["La", "bourse", "a"],
    ]
    late(award)
    Award.objects.filter(pk=award.pk).update(status="offered")
    assert "dernier moment" in of(bursary.round, amina).next


def test_results_without_an_award(person: Any) -> None:
    bursary, amina = Bursary(person), person("amina")
    bursary.results(amina, awarded=0)
    assert "liste d’attente" in of(bursary.round, amina).next
    (other,) = bursary.candidacies(person("bruno"))
    outcome = Result.Outcome.NOT_AWARDED
    a_result(other, outcome, by=bursary.claire, approved_by=bursary.dominique)
    assert of(bursary.round, person("bruno")).next == "Cette bourse ne vous est pas offerte."


def test_without_a_place_it_says_that_no_award_goes_with_it(
    world: World, file: Application, amina: User
) -> None:
    row = a_round(world.cycle, Category.EDI_RESEARCH)
    sent(row, file)
    closed(row)
    assert "comité" in of(row, amina).next
    Application.objects.filter(pk=file.pk).update(status="withdrawn")
    assert "n’est plus là" in of(row, amina).next
