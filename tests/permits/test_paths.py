"""Which steps follow from where somebody stands in Canada."""

from datetime import date, timedelta

import pytest

from applications.models.application import CanadaStatus
from permits.models import Allows, Kind
from permits.paths import PATHS, Path, Told, kinds_of

START = date(2027, 8, 30)
ALL = [Kind.FUNDS, Kind.CAQ, Kind.STUDY]
COOP = [Kind.COOP]
LONG, SHORT = START + timedelta(days=1), START - timedelta(days=1)


def kinds(status: str, *, internship: bool = True, **told: object) -> list[Kind]:
    return kinds_of(Told(status, **told), internship=internship, starts_on=START)  # type: ignore[arg-type]


def test_every_status_has_a_path() -> None:
    assert set(PATHS) == set(CanadaStatus)


@pytest.mark.parametrize("status", ["citizen", "resident", ""])
def test_some_need_nothing(status: str) -> None:
    assert kinds(status) == []
    assert Told(status).path == Path.NONE


@pytest.mark.parametrize(("internship", "last"), [(True, COOP), (False, [])])
def test_people_from_abroad_take_the_whole_way(internship: bool, last: list[Kind]) -> None:
    assert kinds("none", internship=internship) == [*ALL, *last]


@pytest.mark.parametrize(
    ("allows", "wanted"),
    [
        (Allows.UNSURE, [Kind.PROOF, Kind.VERIFY]),
        (Allows.YES, [Kind.PROOF]),
        (Allows.NO, [Kind.PROOF, *ALL, *COOP]),
    ],
)
def test_protected_people_prove_their_status_and_ask(allows: str, wanted: list[Kind]) -> None:
    assert kinds("protected", allows=allows) == wanted


@pytest.mark.parametrize("status", ["study", "work"])
@pytest.mark.parametrize(
    ("allows", "until", "wanted"),
    [
        (Allows.UNSURE, LONG, [Kind.VERIFY, *ALL, *COOP]),
        (Allows.UNSURE, None, [Kind.VERIFY, *ALL, *COOP]),
        (Allows.NO, LONG, [*ALL, *COOP]),
        (Allows.YES, LONG, [Kind.CAQ, *COOP]),
        (Allows.YES, START, [Kind.CAQ, *COOP]),
        (Allows.YES, SHORT, [Kind.CAQ, Kind.STUDY, *COOP]),
    ],
)
def test_holders_of_a_permit_ask_for_what_it_lacks(
    status: str, allows: str, until: date | None, wanted: list[Kind]
) -> None:
    assert kinds(status, allows=allows, permit_until=until) == wanted
