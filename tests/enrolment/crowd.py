"""Very many people with a place, as rows: the verbs would take minutes."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from applications.models import Application
from cycles.models import Cycle
from followup.models import Filing, Offer, UdemFile
from followup.sealing import mark
from reviews.models import Decision, Release
from tests import factories
from tests.unguarded import unguarded

STEPS = (Filing.TO_FILE, Filing.FILED, Filing.DOCUMENTS, Filing.ADMITTED, Filing.ACCEPTED)


def crowd(cycle: Cycle, count: int, *, claire: User, dominique: User) -> None:
    """People who said yes, at every step of UdeM."""
    now = timezone.now()
    users = User.objects.bulk_create(
        User(email=f"crowd{index}@example.com", full_name=f"Ana {index}", last_login=now)
        for index in range(count)
    )
    files = Application.objects.bulk_create(
        Application(
            number=f"{cycle.code}-C{index}",
            applicant=user,
            cycle=cycle,
            status="submitted",
            submitted_at=now,
            first_names="Ana",
            last_names=f"Éthier {index:05d}",
            canada_status="none" if index % 2 else "citizen",
        )
        for index, user in enumerate(users)
    )
    decisions = _accepted(files, claire, dominique)
    offers = Offer.objects.bulk_create(
        Offer(decision=row, status="accepted", reply_by=now + timedelta(days=9), replied_at=now)
        for row in decisions
    )
    UdemFile.objects.bulk_create(_file(offer, index) for index, offer in enumerate(offers))


def _accepted(files: list[Application], claire: User, dominique: User) -> list[Decision]:
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
                is_current=True,
                proposed_by=claire,
                approved_by=dominique,
                approved_at=now,
            )
            for file in files
        )


def _file(offer: Offer, index: int) -> UdemFile:
    """A file at UdeM, at one step or another."""
    step, today = STEPS[index % len(STEPS)], timezone.now().date()
    filed = step != Filing.TO_FILE
    number = f"2{index:07d}" if filed else ""
    return UdemFile(
        offer=offer,
        program=factories.program(),
        status=step,
        number=number,
        number_mark=mark(number) if filed else "",
        filed_on=today if filed else None,
        accept_by=today + timedelta(days=index % 40) if step == Filing.ADMITTED else None,
    )
