"""When somebody counts as silent."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import User
from desk import talking
from enrolment import noting
from enrolment.models import Note
from enrolment.silence import NEVER, Reminded, is_silent, last_sign, last_words
from enrolment.steps import Next, Step
from followup import preparation
from tests import factories
from tests.enrolment.factories import Enrolled
from tests.enrolment.test_steps import place

AT = datetime(2027, 2, 20, 15, tzinfo=UTC)
OWED = Next(Step.FILE, AT.date(), True)


def ago(days: float) -> datetime:
    return AT - timedelta(days=days)


@pytest.mark.parametrize(
    ("coming", "sign", "reminded", "silent"),
    [
        (OWED, None, NEVER, True),
        (OWED, ago(14), NEVER, True),
        (OWED, ago(13.9), NEVER, False),
        (Next(Step.STUDIED), ago(30), NEVER, False),
        (Next(Step.FILE, AT.date() + timedelta(days=31), True), ago(30), NEVER, False),
        (Next(Step.FILE, AT.date() + timedelta(days=30), True), ago(30), NEVER, True),
        (Next(Step.DOCUMENTS, None, True), ago(30), NEVER, True),
        (OWED, ago(5), Reminded(1, ago(2)), True),
        (OWED, ago(5), Reminded(1, ago(1.9)), False),
        (OWED, ago(1), Reminded(1, ago(2)), False),
    ],
)
def test_silent_or_not(
    coming: Next, sign: datetime | None, reminded: Reminded, silent: bool
) -> None:
    row = place("to_file", answered_at=ago(25))
    assert is_silent(row, coming, sign, reminded, AT) is silent


def test_an_answer_that_is_just_there_breaks_no_silence() -> None:
    assert not is_silent(place(answered_at=ago(3)), OWED, ago(60), NEVER, AT)
    assert not is_silent(place(answered_at=ago(60), called_at=ago(1)), OWED, None, NEVER, AT)
    assert not is_silent(place(), OWED, None, NEVER, AT), "no answer, nothing due"


def test_the_last_sign_is_the_latest_of_all() -> None:
    row = place(replied_at=ago(5), signed_in=ago(3))
    assert last_sign(row, {}) == ago(3)
    assert last_sign(row, {1: ago(1)}) == ago(1)
    assert last_sign(place(), {}) is None


@pytest.mark.django_db
def test_messages_ticks_and_talks_are_signs_and_what_the_office_does_is_none(
    world: Enrolled, amina: User, bruno: User
) -> None:
    first = world.accepted(amina).decision.application
    other = world.submitted(bruno)
    talking.write(other, "Bonjour.", by=world.claire)
    noting.note(first, "", about=Note.About.TRIED, by=world.claire)
    assert last_words(world.cycle) == {}
    talking.write(other, "Bonjour!", by=bruno)
    noting.note(first, "", about=Note.About.SPOKEN, by=world.claire)
    spoken = last_words(world.cycle)
    assert set(spoken) == {first.pk, other.pk}
    preparation.tick(first, factories.preparation(), done=True, by=amina)
    assert last_words(world.cycle)[first.pk] > spoken[first.pk]
