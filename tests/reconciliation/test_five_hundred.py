"""Five hundred lines of UdeM with everything that goes wrong in lists; who is who is known, as we made it so."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from accounts.models import User
from cycles.models import Cycle
from followup.models import UdemFile
from reconciliation import applying, undoing
from reconciliation.facts import plain
from reconciliation.folding import folded
from reconciliation.models import Change, Line, UdemList
from tests.reconciliation.factories import HEADERS, Somebody, compared, row, settled, table

pytestmark = pytest.mark.django_db
LASTS = "Tremblay Gagné Côté Bélanger Lévesque Nguyễn García-López Núñez Müller Østergård O’Brien Le-Roux Ben-Ali Da-Silva Ouédraogo".split()
FIRSTS = "Zoé Éloïse François Anne-Marie Jean-Pierre José Inès Noël Chloé Aïcha Björn Thảo Seán Léa Mário Élodie".split()


@dataclass(frozen=True)
class Case:
    """A line: what it says, whom it is about (None: nobody of ours), and what must come of it."""

    cells: dict[str, str]
    about: int | None
    must: str


def crowd(dice: random.Random, count: int) -> list[Somebody]:
    """People with different numbers, addresses and birth dates; a third have not reported a number."""
    people = []
    for index in range(count):
        last = (
            f"{dice.choice(LASTS)} {dice.choice(LASTS)}" if index % 4 == 0 else dice.choice(LASTS)
        )
        born = date(1985, 1, 1) + timedelta(days=13 * index)
        number = f"{20400000 + 137 * index}"
        first = f"{dice.choice(FIRSTS)}-{chr(65 + index % 26)}{chr(97 + index // 26)}ra"
        people.append(Somebody(last, first, number, born, filed=index % 3 != 0))
    return people


def mail(index: int) -> str:
    return f"p{index}@personne.example"


def lines_about(people: list[Somebody]) -> list[Case]:
    """One line a person, or two; the number of a person's place decides what is wrong with it."""
    cases = []
    for index, one in enumerate(people):
        said = row(one, Courriel=mail(index), Statut="Admis", **{"Date du statut": "2027-02-20"})
        cases += WRONGS[index % len(WRONGS)](index, one, said, people)
    return cases


def clean(index: int, one: Somebody, said: dict[str, str], people: list[Somebody]) -> list[Case]:
    return [Case(said, index, "certain")]


def swapped(index: int, one: Somebody, said: dict[str, str], people: list[Somebody]) -> list[Case]:
    """First and last names in each other's column, and no address; the birth date is there."""
    turned = {**said, "Nom": one.first, "Prénom": one.last, "Courriel": ""}
    return [Case(turned, index, "certain")]


def bare(index: int, one: Somebody, said: dict[str, str], people: list[Somebody]) -> list[Case]:
    """Capitals without accents or hyphens, neither number nor address known of us."""
    plainly = {
        "Nom": folded(one.last).upper().replace("-", " "),
        "Prénom": folded(one.first).upper(),
        "Courriel": f"x{index}@umontreal.example",
    }
    return [Case({**said, **plainly}, index, "certain")]


def twice(index: int, one: Somebody, said: dict[str, str], people: list[Somebody]) -> list[Case]:
    """The same line twice: one counts, the other is folded."""
    return [Case(said, index, "certain"), Case(said, index, "folded")]


def twice_otherwise(
    index: int, one: Somebody, said: dict[str, str], people: list[Somebody]
) -> list[Case]:
    """Two lines with different facts."""
    other = {**said, "Statut": "Refusé"}
    return [Case(said, index, "doubtful"), Case(other, index, "doubtful")]


def wrong_digit(
    index: int, one: Somebody, said: dict[str, str], people: list[Somebody]
) -> list[Case]:
    """A number with a wrong digit: against the one we have it is asked, else it is simply theirs."""
    number = f"{int(one.number) + 5}"
    return [Case({**said, "Matricule": number}, index, "doubtful" if one.filed else "certain")]


def of_another(
    index: int, one: Somebody, said: dict[str, str], people: list[Somebody]
) -> list[Case]:
    """Another person's number, whose own line is then in doubt too; the other is a clean one, two places on."""
    return [Case({**said, "Matricule": "unreadable!"}, index, "doubtful")]


def name_alone(
    index: int, one: Somebody, said: dict[str, str], people: list[Somebody]
) -> list[Case]:
    """Neither number nor address nor birth date."""
    nothing = {"Matricule": "", "Courriel": "", "Date de naissance": ""}
    return [Case({**said, **nothing}, index, "doubtful")]


def other_birth(
    index: int, one: Somebody, said: dict[str, str], people: list[Somebody]
) -> list[Case]:
    """The right address, another birth date."""
    return [Case({**said, "Date de naissance": "1971-07-07"}, index, "doubtful")]


def stranger(index: int, one: Somebody, said: dict[str, str], people: list[Somebody]) -> list[Case]:
    """Somebody whom we never heard of, instead of this person."""
    who = replace(one, last=f"Wxyz{index}", first=f"Qwk{index}", number=f"9{index:07d}", born=None)
    return [Case({**row(who), "Courriel": f"w{index}@autre.example"}, None, "unknown")]


Wrong = Callable[[int, Somebody, dict[str, str], list[Somebody]], list[Case]]
WRONGS: list[Wrong] = [
    *(clean, swapped, bare, clean, twice, twice_otherwise, wrong_digit, of_another),
    *(name_alone, other_birth, stranger, clean, bare, clean),
]


def facts(files: list[UdemFile]) -> list[dict[str, str]]:
    return [
        plain(one) for one in UdemFile.objects.filter(pk__in=[f.pk for f in files]).order_by("pk")
    ]


@pytest.fixture
def people() -> list[Somebody]:
    return crowd(random.Random(1), 420)


@pytest.fixture
def files(people: list[Somebody], cycle: Cycle, claire: User) -> list[UdemFile]:
    addresses = [mail(index) for index in range(len(people))]
    return settled(people, cycle, by=claire, emails=addresses)


def told(udem_list: UdemList, cases: list[Case], files: list[UdemFile]) -> dict[str, int]:
    """Hold each line against the truth; how many of each verdict."""
    counts: dict[str, int] = {}
    pks = [one.pk for one in files]
    lines = {line.number: line for line in udem_list.lines.all()}
    assert len(lines) == len(cases)
    wrong = []
    for number, case in enumerate(cases, 2):
        line = lines[number]
        counts[line.verdict] = counts.get(line.verdict, 0) + 1
        if line.verdict != case.must:
            wrong.append((number, case.must, line.verdict, line.why))
        if line.verdict == Line.Kind.CERTAIN:
            assert case.about is not None
            assert line.udem_file_id == pks[case.about], "taken for somebody else"
        elif line.verdict == Line.Kind.DOUBTFUL:
            assert case.about is not None
            assert str(pks[case.about]) in line.candidates, "the right person is not offered"
    assert wrong == []
    return counts


CUTS: list[dict[str, Any]] = [
    {"encoding": "utf-8-sig", "headers": HEADERS, "separator": ";"},
    {"encoding": "cp1252", "headers": tuple(reversed(HEADERS)), "separator": "\t"},
]


@pytest.mark.parametrize("cut", CUTS, ids=["utf-8", "windows-1252, other order"])
def test_every_certain_line_is_applied_none_is_wrong_and_all_is_undone(
    cut: dict[str, Any], people: list[Somebody], files: list[UdemFile], cycle: Cycle, claire: User
) -> None:
    cases = lines_about(people)
    random.Random(2).shuffle(cases)
    cases = in_order_of_twins(cases)
    assert len(cases) >= 480
    text = table([case.cells for case in cases], cut["headers"], separator=cut["separator"])
    if (
        cut["encoding"] == "cp1252"
    ):  # which has no letters of Vietnamese: UdeM's own export loses them
        text = text.encode("cp1252", "replace").decode("cp1252")
    before = facts(files)
    udem_list = compared(cycle, text, by=claire, encoding=cut["encoding"])
    counts = told(udem_list, cases, files)
    assert facts(files) == before, "nothing is written before somebody applies"
    ready = set(Change.objects.to_write().values_list("udem_file", flat=True))
    assert len(ready) == counts["certain"]
    applying.apply(udem_list, revision=udem_list.revision, by=claire)
    for was, now, file in zip(before, facts(files), files, strict=True):
        assert (now == was) is (file.pk not in ready)
        if file.pk in ready:
            assert (now["status"], now["decided_on"]) == ("admitted", "2027-02-20")
    undoing.undo(udem_list, why="The wrong list.", by=claire)
    assert facts(files) == before


def in_order_of_twins(cases: list[Case]) -> list[Case]:
    """Of two lines alike the first counts: put the one that must be folded last."""
    return sorted(cases, key=lambda case: case.must == "folded")
