"""Words are counted as people count them, and here as in the browser."""

import pytest

from scholarships.words import count_words

TEXTS = {
    "": 0,
    "  \n\t ": 0,
    "un": 1,
    "L’apprentissage, c’est long.": 3,
    "Pourquoi\u00a0: parce que": 3,
    "«\u00a0oui\u00a0» — non": 2,
    "peut-être\u202f12\u2009000\u3000fin": 4,
    "a\r\nb\x0bc\x0cd\u2028e\u2029f\u0085g\ufeffh": 8,
    "مرحبا बंगला 東京": 3,
    "👩‍💻 🙂 é e\u0301": 2,
    "1. deux) 3": 3,
}


@pytest.mark.parametrize(("text", "count"), TEXTS.items())
def test_a_word_holds_a_letter_or_a_digit(text: str, count: int) -> None:
    assert count_words(text) == count
