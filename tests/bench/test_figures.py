"""Medians, spreads and the table that tells them."""

from pathlib import Path

import pytest

from bench import report
from bench.figures import Figure, Row, percentile, ratios, short


def test_a_figure_is_its_median_and_its_spread() -> None:
    figure = Figure.of([30.0, 10.0, 20.0])
    assert figure.median == 20
    assert figure.spread == (10, 30)
    assert figure.text("ms") == "20 ms (10–30)"


def test_a_figure_needs_a_run() -> None:
    with pytest.raises(ValueError, match="at least one run"):
        Figure.of([])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12345.6, "12,346"),
        (100.4, "100"),
        (34.56, "34.6"),
        (34.0, "34"),
        (1.234, "1.23"),
        (0.0421, "0.0421"),
    ],
)
def test_figures_are_short(value: float, text: str) -> None:
    assert short(value) == text


@pytest.mark.parametrize(("share", "value"), [(0.95, 19), (0.5, 10), (1.0, 20), (0.96, 20)])
def test_of_twenty_the_nineteenth_is_the_p95(share: float, value: int) -> None:
    assert percentile(list(range(20, 0, -1)), share) == value


def test_of_one_it_is_that_one() -> None:
    assert percentile([7.0], 0.95) == 7


def test_ratios_are_taken_run_by_run() -> None:
    assert ratios(Figure.of([50, 10]), Figure.of([100, 20])).runs == (0.5, 0.5)


@pytest.mark.parametrize(
    ("met", "beats", "verdict"),
    [
        (None, None, "measured"),
        (True, True, "met"),
        (False, True, "**missed**"),
        (True, False, "**worse than the peer**"),
    ],
)
def test_the_verdict(met: bool | None, beats: bool | None, verdict: str) -> None:
    assert Row("work", "1 ms", met=met, beats=beats).verdict == verdict


def test_the_page_keeps_what_a_person_wrote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "performance.md"
    monkeypatch.setattr(report, "PAGE", page)
    page.write_text(f"Before.\n{report.BEGIN}\nold\n{report.END}\nAfter.\n")
    text = report.page(
        [Row("home", "9 /s", limit="The processors.")], load=0.5, took=120, gauges=[30.0, 41.0]
    )
    report.write(text)
    report.write(text)
    written = page.read_text()
    assert written.startswith("Before.\n")
    assert written.endswith("\nAfter.\n")
    assert written.count("| home |") == 1
    assert "old" not in written
    assert "from 30 to 41 ms" in written
    assert "**home**: The processors." in written


def test_a_page_without_its_marks_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "performance.md"
    page.write_text("By hand.\n")
    monkeypatch.setattr(report, "PAGE", page)
    with pytest.raises(ValueError, match="lost its marks"):
        report.write("text")
    assert page.read_text() == "By hand.\n"
