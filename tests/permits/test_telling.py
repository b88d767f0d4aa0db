"""Where somebody stands in Canada: theirs alone to say, recorded without the words."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Role, User
from applications import lifecycle
from applications.models import Application
from audit.models import AuditEntry
from audit.moves import Refused
from permits import telling
from permits.facts import facts_of
from permits.models import PermitPath
from permits.telling import Status
from tests.followup.factories import World
from tests.permits.factories import accepted, today, told

pytestmark = pytest.mark.django_db
LATER = today() + timedelta(days=900)


@pytest.fixture
def file(world: World, amina: User) -> Application:
    """Amina, from abroad, who said yes."""
    return accepted(world, amina)


def test_the_status_of_the_application_counts_until_it_is_confirmed(file: Application) -> None:
    before = facts_of([file])[file.pk].told
    assert (before.status, before.is_confirmed) == ("none", False)
    told(file, "none")
    after = facts_of([file])[file.pk].told
    assert (after.status, after.is_confirmed) == ("none", True)


def test_a_change_counts_and_the_application_stays_as_it_was_submitted(file: Application) -> None:
    told(file, "study", change="granted", permit_until=LATER, allows="yes")
    facts = facts_of([file])[file.pk]
    assert (facts.told.status, facts.told.permit_until) == ("study", LATER)
    file.refresh_from_db()
    assert file.canada_status == "none"
    entry = AuditEntry.objects.about(PermitPath.objects.get()).get()
    # The trail says that it changed and why, not from what to what.
    assert (entry.verb, entry.old, entry.new, entry.why) == ("tell_status", "", "", "granted")
    assert "study" not in str(entry.details)


def test_said_twice_alike_it_is_said_once(file: Application) -> None:
    for _turn in range(2):
        told(file, "citizen", change="mistake")
    assert AuditEntry.objects.filter(verb="tell_status").count() == 1
    told(file, "none")
    row = PermitPath.objects.get()
    assert (row.canada_status, row.change) == ("none", "")


@pytest.mark.parametrize(
    ("status", "said", "field"),
    [
        ("alien", {}, "canada_status"),
        ("citizen", {}, "change"),
        ("citizen", {"change": "because"}, "change"),
        ("work", {"change": "granted"}, "permit_until"),
        ("none", {"allows": "perhaps"}, "allows"),
    ],
)
def test_what_lacks_is_said(
    file: Application, status: str, said: dict[str, Any], field: str
) -> None:
    assert field in Status(status, **said).wrong(file)
    with pytest.raises(Refused):
        told(file, status, **said)
    assert not PermitPath.objects.exists()


def test_nothing_is_kept_that_the_status_does_not_ask_for(file: Application) -> None:
    told(file, "none", change="granted", permit_until=LATER, allows="yes")
    row = PermitPath.objects.get()
    assert (row.change, row.permit_until, row.allows) == ("", None, "unsure")


@pytest.mark.parametrize("role", [None, *(role for role in Role if role != Role.EDI_OFFICER)])
def test_nobody_says_it_for_somebody_else(file: Application, person: Any, role: Role) -> None:
    other = person("zoe", role) if role else person("zoe")
    with pytest.raises(Refused) as refused:
        telling.confirm(file, Status("citizen", "mistake"), by=other)
    assert refused.value.forbidden


def test_there_is_nothing_to_say_before_the_yes_nor_after_a_withdrawal(
    world: World, bruno: User, file: Application
) -> None:
    lifecycle.withdraw(file, by=file.applicant)
    for one in (world.submitted(bruno), file):
        with pytest.raises(Refused, match="rien à faire"):
            told(one, "none")


@pytest.mark.parametrize(
    "fields",
    [
        {"canada_status": "alien"},
        {"canada_status": "none", "allows": "perhaps"},
        {"canada_status": "none", "change": "because"},
        {"canada_status": "study"},
        {"canada_status": "none", "permit_until": today()},
    ],
)
def test_the_database_keeps_no_nonsense(file: Application, fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PermitPath.objects.create(application=file, **fields)
