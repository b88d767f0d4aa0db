"""A list on its way: due on its day and not before, checked by one, approved by another, executed once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role, User
from applications.models import Application
from audit.models import AuditEntry
from audit.moves import Refused
from cycles.clock import day_of, months_after
from retention import executing, holding, lists
from retention.due import due, end_of, is_due, rule_of
from retention.models import Disposal, Hold, Item, Kind, Rule
from reviews.models import Decision
from tests import factories
from tests.followup.factories import World
from tests.retention.factories import approved, dispose

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
WHY = "Une plainte est à l’étude."


@pytest.fixture
def world(person: Any) -> World:
    return World(person)


def as_if(item: Item, statement: str) -> None:
    """Run a statement by hand, in the name of a line."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('mila.disposal_item', %s, true)", [str(item.pk)])
        cursor.execute(statement)


def close_of(draft: Application) -> Any:
    return end_of(rule_of(Kind.DRAFT), day_of(draft.cycle.closes_at))


def moment(day: Any, *, hour: int = 12) -> Any:
    return timezone.now().replace(year=day.year, month=day.month, day=day.day, hour=hour + 5)


@pytest.fixture
def draft(world: World, amina: User) -> Application:
    return factories.draft(amina, world.cycle)


def test_a_draft_is_due_on_its_day_and_not_the_day_before(draft: Application) -> None:
    day = close_of(draft)
    assert day == day_of(draft.cycle.closes_at) + timedelta(days=90)
    assert due(Kind.DRAFT, moment(day - timedelta(days=1))) == []
    (one,) = due(Kind.DRAFT, moment(day))
    assert (one.subject, one.on) == (f"applications.application:{draft.pk}", day)


def test_the_rule_counts_as_it_is_set(draft: Application) -> None:
    Rule.objects.update_or_create(kind=Kind.DRAFT, defaults={"days": 0, "months": 5})
    day = months_after(day_of(draft.cycle.closes_at), 5)
    assert not due(Kind.DRAFT, moment(day - timedelta(days=1)))
    assert due(Kind.DRAFT, moment(day))


def test_listed_once_and_what_comes_later_joins(world: World, draft: Application) -> None:
    at = moment(close_of(draft))
    assert lists.list_due(at=at) == 1
    assert lists.list_due(at=at) == 0
    factories.draft(world.person("bruno"), world.cycle)
    assert lists.list_due(at=at) == 1
    row = Disposal.objects.get()
    assert (row.size, row.items.count(), row.kind) == (2, 2, "draft")
    assert (
        row.rule
        == "90 jours après la fermeture de sa période / 90 days after the close of its cycle"
    )
    lists.check(row, by=world.claire)
    factories.draft(world.person("zoe"), world.cycle)
    assert lists.list_due(at=at) == 0  # what was checked is frozen
    assert Disposal.objects.get().size == 2


def test_one_checks_and_another_approves(world: World, draft: Application) -> None:
    lists.list_due(at=moment(close_of(draft)))
    row = Disposal.objects.get()
    with pytest.raises(Refused):
        lists.approve(row, seen="", by=world.dominique)
    lists.check(row, by=world.dominique)
    row.refresh_from_db()
    with pytest.raises(Refused):
        lists.approve(row, seen=row.fingerprint, by=world.dominique)
    with pytest.raises(Refused):
        lists.approve(row, seen=row.fingerprint, by=world.claire)
    lists.uncheck(row, by=world.claire)
    lists.check(row, by=world.claire)
    row.refresh_from_db()
    with pytest.raises(Refused, match="liste"):
        lists.approve(row, seen="another", by=world.dominique)
    done = lists.approve(row, seen=row.fingerprint, by=world.dominique)
    assert (done.status, done.checked_by, done.approved_by) == (
        "approved",
        world.claire,
        world.dominique,
    )


@pytest.mark.parametrize("verb", ["check", "cancel", "leave_out", "put_back"])
def test_nobody_else_touches_a_list(
    verb: str, world: World, draft: Application, person: Any
) -> None:
    lists.list_due(at=moment(close_of(draft)))
    row = Disposal.objects.get()
    david = person("david", Role.REVIEWER)
    acts = {
        "check": lambda: lists.check(row, by=david),
        "cancel": lambda: lists.cancel(row, why=WHY, by=david),
        "leave_out": lambda: lists.leave_out(row.items.get(), why=WHY, by=david),
        "put_back": lambda: lists.put_back(row.items.get(), by=david),
    }
    with pytest.raises(Refused) as refused:
        acts[verb]()
    assert refused.value.forbidden
    assert Disposal.objects.get().status == "listed"


def test_a_line_is_left_out_with_a_reason_and_comes_again(world: World, draft: Application) -> None:
    at = moment(close_of(draft))
    lists.list_due(at=at)
    row = Disposal.objects.get()
    item = row.items.get()
    with pytest.raises(Refused):
        lists.leave_out(item, why="non", by=world.claire)
    assert lists.leave_out(item, why=WHY, by=world.claire).status == "left_out"
    assert lists.put_back(item, by=world.claire).status == "listed"
    lists.leave_out(item, why=WHY, by=world.claire)
    with pytest.raises(Refused, match="annulez"):
        lists.check(row, by=world.claire)
    lists.cancel(row, why=WHY, by=world.claire)
    assert lists.list_due(at=at) == 1
    assert Disposal.objects.standing().get().items.get().subject == item.subject


def test_a_list_that_was_checked_is_frozen(world: World, draft: Application) -> None:
    lists.list_due(at=moment(close_of(draft)))
    row = lists.check(Disposal.objects.get(), by=world.claire)
    for act in (
        lambda: lists.leave_out(row.items.get(), why=WHY, by=world.claire),
        lambda: lists.put_back(row.items.get(), by=world.claire),
    ):
        with pytest.raises(Refused):
            act()


def test_executed_once_with_what_went(world: World, draft: Application) -> None:
    at = moment(close_of(draft))
    row = approved(Kind.DRAFT, at=at, claire=world.claire, dominique=world.dominique)
    assert executing.execute_approved(at=at) == 1
    assert executing.execute_approved(at=at) == 0
    row.refresh_from_db()
    assert (row.status, row.items.get().status) == ("done", "done")
    assert row.items.get().counted["applications.application"] == 1
    assert not Application.objects.filter(pk=draft.pk).exists()
    moves = AuditEntry.objects.about(row).values_list("verb", flat=True)
    assert list(moves) == ["list_disposal", "check_disposal", "approve_disposal", "finish_disposal"]


def test_a_hold_keeps_a_file_from_the_list_and_from_its_execution(
    world: World, draft: Application
) -> None:
    at = moment(close_of(draft))
    row = approved(Kind.DRAFT, at=at, claire=world.claire, dominique=world.dominique)
    kept = holding.hold(draft, why=WHY, by=world.claire)
    assert executing.execute_approved(at=at) == 0
    row.refresh_from_db()
    assert (row.status, row.items.get().status) == ("done", "kept")
    assert Application.objects.filter(pk=draft.pk).exists()
    assert lists.list_due(at=at) == 0
    with pytest.raises(Refused):
        holding.hold(draft, why=WHY, by=world.claire)
    with pytest.raises(Refused):
        holding.lift(kept, why=WHY, by=world.claire)
    with pytest.raises(Refused):
        holding.lift(kept, why="", by=world.dominique)
    holding.lift(kept, why=WHY, by=world.dominique)
    with pytest.raises(Refused):
        holding.lift(kept, why=WHY, by=world.dominique)
    assert lists.list_due(at=at) == 1
    dispose(Kind.DRAFT, at=at, claire=world.claire, dominique=world.dominique)
    assert not Hold.objects.exists()


def test_who_may_hold(draft: Application, person: Any) -> None:
    with pytest.raises(Refused) as refused:
        holding.hold(draft, why=WHY, by=person("david", Role.REVIEWER))
    assert refused.value.forbidden
    with pytest.raises(Refused):
        holding.hold(draft, why="", by=person("claire", Role.COORDINATOR))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE retention_disposal SET status = 'approved', approved_by_id = checked_by_id, approved_at = now()",
        "UPDATE retention_disposal SET status = 'done', done_at = now()",
        (
            "INSERT INTO retention_disposal (kind, rule, status, listed_at, size, fingerprint, why_cancelled)"
            " VALUES ('trail', '', 'checked', now(), 0, '', '')"
        ),
        "DELETE FROM retention_disposal",
        "DELETE FROM retention_item",
        "UPDATE retention_item SET status = 'done', done_at = now()",
        "UPDATE retention_item SET subject = 'applications.application:1'",
        (
            "INSERT INTO retention_item (disposal_id, subject, due_on, status, counted, why)"
            " SELECT id, 'x:1', now(), 'listed', '{}', '' FROM retention_disposal"
        ),
        "UPDATE audit_auditentry SET why = '', details = '{}' WHERE why <> ''",
    ],
)
def test_postgresql_refuses_what_two_did_not_approve(
    statement: str, world: World, draft: Application
) -> None:
    lists.list_due(at=moment(close_of(draft)))
    row = Disposal.objects.get()
    item = row.items.get()
    lists.leave_out(item, why=WHY, by=world.claire)
    lists.put_back(item, by=world.claire)
    lists.check(row, by=world.claire)
    with pytest.raises(IntegrityError):
        as_if(item, statement)


def test_an_answer_goes_by_its_own_line_alone(world: World, amina: User, person: Any) -> None:
    decision = world.answered(amina, "decline")
    draft = factories.draft(person("bruno"), world.cycle)
    at = moment(close_of(draft))
    row = approved(Kind.DRAFT, at=at, claire=world.claire, dominique=world.dominique)
    with pytest.raises(IntegrityError):
        as_if(row.items.get(), f"DELETE FROM reviews_decision WHERE id = {decision.pk}")
    assert Decision.objects.filter(pk=decision.pk).exists()
    assert Item.objects.get().status == "listed"


def test_the_self_identification_of_a_cycle_is_listed_once(world: World) -> None:
    """Destroyed, it is not asked for again with each turn of the timetable."""
    at = timezone.now() + timedelta(days=800)
    people = {"claire": world.claire, "dominique": world.dominique}
    row = dispose(Kind.IDENTIFICATION, at=at, **people)
    assert row.status == Disposal.Status.DONE
    lists.list_due(at=at + timedelta(days=1))
    assert not Disposal.objects.standing().filter(kind=Kind.IDENTIFICATION).exists()


def test_a_line_is_judged_again_without_its_whole_class(amina: User, world: World) -> None:
    """Of a list of thousands, each line reads its own file alone."""
    draft = factories.draft(amina, world.cycle)
    subject = f"applications.application:{draft.pk}"
    moment = timezone.now() + timedelta(days=400)
    with CaptureQueriesContext(connection) as asked:
        assert is_due(Kind.DRAFT, subject, moment)
    assert f'"applications_application"."id" = {draft.pk}' in asked[-1]["sql"]
    assert not is_due(Kind.DRAFT, subject, moment - timedelta(days=4000))
