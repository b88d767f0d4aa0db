"""Pure detection: names of institutions, people, addresses; what meets, and above all what does not."""

from typing import Any

import pytest

from reviews.detecting import File, Known, Match, Person, detected, domain_of, found_in

HELENE = Person(
    1,
    "Hélène Marchand-Ito",
    "helene@iro.umontreal.ca",
    institutions=("Université de Montréal = UdeM", "Google", "McGill"),
    people=("Noor Bergeron-Sethi", "Prof. Li Wei"),
)


def content(**parts: Any) -> dict[str, Any]:
    return {
        "person": {"last_names": "Sow", "email": "awa@gmail.com", **parts.pop("person", {})},
        "degrees": [{"institution": name} for name in parts.pop("degrees", [])],
        "experience": {"jobs": [{"employer": name} for name in parts.pop("jobs", [])]},
        "referees": parts.pop("referees", []),
        **parts,
    }


def met(who: Person = HELENE, **parts: Any) -> list[tuple[str, str]]:
    """Origin and place of all that is found."""
    file = File(7, 99, content(**parts))
    return [(str(m.origin), str(m.where)) for m in found_in(file, Known([who]))]


@pytest.mark.parametrize(
    "name",
    [
        "Université de Montréal",
        "UNIVERSITE DE MONTREAL",
        "Universite de Montreal (DIRO)",
        "University of Montreal",
        "DIRO, Université de Montréal",
        "UdeM",
        "U. de Montréal",
        "Univ. Montréal – Faculté de médecine",
        "McGill University",
        "Université McGill",
    ],
)
def test_one_institution_written_in_many_ways(name: str) -> None:
    assert met(degrees=[name]) == [("degree", "degree")]


@pytest.mark.parametrize(
    "name",
    [
        "",
        "University",
        "Université de",
        "University of Technology",
        "Université du Québec à Montréal",
        "HEC, Montréal",
        "Cégep de Montréal",
        "École de technologie supérieure (Montréal)",
        "Polytechnique Montréal",
        "University of Toronto",
        "University of McMaster",
    ],
)
def test_neighbours_are_no_conflict(name: str) -> None:
    assert met(degrees=[name]) == []


def test_university_of_x_meets_no_other_university() -> None:
    washington = Person(2, "Sam Poe", "sam@gmail.com", institutions=("University of Washington",))
    assert met(washington, degrees=["Washington University in St. Louis"]) == []
    assert met(washington, degrees=["University of Oregon", "University of Waterloo"]) == []
    assert met(washington, degrees=["Univ. of Washington, Seattle"]) == [("degree", "degree")]


@pytest.mark.parametrize("employer", ["Google", "google inc.", "Google Canada", "Google, Montréal"])
def test_an_employer(employer: str) -> None:
    assert met(jobs=[employer]) == [("employer", "job")]


@pytest.mark.parametrize("employer", ["Goggle", "Canada", "Self employed", "Consulting services"])
def test_no_employer(employer: str) -> None:
    assert met(jobs=[employer]) == []


def test_what_one_person_says_of_a_name_helps_all() -> None:
    other = Person(3, "Ana Paz", "a@b.example", institutions=("Facebook = Meta Platforms",))
    mine = Person(4, "Bo Ek", "b@b.example", institutions=("Facebook",))
    files = [File(7, 99, content(jobs=["Meta Platforms"]))]
    assert {key[1] for key in detected(files, [other, mine])} == {3, 4}


def test_a_referee_by_name_and_by_address() -> None:
    by_name = [{"name": "Prof. Helene Marchand-Ito", "email": "other@gmail.com"}]
    assert met(referees=by_name) == [("referee", "referee_name")]
    by_address = [{"name": "H. M.", "email": "Helene@iro.umontreal.ca"}]
    assert met(referees=by_address) == [("referee", "referee_address")]
    assert met(referees=[{"name": "Hélène", "email": "x@y.org"}]) == []
    since = File(7, 99, content(), referees=(("Hélène Marchand-Ito", "z@z.org"),))
    assert [m.evidence for m in found_in(since, Known([HELENE]))] == ["Hélène Marchand-Ito"]


def test_a_coworker_among_referees_and_in_the_letter() -> None:
    named = [{"name": "Dr Noor Bergeron Sethi", "email": "n@s.org"}]
    assert met(referees=named) == [("coworker", "referee_name")]
    assert met(statement="J’ai travaillé avec LI WEI, à Pékin.") == [("coworker", "statement")]
    assert met(statement="Wei Li taught me. Li, Xue, Wei.") == []


def test_a_whole_family_name() -> None:
    assert met(person={"last_names": "MARCHAND ITO"}) == [("family_name", "name")]
    assert met(person={"last_names": "Marchand"}) == []
    assert met(person={"last_names": "Ito"}) == []
    assert met(person={"last_names": ""}) == []
    nguyen = Person(5, "Thị Mai Nguyễn", "m@gmail.com")
    assert met(nguyen, person={"last_names": "Nguyen"}) == [("family_name", "name")]


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("a@umontreal.ca", "umontreal.ca"),
        ("a@iro.umontreal.ca", "umontreal.ca"),
        ("a@cs.ox.ac.uk", "ox.ac.uk"),
        ("a@ac.uk", ""),
        ("a@GMAIL.com", ""),
        ("a@mail.videotron.ca", ""),
        ("a@example.com", ""),
        ("a@universite.example", ""),
        ("a@localhost", ""),
        ("", ""),
    ],
)
def test_domains(address: str, domain: str) -> None:
    assert domain_of(address) == domain


def test_the_same_domain() -> None:
    assert met(person={"email": "b@bio.umontreal.ca"}) == [("domain", "address")]


def test_nobody_conflicts_with_their_own_file_nor_twice_for_one_reason() -> None:
    own = File(7, HELENE.pk, content(degrees=["UdeM"]))
    assert list(found_in(own, Known([HELENE]))) == []
    assert met(degrees=["UdeM", "Université de Montréal"]) == [("degree", "degree")]


def test_old_and_empty_contents() -> None:
    assert list(found_in(File(7, 99, {}), Known([HELENE]))) == []
    assert list(found_in(File(7, 99, {"degrees": None, "experience": None}), Known([]))) == []


def test_what_a_match_says() -> None:
    match = next(found_in(File(7, 99, content(degrees=["Univ. de Montréal"])), Known([HELENE])))
    said = Match(7, 1, "degree", "degree", "Univ. de Montréal", "Université de Montréal")
    assert match == said


def test_many_files_are_compared_with_many_people() -> None:
    people = [
        Person(
            pk,
            f"Ana{pk} Family{pk}",
            f"a{pk}@uni{pk % 40}.ca",
            institutions=tuple(f"University of City{(pk + n) % 300}" for n in range(6)),
            people=tuple(f"Co{pk} Worker{n}" for n in range(10)),
        )
        for pk in range(150)
    ]
    files = [
        File(
            pk,
            10_000 + pk,
            content(
                degrees=[f"Université de City{pk % 700}", "University of Nowhere"],
                jobs=[f"Company {pk % 50}"],
                referees=[{"name": f"Co{pk % 150} Worker3", "email": f"{pk}@x.org"}],
                person={"last_names": f"Family{pk}", "email": f"x@uni{pk % 400}.ca"},
                statement="I want to learn with people who build things. " * 50,
            ),
        )
        for pk in range(300)
    ]
    assert len(detected(files, people)) > 300
