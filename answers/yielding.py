"""How many offers fill the seats, when not everybody says yes: sums of chances, nothing about anybody.

Each person who gets an offer is taken to say yes with the same chance, the yield, and on their own: the number of
those who come is binomial. The yield itself is known only within a range, so the chance of too many is averaged
over it. See docs/deciding.md.
"""

from dataclasses import dataclass
from math import exp, lgamma, log, sqrt
from statistics import NormalDist

# Nine times out of ten.
HALF = 0.9
SIGMAS = NormalDist().inv_cdf(0.5 + HALF / 2)
STEPS = 41
LEAST, MOST = 0.01, 0.99


@dataclass(frozen=True)
class Yield:
    """The share of offers that are accepted: likely, and between what and what nine times out of ten."""

    likely: float
    low: float
    high: float


def _within(share: float) -> float:
    return min(MOST, max(LEAST, share))


def observed(offers: int, accepted: int) -> Yield:
    """The yield that earlier offers tell of: Wilson's interval."""
    share, squared = accepted / offers, SIGMAS**2
    centre = (share + squared / (2 * offers)) / (1 + squared / offers)
    half = sqrt(share * (1 - share) / offers + squared / (4 * offers**2))
    half *= SIGMAS / (1 + squared / offers)
    return Yield(_within(share), _within(centre - half), _within(centre + half))


def supposed(likely: float, give: float) -> Yield:
    """The yield that somebody supposes, give or take so much."""
    return Yield(_within(likely), _within(likely - give), _within(likely + give))


def chances(offers: int, share: float) -> list[float]:
    """The chance of 0, 1, 2 … people out of `offers` saying yes."""
    yes, no = log(_within(share)), log(1 - _within(share))
    whole = lgamma(offers + 1)
    return [
        exp(whole - lgamma(n + 1) - lgamma(offers - n + 1) + n * yes + (offers - n) * no)
        for n in range(offers + 1)
    ]


def too_many(offers: int, seats: int, share: float) -> float:
    """The chance that more people say yes than there are seats."""
    return min(1.0, sum(chances(offers, share)[seats + 1 :]))


def come(offers: int, share: float) -> tuple[int, int]:
    """Between how many and how many say yes, nine times out of ten."""
    below, low, high = 0.0, 0, offers
    for number, chance in enumerate(chances(offers, share)):
        if below < (1 - HALF) / 2:
            low = number
        below += chance
        if below >= 1 - (1 - HALF) / 2:
            high = number
            break
    return low, high


@dataclass(frozen=True)
class Filling:
    """What a number of offers does to the seats; chances from 0 to 1."""

    offers: int
    needed: int
    low: int
    high: int
    overfilling: float
    overfilling_low: float
    overfilling_high: float


def filling(offers: int, seats: int, known: Yield) -> Filling:
    """How many come, the chance of too many, and how many offers would fill the seats on average."""
    low, _high = come(offers, known.low)
    _low, high = come(offers, known.high)
    spread = (known.high - known.low) / (2 * SIGMAS)
    each = NormalDist(known.likely, max(spread, 1e-6))
    shares = [_within(each.inv_cdf((step + 0.5) / STEPS)) for step in range(STEPS)]
    return Filling(
        offers=offers,
        needed=max(seats, round(seats / known.likely)),
        low=low,
        high=high,
        overfilling=sum(too_many(offers, seats, share) for share in shares) / STEPS,
        overfilling_low=too_many(offers, seats, known.low),
        overfilling_high=too_many(offers, seats, known.high),
    )
