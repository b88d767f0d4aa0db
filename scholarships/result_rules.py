"""What stands against the results of a round: what is refused, and what calls for a reason."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scholarships.models import Result
from scholarships.ranking import Line, Ranking

Outcome = Result.Outcome
LAST = 1_000_000  # the place of whoever gets nothing, after any place of a waitlist


@dataclass(frozen=True)
class Wanted:
    """What an application is to get. `rank`: its place on the waitlist, from 1."""

    outcome: str
    rank: int | None = None

    @property
    def place(self) -> int:
        """0 for an award, then the waitlist, then all the others."""
        return {Outcome.AWARDED.value: 0, Outcome.WAITLISTED.value: self.rank or LAST}.get(
            self.outcome, LAST
        )


def wanted_of(result: Result) -> Wanted:
    """The same, as it is written."""
    return Wanted(result.outcome, result.rank)


def standing_of(of: Ranking) -> dict[int, Wanted]:
    """What each application has now, by its id."""
    return {line.candidacy.pk: wanted_of(line.standing) for line in of.all if line.standing}


def refusals(of: Ranking, given: Mapping[int, Wanted]) -> list[str]:
    """Why these results, all of a round's together, cannot be: a sentence each."""
    lines = of.by_id()
    reasons = [
        _("%(number)s is not eligible.") % {"number": lines[pk].candidacy.number}
        for pk, one in given.items()
        if one.place < LAST and not lines[pk].is_eligible and not lines[pk].is_shown
    ]
    awarded = sum(one.outcome == Outcome.AWARDED for one in given.values())
    if of.awards is not None and awarded > of.awards:
        text = ngettext(
            "The round has %(count)s award to give, and %(given)s are proposed.",
            "The round has %(count)s awards to give, and %(given)s are proposed.",
            of.awards,
        )
        reasons.append(text % {"count": of.awards, "given": awarded})
    if awarded and of.round.amount is None:
        reasons.append(_("The round has no amount yet."))
    ranks = [one.rank for one in given.values() if one.outcome == Outcome.WAITLISTED]
    if len(set(ranks)) < len(ranks):
        reasons.append(_("Two applications have the same place on the waitlist."))
    return reasons


def exceptions(of: Ranking, given: Mapping[int, Wanted], pk: int) -> list[str]:
    """Why this one calls for a reason, beside the others: too few readings, out of order, a tie, no place at Mila."""
    line, own = of.by_id()[pk], given[pk]
    if not line.is_eligible:
        return []
    return list(_exceptions(of, given, line, own))


def _exceptions(of: Ranking, given: Mapping[int, Wanted], line: Line, own: Wanted) -> Iterator[str]:
    if not line.is_complete:
        text = _("%(done)s of %(wanted)s have read it.")
        yield text % {"done": len(line.marks), "wanted": line.wanted}
    if own.place < LAST and line.is_declined:
        yield _("The admission’s answer is no.")
    after = [
        other
        for other in of.lines
        if other.candidacy.pk in given
        and given[other.candidacy.pk].place > own.place
        and not other.is_declined
    ]
    mean = line.mean or 0
    if better := [other.candidacy.number for other in after if (other.mean or 0) > mean]:
        yield _("Before %(numbers)s, whose mean is higher.") % {"numbers": ", ".join(better)}
    if same := [other.candidacy.number for other in after if (other.mean or 0) == mean]:
        yield _("Before %(numbers)s, whose mean is the same.") % {"numbers": ", ".join(same)}


def as_ranked(of: Ranking) -> dict[int, Wanted]:
    """The awards to the first, then the waitlist in order; nothing to those who are not eligible, or whom nobody read."""
    given: dict[int, Wanted] = {line.candidacy.pk: Wanted(Outcome.NOT_AWARDED) for line in of.apart}
    awards = len(of.lines) if of.awards is None else of.awards
    able = [line for line in of.lines if line.place and not line.is_declined]
    for index, line in enumerate(able):
        rank = index - awards + 1
        pk = line.candidacy.pk
        given[pk] = Wanted(Outcome.WAITLISTED, rank) if rank > 0 else Wanted(Outcome.AWARDED)
    nothing = [line for line in of.lines if line.candidacy.pk not in given]
    return given | {line.candidacy.pk: Wanted(Outcome.NOT_AWARDED) for line in nothing}
