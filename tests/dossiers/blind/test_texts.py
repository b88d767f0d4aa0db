"""The places of a content: their names, and lines that can be shown."""

from typing import Any

import pytest

from dossiers.matching import Finder, finder_of
from dossiers.texts import Decided, around, called, found_in, key, place_of, without

CONTENT: dict[str, Any] = {
    "person": {"first_names": "Amina", "last_names": "Benali"},
    "prerequisites": [{"code": "MAT1400", "note": "Amina"}],
    "answers": [
        {"label_en": "Why?", "label_fr": "Pourquoi?", "text_en": "Amina", "value": "Amina"}
    ],
    "experience": {"jobs": [{"role": "Amina"}], "code_example": "Amina", "tfi_score": 900},
    "degrees": [{"title": "Amina", "level": "bachelor"}],
    "statement": "Amina, and Amina again",
}


def test_each_place_is_called_as_on_the_form() -> None:
    found = list(found_in(CONTENT, finder_of(CONTENT)))
    assert [(one.place, called(one.place, CONTENT)) for one in found] == [
        ("statement", "Letter of intent"),
        ("degrees.0", "Degree 1"),
        ("prerequisites.0", "MAT1400"),
        ("experience.jobs.0", "Job 1"),
        ("experience.code_example", "An example of what you programmed"),
        ("answers.0", "Why?"),
    ]
    assert called("elsewhere", CONTENT) == "elsewhere"
    assert place_of(("credit_system",)) == "credit_system"


def test_a_line_is_cut_between_words() -> None:
    text = "word " * 40 + "Amina" + " more" * 40
    line = around(text, (200, 205))
    assert line.startswith("… word")
    assert line.endswith("more …")
    assert "word Amina more" in line
    assert around("\x00a \n b Amina", (7, 12)) == " a b Amina"


def test_a_finding_keeps_what_can_be_shown() -> None:
    assert key("a\x00\ufffe b\n c ") == "a b c"
    assert len(key("x" * 999)) == 200


@pytest.mark.parametrize("text", ["", "\x00", "Amina" * 3])
def test_odd_texts_stay(text: str) -> None:
    assert without(text, finder_of(CONTENT), Decided()) == text
    assert without(text, Finder(None), Decided()) == text
