"""What must be true of permits, and is said when it is not."""

import pytest

from accounts.models import User
from audit.models import AuditEntry, subject_of
from permits import invariants
from permits.models import Kind, PermitPath, PermitStep, State
from tests.followup.factories import World
from tests.permits.factories import accepted, ago, reported, told
from tests.unguarded import unguarded

pytestmark = pytest.mark.django_db


def broken() -> list[str]:
    return [
        *invariants.permits_follow_acceptances(),
        *invariants.steps_agree_with_the_trail(),
    ]


def test_all_is_well(world: World, amina: User) -> None:
    file = accepted(world, amina)
    told(file, "none")
    reported(file, Kind.CAQ, State.ASKED, asked_on=ago(1))
    assert broken() == []


def test_permits_without_a_yes(world: World, amina: User) -> None:
    file = world.submitted(amina)
    path = PermitPath.objects.create(application=file, canada_status="none")
    assert broken() == [f"{subject_of(path)}: no offer was accepted."]


def test_a_status_that_nobody_wrote(world: World, amina: User) -> None:
    file = accepted(world, amina)
    step = reported(file, Kind.CAQ, State.READY)
    PermitStep.objects.update(status=State.TO_DO)
    assert broken() == [f"{subject_of(step)}: its status is not the trail's."]
    with unguarded():
        AuditEntry.objects.about(step).delete()
    assert broken() == [f"{subject_of(step)}: nobody reported it."]
