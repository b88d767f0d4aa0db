"""Settling findings: who may, from where to where, and what the trail says."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Role, User
from applications.models import Submission
from audit.models import AuditEntry, subject_of
from audit.moves import Refused
from cycles.models import Cycle
from dossiers import settling
from dossiers.models import Redaction
from dossiers.models.redaction import RedactionQuerySet
from dossiers.permissions import sees_redactions, settles
from tests import factories
from tests.conftest import Settle


def rows() -> RedactionQuerySet:
    """Every finding."""
    return Redaction.objects.all()


def test_each_way_and_back(scanned: Submission, claire: User) -> None:
    count = rows().count()
    assert settling.hide(rows(), by=claire) == count
    assert settling.hide(rows(), by=claire) == 0
    assert settling.let_show(rows(), by=claire) == count
    assert settling.look_again(rows(), by=claire) == count
    one = Redaction.objects.get(kind="picture")
    trail = AuditEntry.objects.filter(subject=subject_of(one)).order_by("pk")
    assert [(entry.verb, entry.new) for entry in trail] == [
        ("hide_finding", "confirmed"),
        ("show_finding", "shown"),
        ("look_at_finding_again", "proposed"),
    ]


def test_only_a_coordinator_and_never_on_their_own_file(
    scanned: Submission, david: User, dominique: User, amina: User, claire: User
) -> None:
    one = Redaction.objects.select_related("submission__application").first()
    assert one
    assert settles(claire, one)
    for nobody in (david, dominique, amina):
        assert not settles(nobody, one)
        assert not sees_redactions(nobody).exists()
        for verb in (settling.hide, settling.let_show):
            with pytest.raises(Refused):
                verb(rows(), by=nobody)
        with pytest.raises(Refused):
            settling.add(scanned, "algebra", by=nobody)
        with pytest.raises(Refused):
            settling.hide_part(scanned, "cv", 1, "top_half", by=nobody)
    amina.roles = [Role.COORDINATOR]
    amina.save()
    assert not settles(amina, one)
    assert not sees_redactions(amina).exists()
    assert Redaction.objects.exclude(status="proposed").count() == 0


def test_words_that_stand_nowhere(scanned: Submission, claire: User) -> None:
    with pytest.raises(Refused, match="in no text"):
        settling.add(scanned, "zymurgy", by=claire)
    with pytest.raises(Refused, match="two letters"):
        settling.add(scanned, " x ", by=claire)


def test_papers_that_are_not_clean_are_left_out(cycle: Cycle, amina: User, claire: User) -> None:
    submission = factories.submit(factories.draft(amina, cycle))
    assert settling.add(submission, "apprendre", by=claire) == 1


def test_words_that_the_search_found_are_hidden_again(scanned: Submission, claire: User) -> None:
    found = Redaction.objects.filter(place="statement", words="Élodie")
    settling.let_show(found, by=claire)
    settling.add(scanned, "élodie", by=claire)
    row = found.get()
    assert (row.status, row.by_hand) == ("confirmed", False)
    settling.add(scanned, "élodie", by=claire)
    assert AuditEntry.objects.filter(subject=subject_of(row)).count() == 2


def test_what_the_search_found_is_not_removed(scanned: Submission, claire: User) -> None:
    with pytest.raises(Refused, match="let it show"):
        settling.remove(list(rows()), by=claire)
    settling.add(scanned, "algebra", by=claire)
    own = list(Redaction.objects.filter(by_hand=True).select_related("submission__application"))
    with pytest.raises(Refused):
        settling.remove(own, by=scanned.application.applicant)
    assert settling.remove(own, by=claire) == len(own) == 3


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "unknown"},
        {"kind": "words", "words": ""},
        {"kind": "page", "words": "x"},
        {"kind": "page", "words": "", "page": 0},
    ],
)
def test_the_database_refuses_half_a_finding(
    scanned: Submission, fields: dict[str, object]
) -> None:
    one = Redaction.objects.filter(kind="picture").get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Redaction.objects.filter(pk=one.pk).update(**fields)


def test_a_conflict_hides_a_file(scanned: Submission, person: Settle) -> None:
    both = person("zoe", Role.COORDINATOR, Role.REVIEWER)
    assert Redaction.objects.visible_to(both).exists()
    scanned.application.assignments.create(
        reviewer=both, assigned_by=both, due_on="2027-01-01", status="conflict"
    )
    assert not Redaction.objects.visible_to(both).exists()
