"""Reminders of awards: two days before the last moment and on its day, once each, and to nobody who replied."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from cycles.clock import at_hour, day_of
from notifications.models import OutgoingEmail
from scholarships import award_errands as errands
from scholarships import reminding, replying
from scholarships.models import Award
from tests.scholarships.awards_world import Bursary

pytestmark = pytest.mark.django_db


@pytest.fixture
def award(person: Any) -> Award:
    return Bursary(person).awarded(person("amina"))


def mornings(award: Award) -> list[datetime]:
    last = day_of(award.reply_by)
    return [at_hour(last - timedelta(days=2), 9), at_hour(last, 9)]


def letters() -> list[OutgoingEmail]:
    return list(OutgoingEmail.objects.filter(letter="award_reminder").order_by("pk"))


def noon(award: Award) -> None:
    """Its last moment at noon of a day: both mornings come before it."""
    award.reply_by = at_hour(day_of(award.reply_by), 12)
    award.save(update_fields=["reply_by"])


def test_each_morning_reminds_once_without_the_outcome_or_the_amount(award: Award) -> None:
    noon(award)
    for count, moment in enumerate(mornings(award), start=1):
        assert reminding.remind_of_awards(at=moment - timedelta(minutes=1)) == 0
        assert reminding.remind_of_awards(at=moment) == 1
        assert reminding.remind_of_awards(at=moment + timedelta(minutes=15)) == 0
        assert len(letters()) == count
    text = letters()[0].text.replace("\u00a0", " ")
    for words in ("6 000", "$", "octroy", "attribu"):
        assert words not in text


def test_whoever_replied_is_left_alone(award: Award) -> None:
    noon(award)
    amina: User = award.candidacy.application.applicant
    replying.accept(award, by=amina, at=timezone.now())
    assert [reminding.remind_of_awards(at=moment) for moment in mornings(award)] == [0, 0]


def test_offered_again_it_is_reminded_again(award: Award) -> None:
    noon(award)
    first, last = mornings(award)
    reminding.remind_of_awards(at=first)
    Award.objects.update(offered_at=first - timedelta(hours=20))
    assert reminding.remind_of_awards(at=first) == 1
    assert reminding.remind_of_awards(at=last) == 1


def test_nobody_is_reminded_on_the_heels_of_the_offer_nor_in_the_last_hour(award: Award) -> None:
    noon(award)
    first, _last = mornings(award)
    Award.objects.update(offered_at=first - timedelta(hours=2))
    assert reminding.remind_of_awards(at=first) == 0
    assert reminding.remind_of_awards(at=award.reply_by - timedelta(minutes=30)) == 0


def test_the_timetable_knows_the_mornings(award: Award) -> None:
    noon(award)
    assert errands.award_moments(timezone.now()) == mornings(award)
    assert errands.read_award(0, timezone.now()) is None
