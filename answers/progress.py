"""The day of the release, as its page shows it: how far it is, what becomes of the letters, what needs a person."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from answers.freeing import letters_of
from answers.models import Sighting
from answers.seeing import is_time_to_call, seen_of, unread
from applications.models import Application
from applications.sight import ids_kept_from
from audit.models import subject_of
from notifications.batches import Tally
from notifications.models import OutgoingEmail
from reviews.models import FROZEN, Release

SOON = timedelta(minutes=15)
MOST = 50
Status = Release.Status


@dataclass(frozen=True)
class Step:
    """One point of the thread at the top."""

    title: str
    when: datetime | None = None
    text: str = ""
    state: str = ""


@dataclass(frozen=True)
class Failure:
    """A letter that did not arrive, and whether it still matters."""

    application: Application
    error: str
    opened: bool


def steps_of(release: Release, tally: Tally | None) -> list[Step]:
    """Frozen, two persons, visible, letters: what is done, where it stands, what comes."""
    steps = [Step(_("Frozen"), release.prepared_at, state="done")]
    if release.status == Status.CANCELLED:
        return [*steps, Step(_("Cancelled"), release.stopped_at, state="bad")]
    if release.status == Status.HELD:
        return [*steps, Step(_("On hold"), release.stopped_at, state="bad"), *_coming()]
    if release.status == Status.PREPARED:
        return [*steps, Step(_("Second person"), text=_("now"), state="now"), *_coming()]
    steps.append(Step(_("Second person"), release.approved_at, state="done"))
    if release.status == Status.APPROVED:
        _visible, letters = _coming()
        return [*steps, Step(_("Visible"), release.due_at, state="now"), letters]
    steps.append(Step(_("Visible"), release.released_at, state="done"))
    return [*steps, _letters_step(tally)]


def _coming() -> tuple[Step, Step]:
    """What is not there yet."""
    return Step(_("Visible")), Step(_("Letters"))


def _letters_step(tally: Tally | None) -> Step:
    """How far the letters are."""
    if tally and tally.is_stuck:
        return Step(_("Letters"), text=_("held back"), state="bad")
    if tally and tally.waiting:
        return Step(_("Letters"), text=_("leaving"), state="now")
    return Step(_("Letters"), text=_("all gone"), state="done")


def is_moving(release: Release, tally: Tally | None) -> bool:
    """Whether the page had better look again in a moment."""
    if release.status == Status.APPROVED and release.due_at:
        return release.due_at - timezone.now() < SOON
    return bool(tally and tally.is_moving)


def failures(release: Release, user: User) -> list[Failure]:
    """The first letters that need a person, about files that this one may see; in four queries."""
    hidden = [subject_of(Application(pk=pk)) for pk in ids_kept_from(user)]
    letters = list(
        OutgoingEmail.objects.filter(batch=subject_of(release))
        .needing_a_person()
        .exclude(about__in=hidden)
        .order_by("pk")[:MOST]
    )
    files = {letter.pk: int(letter.about.rpartition(":")[2]) for letter in letters}
    about = Application.objects.in_bulk(files.values())
    seen = set(
        Sighting.objects.filter(
            decision__release=release, decision__application__in=files.values()
        ).values_list("decision__application", flat=True)
    )
    return [
        Failure(about[files[letter.pk]], letter.error, files[letter.pk] in seen)
        for letter in letters
    ]


def progress_of(release: Release, user: User) -> dict[str, Any]:
    """What the part of the page that refreshes itself needs."""
    done = release.status == Status.DONE
    tally = letters_of(release) if done else None
    return {
        "release": release,
        "tally": tally,
        "opened": seen_of(release) if done else 0,
        "failures": failures(release, user) if done else [],
        "unread": unread(release, user).count() if done and is_time_to_call(release) else 0,
        "is_moving": is_moving(release, tally),
        "steps": steps_of(release, tally),
        "is_frozen": release.status in FROZEN,
    }
