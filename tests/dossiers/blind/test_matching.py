"""Finding a person in a text: whatever the spelling, never inside another word."""

from typing import Any

import pytest

from dossiers.matching import MARK, Finder, finder_of


def finder(
    first: str, last: str, *extra: str, links: tuple[str, ...] = (), **person: Any
) -> Finder:
    """Finds a person of this name."""
    who = {"first_names": first, "last_names": last, **person}
    return finder_of({"person": who, "links": list(links)}, extra)


def found(one: Finder, text: str) -> list[str]:
    """What is found in a text."""
    return [text[start:end] for start, end in one.spans(text)]


ELODIE = finder("Élodie Anh", "Nguyễn-Tremblay", preferred_name="Lo-Lo")
ONEIL = finder("Sean", "O’Neil")
WANG = finder("小明", "王")
KIM = finder("민준", "김")
TANAKA = finder("太郎", "田中")
OMAR = finder("عُمر", "الفاروق")
SUHARTO = finder("Suharto", ".")
PARTICLE = finder("Lara", "de la Cruz")
AN = finder("An", "Do")
WILL = finder("Will", "Rose")

MATCHES = [
    (ELODIE, "Je suis Élodie.", ["Élodie"]),
    (ELODIE, "ELODIE NGUYEN TREMBLAY, Montréal", ["ELODIE NGUYEN TREMBLAY"]),
    (
        ELODIE,
        "Nguye\u0302\u0303n-Tremblay, Élodie Anh",
        ["Nguye\u0302\u0303n-Tremblay, Élodie Anh"],
    ),
    (ELODIE, "NGUYEN‑TREMBLAY Elodie", ["NGUYEN‑TREMBLAY Elodie"]),
    (ELODIE, "signed: É. Tremblay", ["É. Tremblay"]),
    (ELODIE, "Tremblay, É. (2024)", ["Tremblay, É."]),
    (ELODIE, "Élodie's project_elodie_2024", ["Élodie", "elodie"]),
    (ELODIE, "@elodienguyen42", ["elodienguyen42"]),
    (ELODIE, "É l o d i e", ["É l o d i e"]),
    (ELODIE, "called Lo-Lo by friends", ["Lo-Lo"]),
    (ELODIE, "Trem-\r\nblay", ["Trem-\r\nblay"]),
    (ELODIE, "Trem\ufffe\nblay", ["Trem\ufffe\nblay"]),
    (ELODIE, "Jean-\r\nElodie", ["Elodie"]),
    (ELODIE, "Élo\u00addie", ["Élo\u00addie"]),
    (ONEIL, "Sean O'Neil, O’NEIL, O Neil, O-Neil", None),
    (ONEIL, "sean.oneil@x.example", ["sean.oneil@x.example"]),
    (ONEIL, "oneil2", ["oneil2"]),
    (WANG, "我叫王小明。", ["王小明"]),
    (WANG, "王 小 明", ["王 小 明"]),
    (WANG, "小明王", ["小明王"]),
    (KIM, "김민준은 학생", ["김민준"]),
    (TANAKA, "田中太郎です", ["田中太郎"]),
    (OMAR, "اسمي عمر الفاروق", ["عمر الفاروق"]),
    (OMAR, "قورافلا", ["قورافلا"]),
    (SUHARTO, "Suharto and SUHARTO", ["Suharto", "SUHARTO"]),
    (PARTICLE, "Lara de la Cruz", ["Lara de la Cruz"]),
    (PARTICLE, "Mme Cruz", ["Cruz"]),
    (AN, "An Do", ["An Do"]),
    (WILL, "Will Rose", ["Will Rose"]),
]
NOT = [
    (ELODIE, "mélodie, elodies, Tremblayais, Anhydre, anh"),
    (ONEIL, "ocean, Seanad, neilson"),
    (WANG, "明小"),
    (SUHARTO, "Suhartono"),
    (PARTICLE, "de la maison, la, DE LA"),
    (AN, "an apple; what to do"),
    (WILL, "I will work; the sun rose"),
    (finder("", ""), "Anybody at all."),
    (finder("X", "-"), "X is a letter."),
]


@pytest.mark.parametrize(("one", "text", "words"), MATCHES)
def test_a_name_is_found(one: Finder, text: str, words: list[str] | None) -> None:
    if words is None:
        assert all(part not in "".join(_left(one, text)).lower() for part in ("neil", "sean"))
    else:
        assert found(one, text) == words


def _left(one: Finder, text: str) -> list[str]:
    at, left = 0, []
    for start, end in one.spans(text):
        left.append(text[at:start])
        at = end
    return [*left, text[at:]]


@pytest.mark.parametrize(("one", "text"), NOT)
def test_another_word_is_not(one: Finder, text: str) -> None:
    assert found(one, text) == []


@pytest.mark.parametrize(
    "written",
    [
        "+1 514 555-0199",
        "(514) 555-0199",
        "514.555.0199",
        "5145550199",
        "+15145550199",
        "001 514 555 0199",
        "٥١٤ ٥٥٥ ٠١٩٩",
    ],
)
def test_a_phone_number_is_found_in_any_spacing(written: str) -> None:
    one = finder("A", "B", phone="+15145550199")
    assert "".join(found(one, f"Tel. {written}, Montréal")) == written


def test_a_french_number_without_its_country() -> None:
    one = finder("A", "B", phone="+33612345678")
    assert found(one, "06 12 34 56 78") == ["06 12 34 56 78"]


def test_other_numbers_stay() -> None:
    one = finder("A", "B", phone="+15145550199")
    assert found(one, "2021-2024, 15.20/20, 1234567, 2025-01-01 2026-02-02") == []
    assert found(finder("A", "B"), "514 555 0199") == []


@pytest.mark.parametrize(
    "link",
    [
        "https://github.com/zz9",
        "linkedin.com/in/somebody",
        "www.aminabenali.com",
        "amina-benali.github.io/cv",
        "https://lab.example/~abenali/",
        "portfolio.example",
        "http://portfolio.example/work",
        "https://shared.example/amiben?x=1",
        "amiben",
        "portfolio.example?page=2",
    ],
)
def test_a_place_of_ones_own_is_found(link: str) -> None:
    one = finder(
        "Amina", "Benali", links=("https://portfolio.example/", "https://shared.example/amiben")
    )
    assert found(one, f"See {link}, please.") == [link]


def test_a_place_of_others_stays() -> None:
    one = finder("Amina", "Benali", links=("https://github.com/amiben",))
    text = "https://arxiv.org/abs/1706.03762 numpy.org 3.11 github.com e.g. i.e. M.Sc."
    assert found(one, text) == []


def test_an_address_is_anybodys() -> None:
    one = finder("Amina", "Benali", email="ab1999@x.example")
    assert found(one, "Write to other@y.example or ab1999.") == ["other@y.example", "ab1999"]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("Lycée  de Thiès", "au LYCEE de\nThiès!"),
        ("C++ Dakar", "C++ Dakar"),
        ("明大", "在明 大学"),
    ],
)
def test_words_of_a_person_are_found_too(words: str, text: str) -> None:
    assert len(found(finder("A", "B", words), text)) == 1
    assert found(finder("A", "B", words), "Lycée de Thièsville; C++ Dakaroise") == []


def test_no_words_find_nothing() -> None:
    assert found(finder("", "", "", "  "), "Anything") == []
    assert MARK == "[…]"
