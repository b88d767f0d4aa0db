"""The letters of a release that wait behind its first ones: freed when those arrived, or by a person."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from answers.letters import tell_stuck
from audit.models import subject_of
from audit.moves import Refused, record
from notifications import batches
from reviews.models import Release
from reviews.permissions import cancels

LABEL = Release._meta.label_lower


def letters_of(shown: Release) -> batches.Tally:
    """How many letters of a release are where."""
    return batches.tally(subject_of(shown))


@transaction.atomic
def free_proven() -> int:
    """Free the letters of every release whose first ones arrived; returns how many. Safe to run twice.

    Where too many of the first did not arrive, coordinators and directors are told, once.
    """
    freed = 0
    for batch in batches.holding():
        tally = batches.tally(batch)
        if tally.is_proven:
            freed += batches.let_go(batch)
        elif tally.is_stuck:
            label, _colon, pk = batch.partition(":")
            assert label == LABEL
            tell_stuck(Release.objects.select_related("cycle").get(pk=pk))
    return freed


@transaction.atomic
def free_the_rest(shown: Release, *, by: User, why: str) -> int:
    """Let the letters leave though the first ones did not all arrive. Raises Refused."""
    if not cancels(by, shown):
        raise Refused(_("You may not do this."), forbidden=True)
    if not why.strip():
        raise Refused(_("Say why: the others will read it."))
    freed = batches.let_go(subject_of(shown))
    if not freed:
        raise Refused(_("No letter is held back."))
    record("free_letters", shown, by=by, why=why, letters=freed)
    return freed
