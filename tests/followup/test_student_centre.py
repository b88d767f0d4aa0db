"""The steps at UdeM: the person reports and puts right, the office confirms and writes, and a mistake is put back."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.translation import override

from accounts.models import Role, User
from applications import lifecycle
from audit.models import AuditEntry
from audit.moves import Refused
from followup import filing, invariants, student_centre
from followup.models import Filing, UdemFile
from followup.student_centre import Facts
from notifications.models import OutgoingEmail
from tests.followup.factories import NUMBER, World
from tests.followup.udem_world import CONDITION, FACTS, answered, asked, at, conditional, today

pytestmark = pytest.mark.django_db
LATER = Facts(condition=CONDITION)
UNDER_WAY = {"filed", "documents"}
ANSWERS = {"admitted", "conditional", "refused", "closed"}
# From where the person may say each step; from an answer to another one it is a correction.
TABLE = {
    "documents": {"filed", "documents"},
    "admitted": UNDER_WAY | ANSWERS,
    "conditional": UNDER_WAY | ANSWERS,
    "refused": UNDER_WAY | ANSWERS,
    "closed": UNDER_WAY | ANSWERS,
    "accepted": {"admitted", "conditional", "accepted"},
}
BACK = {
    "documents": "filed",
    "admitted": "filed",
    "conditional": "filed",
    "refused": "filed",
    "closed": "filed",
    "accepted": "admitted",
}


def refused(call: Any, *args: Any, **named: Any) -> Refused:
    with override("en"), pytest.raises(Refused) as caught:
        call(*args, **named)
    return caught.value


@pytest.mark.parametrize("status", Filing.values)
def test_who_may_say_what_at_each_step(world: World, amina: User, bruno: User, status: str) -> None:
    """Role by status by verb."""
    row = at(world, amina, Filing(status))
    others = (bruno, world.claire, world.dominique, world.person("david", Role.REVIEWER))
    before = student_centre.facts_of(UdemFile.objects.get(pk=row.pk))
    for to in Filing:
        for other in others:
            assert refused(
                student_centre.report, row, to, FACTS.get(to, Facts)(), by=other
            ).forbidden
        for other in (amina, bruno, world.dominique, others[-1]):
            assert refused(student_centre.record_step, row, to, Facts(), by=other).forbidden
        if status not in TABLE.get(to, set()):
            refused(student_centre.report, row, to, FACTS.get(to, Facts)(), by=amina)
    for other in others:
        refused(student_centre.take_back, row, by=other)
        refused(student_centre.say_sent, row, today(), by=other)
        refused(student_centre.say_met, row, today(), by=other)
    assert student_centre.facts_of(UdemFile.objects.get(pk=row.pk)) == before
    for name, sources in TABLE.items():
        if status in sources:
            put = student_centre.report(row, Filing(name), FACTS[Filing(name)](), by=amina)
            assert (put.status, put.confirmed_at) == (name, None)
            if name != status:
                break
    assert list(invariants.moves_agree_with_the_trail()) == []


@pytest.mark.parametrize("status", BACK)
def test_a_step_reported_by_mistake_is_taken_back(world: World, amina: User, status: str) -> None:
    row = student_centre.take_back(at(world, amina, Filing(status)), by=amina)
    row.refresh_from_db()
    assert row.status == BACK[status]
    assert (row.documents_asked_on, row.accepted_on) == (None, None)
    if status != "accepted":
        assert (row.decided_on, row.condition, row.accept_by) == (None, "", None)
    assert row.number == NUMBER
    assert list(invariants.moves_agree_with_the_trail()) == []


def test_back_to_the_documents_and_to_the_condition(world: World, amina: User) -> None:
    row = student_centre.report(at(world, amina, Filing.DOCUMENTS), *conditional(), by=amina)
    row = student_centre.report(row, Filing.ADMITTED, answered(), by=amina)
    row = student_centre.take_back(row, by=amina)
    assert (row.status, row.condition) == ("conditional", CONDITION)
    row = student_centre.report(row, Filing.ACCEPTED, Facts(accepted_on=today()), by=amina)
    row = student_centre.take_back(row, by=amina)
    assert (row.status, row.accepted_on) == ("conditional", None)
    row = student_centre.take_back(row, by=amina)
    assert (row.status, row.documents_asked_on, row.condition) == ("documents", today(), "")
    refused(student_centre.take_back, at(world, world.person("bea"), Filing.FILED), by=amina)


def test_said_twice_alike_it_is_said_once(world: World, amina: User) -> None:
    row = at(world, amina, Filing.DOCUMENTS)
    count = AuditEntry.objects.count()
    assert student_centre.report(row, Filing.DOCUMENTS, asked(), by=amina).status == "documents"
    assert student_centre.say_sent(row, None, by=amina).documents_done_on is None
    assert AuditEntry.objects.count() == count


def test_a_correction_empties_what_no_longer_holds(world: World, amina: User) -> None:
    row = at(world, amina, Filing.CONDITIONAL)
    row = student_centre.report(row, Filing.REFUSED, Facts(decided_on=today()), by=amina)
    assert (row.status, row.condition, row.accept_by) == ("refused", "", None)
    row = student_centre.report(row, *conditional(), by=amina)
    other = Facts(decided_on=today(), condition="Another one.")
    row = student_centre.report(row, Filing.CONDITIONAL, other, by=amina)
    assert (row.condition, row.accept_by) == ("Another one.", None)
    verbs = AuditEntry.objects.about(row).values_list("verb", flat=True)
    assert [*verbs][-3:] == ["correct_refused", "correct_conditional", "correct_conditional"]


def test_what_the_office_confirmed_is_no_longer_the_persons(world: World, amina: User) -> None:
    row = at(world, amina, Filing.CONDITIONAL)
    row = student_centre.record_step(row, Filing.CONDITIONAL, Facts(), by=world.claire)
    assert row.confirmed_at
    for call in (
        lambda: student_centre.report(row, Filing.CONDITIONAL, answered(condition="x"), by=amina),
        lambda: student_centre.report(row, Filing.REFUSED, Facts(), by=amina),
        lambda: student_centre.take_back(row, by=amina),
    ):
        assert "confirmed" in str(refused(call).reasons).lower()
    # What goes on is theirs to tell all the same.
    assert student_centre.say_met(row, today(), by=amina).condition_met_on == today()
    row = student_centre.report(row, Filing.ACCEPTED, Facts(accepted_on=today()), by=amina)
    assert row.confirmed_at is None
    row = student_centre.take_back(row, by=amina)
    assert (row.status, row.confirmed_at) == ("admitted", None)


def test_going_back_finds_the_offices_yes_again(world: World, amina: User) -> None:
    row = at(world, amina, Filing.FILED)
    student_centre.record_step(row, Filing.FILED, Facts(), by=world.claire)
    row = student_centre.report(row, Filing.DOCUMENTS, asked(), by=amina)
    row = student_centre.take_back(row, by=amina)
    assert row.confirmed_at
    said = refused(filing.correct_filing, row, by=amina, number="55555", filed_on=today())
    assert "confirmed" in str(said.text)


def test_dates_are_judged_by_the_verb_too(world: World, amina: User) -> None:
    row = at(world, amina, Filing.FILED)
    early = Facts(decided_on=today() - timedelta(days=400))
    said = refused(student_centre.report, row, Filing.ADMITTED, early, by=amina)
    assert "before our answer" in str(said.reasons)
    row = student_centre.report(row, Filing.DOCUMENTS, asked(), by=amina)
    ahead = today() + timedelta(days=3)
    assert refused(student_centre.say_sent, row, ahead, by=amina).reasons
    wrong = Facts(documents_asked_on=ahead, documents_due_on=ahead)
    assert refused(student_centre.report, row, Filing.DOCUMENTS, wrong, by=amina).reasons
    assert student_centre.say_sent(row, today(), by=amina).documents_done_on == today()


def test_a_withdrawn_file_is_reported_no_more(world: World, amina: User) -> None:
    row = at(world, amina, Filing.DOCUMENTS)
    lifecycle.withdraw(row.offer.decision.application, by=amina)
    for call in (
        lambda: student_centre.report(row, Filing.ADMITTED, answered(), by=amina),
        lambda: student_centre.say_sent(row, today(), by=amina),
        lambda: student_centre.take_back(row, by=amina),
    ):
        assert refused(call).reasons == ["You withdrew this application."]
    count = OutgoingEmail.objects.filter(letter="udem_step_changed").count()
    student_centre.record_step(row, Filing.CLOSED, Facts(), by=world.claire)
    assert OutgoingEmail.objects.filter(letter="udem_step_changed").count() == count


def test_the_office_goes_forwards_and_backwards_and_the_person_is_told(
    world: World, amina: User
) -> None:
    row = at(world, amina, Filing.ACCEPTED)
    row = student_centre.record_step(
        row, Filing.REGISTERED, Facts(ended_on=today()), by=world.claire, why="Their list."
    )
    assert row.confirmed_at
    row = student_centre.record_step(
        row,
        Filing.DOCUMENTS,
        asked(),
        by=world.claire,
        why="Wrong line.",
        emptied=("ended_on", "accepted_on", "decided_on", "accept_by"),
    )
    row.refresh_from_db()
    assert (row.status, row.ended_on, row.decided_on) == ("documents", None, None)
    letters = OutgoingEmail.objects.filter(letter="udem_step_changed")
    assert letters.count() == 2
    for letter in letters:
        assert NUMBER not in letter.text
        assert "admit" not in letter.text.lower().replace("admission", "")
    last = AuditEntry.objects.about(row).last()
    assert last is not None
    assert (last.old, last.new, last.why) == ("registered", "documents", "Wrong line.")


def test_a_yes_without_a_change_writes_no_letter(world: World, amina: User) -> None:
    row = at(world, amina, Filing.ADMITTED)
    student_centre.record_step(row, Filing.ADMITTED, answered(), by=world.claire)
    assert not OutgoingEmail.objects.filter(letter="udem_step_changed").exists()
    other = Facts(number="777777", accept_by=today() + timedelta(days=5))
    student_centre.record_step(row, Filing.ADMITTED, other, by=world.claire)
    assert OutgoingEmail.objects.filter(letter="udem_step_changed").count() == 1
    entry = AuditEntry.objects.about(row).last()
    assert entry is not None
    assert entry.details == {"changed": ["number", "accept_by"]}


def test_what_the_database_would_not_take_is_said_in_words(world: World, amina: User) -> None:
    row = at(world, amina, Filing.TO_FILE)
    said = refused(student_centre.record_step, row, Filing.ADMITTED, Facts(), by=world.claire)
    assert said.reasons == ["A filed application has a number and a date."]
    row = student_centre.record_step(row, Filing.CLOSED, Facts(), by=world.claire)
    row = student_centre.record_step(
        row, Filing.FILED, Facts(number="777777", filed_on=today()), by=world.claire
    )
    back = ("number", "filed_on")
    row = student_centre.record_step(row, Filing.TO_FILE, Facts(), by=world.claire, emptied=back)
    assert (row.number, row.number_mark, row.filed_on) == ("", "", None)
    refused(student_centre.take_back, row, by=amina)


def test_a_record_is_put_back(world: World, amina: User) -> None:
    udem_file = world.filed(amina)
    before = student_centre.facts_of(udem_file)
    wrong = Facts(number="20480000", condition="Another person’s.")
    row = student_centre.record_step(udem_file, Filing.CONDITIONAL, wrong, by=world.claire)
    row = student_centre.put_back(row, before, by=world.claire, why="The wrong line.")
    row.refresh_from_db()
    assert student_centre.facts_of(row) == before
    assert row.number_mark


def test_letters_are_expected_of_what_the_person_reported_alone(world: World, amina: User) -> None:
    at(world, amina, Filing.ADMITTED)
    told = at(world, world.person("bea"), Filing.TO_FILE)
    known = Facts(number="777777", filed_on=today())
    student_centre.record_step(told, Filing.ADMITTED, known, by=world.claire)
    assert list(invariants.replies_are_confirmed()) == []
    OutgoingEmail.objects.filter(letter="udem_filed").delete()
    assert len(list(invariants.replies_are_confirmed())) == 1


def test_a_day_of_another_step_is_not_noted(world: World, amina: User) -> None:
    udem_file = world.filed(amina)
    with pytest.raises(Refused):
        student_centre.say_sent(udem_file, today(), by=amina)
