"""What must be true of answers and their release at any moment, whatever was killed."""

from collections.abc import Iterable, Iterator

from django.db import models
from django.db.models import CharField, Exists, F, OuterRef, Value
from django.db.models.functions import Cast, Concat

from answers.letters import DECISION_AVAILABLE
from audit.invariants import invariant
from notifications.models import OutgoingEmail
from reviews.models import Decision, Release


def announced_as(prefix: str = "") -> Concat:
    """The key of the letter that announces a decision, in SQL."""
    return Concat(
        Value(f"{DECISION_AVAILABLE.name}:"),
        F(f"{prefix}application__number"),
        Value(":"),
        Cast(F(f"{prefix}version"), CharField()),
    )


@invariant
def releases_are_whole() -> Iterator[str]:
    """All of a release is visible, or nothing of it."""
    hidden = Decision.objects.filter(release__status=Release.Status.DONE).exclude(
        status=Decision.Status.RELEASED
    )
    for pk in hidden.values_list("pk", flat=True):
        yield f"Decision {pk} is on a release that is done, and is not visible."
    early = Decision.objects.filter(status=Decision.Status.RELEASED).exclude(
        release__status=Release.Status.DONE
    )
    for pk in early.values_list("pk", flat=True):
        yield f"Decision {pk} is visible, and its release is not done."
    for release in Release.objects.filter(status=Release.Status.DONE).annotate(
        held=models.Count("decisions")
    ):
        if release.held != release.size:
            yield f"Release {release.pk} froze {release.size} decisions and holds {release.held}."


@invariant
def each_answer_is_announced_once() -> Iterator[str]:
    """A visible decision has its letter, and no letter tells of a decision that is not visible."""
    letters = OutgoingEmail.objects.filter(letter=DECISION_AVAILABLE.name)
    visible = Decision.objects.filter(status=Decision.Status.RELEASED).annotate(
        letter_key=announced_as()
    )
    silent = visible.filter(~Exists(letters.filter(key=OuterRef("letter_key"))))
    for pk in silent.values_list("pk", flat=True):
        yield f"Decision {pk} is visible, and no letter announces it."
    early = letters.filter(~Exists(visible.filter(letter_key=OuterRef("key"))))
    for key in early.values_list("key", flat=True):
        yield f"The letter {key} announces a decision that is not visible."


@invariant
def two_persons_stand_behind_each_answer() -> Iterable[str]:
    """Nobody approved what they proposed, nor released what they prepared."""
    alone = Decision.objects.filter(approved_by=F("proposed_by")).exclude(
        status=Decision.Status.SET_ASIDE
    )
    yield from (f"Decision {row.pk} was approved by its proposer." for row in alone)
    alone_again = Release.objects.filter(released_by=F("prepared_by"))
    yield from (f"Release {row.pk} was released by who prepared it." for row in alone_again)
