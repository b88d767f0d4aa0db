"""What becomes of a released answer on the person's side: whether they looked, and whom to call."""

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from answers.models import Call, Sighting
from answers.models.after import NOTE_LIMIT
from applications.models import Submission
from applications.models.application import FILED
from applications.sight import unhidden
from audit.moves import Refused
from reviews.assignment import refuse_conflicted
from reviews.models import Decision, Outcome, Release
from reviews.permissions import works_on_files


def saw(decision: Decision | None, headers: Mapping[str, str]) -> None:
    """Keep the first moment at which the applicant sees a released answer on their page; nothing else is kept.

    A browser that fetches a page ahead of its reader has shown it to nobody yet.
    """
    ahead = "prefetch" in headers.get("Sec-Purpose", headers.get("Purpose", ""))
    if decision is None or ahead or getattr(decision, "sighting", None):
        return
    Sighting.objects.bulk_create([Sighting(decision=decision)], ignore_conflicts=True)


def seen_of(shown: Release) -> int:
    """How many answers of a release their applicants have looked at."""
    return Sighting.objects.filter(decision__release=shown).count()


def is_time_to_call(shown: Release) -> bool:
    """Whether those who have not looked by now had the time to."""
    if shown.released_at is None:
        return False
    return timezone.now() >= shown.released_at + timedelta(hours=settings.RELEASE_UNREAD_HOURS)


def unread(shown: Release, user: User) -> "models.QuerySet[Decision]":
    """Accepted people who have not looked at this release's answer, but for what is kept from this person.

    With the zone of the clock that they submitted by, where their browser told it.
    """
    sent = Submission.objects.filter(application=models.OuterRef("application"))
    rows = Decision.objects.released().filter(
        release=shown, sighting=None, outcome=Outcome.ACCEPT, application__status__in=FILED
    )
    return (
        unhidden(rows, user, "application")
        .select_related("application__applicant", "program")
        .prefetch_related(models.Prefetch("calls", Call.objects.select_related("by")))
        .annotate(zone=models.Subquery(sent.order_by("-version").values("zone")[:1]))
        .order_by("application__number")
    )


def call(decision: Decision, *, by: User, note: str) -> Call:
    """Note that we telephoned this person, and what came of it. Raises Refused."""
    if not works_on_files(by):
        raise Refused(_("You may not do this."), forbidden=True)
    refuse_conflicted(by, [decision.application_id])
    if not note.strip():
        raise Refused(_("Say what came of the call."))
    return Call.objects.create(decision=decision, by=by, note=note.strip()[:NOTE_LIMIT])
