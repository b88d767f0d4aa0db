"""People with a place and a scholarship application, for tests of awards."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.models import User
from cycles.clock import day_of
from followup import filing, offers, student_centre
from followup.models import Filing, UdemFile
from followup.student_centre import Facts
from reviews.models import Decision
from scholarships.models import Award, Candidacy, Category, Result, Round
from tests.followup.factories import NUMBER, World
from tests.scholarships.factories import a_candidacy, a_result, a_round, an_award

NOW = timezone.now
AMOUNT = Decimal("6000.00")


class Bursary:
    """A round for whoever Mila accepted, without a declaration to make; each method brings one more person to a state."""

    def __init__(self, person: Any, **fields: Any) -> None:
        self.world = World(person)
        self.person = person
        self.claire, self.dominique = self.world.claire, self.world.dominique
        self.round: Round = a_round(
            self.world.cycle, **{"category": Category.EDI_RESEARCH, **fields}
        )

    def candidacies(self, *people: User, outcome: str = "accept") -> list[Candidacy]:
        """Each with a released answer, and a scholarship application that is in."""
        some = (people, ()) if outcome == "accept" else ((), people)
        decisions = self.world.answered_all(some[0], some[1])
        return [a_candidacy(self.round, decision.application) for decision in decisions]

    def results(self, *people: User, awarded: int | None = None, unseen: int = 0) -> list[Result]:
        """The first so many are awarded (all, where nothing is said), the others wait in this order.

        Of the last `unseen` nothing is shown yet.
        """
        count = len(people) if awarded is None else awarded
        made = []
        for place, candidacy in enumerate(self.candidacies(*people)):
            wins = place < count
            made.append(
                a_result(
                    candidacy,
                    Result.Outcome.AWARDED if wins else Result.Outcome.WAITLISTED,
                    rank=None if wins else place - count + 1,
                    by=self.claire,
                    approved_by=self.dominique,
                    shown=place < len(people) - unseen,
                )
            )
        return made

    def awarded(self, person: User) -> Award:
        """An award that waits for a reply."""
        return an_award(self.results(person)[0])


def decision_of(award: Award) -> Decision:
    """The answer of admission behind it."""
    return Decision.objects.get(application=award.candidacy.application, is_current=True)


def registers(award: Award, *, by: User) -> UdemFile:
    """Its person accepts the place, files at UdeM, and the office records the registration."""
    applicant, today = award.candidacy.application.applicant, day_of(NOW())
    udem_file = offers.accept(decision_of(award), by=applicant, at=NOW()).udem_file
    filing.report_filing(udem_file, by=applicant, number=NUMBER, filed_on=today)
    return ends_as(udem_file, Filing.REGISTERED, by=by)


def ends_as(udem_file: UdemFile, to: Filing, *, by: User) -> UdemFile:
    """The office records how the file at UdeM ended."""
    student_centre.record_step(udem_file, to, Facts(ended_on=day_of(NOW())), by=by)
    udem_file.refresh_from_db()
    return udem_file


def late(award: Award) -> Award:
    """The same, its time to reply over since a day."""
    past = NOW() - timedelta(days=1)
    Award.objects.filter(pk=award.pk).update(
        offered_at=past - timedelta(days=7), reply_by=past, replied_at=None
    )
    award.refresh_from_db()
    return award
