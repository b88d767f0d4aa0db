"""Who judges admission may not learn who applied: until the admission decision is approved, the ledgers say nothing of it.

The ledger of mail and the trail leave out what is about a scholarship application, for every member of the staff.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from audit.models import subject_of
from audit.sight import keeps_lines
from reviews.models import Decision
from scholarships.models import Candidacy

DECIDED = (Decision.Status.APPROVED, Decision.Status.RELEASED)


@keeps_lines
def candidacies_kept_from(user: Any) -> Iterator[str]:
    """The scholarship applications of files that wait for their decision, whoever reads a ledger."""
    yield from candidacies_not_to_be_known()


def candidacies_not_to_be_known() -> QuerySet[Candidacy, str]:
    """The same, as the ledgers call them; one look-up."""
    decided = Decision.objects.filter(
        application=OuterRef("application"), is_current=True, status__in=DECIDED
    )
    prefix = subject_of(Candidacy(pk=0)).removesuffix("0")
    subject = Concat(Value(prefix), Cast("pk", TextField()), output_field=TextField())
    rows = Candidacy.objects.exclude(Exists(decided)).order_by().annotate(subject=subject)
    return rows.values_list("subject", flat=True)
