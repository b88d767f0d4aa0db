"""The note for the decision: one counts, all stay."""

import pytest

from accounts.models import Role, User
from answers import noting
from answers.models import Note
from applications.models import Application
from audit.models import AuditEntry
from audit.moves import Refused
from tests.conftest import Settle
from tests.reviews import factories as judging


def test_the_newest_counts_and_all_stay(
    application: Application, claire: User, dominique: User, david: User, person: Settle
) -> None:
    first = noting.note(application, "Strong project.", by=claire)
    assert noting.note(application, "Strong project.", by=dominique) == first
    noting.note(application, "", by=dominique)
    assert list(Note.objects.values_list("text", flat=True)) == ["", "Strong project."]
    assert Note.objects.current().get().text == ""
    assert str(first).startswith(f"{application.pk}: ")
    verbs = AuditEntry.objects.about(application).filter(verb="note_decision")
    assert verbs.count() == 2
    assert not any("project" in str(entry.details) + entry.why for entry in verbs)
    with pytest.raises(Refused) as refused:
        noting.note(application, "Mine", by=david)
    assert refused.value.forbidden
    zoe = person("zoe", Role.COORDINATOR, Role.REVIEWER)
    judging.in_conflict(application, zoe, by=claire)
    with pytest.raises(Refused):
        noting.note(application, "Mine", by=zoe)
    assert Note.objects.visible_to(claire).count() == 2
    assert not Note.objects.visible_to(zoe).exists()
    assert not Note.objects.visible_to(david).exists()
