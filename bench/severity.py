"""How well the corrected score recovers the truth, on invented worlds: `python -m bench.severity` prints the table.

In each world every file has a true worth and every reader a true severity; marks are drawn from them. The
mean and the corrected score are compared with the truth that made the marks.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from reviews.estimating import NINETY, Fit, Floats, Ints, fit
from reviews.simulating import Contest, chances

WORLDS, SHARE = 200, 10


@dataclass(frozen=True)
class Kind:
    """How a world is made: spreads in points.

    `rounded`: marks are on quarters between 1 and 5. `split`: this share of the files goes to one half of the
    readers when they are of the better half, to the other half of the readers otherwise.
    """

    name: str
    files: int = 300
    readers: int = 30
    readings: int = 2
    severity: float = 0.4
    rounded: bool = False
    split: float = 0
    worth: float = 0.7
    noise: float = 0.6
    middle: float = 3.3


KINDS = (
    Kind("2 readings"),
    Kind("3 readings", readings=3),
    Kind("readers alike", severity=0.1),
    Kind("readers far apart", severity=0.7),
    Kind("few files", files=40, readers=6),
    Kind("marks on quarters, 1 to 5", rounded=True),
    Kind("better files to half of them", split=0.8),
)


@dataclass(frozen=True)
class World:
    """One mark an entry: file, reader, mark; and the truth."""

    files: Ints
    readers: Ints
    marks: Floats
    worth: Floats
    severity: Floats


def world(kind: Kind, seed: int) -> World:
    """Made from a seed."""
    chance = np.random.default_rng(seed)
    worth = kind.middle + chance.normal(0, kind.worth, kind.files)
    severity = chance.normal(0, kind.severity, kind.readers)
    files = np.repeat(np.arange(kind.files), kind.readings)
    wanted = chance.random((kind.files, kind.readers))
    if kind.split:
        better = worth > np.median(worth)
        elsewhere = better[:, None] == (np.arange(kind.readers) < kind.readers // 2)
        wanted += elsewhere & (chance.random(kind.files) < kind.split)[:, None]
    readers = wanted.argsort(axis=1)[:, : kind.readings].ravel()
    marks = worth[files] - severity[readers] + chance.normal(0, kind.noise, files.size)
    if kind.rounded:
        marks = np.clip(np.round(marks * 4) / 4, 1, 5)
    return World(files, readers, marks, worth, severity)


def means(one: World) -> Floats:
    """The plain mean of each file."""
    total: Floats = np.bincount(one.files, one.marks) / np.bincount(one.files)
    return total


def figures(scores: Floats, worth: Floats) -> list[float]:
    """Root mean square error, rank correlation, and how many of the truly best tenth are in its best tenth."""
    best = worth.size // SHARE
    ranks = [np.argsort(np.argsort(row)) for row in (scores, worth)]
    held = np.intersect1d(np.argsort(scores)[-best:], np.argsort(worth)[-best:]).size / best
    return [
        float(np.sqrt(np.mean((scores - worth) ** 2))),
        float(np.corrcoef(ranks[0], ranks[1])[0, 1]),
        held,
    ]


def covered(found: Fit, worth: Floats) -> float:
    """The share of files whose true worth is in their 90 % interval."""
    return float(np.mean(np.abs(found.scores - worth) <= NINETY * found.errors))


def row(kind: Kind, worlds: int = WORLDS) -> dict[str, Any]:
    """The averages over some worlds: three figures of the mean, the same of the corrected score, coverage."""
    by_mean, by_score, coverage = [], [], []
    for seed in range(worlds):
        one = world(kind, seed)
        found = fit(one.files, one.readers, one.marks)
        by_mean.append(figures(means(one), one.worth))
        by_score.append(figures(found.scores, one.worth))
        coverage.append(covered(found, one.worth))
    return {
        "mean": np.mean(by_mean, axis=0).tolist(),
        "score": np.mean(by_score, axis=0).tolist(),
        "covered": float(np.mean(coverage)),
    }


def calibration(kind: Kind, worlds: int) -> list[tuple[float, float, int]]:
    """Of the files told a chance between two tenths: the chance told, the share truly among the best, how many."""
    told, true = [], []
    for seed in range(worlds):
        one = world(kind, seed)
        found = fit(one.files, one.readers, one.marks)
        seats = kind.files // SHARE
        [shares] = chances(found, [Contest(np.arange(kind.files), 0, seats)])
        told.append(shares)
        true.append(np.argsort(np.argsort(-one.worth)) < seats)
    chance, seated = np.concatenate(told), np.concatenate(true)
    tenths = np.minimum((chance * SHARE).astype(int), SHARE - 1)
    return [
        (float(chance[here].mean()), float(seated[here].mean()), int(here.sum()))
        for here in (tenths == tenth for tenth in range(SHARE))
    ]


def main() -> None:
    """Print the two tables of docs/ranking.md."""
    print(f"{'world':28}{'RMSE':>14}{'rank corr.':>16}{'best tenth':>16}{'covered':>9}")
    for kind in KINDS:
        told = row(kind)
        pairs = [
            f"{one:.3f} → {two:.3f}" for one, two in zip(told["mean"], told["score"], strict=True)
        ]
        print(
            f"{kind.name:26}" + "".join(f"{pair:>16}" for pair in pairs), f"{told['covered']:8.1%}"
        )
    for told_share, true_share, count in calibration(KINDS[0], 40):
        print(f"told {told_share:6.1%}  seated {true_share:6.1%}  ({count} files)")


if __name__ == "__main__":
    main()
