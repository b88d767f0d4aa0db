"""How often each file is among the seats, when the scores are drawn again and again as they may truly be.

Pure arithmetic on arrays, after `reviews.estimating`; no web process imports it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reviews.estimating import Fit, Floats, Ints

DRAWS, BLOCK, SEED = 2_000, 25, 2027


@dataclass(frozen=True)
class Contest:
    """The files that ask for a program: those with marks, by place, how many are unread, and the seats."""

    files: Ints
    unread: int
    seats: int


def chances(found: Fit, contests: Sequence[Contest]) -> list[Floats]:
    """For each program, the share of draws in which each of its marked files is among the seats.

    The readers' severities are drawn once for all files of a draw, so that what is uncertain about a
    reader moves all their files together. A file that nobody has marked competes with the score that an
    unknown file may have. The seed is fixed: the same marks give the same chances.
    """
    chance = np.random.default_rng(SEED)
    wins = [np.zeros(contest.files.size) for contest in contests]
    half = np.linalg.cholesky(found.covariance)
    for start in range(0, DRAWS, BLOCK):
        many = min(BLOCK, DRAWS - start)
        effects = found.effects + chance.standard_normal((many, half.shape[0])) @ half.T
        scores = _drawn(found, effects, chance)
        for won, contest in zip(wins, contests, strict=True):
            unread = chance.standard_normal((many, contest.unread)) * found.file
            unread += effects[:, :1]
            won += _among(scores[:, contest.files], unread, contest.seats)
    return [won / DRAWS for won in wins]


def _drawn(found: Fit, effects: Floats, chance: np.random.Generator) -> Floats:
    """One row a draw, one column a file: scores given the mean and the severities of that draw."""
    ratio = (found.noise / found.file) ** 2
    # The sums of marks are about the centre that the fit took off.
    scores = np.empty((effects.shape[0], sum(group.files.size for group in found.groups)))
    for group in found.groups:
        weight = group.size + ratio
        part = group.sums + group.size * found.centre + ratio * effects[:, :1]
        for place in range(group.size):
            part -= effects[:, 1 + group.readers[:, place]]
        noise = chance.standard_normal(part.shape) * (found.noise / np.sqrt(weight))
        scores[:, group.files] = part / weight + noise
    return scores


def _among(scores: Floats, unread: Floats, seats: int) -> Floats:
    """How many of these draws each file is among the seats in."""
    draws, files = scores.shape
    everyone = files + unread.shape[1]
    if seats >= everyone:
        return np.full(files, float(draws))
    if seats <= 0:
        return np.zeros(files)
    every = np.concatenate([scores, unread], axis=1)
    last = np.partition(every, everyone - seats, axis=1)[:, everyone - seats]
    won: Floats = (scores >= last[:, None]).sum(axis=0).astype(np.float64)
    return won
