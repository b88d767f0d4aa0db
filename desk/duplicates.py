"""Accounts that look like one person's: people compare them, nothing is decided here."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import CharField, Count, F, Func, Q, Value
from django.db.models.functions import Concat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.models import Application, Document
from applications.models.application import GONE
from applications.search import Fold
from cycles.models import Cycle
from desk.models import Pair
from desk.sight import in_sight

SAME = {
    "name": _("Same name"),
    "phone": _("Same phone number"),
    "address": _("Same e-mail address but for dots or what follows a plus sign"),
    "document": _("Same document"),
}
# A blank form or a common name that many share points at nobody.
MOST_ALIKE = 6


class Plain(Func):
    """An address without the dots and the `+tag` before its @: many mailboxes ignore them."""

    template = (
        "replace(regexp_replace(split_part(%(expressions)s, '@', 1), '\\+.*$', ''), '.', '')"
        " || '@' || split_part(%(expressions)s, '@', 2)"
    )
    output_field = CharField()


@dataclass
class Alike:
    """Two accounts, and what they have in common."""

    first: int
    second: int
    reasons: list[Promise] = field(default_factory=list)


def _groups(cycle: Cycle) -> Iterator[tuple[str, list[int]]]:
    """Sets of people of the cycle who share something: what, and their ids."""
    files = Application.objects.filter(cycle=cycle).exclude(status__in=GONE).order_by()
    names = Concat(Fold(F("first_names")), Value("|"), Fold(F("last_names")))
    named = files.exclude(Q(first_names="") | Q(last_names=""))
    shared: dict[str, models.QuerySet[Any, Any]] = {
        "name": named.annotate(key=names),
        "phone": files.exclude(phone="").annotate(key=F("phone")),
        "address": files.annotate(key=Plain(F("applicant__email"))),
        "document": Document.objects.filter(application__in=files, replaced_at=None)
        .order_by()
        .annotate(key=F("sha256")),
    }
    for what, rows in shared.items():
        owner = "application__applicant" if what == "document" else "applicant"
        people = rows.values("key").annotate(n=Count(owner, distinct=True))
        people = people.filter(n__range=(2, MOST_ALIKE))
        for ids in people.values_list(ArrayAgg(owner, distinct=True), flat=True):
            yield what, sorted(ids)


def found_in(cycle: Cycle) -> list[Alike]:
    """The pairs to compare, the most alike first; those judged to be two people are left out."""
    seen: dict[tuple[int, int], Alike] = {}
    for what, ids in _groups(cycle):
        for first, second in combinations(ids, 2):
            alike = seen.setdefault((first, second), Alike(first, second))
            alike.reasons.append(SAME[what])
    for pair in Pair.objects.exclude(status=Pair.Status.UNJUDGED):
        seen.pop((pair.first_id, pair.second_id), None)
    return sorted(seen.values(), key=lambda one: (-len(one.reasons), one.first, one.second))


def alike_in(cycle: Cycle) -> set[int]:
    """The files of the cycle whose owner may have another account."""
    people = {person for one in found_in(cycle) for person in (one.first, one.second)}
    rows = Application.objects.filter(cycle=cycle, applicant__in=people)
    return set(rows.values_list("pk", flat=True))


def files_by_person(cycle: Cycle, people: set[int], user: Any) -> dict[int, Application]:
    """The live file of each of these people in the cycle, for someone who may see it."""
    rows = in_sight(user).live().filter(cycle=cycle, applicant__in=people)
    return {row.applicant_id: row for row in rows.select_related("applicant")}
