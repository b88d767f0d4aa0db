"""A process that releases answers, and that a test kills in the middle.

`prepare 500 F27`: so many answered files of a cycle of that code, frozen, approved, due. `rehearse`: how many seconds the moment takes, and
nothing comes of it. `go`: the invariants first, then what the timetable does, until it is done. `check`: the invariants.
"""

import sys
import time
from datetime import timedelta

import django
from django.db import transaction
from django.utils import timezone

django.setup()

from accounts.models import Language, Role, User  # noqa: E402
from answers import release  # noqa: E402
from applications.models import Application  # noqa: E402
from audit.invariants import broken  # noqa: E402
from reviews import decisions  # noqa: E402
from reviews.models import Decision  # noqa: E402
from tests import factories  # noqa: E402


def prepare(number: int, code: str) -> None:
    """A cycle whose every file is declined, approved for a moment from now."""
    cycle, house = factories.cycle(code=code), f"{code.lower()}.example"
    claire = User.objects.create_user(f"claire@{house}", roles=[Role.COORDINATOR])
    dora = User.objects.create_user(f"dora@{house}", roles=[Role.DIRECTOR])
    people = User.objects.bulk_create(
        User(email=f"p{index}@{house}", language=Language.values[index % 2], password="!")
        for index in range(number)
    )
    now = timezone.now()
    files = Application.objects.bulk_create(
        Application(
            number=f"{code}-T{index:05d}",
            applicant=one,
            cycle=cycle,
            status="submitted",
            submitted_at=now,
        )
        for index, one in enumerate(people)
    )
    decisions.propose_all(files, "decline", by=claire)
    decisions.approve_all(Decision.objects.all(), by=dora)
    prepared = release.prepare_release(cycle, by=claire, while_open=True)
    release.approve_release(
        prepared, by=dora, at=timezone.now() + timedelta(seconds=2 + number / 500)
    )


def rehearse() -> None:
    """The seconds of the one transaction."""
    while True:
        with transaction.atomic():
            begun = time.monotonic()
            if release.release_due():
                print(time.monotonic() - begun)
                transaction.set_rollback(True)
                return


def sound() -> None:
    """Every invariant holds, but that these bare files were never submitted."""
    assert [line for line in broken() if "without a submission" not in line] == []


def go() -> None:
    """As the timetable: again and again until it happens."""
    sound()
    print("begun", flush=True)
    while not release.release_due():
        time.sleep(0.05)
    print("done", flush=True)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["prepare", number, code]:
            prepare(int(number), code)
        case ["rehearse"]:
            rehearse()
        case ["go"]:
            go()
        case _:
            sound()
