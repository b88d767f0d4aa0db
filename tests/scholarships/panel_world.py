"""A closed round with its panel of three, and people whom the admission has answered."""

from typing import Any

from accounts.models import Role, User
from applications.models import Application
from scholarships import judging, results
from scholarships.abouts import declaration
from scholarships.models import Candidacy, Category, Reading, Result, Round
from scholarships.vault import entries
from tests import factories
from tests.followup.factories import World, decided
from tests.scholarships.factories import a_candidacy, a_panel, a_round, closed


class Panel:
    """Claire coordinates, Dominique directs; Gilles, Hana and Ines judge."""

    def __init__(self, person: Any, category: str = Category.EDI_RESEARCH, **fields: Any) -> None:
        self.person, self.world = person, World(person)
        self.claire, self.dominique = self.world.claire, self.world.dominique
        self.panel = [person(name, Role.PANELIST) for name in ("gilles", "hana", "ines")]
        self.gilles = self.panel[0]
        self.round = self.another(category, **fields)

    def another(self, category: str, **fields: Any) -> Round:
        """A closed round of the same cycle and the same panel."""
        row = closed(a_round(self.world.cycle, category, **fields))
        a_panel(row, *self.panel)
        return row

    def applied(self, name: str, outcome: str | None = "accept") -> Application:
        """A file at the admission, answered and approved where an outcome is given."""
        file = factories.submitted(self.person(name), self.world.cycle)
        if outcome:
            decided(file, outcome, **self.world.staff)
        return file

    def candidate(
        self, name: str, outcome: str | None = "accept", *, row: Round | None = None, **fields: Any
    ) -> Candidacy:
        """Somebody who handed an application in."""
        return a_candidacy(row or self.round, self.applied(name, outcome), **fields)

    def declared(self, candidacy: Candidacy) -> Candidacy:
        """The express declaration of Category 1."""
        user = candidacy.application.applicant
        entries.declare(declaration(candidacy), {"said": "a word"}, by=user)
        return candidacy

    def typed(self, row: Round, *values: int | None) -> judging.Judged:
        """Scores for the measures in order."""
        ids = row.measures.values_list("pk", flat=True)
        return judging.Judged(scores=dict(zip(ids, values, strict=False)), comment="Clear.")

    def read(self, candidacy: Candidacy, reader: User, *values: int | None) -> Reading:
        """Scored and handed in."""
        judging.save_reading(candidacy, self.typed(candidacy.round, *values), revision=0, by=reader)
        return judging.hand_in(candidacy, by=reader)

    def read_all(self, candidacy: Candidacy, *values: int | None) -> Candidacy:
        """By the three, alike."""
        for reader in self.panel:
            self.read(candidacy, reader, *values)
        return candidacy

    def approved(self, row: Round | None = None) -> list[Result]:
        """Everything proposed as ranked, and approved."""
        made = results.propose_as_ranked(row or self.round, why="As discussed.", by=self.claire)
        results.approve(row or self.round, by=self.dominique)
        return made
