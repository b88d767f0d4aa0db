"""The tags of every page, and the components that they draw."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.forms import CharField, ChoiceField, Form, RadioSelect
from django.utils import translation

from config.templatetags import face
from tests.config.reading import CLOSE, NBSP, drawn, visible

TEMPLATES = Path(settings.BASE_DIR) / "templates"


def test_moments_carry_their_utc_and_ask_for_the_reader_s_zone() -> None:
    with translation.override("fr"):
        html = drawn("{{ moment|montreal }}", moment=CLOSE)
    assert html.startswith(
        '<time datetime="2026-12-02T04:59:59+00:00" data-local="">mardi 1<sup>er'
    )
    assert visible(html) == "mardi 1er décembre 2026, 23 h 59 (heure de Montréal)"


def test_a_sentence_raises_the_first_of_the_month() -> None:
    sentence = f"Soumettez au plus tard le mardi 1er{NBSP}décembre, <b>."
    html = drawn("{{ sentence|raised }}", sentence=sentence)
    assert html == f"Soumettez au plus tard le mardi 1<sup>er</sup>{NBSP}décembre, &lt;b&gt;."


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ moment|montreal_short }}", "1 December 2026, 23:59"),
        ("{{ moment|montreal_text }}", "Tuesday 1 December 2026, 23:59 (Montréal time)"),
        ("{{ moment|clock:'here' }}", "Tuesday 1 December 2026, 23:59"),
        ("{{ moment|hour }}", "23:59"),
        ("{{ moment|day }}", "1 December 2026"),
        ("{{ moment|day_text }}", "1 December 2026"),
        ("{{ moment|weekday }}", "Tuesday 1 December 2026"),
        ("{{ moment|short_day }}", "1 Dec"),
        ("{{ moment|dated }}", "1 December 2026, 23:59"),
    ],
)
def test_filters_of_moments(source: str, expected: str) -> None:
    with translation.override("en"):
        assert visible(drawn(source, moment=CLOSE)) == expected


def test_nothing_is_written_for_a_date_that_is_not_there() -> None:
    source = "{{ n|montreal }}{{ n|montreal_short }}{{ n|montreal_text }}{{ n|hour }}{{ n|day }}"
    source += "{{ n|weekday }}{{ n|short_day }}{{ n|day_text }}{{ n|dated }}{{ n|filesize }}"
    assert drawn(source, n=None) == ""


def test_what_a_timeline_carries_as_its_date() -> None:
    with translation.override("en"):
        assert face.dated(date(2027, 1, 31)) == (
            f'<time datetime="2027-01-31">31{NBSP}January{NBSP}2027</time>'
        )
        assert face.dated("<soon>") == '<span class="stamp">&lt;soon&gt;</span>'


def test_an_icon_is_silent_and_an_unknown_one_is_loud() -> None:
    assert 'aria-hidden="true"' in drawn('{% icon "check" %}')
    with pytest.raises(KeyError):
        drawn('{% icon "no-such-icon" %}')


def test_every_icon_of_the_templates_is_in_the_table() -> None:
    named = {
        (path.name, name)
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(
            r"""(?:\{% icon |icon=)["']([\w-]+)["']""", path.read_text(encoding="utf-8")
        )
    }
    assert len(named) > 20
    assert {(page, name) for page, name in named if name not in face.LUCIDE} == set()


def test_the_thread_says_its_states_in_words() -> None:
    steps = [
        {"state": "done", "when": date(2026, 10, 15), "title": "One", "text": "T", "url": "/a/"},
        {"state": "now", "when": "soon", "title": "Two", "text": "", "url": "/b/"},
        {"state": "bad", "when": "", "title": "Three", "text": "", "url": ""},
        {"state": "", "when": "", "title": "Four", "text": "", "url": "", "number": 4},
    ]
    with translation.override("en"):
        html = drawn('{% include "components/fil.html" %}', steps=steps)
    assert [word for word in ("One, done", "Two, you are here") if word not in visible(html)] == []
    assert html.count('aria-current="step"') == 1
    assert '<li class="bad">' in html
    assert ">4</span>" in html


class Sample(Form):
    """A text and a choice, both to be filled."""

    name = CharField(label="Name")
    way = ChoiceField(label="Way", choices=[("a", "A"), ("b", "B")], widget=RadioSelect)


def test_the_summary_of_errors_links_to_each_field() -> None:
    form = Sample({})
    with translation.override("fr"):
        html = drawn('{% include "components/errors.html" %}', form=form)
    assert "2 réponses à corriger" in html
    assert 'href="#id_name"' in html
    assert 'href="#id_way_0"' in html
    assert f"Name{NBSP}:" in html
    assert drawn('{% include "components/errors.html" %}', form=Sample()).strip() == ""


def test_errors_of_the_whole_form_are_said_too() -> None:
    form = Sample({"name": "a", "way": "b"})
    form.add_error(None, "Both at once is too much.")
    assert "Both at once" in drawn('{% include "components/errors.html" %}', form=form)


def test_small_components() -> None:
    source = '{% include "components/note.html" with tone="ok" icon="check" text=typed %}'
    note = drawn(source, typed="<b>")
    assert 'class="note t-ok"' in note
    assert "&lt;b&gt;" in note
    assert 'class="tag t-time"' in drawn(
        '{% include "components/tag.html" with tone="time" icon="clock" label="Late" %}'
    )
    empty = drawn(
        '{% include "components/empty.html" with title="Nothing" text="Yet." url="/" action="Go" %}'
    )
    assert "Nothing" in empty
    assert 'href="/"' in empty


def test_messages_are_heard_according_to_their_weight() -> None:
    heard = [{"level_tag": tag} for tag in ("error", "warning", "success", "info")]
    html = drawn('{% include "components/messages.html" %}', messages=heard)
    assert html.count('role="alert"') == 2
    assert html.count('role="status"') == 2
