"""The money of a round always adds up: whatever is done to its awards, in whatever order."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from audit.models import AuditEntry
from audit.moves import Refused
from cycles.clock import day_of
from followup.models import Filing, UdemFile
from scholarships import awarding, calling, lapsing, ledger, paying, replying
from scholarships.models import Award, Candidacy, Category, Payment, Result, Round, Standing
from tests.scholarships.awards_world import AMOUNT, NOW, Bursary, late, registers
from tests.scholarships.factories import a_round, an_award

pytestmark = pytest.mark.django_db
PEOPLE = ("amina", "bruno", "zoe", "noa")


@pytest.fixture
def bursary(person: Any) -> Bursary:
    return Bursary(person, amount=Decimal("1000.01"), months=7, awards=3, budget=Decimal("2500.00"))


def sound(row: Round) -> None:
    """What is true at every moment, counted another way than the ledger counts."""
    row = Round.objects.get(pk=row.pk)
    money = ledger.of_round(row)
    assert money.budget == money.free + money.offered + money.committed + money.paid
    assert money.free >= 0
    assert min(money.offered, money.committed, money.paid) >= 0
    assert row.awards is None or money.awards <= row.awards
    standing = offered = Decimal()
    paid = sum(Payment.objects.exclude(paid_on=None).values_list("amount", flat=True), Decimal())
    for award in Award.objects.all():
        gone = paying.paid_of(award)
        planned = sum(award.payments.values_list("amount", flat=True), Decimal())
        assert gone <= award.amount
        if award.status in Award.STANDING:
            standing += award.amount - gone
        offered += award.amount - gone if award.status == Award.Status.OFFERED else 0
        if award.status == Award.Status.CONFIRMED:
            assert planned == award.amount
        else:
            assert planned == gone
    assert money.used == standing + paid
    assert (money.offered, money.paid) == (offered, paid)
    lines, total = ledger.of_cycle(row.cycle)
    assert total == sum((line.ledger for line in lines), ledger.Ledger())
    assert len({award.candidacy_id for award in Award.objects.all()}) == Award.objects.count()


class Hands:
    """Each verb once, on the award or the person with this number; what the rules refuse changes nothing."""

    def __init__(self, bursary: Bursary, results: list[Result], files: dict[int, UdemFile]) -> None:
        self.bursary, self.results, self.files = bursary, results, files
        self.claire, self.dominique = bursary.claire, bursary.dominique

    def do(self, verb: str, which: int) -> None:
        """One step."""
        awards = list(Award.objects.order_by("pk"))
        award = awards[which % len(awards)] if awards else None
        try:
            with transaction.atomic():
                if verb in ("offer", "call", "budget"):
                    getattr(self, verb)(which)
                elif award:
                    getattr(self, verb)(award)
        except Refused:
            pass

    def offer(self, which: int) -> None:
        awarding.offer_all([self.results[which % 2]], by=self.dominique, at=NOW())

    def call(self, which: int) -> None:
        result = self.results[2 + which % 2]
        calling.call(result, by=self.claire, at=NOW(), why="" if which < 4 else "Jointe.")

    def budget(self, which: int) -> None:
        amount = Decimal("500.25") * which
        ledger.change_budget(
            self.bursary.round, budget=amount, awards=which or None, by=self.dominique
        )

    def accept(self, award: Award) -> None:
        replying.accept(award, by=award.candidacy.application.applicant, at=NOW())

    def decline(self, award: Award) -> None:
        replying.decline(award, by=award.candidacy.application.applicant, at=NOW())

    def expire(self, award: Award) -> None:
        if award.status == Award.Status.OFFERED:
            late(award)
        lapsing.settle_all(at=NOW())

    def register(self, award: Award) -> None:
        self._file(award, Filing.REGISTERED)

    def unregister(self, award: Award) -> None:
        self._file(award, Filing.ACCEPTED)

    def leave(self, award: Award) -> None:
        self._file(award, Filing.NOT_REGISTERED)

    def _file(self, award: Award, to: Filing) -> None:
        udem_file = self.files[award.candidacy_id]
        UdemFile.objects.filter(pk=udem_file.pk).update(status=to)
        lapsing.settle_all(at=NOW())

    def lapse(self, award: Award) -> None:
        Candidacy.objects.filter(pk=award.candidacy_id).update(status=Standing.WITHDRAWN)
        lapsing.settle_for([award.candidacy_id], at=NOW())

    def stay(self, award: Award) -> None:
        Candidacy.objects.filter(pk=award.candidacy_id).update(status=Standing.SUBMITTED)

    def pay(self, award: Award) -> None:
        ids = list(award.payments.filter(paid_on=None).values_list("pk", flat=True)[:2])
        paying.mark_paid(ids, on=day_of(NOW()), by=self.claire)

    def unpay(self, award: Award) -> None:
        ids = list(award.payments.paid().values_list("pk", flat=True)[:1])
        paying.undo_paid(ids, by=self.claire)

    def reopen(self, award: Award) -> None:
        soon = day_of(NOW()) + timedelta(days=3)
        replying.reopen(award, reply_on=soon, why="Erreur.", by=self.claire, at=NOW())

    def give_up(self, award: Award) -> None:
        replying.take_back(award, why="À sa demande.", by=self.claire, at=NOW())


VERBS = (
    *("offer", "call", "accept", "decline", "expire", "register", "unregister", "leave"),
    *("lapse", "stay", "pay", "unpay", "reopen", "give_up", "budget"),
)
STEPS = st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 7)), min_size=4, max_size=25)
# Money moves from the first steps on.
OPENING = [("offer", 0), ("accept", 0), ("register", 0), ("pay", 0), ("offer", 1)]


def test_whatever_is_done_the_ledger_adds_up_after_each_step(bursary: Bursary, person: Any) -> None:
    results = bursary.results(*(person(name) for name in PEOPLE), awarded=2)
    files = {}
    for result in results:
        award = Award(candidacy=result.candidacy)
        files[result.candidacy_id] = registers(award, by=bursary.claire)
        UdemFile.objects.filter(pk=files[result.candidacy_id].pk).update(status=Filing.ACCEPTED)

    @settings(
        max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(steps=STEPS, is_begun=st.booleans())
    def walk(steps: list[tuple[str, int]], is_begun: bool) -> None:
        point = transaction.savepoint()
        hands = Hands(bursary, results, files)
        try:
            for verb, which in [*(OPENING if is_begun else []), *steps]:
                hands.do(verb, which)
                sound(bursary.round)
        finally:
            transaction.savepoint_rollback(point)

    walk()


def test_a_walk_by_hand_to_the_cent(bursary: Bursary, person: Any) -> None:
    amina, bruno = person("amina"), person("bruno")
    first, second = bursary.results(amina, bruno)
    row = bursary.round

    def money() -> list[str]:
        told = ledger.of_round(row)
        return [str(one) for one in (told.free, told.offered, told.committed, told.paid)]

    assert money() == ["2500.00", "0.00", "0.00", "0.00"]
    award, other = an_award(first), an_award(second)
    assert money() == ["499.98", "2000.02", "0.00", "0.00"]
    replying.accept(award, by=amina, at=NOW())
    replying.decline(other, by=bruno, at=NOW())
    assert money() == ["1499.99", "0.00", "1000.01", "0.00"]
    registers(award, by=bursary.claire)
    lapsing.settle_all(at=NOW())
    parts = [str(one) for one in Payment.objects.values_list("amount", flat=True)]
    assert parts == ["142.86"] * 7 or sum(map(Decimal, parts)) == Decimal("1000.01")
    paying.mark_paid([Payment.objects.all()[0].pk], on=day_of(NOW()), by=bursary.claire)
    assert money() == ["1499.99", "0.00", "857.15", "142.86"]


def test_only_what_was_shown_counts_as_waiting(bursary: Bursary, person: Any) -> None:
    bursary.results(person("amina"), person("bruno"), awarded=0, unseen=1)
    assert ledger.of_round(bursary.round).waiting == 1


def test_the_year_costs_the_same_however_many_rounds(bursary: Bursary, person: Any) -> None:
    an_award(bursary.results(person("amina"))[0])

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            ledger.of_cycle(bursary.world.cycle)
        return len(queries)

    before = cost()
    for _time in range(3):
        a_round(bursary.world.cycle, Category.SOCIOECONOMIC)
    assert cost() == before == 2


# The budget --------------------------------------------------------------------------------------
def test_a_director_changes_the_budget_never_below_what_it_holds(
    bursary: Bursary, person: Any
) -> None:
    for result in bursary.results(person("amina"), person("bruno")):
        an_award(result)
    for budget, awards in ((Decimal("2000.01"), 2), (AMOUNT, 1)):
        with pytest.raises(Refused):
            ledger.change_budget(bursary.round, budget=budget, awards=awards, by=bursary.dominique)
    row = ledger.change_budget(
        bursary.round, budget=Decimal("2000.02"), awards=2, by=bursary.dominique
    )
    assert ledger.of_round(row).free == 0
    ledger.change_budget(row, budget=Decimal("2000.02"), awards=2, by=bursary.dominique)
    assert AuditEntry.objects.filter(verb="change_budget").count() == 1


def test_nobody_else_changes_it(bursary: Bursary, person: Any) -> None:
    people: list[User] = [bursary.claire, person("amina")]
    for who in people:
        with pytest.raises(Refused) as refused:
            ledger.change_budget(bursary.round, budget=AMOUNT, awards=None, by=who)
        assert refused.value.forbidden


def test_rounds_without_a_budget_add_nothing(bursary: Bursary) -> None:
    bare = a_round(bursary.world.cycle, Category.SOCIOECONOMIC, budget=None, awards=None)
    assert ledger.budget_of(bare) is None
    _lines, total = ledger.of_cycle(bursary.world.cycle)
    assert total.budget == Decimal("2500.00")
    Round.objects.update(budget=None, amount=None)
    _lines, total = ledger.of_cycle(bursary.world.cycle)
    assert total.budget is None
    assert total.free == 0
