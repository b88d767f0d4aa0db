"""Before the day of the results, not one byte that an applicant can get depends on a result.

As for answers (`tests.followup.test_never_early`): two copies of one world in which everybody gets something else take the same
steps, and after each step all that everybody can get is compared with what there was before.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from scholarships import announcing, results
from scholarships.models import Candidacy
from tests.followup.factories import release_all
from tests.followup.pages import signed_in
from tests.followup.test_never_early import observed, pages_of
from tests.scholarships.panel_world import Panel

pytestmark = [pytest.mark.django_db(databases=["default", "vault"]), pytest.mark.walk]
HERE: Mapping[str, str] = {"amina": "awarded", "bruno": "waitlisted", "chloe": "not_awarded"}
THERE: Mapping[str, str] = {"amina": "not_awarded", "bruno": "awarded", "chloe": "waitlisted"}


class Crowd:
    """Three people of one round, whom the admission has answered."""

    def __init__(self, person: Any) -> None:
        self.panel = Panel(person)
        self.rows = {name: self.panel.candidate(name) for name in HERE}
        for row in self.rows.values():
            self.panel.read_all(row, 4, 4)
        release_all(self.panel.world.cycle, **self.panel.world.staff)
        self.people = {name: row.application.applicant for name, row in self.rows.items()}
        self.browsers = {name: signed_in(user) for name, user in self.people.items()}
        self.arrival = f"t={timezone.now().timestamp():.3f}"

    def observed(self) -> dict[str, list[Any]]:
        """What everybody can get."""
        return {
            name: observed(self.browsers[name], row.application, self.arrival)
            for name, row in self.rows.items()
        }

    def proposed(self, outcomes: Mapping[str, str]) -> None:
        """These results, all of them equal in the eyes of the panel."""
        for name, outcome in outcomes.items():
            rank = 1 if outcome == "waitlisted" else None
            row = Candidacy.objects.select_related("round").get(pk=self.rows[name].pk)
            results.propose(row, outcome, rank=rank, why="As discussed.", by=self.panel.claire)

    def steps(self, outcomes: Mapping[str, str]) -> Iterator[str]:
        """Everything that comes before the day."""
        cycle, panel = self.panel.world.cycle, self.panel
        self.proposed(outcomes)
        yield "proposed"
        results.approve(panel.round, by=panel.dominique)
        yield "approved"
        announcing.prepare(cycle, by=panel.claire)
        announcing.approve(cycle, by=panel.dominique, at=timezone.now() + timedelta(hours=1))
        yield "approved for an hour"
        announcing.hold(cycle, why="Wait", by=panel.claire)
        yield "held"

    def differences(self, before: dict[str, list[Any]], outcomes: Mapping[str, str]) -> list[str]:
        """The steps after which somebody could get something else than before; nothing of them stays."""
        found = []
        with transaction.atomic():
            for step in self.steps(outcomes):
                for name, now in self.observed().items():
                    found += [
                        f"{step}, {name}: {old[0]}"
                        for old, new in zip(before[name], now, strict=True)
                        if old != new
                    ]
            transaction.set_rollback(True)
        return found


@pytest.fixture
def crowd(person: Any, settings: Any) -> Crowd:
    """One moment of arrival for every request, so that countdowns agree."""
    settings.TRUSTED_PROXIES = 1
    return Crowd(person)


def test_nothing_shows_before_the_day(crowd: Crowd) -> None:
    names = {name for name, _values in pages_of(crowd.rows["amina"].application)}
    assert {"scholarship_result", "my_application", "my_file"} <= names
    crowd.observed()  # the first look at an answer is written down
    before = crowd.observed()
    for outcomes in (HERE, THERE):
        assert crowd.differences(before, outcomes) == []


def test_the_same_eyes_see_the_day(crowd: Crowd) -> None:
    crowd.observed()
    before = crowd.observed()
    cycle = crowd.panel.world.cycle
    crowd.proposed(HERE)
    results.approve(crowd.panel.round, by=crowd.panel.dominique)
    announcing.prepare(cycle, by=crowd.panel.claire)
    announcing.show(cycle, by=crowd.panel.dominique)
    after = crowd.observed()
    assert [name for name in HERE if before[name] == after[name]] == []
