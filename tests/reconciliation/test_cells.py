"""What leaves in a spreadsheet is text: nothing in it runs, in any width or behind any blank."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconciliation.cells import neutral


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+1", "-1", "@SUM(A1)", "|cmd", "＝1+1", "＋1", "－1", "＠x", "｜x"),
        *("  =1", "\t=1", "\r=1", "\n=1", "\x00=1", "\u200b=1", "\ufeff=1", "\u00a0=1"),
        *("\u202e=1", "﹦1", "﹢1"),
    ],
)
def test_what_could_run_begins_with_an_apostrophe(text: str) -> None:
    assert neutral(text).startswith("'")
    assert not set(neutral(text)) & set("\t\r\n\x00")


@pytest.mark.parametrize("text", ["Lévesque", "20480000", "2027-01-31", "a=b", "", "O’Brien"])
def test_plain_texts_stay(text: str) -> None:
    assert neutral(text) == text


@given(st.text(max_size=30))
def test_nothing_runs_whatever_is_written(text: str) -> None:
    said = neutral(text)
    assert said[:1] not in set("=+-@|＝＋－＠｜\t\r\n\x00 ")
    assert "\n" not in said
    assert neutral(said) in (said, f"'{said}")
