"""Each invariant of blind reading is silent on sound rows, and speaks of a broken one."""

from accounts.models import User
from applications.models import Submission
from dossiers import invariants, settling
from dossiers.models import Redaction


def test_nothing_shows_by_itself(scanned: Submission, claire: User) -> None:
    settling.let_show(Redaction.objects.filter(page=0), by=claire)
    settling.hide(Redaction.objects.filter(kind="page"), by=claire)
    settling.add(scanned, "algebra", by=claire)
    assert invariants.statuses_follow_the_trail() == []
    assert invariants.a_person_let_it_show() == []
    Redaction.objects.filter(kind="page").update(status="shown")
    assert len(list(invariants.statuses_follow_the_trail())) == 1
    assert len(list(invariants.a_person_let_it_show())) == 1
