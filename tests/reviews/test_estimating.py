"""The additive model: equal to the dense solution, better than the mean, honest about what it does not know."""

import subprocess
import sys

import numpy as np
import pytest

from bench import severity
from bench.severity import Kind, World, row, world
from reviews.estimating import NINETY, Fit, _grouped, _Problem, fit

SMALL = Kind("small", files=12, readers=4)


def fitted(one: World) -> Fit:
    """The fit of a world."""
    return fit(one.files, one.readers, one.marks)


def design(one: World) -> tuple[np.ndarray, np.ndarray]:
    """Which mark is of which file, and of which reader, as matrices of 0 and 1."""
    of_file = (one.files[:, None] == np.arange(one.worth.size)).astype(float)
    of_reader = (one.readers[:, None] == np.arange(one.severity.size)).astype(float)
    return of_file, of_reader


def uneven() -> World:
    """A world whose files have from one to three readings."""
    one = world(Kind("uneven", files=12, readers=4, readings=3), 7)
    kept = np.array([index for index in range(one.files.size) if index not in (1, 2, 5, 9, 10)])
    return World(one.files[kept], one.readers[kept], one.marks[kept], one.worth, one.severity)


@pytest.mark.parametrize("one", [world(SMALL, 1), uneven()])
def test_the_same_as_the_dense_solution(one: World) -> None:
    found = fitted(one)
    files, readers = design(one)
    # The readers, from what differs within a file alone, drawn towards none of them being strict.
    within = np.eye(one.marks.size) - files @ np.linalg.pinv(files)
    inner = np.linalg.inv(
        readers.T @ within @ readers + (found.noise / found.reader) ** 2 * np.eye(readers.shape[1])
    )
    added = inner @ readers.T @ within @ one.marks
    assert found.severities == pytest.approx(-added)
    assert found.severity_errors == pytest.approx(found.noise * np.sqrt(np.diag(inner)))
    # The mean and the files, given the readers.
    spread = found.file**2 * files @ files.T + found.noise**2 * np.eye(one.marks.size)
    weights = np.linalg.inv(spread).sum(axis=0)
    shares = weights / weights.sum()
    mean = float(shares @ (one.marks - readers @ added))
    drawn = found.file**2 * files.T @ np.linalg.inv(spread)
    assert found.effects[0] == pytest.approx(mean)
    assert found.scores == pytest.approx(mean + drawn @ (one.marks - readers @ added - mean))
    # Each score is a sum of the readers' effects, of the mean's own error and of the file's.
    kept = 1 - drawn.sum(axis=1)
    by_reader = -drawn @ readers - np.outer(kept, shares @ readers)
    variance = found.noise**2 * np.diag(by_reader @ inner @ by_reader.T) + kept**2 / weights.sum()
    variance += found.file**2 * (1 - np.diag(drawn @ files))
    assert found.errors == pytest.approx(np.sqrt(variance))


def test_the_spreads_are_those_of_restricted_likelihood() -> None:
    one = uneven()
    files, readers = design(one)
    marks = one.marks - one.marks.mean()
    problem = _Problem(_grouped(one.files, one.readers, marks), marks, one.readers)

    def dense(log_file: float, log_reader: float) -> float:
        shape = files @ files.T / np.exp(log_file) + readers @ readers.T / np.exp(log_reader)
        shape += np.eye(marks.size)
        inverse, ones = np.linalg.inv(shape), np.ones((marks.size, 1))
        [[inner]] = ones.T @ inverse @ ones
        left = marks @ (inverse - inverse @ ones @ ones.T @ inverse / inner) @ marks
        degrees = marks.size - 1 + 4
        bad = degrees * np.log((left + 4 * 0.6**2) / degrees)
        bad += np.linalg.slogdet(shape)[1] + np.log(inner)
        bad += (log_file - 2 * np.log(0.6 / 0.7)) ** 2
        return float(bad + (log_reader - 2 * np.log(0.6 / 0.35)) ** 2)

    places = [(0.0, 0.0), (-1.0, 2.0), (1.5, -0.5)]
    gaps = [problem.badness(*place) - dense(*place) for place in places]
    assert gaps == pytest.approx([gaps[0]] * 3)


@pytest.mark.parametrize("kind", [severity.KINDS[0], severity.KINDS[3], severity.KINDS[5]])
def test_it_recovers_the_truth_better_than_the_mean(kind: Kind) -> None:
    told = row(kind, worlds=25)
    mean, score = told["mean"], told["score"]
    assert score[0] < 0.85 * mean[0]
    assert score[1] > mean[1] + 0.02
    assert score[2] > mean[2] + 0.02
    assert 0.86 <= told["covered"] <= 0.93


def test_whoever_got_weaker_files_is_not_called_strict() -> None:
    told = row(severity.KINDS[-1], worlds=25)
    assert told["score"][0] < 0.85 * told["mean"][0]
    assert told["score"][1] > told["mean"][1]


def test_the_spreads_are_found() -> None:
    found = fitted(world(Kind("large", files=2_000, readers=100), 3))
    assert (found.file, found.reader, found.noise) == pytest.approx((0.7, 0.4, 0.6), abs=0.06)


def test_severities_are_found() -> None:
    one = world(Kind("large", files=1_000, readers=40), 5)
    found = fitted(one)
    gap = found.severities - one.severity + one.severity.mean()
    assert np.mean(np.abs(gap) <= NINETY * found.severity_errors) >= 0.85
    assert np.corrcoef(found.severities, one.severity)[0, 1] > 0.9


def test_chances_mean_what_they_say() -> None:
    told = severity.calibration(Kind("few", files=60, readers=8), 80)
    files = sum(count for _told, _true, count in told)
    assert sum(abs(one - true) * count for one, true, count in told) / files < 0.02
    middle = [true for one, true, _count in told if 0.3 < one < 0.7]
    assert sum(middle) / len(middle) == pytest.approx(0.5, abs=0.1)


@pytest.mark.parametrize(
    ("files", "readers", "marks"),
    [
        ([0], [0], [4.0]),
        ([0, 0], [0, 1], [1.0, 5.0]),
        ([0, 1, 2], [0, 0, 0], [2.0, 3.0, 4.0]),
        ([0, 0, 1, 1], [0, 1, 0, 1], [3.0, 3.0, 3.0, 3.0]),
    ],
    ids=["one mark", "one file", "one reader", "all the same"],
)
def test_with_next_to_nothing(files: list[int], readers: list[int], marks: list[float]) -> None:
    found = fit(files, readers, marks)
    assert np.all(np.isfinite(found.scores))
    assert np.all(found.errors > 0)
    assert np.all((found.scores >= 1) & (found.scores <= 5))
    assert 0 < found.reader < 2
    assert list(found.scores) == sorted(found.scores)


def test_two_circles_are_told_apart_and_less_is_known() -> None:
    joined = fit([0, 0, 1, 1, 2, 2, 3, 3], [0, 1, 0, 1, 0, 1, 0, 1], [2, 3, 4, 5, 2, 3, 4, 5])
    parted = fit([0, 0, 1, 1, 2, 2, 3, 4], [0, 1, 0, 1, 0, 1, 2, 3], [2, 3, 4, 5, 2, 3, 4, 5])
    assert joined.circles.tolist() == [0, 0]
    assert parted.circles.tolist() == [0, 0, 1, 2]
    assert parted.errors[3] > parted.errors[0]
    chain = fit([0, 0, 1, 1, 2, 2, 3], [3, 2, 2, 1, 1, 0, 4], [3, 3, 3, 3, 3, 3, 3])
    assert chain.circles.tolist() == [0, 0, 0, 0, 1]


def test_pages_never_load_the_arithmetic() -> None:
    code = (
        "import sys, django; django.setup(); import config.urls, config.wsgi;"
        "from audit.timetable import registered; registered();"
        "sys.exit(any(name in sys.modules for name in ('numpy', 'ortools', 'celery.bin')) * 7)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
