"""What a change of the tables does to rows that are already there."""

from importlib import import_module

import pytest
from django.db import connection

from accounts.models import User
from applications.models import Degree, Kind
from tests import factories

pytestmark = pytest.mark.django_db

slots = import_module("applications.migrations.0007_document_slots")


def test_what_is_held_keeps_its_place(amina: User, bruno: User) -> None:
    cycle = factories.cycle()
    one, two = (factories.draft(who, cycle, complete=False) for who in (amina, bruno))
    Degree.objects.create(application=one, position=1, title="Second")
    first = Degree.objects.create(application=one, position=0, title="First")
    for application in (one, two):
        factories.attach(application, Kind.CV)
        factories.attach(application, Kind.TRANSCRIPT)
    with connection.cursor() as cursor:
        cursor.execute(slots.FILL)
    held = one.documents.current().values_list("kind", "slot")
    assert set(held) == {("cv", "cv"), ("transcript", f"transcript-{first.pk}")}
    assert set(two.documents.values_list("slot", flat=True)) == {"cv", "transcript"}


def test_going_back_keeps_the_newest_of_a_kind_in_the_draft(amina: User) -> None:
    draft = factories.draft(amina, factories.cycle(), complete=False)
    factories.attach(draft, Kind.TRANSCRIPT, slot="transcript-1")
    newest = factories.attach(draft, Kind.TRANSCRIPT, slot="transcript-2")
    cv = factories.attach(draft, Kind.CV)
    with connection.cursor() as cursor:
        cursor.execute(slots.ONE_A_KIND)
    assert set(draft.documents.current()) == {newest, cv}
