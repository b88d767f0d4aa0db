"""Who a person is at UdeM: told late, kept sealed, erased at once, never written elsewhere."""

from datetime import date
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from audit.models import AuditEntry
from audit.moves import Refused
from followup import identifying, offers
from followup.models import Filing, Identity
from reports import my_file
from tests.followup.factories import NUMBER, World
from tests.followup.udem_world import at

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
TOLD: dict[str, Any] = {
    "birth": date(1999, 4, 17),
    "citizenships": ["SN", "FR", "SN"],
    "code": "dias 9904-1702",
}


def test_told_sealed_and_erased(world: World, amina: User, bruno: User) -> None:
    application = at(world, amina, Filing.TO_FILE).offer.decision.application
    for other in (bruno, world.claire, world.dominique):
        with pytest.raises(Refused) as refused:
            identifying.tell(application, by=other, **TOLD)
        assert refused.value.forbidden
    identity = identifying.tell(application, by=amina, **TOLD)
    identity.refresh_from_db()
    assert (identity.born_on, identity.citizenships) == (date(1999, 4, 17), ["SN", "FR"])
    assert identity.code == "DIAS99041702"
    assert Identity.objects.coded("DIAS99041702").get() == identity
    with connection.cursor() as cursor:
        cursor.execute("SELECT followup_identity::text FROM followup_identity")
        (row,) = cursor.fetchone()
    assert not [one for one in ("1999-04-17", "SN,FR", "DIAS99041702") if one in row]
    count = AuditEntry.objects.about(application).count()
    identifying.tell(application, by=amina, **TOLD)
    assert AuditEntry.objects.about(application).count() == count, "the same, once"
    changed = identifying.tell(application, by=amina, **{**TOLD, "code": "", "birth": None})
    assert (changed.pk, changed.code, changed.code_mark, changed.birth) == (identity.pk, "", "", "")
    with pytest.raises(Refused):
        identifying.erase(application, by=world.claire)
    assert identifying.erase(application, by=amina)
    assert not identifying.erase(application, by=amina)
    assert not Identity.objects.exists()
    entries = AuditEntry.objects.about(application).filter(verb__endswith="_identity")
    assert [one.verb for one in entries] == ["tell_identity", "tell_identity", "erase_identity"]
    assert {(one.why, str(one.details)) for one in entries} == {("", "{}")}


def test_who_sees_it(world: World, amina: User, bruno: User) -> None:
    application = at(world, amina, Filing.TO_FILE).offer.decision.application
    identifying.tell(application, by=amina, **TOLD)
    seen = {user: Identity.objects.visible_to(user).exists() for user in (amina, world.claire)}
    assert all(seen.values())
    for user in (bruno, world.dominique, world.person("david"), world.person("fatou")):
        assert not Identity.objects.visible_to(user).exists()


def test_the_archive_of_ones_own_file_tells_it(world: World, amina: User) -> None:
    application = at(world, amina, Filing.FILED).offer.decision.application
    identifying.tell(application, by=amina, **TOLD)
    with my_file.archive(amina) as made, ZipFile(made) as zipped:
        data = zipped.read("my-file.json").decode()
    assert [one for one in ("1999-04-17", "DIAS99041702", NUMBER) if one not in data] == []


def test_not_before_a_yes_and_not_nonsense(world: World, amina: User) -> None:
    decision = world.answered(amina)
    with pytest.raises(Refused):
        identifying.tell(decision.application, by=amina, **TOLD)
    wrong: list[dict[str, Any]] = [
        {"birth": date(2999, 1, 1)},
        {"birth": date(1850, 1, 1)},
        {"birth": date(timezone.localdate().year - 1, 1, 1)},
        {"citizenships": ["XX"]},
        {"citizenships": ["CA", "FR", "SN", "BR"]},
        {"code": "12"},
        {"birth": None, "citizenships": [], "code": ""},
    ]
    offers.accept(decision, by=amina, at=timezone.now())
    for one in wrong:
        with pytest.raises(Refused):
            identifying.tell(decision.application, by=amina, **{**TOLD, **one})
    assert not Identity.objects.exists()
