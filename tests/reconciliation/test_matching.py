"""Who is meant: certain only where two things agree and nothing speaks against it; never a wrong one."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconciliation.matching import Match, Says, Verdict, Who, Why, match, names

AMINA = Who(1, "20480001", "amina@x.example", "Ben Ali-Roy", "Amina", date(1999, 5, 4), "217510")
BRUNO = Who(2, "20480002", "bruno@x.example", "Costa", "Bruno", date(1998, 3, 2), "217512")
ZOE = Who(3, "", "zoe@x.example", "Lévesque", "Zoé", date(2000, 1, 2), "217510")
ALL = [AMINA, BRUNO, ZOE]


def line(of: Who, key: int = 2, **other: Any) -> Who:
    """A line that says all we know of a person, but for what is given."""
    return replace(of, key=key, tells=None, **other)


def judged(*lines: Who, people: list[Who] = ALL) -> list[Match]:
    return match(people, lines)


def one(of: Who, **other: Any) -> Match:
    (found,) = judged(line(of, **other))
    return found


# Certain ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "other",
    [
        {},
        {"email": "a.benali@umontreal.example"},  # UdeM gave another address
        {"email": "", "born": None, "last": "", "first": ""},  # the number alone
        {"number": "", "born": None},  # address and name
        {"number": "", "last": "", "first": ""},  # address and birth date
        {"number": "", "email": ""},  # name and birth date
        {"number": "", "email": "", "last": "BEN ALI ROY", "first": "amina"},
        {"number": "", "email": "", "last": "Amina", "first": "Ben Ali-Roy"},  # swapped
        {"number": "", "email": "", "last": "Benali Roy"},  # cut otherwise
        {"number": "", "email": "", "first": "Amina Fatima"},  # a second first name
        {"last": "Ben Al? Roy"},  # a lost letter
    ],
)
def test_certain(other: dict[str, Any]) -> None:
    found = one(AMINA, **other)
    assert (found.verdict, found.person) == (Verdict.CERTAIN, AMINA.key), found


def test_accents_do_not_count() -> None:
    found = one(ZOE, email="", last="LEVESQUE", first="Zoe")
    assert (found.verdict, found.person) == (Verdict.CERTAIN, ZOE.key)


def test_a_number_is_learned_by_another_way() -> None:
    assert one(ZOE, number="20489999").verdict == Verdict.CERTAIN


# Doubtful -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"number": BRUNO.number}, Why.SEVERAL),  # the number says one, the address another
        ({"email": BRUNO.email}, Why.SEVERAL),
        ({"born": date(1999, 5, 5)}, Why.CONTRADICTION),  # same number, other birth date
        ({"number": "20480009"}, Why.CONTRADICTION),  # a wrong digit
        ({"last": "Gagné", "first": "Luc"}, Why.CONTRADICTION),
        ({"last": "Ben Ali Tremblay"}, Why.CONTRADICTION),
        ({"program": "217512"}, Why.CONTRADICTION),
        ({"unclear": True}, Why.CONTRADICTION),
        ({"number": "", "email": "", "born": None}, Why.NAME_ONLY),
        ({"number": "", "email": "", "born": date(1990, 1, 1)}, Why.CONTRADICTION),
        ({"number": "", "email": "", "first": "Fatima"}, Why.WEAK),  # birth date and half the name
        ({"number": "", "born": None, "last": "", "first": ""}, Why.WEAK),  # the address alone
    ],
)
def test_doubtful(other: dict[str, Any], why: Why) -> None:
    found = one(AMINA, **other)
    assert (found.verdict, found.person, found.why) == (Verdict.DOUBTFUL, None, why)
    assert AMINA.key in found.candidates


def test_an_unproven_address_proves_nothing() -> None:
    people = [replace(AMINA, verified=False)]
    (found,) = judged(line(AMINA, number="", born=None), people=people)
    assert found.verdict == Verdict.DOUBTFUL
    assert found.candidates[AMINA.key]["email"] == Says.NEAR


def test_two_of_ours_who_could_be_meant_are_asked_about() -> None:
    twin = replace(AMINA, key=9, number="", email="t@x.example", born=None)
    (found,) = judged(line(AMINA, number="", email=""), people=[AMINA, twin])
    assert (found.verdict, found.why) == (Verdict.DOUBTFUL, Why.SEVERAL)
    assert set(found.candidates) == {1, 9}
    (found,) = judged(line(AMINA), people=[AMINA, twin])
    assert found.person == AMINA.key


def test_an_address_of_somebody_else_is_asked_about_even_unproven() -> None:
    people = [AMINA, replace(BRUNO, verified=False)]
    (found,) = judged(line(AMINA, email=BRUNO.email), people=people)
    assert (found.verdict, found.why) == (Verdict.DOUBTFUL, Why.SEVERAL)


def test_two_with_one_number_are_asked_about() -> None:
    people = [AMINA, replace(BRUNO, number=AMINA.number)]
    (found,) = judged(line(AMINA, email="", born=None), people=people)
    assert found.verdict == Verdict.DOUBTFUL


# Nobody, and twice --------------------------------------------------------------------------------
def test_strangers_are_told() -> None:
    stranger = Who(5, "20999999", "s@x.example", "Stranger", "Some", date(1990, 1, 1))
    (found,) = judged(stranger)
    assert (found.verdict, found.candidates) == (Verdict.UNKNOWN, {})
    assert judged(Who(6))[0].verdict == Verdict.UNKNOWN


def test_a_line_said_twice_alike_is_folded() -> None:
    first, second = (replace(line(AMINA, key), tells=("same",)) for key in (2, 3))
    found = judged(first, second)
    assert [row.verdict for row in found] == [Verdict.CERTAIN, Verdict.FOLDED]
    assert found[1].same_as == 2


def test_two_lines_for_one_person_are_asked_about() -> None:
    found = judged(line(AMINA, 2), line(AMINA, 3, email=""))
    assert [row.verdict for row in found] == [Verdict.DOUBTFUL] * 2
    assert {row.why for row in found} == {Why.TWICE}
    found = judged(line(AMINA, 2), line(BRUNO, 3, number=AMINA.number))
    assert [row.verdict for row in found] == [Verdict.DOUBTFUL] * 2


def test_names() -> None:
    anne = Who(1, last="Roy", first="Anne-Marie")
    assert names(Who(2, last="Roy", first="Anne"), anne) == Says.SAME
    assert names(Who(2, last="Roy", first="Marie"), anne) == Says.NEAR
    assert names(Who(2, last="Roy"), anne) == Says.SILENT
    assert names(Who(2, last="Roy", first="Luc"), anne) == Says.DIFFERS
    assert names(Who(2, last="Le Roy", first="Anne Marie"), anne) == Says.SAME
    assert names(Who(2, last="???", first="????-?????"), anne) != Says.SAME
    assert (
        names(Who(2, last="LeRoy", first="Jean"), Who(1, last="Le Roy", first="Jean")) == Says.SAME
    )


# Whatever is written ------------------------------------------------------------------------------
WORDS = st.sampled_from(
    ["Roy", "Amina", "Ben Ali", "Zoé", "Lévesque", "Anne-Marie", "Marie", "Luc", ""]
)
NUMBERS = st.sampled_from(["", "2048000", "2048001", "2048010", "2048100"])
EMAILS = st.sampled_from(["", "a@x.example", "b@x.example", "c@x.example"])
BIRTHS = st.sampled_from([None, date(1999, 1, 2), date(1999, 2, 1), date(2000, 1, 1)])
SOMEBODY = st.builds(
    Who,
    key=st.just(0),
    number=NUMBERS,
    email=EMAILS,
    last=WORDS,
    first=WORDS,
    born=BIRTHS,
    verified=st.booleans(),
)


def numbered(rows: list[Who], start: int) -> list[Who]:
    return [replace(row, key=start + index) for index, row in enumerate(rows)]


@settings(max_examples=300, deadline=None)
@given(st.lists(SOMEBODY, max_size=6), st.lists(SOMEBODY, max_size=8))
def test_what_holds_of_any_list(people: list[Who], lines: list[Who]) -> None:
    ours, theirs = numbered(people, 1), numbered(lines, 101)
    found = match(ours, theirs)
    assert [row.line for row in found] == [row.key for row in theirs]
    certain = [row for row in found if row.verdict == Verdict.CERTAIN]
    assert len({row.person for row in certain}) == len(certain)
    by_key = {row.key: row for row in (*ours, *theirs)}
    for row in certain:
        assert row.person
        said, person = by_key[row.line], by_key[row.person]
        for what in ("number", "born"):
            one, other = getattr(said, what), getattr(person, what)
            assert not (one and other and one != other)
        assert names(said, person) not in (Says.DIFFERS, Says.NEAR)
        others = [one for one in ours if one is not person]
        assert not any(said.number and said.number == one.number for one in others)
        assert not any(said.email and said.email == one.email for one in others)
    assert all(row.person is None for row in found if row.verdict != Verdict.CERTAIN)
    assert all(row.candidates for row in found if row.verdict == Verdict.DOUBTFUL)


@settings(max_examples=100, deadline=None)
@given(st.lists(SOMEBODY, max_size=5), st.lists(SOMEBODY, max_size=5), st.randoms())
def test_the_order_of_the_lines_changes_nothing(
    people: list[Who], lines: list[Who], dice: Any
) -> None:
    ours, theirs = numbered(people, 1), numbered(lines, 101)
    mixed = list(theirs)
    dice.shuffle(mixed)
    told = {row.line: (row.verdict, row.person) for row in match(ours, theirs)}
    assert {row.line: (row.verdict, row.person) for row in match(ours, mixed)} == told
