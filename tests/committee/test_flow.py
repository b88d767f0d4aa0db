"""The solver against slow honest judges: 500 random cycles, and what can be computed by trying everything."""

import subprocess
import sys
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings

from committee import flow
from committee.figures import figures
from committee.flow import Weights, solve, steps_of
from committee.problem import File, Pair, Problem, Reader, Solution, Unsolvable, Why
from tests.committee.instances import (
    broken_rules,
    every_answer,
    imbalance,
    most_readings,
    places,
    problems,
)

MANY = settings(
    max_examples=500,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
SMALL = settings(MANY, max_examples=150)


def made(solution: Solution) -> set[Pair]:
    return {*solution.pairs, *solution.kept}


@MANY
@given(problems())
def test_no_hard_rule_is_ever_broken_and_nothing_is_left_without_need(problem: Problem) -> None:
    solution = solve(problem)
    assert broken_rules(problem, solution) == []
    assert len(made(solution)) == most_readings(problem)
    short = {row.file: row.missing for row in solution.unmet}
    got = {file.id: 0 for file in problem.files}
    for file, _reader in made(solution):
        got[file] += 1
    if problem.most is None:
        assert short == {f.id: f.wanted - got[f.id] for f in problem.files if f.wanted > got[f.id]}
    assert all(short[file] == find(problem, file).wanted - got[file] for file in short)
    assert solve(problem) == solution


@SMALL
@given(problems(files=4, readers=3))
def test_the_best_of_all_possible_answers(problem: Problem) -> None:
    """Most readings, then the order of serving, then the balance, then the fewest moves, then the wishes."""
    solution = made(solve(problem))

    def worth(pairs: set[Pair]) -> tuple[object, ...]:
        served = places(problem, pairs)
        wishes = sum(dislike(problem, pair) for pair in pairs)
        new = len(pairs - problem.movable)
        return -len(pairs), sum(served), imbalance(problem, pairs), new, wishes

    assert worth(solution) == min(worth(pairs) for pairs in every_answer(problem))


@SMALL
@given(problems(files=4, readers=3))
def test_whoever_stands_first_in_the_order_is_served_first(problem: Problem) -> None:
    """Not only in sum: no other answer with as many readings serves an earlier place more often."""
    served = places(problem, made(solve(problem)))
    others = [places(problem, pairs) for pairs in every_answer(problem)]
    assert served == min(one for one in others if len(one) == len(served))


def dislike(problem: Problem, pair: Pair) -> int:
    file, reader = find(problem, pair[0]), next(r for r in problem.readers if r.id == pair[1])
    first = file.programs[:1]
    other_program = bool(first and reader.programs and first[0] not in reader.programs)
    return 2 * other_program + (file.language != reader.own)


def find(problem: Problem, file: int) -> File:
    return next(one for one in problem.files if one.id == file)


def people(count: int, capacity: int = 10) -> tuple[Reader, ...]:
    return tuple(Reader(100 + index, capacity, own="fr") for index in range(count))


def files(count: int, wanted: int = 2) -> tuple[File, ...]:
    return tuple(File(index, (1,), "fr", wanted) for index in range(count))


def test_as_full_as_everybody_else() -> None:
    readers = tuple(
        Reader(index, capacity, load)
        for index, (capacity, load) in enumerate([(10, 0), (20, 10), (40, 0)])
    )
    solution = solve(Problem(files(25, 1), readers))
    rows = figures(Problem(files(25, 1), readers), solution, seconds=0)["loads"]
    assert [row["after"] for row in rows] == [5, 10, 20]


def test_who_reads_with_whom_is_mixed() -> None:
    """Twelve readers could share 60 files in six closed couples: severities could not be compared then."""
    solution = solve(Problem(files(60), people(12, 20)))
    couples: dict[int, set[int]] = {}
    for file, reader in solution.pairs:
        couples.setdefault(file, set()).add(reader)
    met = {frozenset(couple) for couple in couples.values()}
    assert len(met) > 30


@pytest.mark.parametrize(
    ("reader", "why", "left"),
    [
        (Reader(1, 0), Why.NOBODY, (0, 0, 0, 0)),
        (Reader(1, 9, languages=frozenset({"fr"})), Why.LANGUAGE, (1, 0, 0, 0)),
        (Reader(1, 9, programs=frozenset({2})), Why.PROGRAM, (1, 1, 0, 0)),
        (Reader(3, 9), Why.APART, (1, 1, 1, 0)),
        (Reader(1, 9, load=9), Why.FULL, (1, 1, 1, 1)),
    ],
)
def test_what_is_not_met_has_its_reason(reader: Reader, why: Why, left: tuple[int, ...]) -> None:
    problem = Problem((File(7, (1,), "en", 1),), (reader,), apart=frozenset({(7, 3)}))
    row = solve(problem).unmet[0]
    assert (row.file, row.missing, row.why, row.left) == (7, 1, why, left)


def test_nobody_at_all() -> None:
    assert solve(Problem((), people(1))) == Solution(())
    assert solve(Problem(files(1), ())).unmet[0].why == Why.NOBODY
    assert solve(Problem(files(2, 0), people(1, 0))) == Solution(())


def test_each_file_gets_one_before_any_gets_two() -> None:
    solution = solve(Problem(files(6), people(3, 3)))
    got = [file for file, _reader in solution.pairs]
    assert len(got) == 9
    assert set(got) == set(range(6))


def test_the_neediest_until_the_number_is_reached() -> None:
    rows = tuple(File(index, (1,), "fr", 1, place=index) for index in range(10))
    problem = Problem(rows, people(3), apart=frozenset((1, 100 + i) for i in range(3)), most=4)
    solution = solve(problem)
    assert sorted(file for file, _reader in solution.pairs) == [0, 2, 3, 4]
    assert [(row.file, row.why) for row in solution.unmet] == [(1, Why.APART)]


def test_somebody_who_goes_away_is_relieved_and_others_move_only_for_balance() -> None:
    away, *others = people(4)
    movable = frozenset({(0, 100), (1, 100), (2, 101), (2, 102), (3, 103)})
    problem = Problem(
        files(4, 1)[:2] + files(4)[2:], (replace(away, capacity=0), *others), movable=movable
    )
    solution = solve(problem)
    assert set(solution.moved) == {(0, 100), (1, 100)}
    assert solution.unmet == ()


def test_nobody_is_dropped_because_nobody_else_can() -> None:
    lone = Reader(100, 0, languages=frozenset({"fr"}))
    problem = Problem(
        files(1, 1),
        (lone, Reader(101, 5, languages=frozenset({"en"}))),
        movable=frozenset({(0, 100)}),
    )
    assert solve(problem) == Solution((), kept=((0, 100),))


def test_each_weight_outweighs_what_lies_below() -> None:
    for moving in (False, True):
        weights = Weights.of(120, 4_000, 5_000, moving=moving)
        told = [weights.liking, weights.balance, weights.order, weights.unmet]
        assert all(heavier > 120 * lighter for lighter, heavier in pairwise(told))
        assert (weights.keeping > 120 * weights.liking) is moving


def test_steps_keep_the_order_of_the_fractions() -> None:
    rows = steps_of([Reader(1, 2), Reader(2, 4, load=1), Reader(3, 0)], [0, 0, 2])
    assert rows == [[0, 3], [1, 2, 4], [5, 6]]


def test_a_solver_that_gives_up_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow.SimpleMinCostFlow, "solve", lambda self: self.BAD_COST_RANGE)
    with pytest.raises(Unsolvable, match="BAD_COST_RANGE"):
        solve(Problem(files(1), people(1)))


def test_the_web_does_not_carry_the_solver() -> None:
    code = (
        "import django, sys; django.setup(); import config.urls; "
        "sys.exit(bool({'ortools', 'numpy'} & set(sys.modules)))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
