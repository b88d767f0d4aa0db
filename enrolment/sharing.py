"""Who looks after whom: given one by one, many at once, or shared out evenly."""

from collections import Counter
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import coordinates
from applications.models import Application
from applications.sight import ids_kept_from
from audit.models import AuditEntry, subject_of
from audit.moves import Refused
from enrolment.closing import refuse_when_closed
from enrolment.models import Care
from enrolment.permissions import cares

VERB = "give_care"


@transaction.atomic
def give(applications: Sequence[Application], to: User | None, *, by: User) -> int:
    """Have a coordinator look after these people, or nobody; how many changed. Raises Refused."""
    held = _held(applications, by)
    if to is not None:
        _refuse_to(to, held)
    return _written({row.pk: to for row in held}, by)


@transaction.atomic
def share(applications: Sequence[Application], among: Sequence[User], *, by: User) -> int:
    """Share these people out evenly, counting who has others of the cycle already; how many changed. Raises Refused."""
    if not among:
        raise Refused(_("Choose at least one coordinator."))
    held = _held(applications, by)
    for person in among:
        _refuse_to(person, held)
    ids = [row.pk for row in held]
    others = Care.objects.filter(application__cycle__in={row.cycle_id for row in held})
    has = Counter(others.exclude(application__in=ids).values_list("coordinator", flat=True))
    shared: dict[int, User | None] = {}
    for pk in ids:
        next_one = min(among, key=lambda person: (has[person.pk], person.pk))
        has[next_one.pk] += 1
        shared[pk] = next_one
    return _written(shared, by)


def _held(applications: Sequence[Application], by: User) -> list[Application]:
    """The rows, locked, in an order that everybody locks them in. Raises Refused."""
    if not cares(by):
        raise Refused(_("You may not do this."), forbidden=True)
    wanted = {row.pk for row in applications}
    if not wanted:
        raise Refused(_("Choose at least one person."))
    if wanted & ids_kept_from(by):
        raise Refused(_("You may not do this."), forbidden=True)
    refuse_when_closed(*{row.cycle_id for row in applications})
    rows = Application.objects.filter(pk__in=wanted).order_by("pk")
    return list(rows.select_for_update(of=("self",), no_key=True))


def _refuse_to(person: User, held: Sequence[Application]) -> None:
    """Raise Refused for whoever does not coordinate, or may not see one of these files."""
    if not coordinates(person):
        raise Refused(_("%(name)s does not coordinate.") % {"name": person})
    if {row.pk for row in held} & ids_kept_from(person):
        sentence = _("%(name)s may not see one of these files: leave it out.")
        raise Refused(sentence % {"name": person})


def _written(wanted: dict[int, User | None], by: User) -> int:
    """Write what differs, with the trail."""
    rows = Care.objects.filter(application__in=wanted)
    now = dict(rows.values_list("application", "coordinator"))
    changed = {pk: to for pk, to in wanted.items() if now.get(pk) != (to.pk if to else None)}
    Care.objects.filter(application__in=changed).delete()
    Care.objects.bulk_create(
        Care(application_id=pk, coordinator=to, given_by=by) for pk, to in changed.items() if to
    )
    AuditEntry.objects.bulk_create(
        AuditEntry(
            actor_id=by.pk,
            verb=VERB,
            subject=subject_of(Application(pk=pk)),
            details={"to": to.pk if to else None},
        )
        for pk, to in changed.items()
    )
    return len(changed)
