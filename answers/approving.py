"""Approving what somebody else proposed, once nothing grave about it is open."""

from collections import defaultdict
from typing import Any

from django.db import models, transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from accounts.models import User
from answers.dry_run import label_of
from answers.gate import refuse_grave
from audit.moves import Refused
from cycles.models import Cycle
from reviews import decisions
from reviews.models import Decision


def summed(rows: "models.QuerySet[Decision]") -> list[dict[str, Any]]:
    """What would be approved, by program and outcome; `unscored` are on no ranked list. One query."""
    unscored = Q(application__standing=None) | Q(application__standing__mean=None)
    named = ("program__position", "program__name_fr", "program__name_en", "outcome")
    lines = rows.order_by().values(*named)
    told = lines.annotate(all=Count("pk"), unscored=Count("pk", filter=unscored))
    return [{**line, "label": label_of(line)} for line in told.order_by(*named)]


@transaction.atomic
def approve_all(rows: "models.QuerySet[Decision]", *, by: User) -> list[Decision]:
    """Approve all of these proposals or none. Raises Refused; the number of queries does not grow.

    They are held first: a proposal that is replaced at the same moment comes before or after.
    """
    proposed = rows.filter(status=Decision.Status.PROPOSED).select_related("application")
    held = list(proposed.select_for_update(of=("self",)).order_by("pk"))
    # Who may, before what is wrong: to somebody in conflict the gate has nothing to say.
    decisions.refuse_approval(held, by)
    files: dict[int, list[int]] = defaultdict(list)
    for row in held:
        files[row.application.cycle_id].append(row.application_id)
    for cycle in Cycle.objects.filter(pk__in=files):
        refuse_grave(cycle, files[cycle.pk], by=by)
    return decisions.approve_all(Decision.objects.filter(pk__in=[row.pk for row in held]), by=by)


def approve(decision: Decision, *, by: User) -> Decision:
    """Approve one proposal. Raises Refused."""
    done = approve_all(Decision.objects.filter(pk=decision.pk), by=by)
    if not done:
        raise Refused(_("This can no longer be done: the file has changed since."))
    return done[0]
