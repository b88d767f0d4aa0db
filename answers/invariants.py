"""What must be true of answers and their release at any moment, whatever was killed."""

from collections.abc import Iterable, Iterator

from django.db import models
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Cast, Concat

from answers.letters import DECISION_AVAILABLE, DECISION_CORRECTED
from answers.models import Sighting
from audit.invariants import invariant, off_the_trail, triggers_off
from audit.models import subject_of
from notifications.models import OutgoingEmail
from reviews.models import Decision, Release

SHOWN = (Decision.Status.RELEASED, Decision.Status.CORRECTED)
GUARDS = {
    "reviews_release_by_two": "reviews_release",
    "reviews_decision_stays": "reviews_decision",
}


def announced_as(prefix: str = "") -> Concat:
    """The key of the letter that announces a decision, in SQL."""
    first = Q(**{f"{prefix}corrects": None})
    return Concat(
        Case(When(first, Value(DECISION_AVAILABLE.name)), default=Value(DECISION_CORRECTED.name)),
        Value(":"),
        F(f"{prefix}application__number"),
        Value(":"),
        Cast(F(f"{prefix}version"), CharField()),
        output_field=CharField(),
    )


@invariant
def releases_are_whole() -> Iterator[str]:
    """All of a release is visible, or nothing of it."""
    hidden = Decision.objects.filter(release__status=Release.Status.DONE).exclude(status__in=SHOWN)
    for pk in hidden.values_list("pk", flat=True):
        yield f"Decision {pk} is on a release that is done, and is not visible."
    early = Decision.objects.filter(status__in=SHOWN).exclude(release__status=Release.Status.DONE)
    for pk in early.values_list("pk", flat=True):
        yield f"Decision {pk} is visible, and its release is not done."
    for release in Release.objects.filter(status=Release.Status.DONE).annotate(
        held=models.Count("decisions")
    ):
        if release.held + release.disposed != release.size:
            yield f"Release {release.pk} froze {release.size} decisions and holds {release.held}."


@invariant
def corrections_replace_what_they_correct() -> Iterator[str]:
    """What was corrected has a visible correction, and what a visible one corrects counts no more."""
    put_right = Decision.objects.filter(corrects=OuterRef("pk"), status__in=SHOWN)
    bare = Decision.objects.filter(~Exists(put_right), status=Decision.Status.CORRECTED)
    for pk in bare.values_list("pk", flat=True):
        yield f"Decision {pk} counts no more, and no correction is visible."
    both = Decision.objects.filter(status__in=SHOWN, corrects__is_current=True)
    for pk in both.values_list("pk", flat=True):
        yield f"Decision {pk} is visible beside the one that it corrects."


@invariant
def each_answer_is_announced_once() -> Iterator[str]:
    """A visible decision has its letter, and no letter tells of a decision that is not visible."""
    names = (DECISION_AVAILABLE.name, DECISION_CORRECTED.name)
    letters = OutgoingEmail.objects.filter(letter__in=names)
    visible = Decision.objects.filter(status__in=SHOWN).annotate(letter_key=announced_as())
    silent = visible.filter(~Exists(letters.filter(key=OuterRef("letter_key"))))
    for pk in silent.values_list("pk", flat=True):
        yield f"Decision {pk} is visible, and no letter announces it."
    early = letters.filter(~Exists(visible.filter(letter_key=OuterRef("key"))))
    for key in early.values_list("key", flat=True):
        yield f"The letter {key} announces a decision that is not visible."


@invariant
def nobody_saw_what_was_not_shown() -> Iterator[str]:
    """An applicant looked at visible answers only."""
    early = Sighting.objects.exclude(decision__status__in=SHOWN)
    for pk in early.values_list("decision", flat=True):
        yield f"Decision {pk} was looked at, and is not visible."


@invariant
def two_persons_stand_behind_each_answer() -> Iterable[str]:
    """Nobody approved what they proposed, nor released what they prepared."""
    alone = Decision.objects.filter(approved_by=F("proposed_by")).exclude(
        status=Decision.Status.SET_ASIDE
    )
    yield from (f"Decision {row.pk} was approved by its proposer." for row in alone)
    alone_again = Release.objects.filter(approved_by=F("prepared_by"))
    yield from (f"Release {row.pk} was released by who prepared it." for row in alone_again)


@invariant
def releases_agree_with_the_trail() -> list[str]:
    """The status of a release is the one that its last move left."""
    rows = off_the_trail(Release.objects.all())
    return [f"{subject_of(row)}: its status is not the trail's." for row in rows]


@invariant
def answers_are_guarded() -> Iterator[str]:
    """The triggers that keep one person alone from showing or changing an answer are there and on."""
    for name in triggers_off(GUARDS):
        yield f"{GUARDS[name]}: one person alone can show or change an answer."
