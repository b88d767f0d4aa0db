"""The chance of a seat, drawn from what the model knows."""

from dataclasses import replace

import numpy as np
import pytest

from bench.severity import Kind, world
from reviews.estimating import Fit, fit
from reviews.simulating import Contest, _drawn, chances


@pytest.fixture(scope="module")
def found() -> Fit:
    """Thirty files read twice by five readers."""
    one = world(Kind("few", files=30, readers=5), 11)
    return fit(one.files, one.readers, one.marks)


def among(found: Fit, seats: int, unread: int = 0, files: int = 30) -> np.ndarray:
    """The chances in one program."""
    [told] = chances(found, [Contest(np.arange(files), unread, seats)])
    return told


def test_all_seats_are_taken_in_every_draw(found: Fit) -> None:
    told = among(found, 6)
    assert told.sum() == pytest.approx(6)
    assert np.corrcoef(told, found.scores)[0, 1] > 0.7
    assert told[np.argmax(found.scores)] > 0.8
    assert told[np.argmin(found.scores)] < 0.02


def test_the_same_marks_give_the_same_chances(found: Fit) -> None:
    assert np.array_equal(among(found, 6), among(found, 6))


def test_more_seats_than_files_and_none(found: Fit) -> None:
    assert set(among(found, 30)) == {1.0}
    assert set(among(found, 99, unread=3)) == {1.0}
    assert set(among(found, 0)) == {0.0}
    assert among(found, 3, files=0).size == 0


def test_what_nobody_has_read_competes(found: Fit) -> None:
    assert among(found, 6, unread=60).sum() < 4 < among(found, 6).sum()


def test_programs_are_apart(found: Fit) -> None:
    half = np.arange(0, 30, 2)
    both = chances(found, [Contest(np.arange(30), 0, 6), Contest(half, 0, 3)])
    assert [round(float(one.sum()), 6) for one in both] == [6, 3]
    assert both[1].size == 15


def test_what_is_not_known_of_a_reader_moves_their_files_together() -> None:
    """Two circles: all of one is above all of the other, or not, far more often than file by file."""
    files = np.repeat(np.arange(20), 1)
    readers = np.repeat([0, 1], 10)
    one = fit(files, readers, np.tile([3.0, 3.0], 10))
    little = replace(one, covariance=np.diag([0.01, 9.0, 9.0]))
    [told] = chances(little, [Contest(np.arange(20), 0, 10)])
    assert told == pytest.approx(np.full(20, 0.5), abs=0.1)
    draws = np.array([among_one_draw(little, seed) for seed in range(200)])
    assert np.mean((draws == 0) | (draws == 10)) > 0.5


def among_one_draw(one: Fit, seed: int) -> int:
    """How many of the first circle's ten files are among ten seats, in one draw."""
    chance = np.random.default_rng(seed)
    half = np.linalg.cholesky(one.covariance)
    effects = one.effects + chance.standard_normal((1, 3)) @ half.T
    [scores] = _drawn(one, effects, chance)
    return int((np.argsort(-scores)[:10] < 10).sum())
