"""Many people who identified themselves, as rows, and how far each came: the verbs would take minutes."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from applications.models import Application, Submission
from cycles.models import Cycle
from enrolment.models import Closing
from followup.models import Filing, Offer, UdemFile
from followup.sealing import mark
from reviews.models import Decision, Release
from scholarships import identifying
from tests import factories
from tests.unguarded import unguarded


def answered(
    cycle: Cycle, count: int, said: Callable[[int], dict[str, Any]], *, skip: int = 0
) -> list[Application]:
    """So many people who submitted, each with what `said` makes of their place; nothing, for those who said nothing."""
    now, places = timezone.now(), range(skip, skip + count)
    users = User.objects.bulk_create(
        User(email=f"p{place}-{cycle.pk}@example.com", full_name=f"Ana {place}", password="!")
        for place in places
    )
    files = Application.objects.bulk_create(
        Application(
            number=f"{cycle.code}-E{place}",
            applicant=user,
            cycle=cycle,
            status="submitted",
            submitted_at=now,
        )
        for place, user in zip(places, users, strict=True)
    )
    Submission.objects.bulk_create(
        Submission(
            application=file,
            version=1,
            revision=1,
            receipt=f"R-{file.number}",
            at=now,
            content={},
            sha256="0" * 64,
            notice_version="1",
        )
        for file in files
    )
    for place, file in zip(places, files, strict=True):
        if answers := said(place):
            identifying.say(file, answers, by=file.applicant)
    return files


def closed_cycle(cycle: Cycle) -> Cycle:
    """The same cycle, whose close was yesterday."""
    Cycle.objects.filter(pk=cycle.pk).update(closes_at=timezone.now() - timedelta(days=1))
    cycle.refresh_from_db()
    return cycle


def selected(
    files: Sequence[Application], *, claire: User, dominique: User, **fields: Any
) -> list[Decision]:
    """A released "accept" for each of them."""
    now, program = timezone.now(), factories.program()
    with unguarded():
        release = Release.objects.create(
            cycle=files[0].cycle,
            status=Release.Status.DONE,
            size=len(files),
            prepared_by=claire,
            approved_by=dominique,
            approved_at=now,
            due_at=now,
            released_at=now,
        )
        return Decision.objects.bulk_create(
            Decision(
                application=file,
                outcome="accept",
                program=program,
                version=1,
                status="released",
                release=release,
                proposed_by=claire,
                approved_by=dominique,
                approved_at=now,
            )
            for file in files
        )


def accepted(decisions: Sequence[Decision]) -> list[Offer]:
    """Who said yes; the last day to reply was yesterday."""
    last = timezone.now() - timedelta(days=1)
    cycle = decisions[0].application.cycle
    Cycle.objects.filter(pk=cycle.pk).update(
        release_on=last.date() - timedelta(days=3),
        reviews_due_on=last.date() - timedelta(days=4),
        documents_due_on=last.date() - timedelta(days=5),
        reply_by=last.date(),
    )
    cycle.refresh_from_db()
    return Offer.objects.bulk_create(
        Offer(decision=row, status="accepted", reply_by=last, replied_at=last) for row in decisions
    )


def registered(offers: Sequence[Offer]) -> None:
    """Who registered at UdeM."""
    today = timezone.now().date()
    UdemFile.objects.bulk_create(
        UdemFile(
            offer=offer,
            program=factories.program(),
            status=Filing.REGISTERED,
            number=f"2{index:07d}",
            number_mark=mark(f"2{index:07d}"),
            filed_on=today,
        )
        for index, offer in enumerate(offers)
    )


def finished(cycle: Cycle, *, claire: User, dominique: User) -> None:
    """Closed by two people."""
    Closing.objects.create(
        cycle=cycle,
        status=Closing.Status.CLOSED,
        proposed_by=claire,
        confirmed_by=dominique,
        confirmed_at=timezone.now(),
    )
