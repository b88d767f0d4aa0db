"""Views of lists that a member of the staff keeps: named, shown first, shared, and put back when dropped by mistake."""

from datetime import datetime
from urllib.parse import urlencode

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.moves import Refused
from finding.lists import LISTS
from finding.lists.listed import Filters, Listed
from finding.models import SavedView
from finding.models.view import REGRET, SavedViewQuerySet

MOST = 20


@transaction.atomic
def keep(
    listed: Listed,
    name: str,
    filters: Filters,
    *,
    by: User,
    first: bool = False,
    share: bool = False,
) -> SavedView:
    """Keep what a list shows; under a name that one has already, it replaces that one. Raises Refused."""
    rows = _held(listed, by)
    name = _clean(name)
    if rows.count() >= MOST and not rows.filter(name=name).exists():
        raise Refused(_("You have 20 views of this list: drop one first."))
    if first:
        rows.update(is_default=False)
    told = {"query": urlencode(filters), "is_default": first, "is_shared": share}
    view, _made = SavedView.objects.update_or_create(
        owner=by, listed=listed.key, name=name, dropped_at=None, defaults=told
    )
    return view


@transaction.atomic
def rename(view: SavedView, name: str, *, by: User) -> None:
    """Another name. Raises Refused."""
    rows, name = _own(view, by), _clean(name)
    if rows.filter(name=name).exclude(pk=view.pk).exists():
        raise Refused(_("You have a view of this name."))
    rows.filter(pk=view.pk).update(name=name)


@transaction.atomic
def show_first(view: SavedView, *, by: User) -> None:
    """Show this view when its list is opened; asked again, none is. Raises Refused."""
    rows = _own(view, by)
    was = view.is_default
    rows.update(is_default=False)
    rows.filter(pk=view.pk).update(is_default=not was)


@transaction.atomic
def share(view: SavedView, *, by: User) -> None:
    """Let everybody who sees the list use this view; asked again, nobody else. Raises Refused."""
    _own(view, by).filter(pk=view.pk).update(is_shared=not view.is_shared)


@transaction.atomic
def drop(view: SavedView, *, by: User) -> None:
    """Forget a view; for ten minutes it can be put back. Raises Refused."""
    rows = _own(view, by).filter(pk=view.pk)
    rows.update(dropped_at=timezone.now(), is_default=False)


@transaction.atomic
def restore(view: SavedView, *, by: User) -> None:
    """Put back what was dropped. Raises Refused."""
    rows = _own(view, by)
    if rows.filter(name=view.name).exclude(pk=view.pk).exists():
        raise Refused(_("You have a view of this name."))
    SavedView.objects.filter(pk=view.pk).update(dropped_at=None)


def forget(at: datetime | None = None) -> int:
    """Forget for good the views that nobody put back; how many."""
    dropped = SavedView.objects.filter(dropped_at__lt=(at or timezone.now()) - REGRET)
    return dropped.delete()[0]


def _clean(name: str) -> str:
    """The name as it is kept. Raises Refused for none."""
    name = " ".join(name.replace("\0", "").split())[:60]
    if not name:
        raise Refused(_("Give the view a name."))
    return name


def _held(listed: Listed, by: User) -> SavedViewQuerySet:
    """This person's views of a list, one change after another. Raises Refused."""
    if not listed.may(by):
        raise Refused(_("You may not do this."), forbidden=True)
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    return SavedView.objects.standing().filter(owner=by, listed=listed.key)


def _own(view: SavedView, by: User) -> SavedViewQuerySet:
    """The views of the list of one's own view. Raises Refused for anybody else's."""
    if view.owner_id != by.pk:
        raise Refused(_("This view is somebody else’s: keep one of your own."), forbidden=True)
    return _held(LISTS[view.listed], by)
