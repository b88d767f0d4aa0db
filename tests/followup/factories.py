"""Files on their way through an answer, by the verbs."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from accounts.models import Role, User
from answers import release
from applications.models import Application
from cycles.clock import day_of
from cycles.models import Cycle
from followup import filing, offers
from followup.models import Offer, UdemFile
from reviews import decisions
from reviews.models import Decision, Outcome
from tests import factories

NUMBER = "20485240"


def decided(application: Application, outcome: str, *, claire: User, dominique: User) -> Decision:
    """Proposed by one, approved by the other; nothing is released."""
    program = None if outcome == Outcome.DECLINE else factories.program()
    decision = decisions.propose(application, outcome, program, by=claire)
    return decisions.approve(decision, by=dominique)


def release_all(cycle: Cycle, *, claire: User, dominique: User) -> None:
    """Everything approved in the cycle becomes visible."""
    release.release(release.prepare_release(cycle, by=claire, while_open=True), by=dominique)


class World:
    """A cycle with its people; each method brings one more file to a state."""

    def __init__(self, person: Any, **dates: Any) -> None:
        self.person = person
        self.cycle = factories.cycle(**dates)
        self.claire = person("claire", Role.COORDINATOR)
        self.dominique = person("dominique", Role.DIRECTOR)

    @property
    def staff(self) -> dict[str, User]:
        """Who proposes, who approves."""
        return {"claire": self.claire, "dominique": self.dominique}

    def submitted(self, applicant: User) -> Application:
        """In, with a receipt."""
        return factories.submitted(applicant, self.cycle)

    def answered(self, applicant: User, outcome: str = "accept") -> Decision:
        """With a released answer."""
        decision = decided(self.submitted(applicant), outcome, **self.staff)
        release_all(self.cycle, **self.staff)
        decision.refresh_from_db()
        return decision

    def answered_all(
        self, accept: Sequence[User], waitlist: Sequence[User], *, seats: int | None = None
    ) -> list[Decision]:
        """Offers to some, and a waitlist of others in this order, released at once; the decisions in the same order."""
        given = [
            decided(self.submitted(one), outcome, **self.staff)
            for outcome, people in (("accept", accept), ("waitlist", waitlist))
            for one in people
        ]
        release_all(self.cycle, **self.staff)
        self.cycle.intakes.filter(program=factories.program()).update(seats=seats)
        for decision in given:
            decision.refresh_from_db()
        return given

    def accepted(self, applicant: User) -> Offer:
        """Who said yes."""
        return offers.accept(self.answered(applicant), by=applicant, at=timezone.now())

    def filed(self, applicant: User) -> UdemFile:
        """Who reported their application to UdeM."""
        udem_file = self.accepted(applicant).udem_file
        today = day_of(timezone.now())
        return filing.report_filing(udem_file, by=applicant, number=NUMBER, filed_on=today)
