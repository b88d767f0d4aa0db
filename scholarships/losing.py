"""What takes an award away, derived from the files: admission, studies, the scholarship application itself.

Nothing here says which of two confidential reasons it was: a declaration that was withdrawn reads like any other leaving.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When

from applications.models.application import GONE
from enrolment.models import Deferral
from followup.models import Filing, Reply, UdemFile
from followup.seats import LEFT
from reviews.models import Decision, Outcome
from scholarships import abouts
from scholarships.models import Candidacy, Category, Ended, Standing
from scholarships.vault import entries


def losses(candidacies: Collection[int], on: date) -> dict[int, Ended]:
    """Why each of these may hold no award on that day, for those that may not; one query, and the vault's of Category 1."""
    found = losses_on_file(candidacies, on)
    rest = Candidacy.objects.filter(pk__in=set(candidacies) - set(found))
    asked = rest.filter(round__category=Category.WOMEN_IN_AI).select_related("application", "round")
    return found | {row.pk: Ended.LEFT for row in asked if not is_declared(row)}


def losses_on_file(candidacies: Iterable[int], on: date) -> dict[int, Ended]:
    """The same without a question to the vault; one query."""
    rows = _told(Candidacy.objects.filter(pk__in=set(candidacies)), on)
    return {pk: Ended(lost) for pk, lost in rows.exclude(lost="").values_list("pk", "lost")}


def is_declared(candidacy: Candidacy) -> bool:
    """Whether the declaration that the category asks for still stands, and not a word of it."""
    if candidacy.round.category != Category.WOMEN_IN_AI:
        return True
    return entries.stands(abouts.declaration(candidacy))


def _told(rows: QuerySet[Candidacy], on: date) -> Any:
    answers = Decision.objects.released().filter(application=OuterRef("application"))
    files = UdemFile.objects.filter(
        offer__decision__application=OuterRef("application"), confirmed_at__isnull=False
    )
    registered = Exists(files.filter(status=Filing.REGISTERED))
    deferrals = Deferral.objects.standing().filter(application=OuterRef("application"))
    put_off = Exists(deferrals) | Exists(files.filter(status=Filing.DEFERRED))
    said_no = Q(offer__status__in=(Reply.DECLINED, Reply.EXPIRED))
    # Nobody is called any more once studies have begun.
    uncalled = Q(outcome=Outcome.WAITLIST, offer=None, application__cycle__starts_on__lt=on)
    no_place = answers.filter(Q(outcome=Outcome.DECLINE) | said_no | uncalled)
    lost = Case(
        When(~Q(status=Standing.SUBMITTED), then=Value(Ended.LEFT.value)),
        When(registered, then=Value("")),
        When(Q(application__status__in=GONE), then=Value(Ended.LEFT.value)),
        When(put_off, then=Value(Ended.DEFERRED.value)),
        When(
            Exists(no_place) | Exists(files.filter(status__in=LEFT)),
            then=Value(Ended.NO_PLACE.value),
        ),
        default=Value(""),
        output_field=CharField(),
    )
    return rows.annotate(lost=lost)


def registered() -> QuerySet[UdemFile]:
    """The files at UdeM of which the office knows that they ended with a registration."""
    return UdemFile.objects.filter(status=Filing.REGISTERED, confirmed_at__isnull=False)
