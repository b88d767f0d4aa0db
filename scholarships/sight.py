"""Who judges admission may not learn who applied: until the admission decision is approved, the ledgers say nothing of it.

The ledger of mail and the trail leave out what is about a scholarship application, for every member of the staff.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef

from audit.models import subject_of
from audit.sight import keeps_lines
from reviews.models import Decision
from scholarships.models import Candidacy

DECIDED = (Decision.Status.APPROVED, Decision.Status.RELEASED)


@keeps_lines
def candidacies_kept_from(user: Any) -> Iterator[str]:
    """The scholarship applications of files that wait for their decision, whoever reads a ledger."""
    decided = Decision.objects.filter(
        application=OuterRef("application"), is_current=True, status__in=DECIDED
    )
    rows = Candidacy.objects.exclude(Exists(decided))
    yield from (subject_of(Candidacy(pk=pk)) for pk in rows.values_list("pk", flat=True))
