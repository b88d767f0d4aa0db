"""The documents of one's own file: what was submitted, what only the draft holds, and how their check went."""

from dataclasses import dataclass
from typing import Any

from applications.models import Application, Document, Submission
from applications.models.document import LATER
from papers import checking
from papers.models import CheckedFile

State = CheckedFile.State


@dataclass(frozen=True)
class Paper:
    """One document as "my application" shows it."""

    document: Document
    check: str
    problem: Any
    is_submitted: bool
    is_current: bool

    @property
    def is_refused(self) -> bool:
        """Whether the second check found that nobody can open it."""
        return self.check == State.REFUSED

    @property
    def is_waiting(self) -> bool:
        """Whether the second check is still to come."""
        return self.check == State.WAITING


def papers(application: Application, submission: Submission | None) -> list[Paper]:
    """What the draft or the last submission holds, in three queries whatever the number."""
    submitted = {row.pk for row in submission.documents.all()} if submission else set()
    # Pieces asked for later and proofs of UdeM are told apart, each with its day.
    rows = [row for row in application.documents.all() if row.kind not in LATER]
    checks = checking.state_of(row.sha256 for row in rows)
    found = []
    for row in rows:
        current = row.replaced_at is None
        if current or row.pk in submitted:
            check = checks.get(row.sha256)
            state, why = (check.state, check.why) if check else (State.WAITING, "")
            found.append(Paper(row, state, why, row.pk in submitted, current))
    return found
