"""The additive model of marks: what a file is worth once its readers' severity is taken off.

    mark = mean + file + reader + noise

Files and readers are random effects; how far each spreads is found by restricted maximum likelihood with
a weak prior. A reader's severity is then judged on the files that they share with others, and on nothing
else: whoever was given weaker files than the others is not called strict (docs/ranking.md).
Pure arithmetic on arrays: no database here, and no web process imports it.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# What spreads are like before anything is known, in points; the prior weighs as much as a few marks.
NOISE, FILE, READER = 0.6, 0.7, 0.35
PRIOR_MARKS = 4.0
PRIOR_WIDTH = 1.0
# The ratios noise²/file² and noise²/reader² are looked for between these bounds, in logarithms.
BOUNDS = (-3.0, 6.0)
POINTS, ZOOMS = 7, 4
NINETY = 1.6448536269514722


@dataclass(frozen=True)
class Group:
    """The files that have the same number of readers: `files` (m), `readers` (m, n), `sums` (m)."""

    size: int
    files: Ints
    readers: Ints
    sums: Floats


@dataclass(frozen=True)
class Fit:
    """What was found. Scores and bounds by file, severities (positive: stricter) by reader, in points."""

    groups: list[Group]
    noise: float
    file: float
    reader: float
    effects: Floats
    covariance: Floats
    scores: Floats
    errors: Floats
    circles: Ints
    centre: float

    @property
    def severities(self) -> Floats:
        """How much stricter than the average reader each one is."""
        return -self.effects[1:]

    @property
    def severity_errors(self) -> Floats:
        """The standard error of each severity."""
        found: Floats = np.sqrt(np.diag(self.covariance)[1:])
        return found


def fit(files: Any, readers: Any, marks: Any) -> Fit:
    """The model, from one entry a mark: file (0…F-1, each at least once), reader (0…R-1), mark from 1 to 5."""
    of_file, of_reader = np.asarray(files, np.int64), np.asarray(readers, np.int64)
    values = np.asarray(marks, np.float64)
    centre = float(values.mean())
    groups = _grouped(of_file, of_reader, values - centre)
    problem = _Problem(groups, values - centre, of_reader)
    ratio_file, ratio_reader = _best(problem)
    matrix, right = problem.reduced(ratio_file, ratio_reader)
    explained = float(right @ np.linalg.solve(matrix, right))
    noise = problem.noise(problem.unexplained(ratio_file) - explained)
    effects, covariance = problem.effects(noise, ratio_file, ratio_reader)
    scores, errors = _files(groups, effects, covariance, noise, ratio_file, problem.files)
    return Fit(
        groups=groups,
        noise=float(np.sqrt(noise)),
        file=float(np.sqrt(noise / ratio_file)),
        reader=float(np.sqrt(noise / ratio_reader)),
        effects=effects + centre * (np.arange(effects.size) == 0),
        covariance=covariance,
        scores=scores + centre,
        errors=errors,
        circles=_circles(groups, problem.readers),
        centre=centre,
    )


def _grouped(files: Ints, readers: Ints, marks: Floats) -> list[Group]:
    """The marks by file, and the files by how many marks they have."""
    order = np.argsort(files, kind="stable")
    sizes = np.bincount(files)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    sums: Floats = np.bincount(files, marks).astype(np.float64)
    groups = []
    for size in np.unique(sizes):
        same = np.flatnonzero(sizes == size)
        places = order[starts[same][:, None] + np.arange(size)]
        groups.append(Group(int(size), same, readers[places], sums[same]))
    return groups


class _Problem:
    """The equations of the mixed model with the files eliminated: one row a reader, and one for the mean."""

    def __init__(self, groups: list[Group], marks: Floats, readers: Ints) -> None:
        self.groups = groups
        self.marks, self.readers = marks.size, int(readers.max()) + 1
        self.files = sum(group.files.size for group in groups)
        self.squares = float(marks @ marks)
        each = np.bincount(readers, minlength=self.readers)
        self.whole = np.zeros((self.readers + 1, self.readers + 1))
        self.whole[0, 0] = self.marks
        self.whole[0, 1:] = self.whole[1:, 0] = each
        self.whole[1:, 1:] = np.diag(each)
        self.right = np.concatenate([[marks.sum()], np.bincount(readers, marks, self.readers)])
        self.crossed = [self._crossed(group) for group in groups]

    def _crossed(self, group: Group) -> tuple[Floats, Floats, float]:
        """What one group takes off when its files are eliminated: matrix, right-hand side, squares."""
        size, width = group.size, self.readers + 1
        pairs = group.readers[:, :, None] * self.readers + group.readers[:, None, :]
        counts = np.bincount(pairs.ravel(), minlength=self.readers**2)
        each = np.bincount(group.readers.ravel(), minlength=self.readers)
        matrix = np.empty((width, width))
        matrix[0, 0] = group.files.size * size**2
        matrix[0, 1:] = matrix[1:, 0] = size * each
        matrix[1:, 1:] = counts.reshape(self.readers, self.readers)
        sums = np.repeat(group.sums, size)
        right = np.concatenate(
            [
                [size * group.sums.sum()],
                np.bincount(group.readers.ravel(), sums, self.readers),
            ]
        )
        return matrix, right, float(group.sums @ group.sums)

    def reduced(self, ratio_file: float, ratio_reader: float) -> tuple[Floats, Floats]:
        """Matrix and right-hand side for the mean and the readers."""
        matrix, right = self.whole.copy(), self.right.copy()
        for group, (taken, sums, _squares) in zip(self.groups, self.crossed, strict=True):
            matrix -= taken / (group.size + ratio_file)
            right -= sums / (group.size + ratio_file)
        matrix[np.arange(1, self.readers + 1), np.arange(1, self.readers + 1)] += ratio_reader
        return matrix, right

    def unexplained(self, ratio_file: float) -> float:
        """The squares that are left before the readers explain theirs, with a few marks' worth of the prior."""
        left = self.squares + PRIOR_MARKS * NOISE**2
        for group, (_taken, _sums, squares) in zip(self.groups, self.crossed, strict=True):
            left -= squares / (group.size + ratio_file)
        return left

    def noise(self, left: float) -> float:
        """The variance of the noise, from the squares that nothing explains."""
        return left / (self.marks - 1 + PRIOR_MARKS)

    def badness(self, log_file: float, log_reader: float) -> float:
        """Minus twice the restricted log-likelihood, and the prior."""
        ratio_file, ratio_reader = float(np.exp(log_file)), float(np.exp(log_reader))
        matrix, right = self.reduced(ratio_file, ratio_reader)
        # One root tells both: its last entry is what stays unexplained, the others the determinant.
        bordered = np.empty((right.size + 1, right.size + 1))
        bordered[:-1, :-1], bordered[-1, :-1], bordered[:-1, -1] = matrix, right, right
        bordered[-1, -1] = self.unexplained(ratio_file)
        root = np.diag(np.linalg.cholesky(bordered))
        bad = (self.marks - 1 + PRIOR_MARKS) * np.log(self.noise(root[-1] ** 2))
        bad += 2 * np.log(root[:-1]).sum()
        bad += sum(group.files.size * np.log(group.size + ratio_file) for group in self.groups)
        bad -= self.files * log_file + self.readers * log_reader
        bad += ((log_file - 2 * np.log(NOISE / FILE)) / PRIOR_WIDTH) ** 2
        bad += ((log_reader - 2 * np.log(NOISE / READER)) / PRIOR_WIDTH) ** 2
        return float(bad)

    def effects(
        self, noise: float, ratio_file: float, ratio_reader: float
    ) -> tuple[Floats, Floats]:
        """The mean and what each reader adds, and how they vary together.

        The readers first, with nothing assumed of the files: only differences within a file count. The mean
        next, given the readers.
        """
        matrix, right = self.reduced(0, ratio_reader)
        inverse = np.linalg.inv(matrix[1:, 1:])
        shares, weight, total = np.zeros(self.readers), 0.0, 0.0
        for group in self.groups:
            each = ratio_file / (group.size + ratio_file)
            shares += each * np.bincount(group.readers.ravel(), minlength=self.readers)
            weight += each * group.readers.size
            total += each * float(group.sums.sum())
        shares /= weight
        effects, covariance = np.empty(self.readers + 1), np.empty(matrix.shape)
        effects[1:] = inverse @ right[1:]
        effects[0] = total / weight - shares @ effects[1:]
        covariance[1:, 1:] = noise * inverse
        covariance[0, 1:] = covariance[1:, 0] = -noise * inverse @ shares
        covariance[0, 0] = noise * (1 / weight + shares @ inverse @ shares)
        return effects, covariance


def _best(problem: _Problem) -> tuple[float, float]:
    """The two ratios of least badness: a grid over the bounds, then finer ones around the best point."""
    low, high = np.array([BOUNDS[0]] * 2), np.array([BOUNDS[1]] * 2)
    best = np.zeros(2)
    for _zoom in range(ZOOMS):
        sides = [np.linspace(low[side], high[side], POINTS) for side in (0, 1)]
        tried = [(problem.badness(one, two), one, two) for one in sides[0] for two in sides[1]]
        best = np.array(min(tried)[1:])
        step = (high - low) / (POINTS - 1)
        low = np.maximum(best - step, BOUNDS[0])
        high = np.minimum(best + step, BOUNDS[1])
    return float(np.exp(best[0])), float(np.exp(best[1]))


def _files(
    groups: list[Group],
    effects: Floats,
    covariance: Floats,
    noise: float,
    ratio: float,
    count: int,
) -> tuple[Floats, Floats]:
    """Each file's score and standard error; the uncertainty about its readers is in it."""
    scores, errors = np.empty(count), np.empty(count)
    among, with_mean = covariance[1:, 1:], covariance[0, 1:]
    for group in groups:
        weight = group.size + ratio
        readers = effects[1:][group.readers].sum(axis=1)
        scores[group.files] = (group.sums + ratio * effects[0] - readers) / weight
        spread = np.zeros(group.files.size)
        for place in range(group.size):
            one = group.readers[:, place]
            spread += among[one[:, None], group.readers].sum(axis=1)
        spread -= 2 * ratio * with_mean[group.readers].sum(axis=1)
        spread += ratio**2 * covariance[0, 0]
        errors[group.files] = np.sqrt(noise / weight + spread / weight**2)
    return scores, errors


def _circles(groups: list[Group], readers: int) -> Ints:
    """Readers who have files in common, however indirectly, carry the same number; 0 is the largest circle."""
    labels = np.arange(readers)
    while True:
        before = labels.copy()
        for group in groups:
            least = labels[group.readers].min(axis=1)
            np.minimum.at(labels, group.readers.ravel(), np.repeat(least, group.size))
        if np.array_equal(before, labels):
            break
    _names, places, counts = np.unique(labels, return_inverse=True, return_counts=True)
    ranks = np.empty(counts.size, np.int64)
    ranks[np.argsort(-counts, kind="stable")] = np.arange(counts.size)
    found: Ints = ranks[places]
    return found
