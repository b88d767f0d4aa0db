"""A list from its arrival to its undoing: what is refused, what is asked, what is written, what is left."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Role, User
from audit.invariants import off_the_trail
from audit.models import AuditEntry
from audit.moves import Refused
from cycles.clock import day_of
from cycles.models import Cycle
from followup import student_centre, student_centre_bulk
from followup.models import Filing, UdemFile
from followup.student_centre import Facts
from reconciliation import (
    applying,
    choosing,
    comparing,
    forgetting,
    receiving,
    summary,
    undoing,
    words,
)
from reconciliation.columns import Meaning
from reconciliation.facts import plain
from reconciliation.models import Change, Line, Mapping, UdemList, Word
from reviews import conflicts
from reviews.models import Reason
from tests.reconciliation.factories import (
    HEADERS,
    WORDS,
    Somebody,
    applied,
    compared,
    received,
    row,
    settled,
    table,
)

pytestmark = pytest.mark.django_db
ZOE = Somebody("Lévesque", "Zoé", "20480001", date(1999, 5, 4), filed=True)
LUC = Somebody("Roy", "Luc", "20480002", date(1998, 3, 2), filed=True)
MIA = Somebody("Costa", "Mia", "", date(2000, 1, 2))
ADMITTED = {"Statut": "Admis", "Date du statut": "2027-02-20"}


@pytest.fixture
def files(cycle: Cycle, claire: User) -> list[UdemFile]:
    return settled([ZOE, LUC, MIA], cycle, by=claire)


def now(file: UdemFile) -> dict[str, str]:
    return plain(UdemFile.objects.get(pk=file.pk))


def apply(udem_list: UdemList, by: User) -> UdemList:
    udem_list.refresh_from_db()
    return applying.apply(udem_list, revision=udem_list.revision, by=by)


def hide(file: UdemFile, by: User) -> None:
    application = UdemFile.objects.get(pk=file.pk).offer.decision.application
    conflicts.declare(application, by=by, reason=Reason.OTHER, words="A friend.")


# Arriving -----------------------------------------------------------------------------------------
def test_a_list_arrives_sealed(cycle: Cycle, claire: User) -> None:
    udem_list = received(cycle, table([row(ZOE)]), by=claire)
    assert (udem_list.rows, udem_list.encoding, udem_list.label) == (1, "utf-8", "liste.csv")
    assert receiving.bytes_of(udem_list).startswith(b"Matricule")
    entry = AuditEntry.objects.get(verb="receive_list")
    assert entry.details == {"rows": 1}
    again = receiving.read_again(udem_list, "latin-1", by=claire)
    assert again.encoding == "latin-1"


def test_what_is_refused_on_arrival(cycle: Cycle, claire: User, dominique: User) -> None:
    text = table([row(ZOE)])
    for act in (
        lambda: received(cycle, text, by=dominique),
        lambda: received(cycle, text, by=claire, as_of=day_of(timezone.now()) + timedelta(days=1)),
        lambda: received(cycle, "", by=claire),
    ):
        with pytest.raises(Refused):
            act()
    udem_list = compared(cycle, text, by=claire)
    with pytest.raises(Refused, match="déjà"):
        received(cycle, text, by=claire)
    with pytest.raises(Refused) as refused:
        receiving.read_again(udem_list, "utf-8", by=dominique)
    assert refused.value.forbidden


# Words and columns --------------------------------------------------------------------------------
def test_words_are_asked_once(cycle: Cycle, claire: User, dominique: User) -> None:
    assert words.unknown(["Admis", "ADMIS", "", "Déposée"]) == ["Admis", "Déposée"]
    assert words.learn(WORDS, by=claire) == len(WORDS)
    assert words.unknown(["Admis", "En préparation", "Nouveau"]) == ["Nouveau"]
    assert words.learn({"Admis": "accepted", "Déposée": "filed"}, by=claire) == 1
    assert Word.objects.get(word="admis").step == "accepted"
    with pytest.raises(Refused):
        words.learn({"Admis": "to_file"}, by=claire)
    with pytest.raises(Refused) as refused:
        words.learn(WORDS, by=dominique)
    assert refused.value.forbidden
    with pytest.raises(Refused):
        words.unknown([f"mot {chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(100)])


def test_comparing_asks_before_it_guesses(cycle: Cycle, claire: User, dominique: User) -> None:
    udem_list = received(cycle, table([row(ZOE)]), by=claire)
    columns = {Meaning.NUMBER: "Matricule", Meaning.STATUS: "Statut"}
    for wrong in ({}, {Meaning.STATUS: "Statut"}, {**columns, Meaning.EMAIL: "Nowhere"}, columns):
        with pytest.raises(Refused):
            comparing.compare(udem_list, wrong, "dmy", by=claire)
    words.learn(WORDS, by=claire)
    with pytest.raises(Refused):
        comparing.compare(udem_list, columns, "", by=claire)
    with pytest.raises(Refused) as refused:
        comparing.compare(udem_list, columns, "dmy", by=dominique)
    assert refused.value.forbidden
    assert comparing.compare(udem_list, columns, "dmy", by=claire).status == "compared"


def test_another_order_of_columns_costs_nothing_and_a_new_name_asks(
    cycle: Cycle, claire: User
) -> None:
    compared(cycle, table([row(ZOE)]), by=claire)
    other = receiving.table_of(table([row(LUC)], tuple(reversed(HEADERS))).encode())
    assert receiving.is_known(other)
    assert receiving.guessed(other)[Meaning.NUMBER] == "Matricule"
    renamed = receiving.table_of(table([row(LUC)]).replace("Statut;", "Zone 51;").encode())
    assert not receiving.is_known(renamed)
    assert Meaning.STATUS not in receiving.guessed(renamed)
    mapping = Mapping.objects.get()
    mapping.columns["zone 51"] = "status"
    mapping.save()
    assert receiving.guessed(renamed)[Meaning.STATUS] == "Zone 51"


# Comparing, choosing, applying --------------------------------------------------------------------
def test_certain_lines_are_written_with_their_line_of_the_trail(
    files: list[UdemFile], cycle: Cycle, claire: User
) -> None:
    rows = [row(ZOE, **ADMITTED), row(LUC), row(MIA, Matricule="20480003")]
    udem_list = applied(cycle, table(rows), by=claire)
    assert (udem_list.status, udem_list.applied, udem_list.content) == ("applied", 3, "")
    assert [now(file)["status"] for file in files] == ["admitted", "filed", "filed"]
    assert now(files[2])["number"] == "20480003"
    assert UdemFile.objects.numbered("20480003").get() == files[2]
    entries = AuditEntry.objects.filter(subject=f"followup.udemfile:{files[0].pk}")
    (entry,) = entries
    assert (entry.verb, entry.old, entry.new) == ("record_admitted", "filed", "admitted")
    assert entry.details == {"list": udem_list.pk, "facts": ["decided_on", "status"]}
    assert AuditEntry.objects.get(subject=f"followup.udemfile:{files[1].pk}").verb == "confirm_udem"
    assert not off_the_trail(UdemFile.objects.all())
    assert not off_the_trail(UdemList.objects.all())
    last = summary.latest(cycle)
    assert last
    assert (last.pk, last.matched, last.to_settle) == (udem_list.pk, 3, 0)


def test_a_doubtful_line_is_chosen_by_a_person(
    files: list[UdemFile], cycle: Cycle, claire: User, dominique: User
) -> None:
    rows = [row(ZOE, Courriel=LUC.email, **ADMITTED), row(MIA)]
    udem_list = compared(cycle, table(rows), by=claire)
    line = udem_list.lines.get(verdict="doubtful")
    assert line.candidate_ids() == [files[0].pk, files[1].pk]
    with pytest.raises(Refused):
        choosing.choose_person(line, files[2], by=claire)
    with pytest.raises(Refused):
        choosing.choose_person(udem_list.lines.get(number=3), files[2], by=claire)
    with pytest.raises(Refused) as refused:
        choosing.choose_person(line, files[0], by=dominique)
    assert refused.value.forbidden
    choosing.choose_person(line, files[0], by=claire)
    choosing.choose_person(line, None, by=claire)
    assert not Change.objects.filter(line=line)
    choosing.choose_person(line, files[0], by=claire)
    apply(udem_list, claire)
    assert now(files[0])["status"] == "admitted"
    line.refresh_from_db()
    with pytest.raises(Refused):
        choosing.choose_person(line, None, by=claire)


def test_one_person_is_not_chosen_twice(files: list[UdemFile], cycle: Cycle, claire: User) -> None:
    rows = [row(ZOE), row(ZOE, **ADMITTED)]
    udem_list = compared(cycle, table(rows), by=claire)
    first, second = udem_list.lines.all()
    assert (first.why, second.why) == ("twice", "twice")
    choosing.choose_person(first, files[0], by=claire)
    with pytest.raises(Refused):
        choosing.choose_person(second, files[0], by=claire)


def test_conflicts_wait_for_a_choice(files: list[UdemFile], cycle: Cycle, claire: User) -> None:
    text = table([row(ZOE, **ADMITTED, **{"Date de la demande": "2027-01-30"})])
    udem_list = compared(cycle, text, by=claire)
    change = Change.objects.get()
    assert (change.news, change.sames, change.conflicts, change.open) == (2, 1, 1, 1)
    apply(udem_list, claire)
    file = UdemFile.objects.get(pk=files[0].pk)
    assert (file.status, file.filed_on, file.confirmed_at) == ("admitted", date(2027, 1, 29), None)
    last = summary.latest(cycle)
    assert last
    assert last.to_settle == 1
    assert choosing.choose_facts(udem_list, {change.pk: {"filed_on": "theirs"}}, by=claire) == 1
    assert choosing.choose_facts(udem_list, {change.pk: {"filed_on": "theirs"}}, by=claire) == 0
    apply(udem_list, claire)
    file.refresh_from_db()
    assert (file.filed_on, bool(file.confirmed_at)) == (date(2027, 1, 30), True)
    # What was written is undone, not chosen again.
    assert choosing.choose_facts(udem_list, {change.pk: {"filed_on": "ours"}}, by=claire) == 0
    undoing.undo(udem_list, why="Wrong.", by=claire)
    file.refresh_from_db()
    assert (file.status, file.filed_on, file.confirmed_at) == ("filed", date(2027, 1, 29), None)


def test_only_what_was_looked_at_is_applied(
    files: list[UdemFile], cycle: Cycle, claire: User, dominique: User
) -> None:
    udem_list = compared(cycle, table([row(ZOE, **ADMITTED)]), by=claire)
    with pytest.raises(Refused):
        applying.apply(udem_list, revision=udem_list.revision - 1, by=claire)
    with pytest.raises(Refused) as refused:
        applying.apply(udem_list, revision=udem_list.revision, by=dominique)
    assert refused.value.forbidden
    apply(udem_list, claire)
    with pytest.raises(Refused):
        apply(udem_list, claire)
    with pytest.raises(Refused):
        comparing.compare(udem_list, {}, "dmy", by=claire)


def test_a_file_that_moved_meanwhile_is_asked_about(
    files: list[UdemFile], cycle: Cycle, claire: User
) -> None:
    udem_list = compared(cycle, table([row(ZOE, **ADMITTED), row(LUC, **ADMITTED)]), by=claire)
    person = files[0].offer.decision.application.applicant
    student_centre.report(files[0], Filing.DOCUMENTS, Facts(), by=person)
    apply(udem_list, claire)
    assert [now(file)["status"] for file in files[:2]] == ["documents", "admitted"]
    change = Change.objects.get(udem_file=files[0])
    assert (change.has_moved, change.is_ready, change.applied_at) == (True, False, None)
    with pytest.raises(Refused):
        choosing.choose_facts(udem_list, {change.pk: {"status": "ours"}}, by=claire)
    again = choosing.look_again(change, by=claire)
    assert again.is_ready
    apply(udem_list, claire)
    assert now(files[0])["status"] == "admitted"
    with pytest.raises(Refused):
        choosing.look_again(change, by=claire)


def test_what_lacks_a_fact_stays(files: list[UdemFile], cycle: Cycle, claire: User) -> None:
    line = row(MIA, **ADMITTED, **{"Date de la demande": ""})
    udem_list = compared(cycle, table([line]), by=claire)
    assert Change.objects.get().lacks == ["filing"]
    with pytest.raises(Refused):
        apply(udem_list, claire)


# Kept from somebody -------------------------------------------------------------------------------
def test_what_is_kept_from_a_coordinator_is_left_to_another(
    files: list[UdemFile], cycle: Cycle, claire: User, person: Callable[..., User]
) -> None:
    corinne = person("corinne", Role.COORDINATOR)
    rows = [row(ZOE, **ADMITTED), row(LUC, **ADMITTED), row(MIA, Courriel="")]
    udem_list = compared(cycle, table([*rows, row(ZOE, Courriel="")]), by=corinne)
    hide(files[0], corinne)
    doubtful = udem_list.lines.filter(verdict="doubtful")[0]
    with pytest.raises(Refused) as refused:
        choosing.choose_person(doubtful, None, by=corinne)
    assert refused.value.forbidden
    choosing.choose_person(doubtful, files[0], by=claire)
    hidden = Change.objects.get(udem_file=files[0])
    with pytest.raises(Refused):
        choosing.choose_facts(udem_list, {hidden.pk: {"status": "ours"}}, by=corinne)
    apply(udem_list, corinne)
    assert [now(file)["status"] for file in files[:2]] == ["filed", "admitted"]
    apply(udem_list, claire)
    assert now(files[0])["status"] == "admitted"
    assert undoing.undo(udem_list, why="Wrong.", by=corinne).status == "applied"
    assert [now(file)["status"] for file in files[:2]] == ["admitted", "filed"]
    assert undoing.undo(udem_list, why="Wrong.", by=claire).status == "undone"
    assert now(files[0])["status"] == "filed"


# Much at once -------------------------------------------------------------------------------------
def test_a_long_list_is_written_by_a_worker(
    files: list[UdemFile], cycle: Cycle, claire: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "AT_ONCE", 1)
    udem_list = compared(cycle, table([row(ZOE, **ADMITTED), row(LUC)]), by=claire)
    assert apply(udem_list, claire).status == "queued"
    assert now(files[0])["status"] == "filed"
    with pytest.raises(Refused):
        choosing.choose_facts(udem_list, {}, by=claire)
    assert applying.apply_due() == 1
    assert applying.apply_due() == 0
    assert now(files[0])["status"] == "admitted"
    udem_list.refresh_from_db()
    assert udem_list.status == "applied"


@pytest.mark.parametrize("was_applied", [False, True])
def test_a_list_that_fails_goes_back_to_where_it_can_be_looked_at(
    files: list[UdemFile],
    cycle: Cycle,
    claire: User,
    monkeypatch: pytest.MonkeyPatch,
    was_applied: bool,
) -> None:
    monkeypatch.setattr(applying, "AT_ONCE", 0)
    udem_list = compared(cycle, table([row(ZOE, **ADMITTED)]), by=claire)
    apply(udem_list, claire)
    UdemList.objects.update(applied=int(was_applied))
    User.objects.filter(pk=claire.pk).update(roles=[])
    assert applying.apply_due() == 0
    udem_list.refresh_from_db()
    assert udem_list.status == ("applied" if was_applied else "compared")
    assert now(files[0])["status"] == "filed"


# Undoing and forgetting ---------------------------------------------------------------------------
def test_what_was_touched_since_is_left(
    files: list[UdemFile], cycle: Cycle, claire: User, dominique: User
) -> None:
    before = [now(file) for file in files]
    udem_list = applied(cycle, table([row(ZOE, **ADMITTED), row(LUC, **ADMITTED)]), by=claire)
    student_centre.record_step(
        UdemFile.objects.get(pk=files[0].pk), Filing.ACCEPTED, Facts(), by=claire
    )
    for why, by in (("", claire), ("Wrong.", dominique)):
        with pytest.raises(Refused):
            undoing.undo(udem_list, why=why, by=by)
    done = undoing.undo(udem_list, why="Wrong.", by=claire)
    assert (done.status, done.undone_why) == ("undone", "Wrong.")
    assert now(files[0])["status"] == "accepted"
    assert now(files[1]) == before[1]
    assert Change.objects.get(was_left=True).udem_file == files[0]
    with pytest.raises(Refused):
        undoing.undo(udem_list, why="Again.", by=claire)
    assert summary.latest(cycle) is None


def test_a_list_is_erased_by_hand_or_in_time(
    files: list[UdemFile], cycle: Cycle, claire: User, dominique: User, settings: Any
) -> None:
    settings.UDEM_LISTS_KEPT_DAYS = 100
    udem_list = applied(cycle, table([row(ZOE, **ADMITTED)]), by=claire)
    unused = received(cycle, table([row(LUC)]), by=claire)
    with pytest.raises(Refused):
        forgetting.erase(udem_list, by=dominique)
    assert forgetting.forget_old() == 0
    assert forgetting.forget_old(at=timezone.now() + timedelta(days=31)) == 1
    unused.refresh_from_db()
    assert (unused.status, unused.content, unused.label) == ("erased", "", "")
    assert forgetting.forget_old(at=timezone.now() + timedelta(days=101)) == 1
    udem_list.refresh_from_db()
    assert (udem_list.status, Line.objects.count(), Change.objects.count()) == ("erased", 0, 0)
    assert now(files[0])["status"] == "admitted"
    with pytest.raises(Refused):
        undoing.undo(udem_list, why="Too late.", by=claire)
    with pytest.raises(Refused):
        receiving.bytes_of(udem_list)


def test_many_records_are_for_coordinators(files: list[UdemFile], dominique: User) -> None:
    record = student_centre_bulk.Record(files[0].pk, "admitted", {}, {})
    with pytest.raises(Refused) as refused:
        student_centre_bulk.record_all([record], by=dominique, at=datetime.now(UTC))
    assert refused.value.forbidden
    student_centre_bulk.record_all([], by=dominique, at=datetime.now(UTC))
