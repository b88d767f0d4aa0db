"""What must be true of the office's desk at any moment."""

from django.db.models import Exists, F, OuterRef

from applications.models import Document
from audit.invariants import invariant, off_the_trail
from desk.models import Check, Pair, Request


@invariant
def statuses_follow_the_trail() -> list[str]:
    """No status was written but by a move."""
    return [
        f"{row._meta.verbose_name} {row.pk}: its status is not its last move."
        for model in (Check, Pair, Request)
        for row in off_the_trail(model._default_manager.all())
    ]


@invariant
def pieces_hold_their_current_document() -> list[str]:
    """A piece that came points at the version that stands in its place, of the same file."""
    own = Document.objects.filter(
        pk=OuterRef("document"), application=OuterRef("application"), replaced_at=None
    )
    came = [Request.Status.RECEIVED, Request.Status.ACCEPTED]
    return [
        f"Request {row.pk}: its document is not the one that came last."
        for row in Request.objects.filter(~Exists(own), status__in=came)
    ]


@invariant
def a_joined_account_is_closed() -> list[str]:
    """Of two accounts that are one, the one that does not stay cannot sign in."""
    joined = Pair.objects.filter(status=Pair.Status.MERGED)
    first = joined.exclude(stays=F("first")).filter(first__is_active=True)
    second = joined.exclude(stays=F("second")).filter(second__is_active=True)
    return [f"Pair {row.pk}: the account that was joined is open." for row in (*first, *second)]
