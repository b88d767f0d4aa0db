"""Days, hours, sizes and numbers, as Québec writes them and as Canada writes them in English."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import formats, translation

from config.templatetags import face
from cycles import typography
from tests.config.reading import CLOSE, NBSP


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", f"mardi 1er{NBSP}décembre{NBSP}2026, 23{NBSP}h{NBSP}59"),
        ("en", f"Tuesday 1{NBSP}December{NBSP}2026, 23:59"),
    ],
)
def test_a_deadline_is_written_in_montreal_in_the_page_s_language(
    language: str, expected: str
) -> None:
    with translation.override(language):
        assert typography.moment_text(CLOSE) == expected


def test_hours_and_days_of_quebec() -> None:
    with translation.override("fr"):
        assert typography.hour_text(datetime(2026, 10, 15, 13, tzinfo=UTC)) == f"9{NBSP}h"
        assert typography.hour_text(datetime(2026, 7, 1, 13, 5, tzinfo=UTC)) == f"9{NBSP}h{NBSP}05"
        assert typography.day_text(date(2027, 1, 31)) == f"31{NBSP}janvier{NBSP}2027"
        assert typography.day_text(date(2027, 2, 1), year=False) == f"1er{NBSP}février"
        assert typography.short_day_text(date(2026, 12, 1)) == f"1er{NBSP}déc."


@pytest.mark.parametrize(
    ("octets", "french", "english"),
    [
        (0, "0 octets", "0 bytes"),
        (999, "999 octets", "999 bytes"),
        (850_000, "850 ko", "850 kB"),
        (999_600, "1,0 Mo", "1.0 MB"),
        (1_432_000, "1,4 Mo", "1.4 MB"),
        (10_000_000, "10,0 Mo", "10.0 MB"),
        (2_500_000_000, "2,5 Go", "2.5 GB"),
    ],
)
def test_sizes_of_files(octets: int, french: str, english: str) -> None:
    with translation.override("fr"):
        assert face.filesize(octets) == french.replace(" ", NBSP)
    with translation.override("en"):
        assert face.filesize(octets) == english.replace(" ", NBSP)


def test_only_the_first_of_the_month_is_raised() -> None:
    assert typography.raised(f"1er{NBSP}mai") == f"1<sup>er</sup>{NBSP}mai"
    assert typography.raised("21 mai") == "21 mai"
    assert typography.raised(f"21er{NBSP}<b>") == f"21er{NBSP}&lt;b&gt;"


def test_numbers_in_words_up_to_ten() -> None:
    with translation.override("fr"):
        assert [typography.number_text(n) for n in (1, 4, 10, 11)] == ["un", "quatre", "dix", "11"]
        assert face.words(2) == "Deux"
    with translation.override("en"):
        assert face.words(4) == "Four"


def test_formats_of_both_languages() -> None:
    with translation.override("fr"):
        assert formats.localize(1234.5, use_l10n=True) in {"1234,5", f"1{NBSP}234,5"}
        assert formats.date_format(CLOSE.date()) == f"2{NBSP}décembre{NBSP}2026"
        assert formats.time_format(CLOSE, "TIME_FORMAT") == f"4{NBSP}h{NBSP}59"
        assert formats.sanitize_separators("3,5") == "3.5"
    with translation.override("en"):
        assert formats.time_format(CLOSE, "TIME_FORMAT") == "04:59"


@pytest.mark.parametrize(
    "path",
    sorted((settings.BASE_DIR / "templates" / "emails").glob("*.fr.txt")),
    ids=lambda p: p.name,
)
def test_french_letters_keep_their_colons_and_quotation_marks(path: Path) -> None:
    words = re.sub(r"{[%{].*?[%}]}", "X", path.read_text(encoding="utf-8"))
    assert re.findall(r".{0,20} [:»]|« .{0,20}", words) == []
