"""Filters that a member of the staff keeps under a name, and the one shown first."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.moves import Refused
from enrolment.models import SavedFilter
from followup.permissions import follows_up

MOST = 20


@transaction.atomic
def save(name: str, query: str, *, by: User, first: bool = False) -> SavedFilter:
    """Keep a filter; under a name that one has already, it replaces that one. Raises Refused."""
    if not follows_up(by):
        raise Refused(_("You may not do this."), forbidden=True)
    if not name.strip():
        raise Refused(_("Give the filter a name."))
    # One save after another for each person.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    rows = SavedFilter.objects.filter(person=by)
    if rows.count() >= MOST and not rows.filter(name=name.strip()).exists():
        raise Refused(_("You have 20 filters: remove one first."))
    if first:
        rows.update(is_default=False)
    found, _made = rows.update_or_create(
        person=by, name=name.strip(), defaults={"query": query, "is_default": first}
    )
    return found


@transaction.atomic
def show_first(row: SavedFilter, *, by: User) -> None:
    """Show this filter when the board is opened without another; asked again, none is. Raises Refused."""
    _refuse_others(row, by)
    was = row.is_default
    SavedFilter.objects.filter(person=by).update(is_default=False)
    SavedFilter.objects.filter(pk=row.pk).update(is_default=not was)


def drop(row: SavedFilter, *, by: User) -> None:
    """Forget a filter. Raises Refused."""
    _refuse_others(row, by)
    row.delete()


def _refuse_others(row: SavedFilter, by: User) -> None:
    """Raise Refused for anybody but the person whose filter it is."""
    if row.person_id != by.pk:
        raise Refused(_("You may not do this."), forbidden=True)
