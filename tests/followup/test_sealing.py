"""Personal facts are sealed in the database, opened for those who may see them, and found by their mark."""

from typing import Any

import pytest
from cryptography.fernet import InvalidToken
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from accounts.models import User
from followup.models import Identity, UdemFile
from followup.sealing import mark, marks, seal, unseal
from tests.followup.factories import NUMBER, World

pytestmark = pytest.mark.django_db


def test_the_database_holds_no_number(world: World, amina: User) -> None:
    udem_file = world.filed(amina)
    with connection.cursor() as cursor:
        cursor.execute("SELECT f::text FROM followup_udemfile f")
        (row,) = cursor.fetchone()
    assert NUMBER not in row
    udem_file.refresh_from_db()
    assert udem_file.number == NUMBER


def test_a_number_is_found_by_its_mark(world: World, amina: User) -> None:
    udem_file = world.filed(amina)
    assert list(UdemFile.objects.numbered(NUMBER)) == [udem_file]
    assert not UdemFile.objects.numbered("20485241")
    assert not UdemFile.objects.numbered("")


def test_sealed_texts_are_not_searched(world: World, amina: User) -> None:
    world.filed(amina)
    assert UdemFile.objects.exclude(number="").count() == 1
    with pytest.raises(TypeError):
        UdemFile.objects.filter(number=NUMBER).exists()


def test_a_key_is_replaced_without_an_outage(settings: Any) -> None:
    old, found = seal("20485240"), mark("20485240")
    settings.SEALING_KEYS = ["a newer key", *settings.SEALING_KEYS]
    assert unseal(old) == "20485240"
    assert mark("20485240") != found
    assert found in marks("20485240")
    new = seal("20485240")
    settings.SEALING_KEYS = ["a newer key"]
    assert unseal(new) == "20485240"
    with pytest.raises(InvalidToken):
        unseal(old)


def test_nothing_is_sealed_without_a_key(settings: Any) -> None:
    settings.SEALING_KEYS = []
    with pytest.raises(ImproperlyConfigured):
        seal("20485240")


def test_an_identity_tells_its_parts(world: World, amina: User) -> None:
    application = world.submitted(amina)
    row = Identity.objects.create(application=application, birth="1998-02-03", countries="CA,TN")
    row.refresh_from_db()
    assert (str(row.born_on), row.citizenships) == ("1998-02-03", ["CA", "TN"])
    assert Identity().born_on is None
    assert not Identity.objects.coded("")
