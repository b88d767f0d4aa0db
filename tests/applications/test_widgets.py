"""Long selects and plain radios are what Django would have drawn."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django import forms

from applications import countries
from applications.forms.widgets import LongSelect, PlainRadios


class Tags(HTMLParser):
    """Tags with their attributes, and the words between them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[Any] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, sorted((name, value or "") for name, value in attrs)))

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.found.append(data.strip())


@pytest.mark.parametrize("value", ["", None, "SN", "nowhere"])
def test_it_is_drawn_as_django_draws_it(value: str | None) -> None:
    choices = [*countries.choices(), ("'\"", "<b>&</b>")]
    attrs = {"id": "id_country", "class": "form-select", "required": False, "disabled": True}
    ours = LongSelect(choices=choices).render("country", value, attrs)
    theirs = forms.Select(choices=choices).render("country", value, attrs)
    assert Tags(ours).found == Tags(theirs).found
    assert ours.count(" selected") == (value != "nowhere")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_country_begins_with_a_capital(language: str) -> None:
    names = countries.names(language).values()
    assert [name for name in names if not name[0].isupper()] == []


def test_the_country_keeps_its_look_in_a_form() -> None:
    class Form(forms.Form):
        country = forms.ChoiceField(choices=countries.choices, widget=LongSelect)

    drawn = str(Form({"country": "VN"})["country"])
    assert 'name="country"' in drawn
    assert 'id="id_country"' in drawn
    assert drawn.count("<option") == len(countries.choices())


def marks(widget: type[forms.RadioSelect], data: dict[str, str]) -> forms.BoundField:
    """A field of six radios."""
    values = [*((str(value), str(value)) for value in range(1, 6)), ('n"a', "<n/a>")]

    class Form(forms.Form):
        mark = forms.ChoiceField(choices=values, widget=widget(attrs={"class": "visually-hidden"}))

    return Form(data)["mark"]


@pytest.mark.parametrize("value", ["3", 'n"a', "", "9"])
def test_radios_are_drawn_as_django_draws_them(value: str) -> None:
    ours, theirs = marks(PlainRadios, {"mark": value}), marks(forms.RadioSelect, {"mark": value})
    assert len(list(ours)) == 6
    for plain, djangos in zip(ours, theirs, strict=True):
        assert Tags(plain.tag()).found == Tags(djangos.tag()).found
        assert Tags(plain.tag(wrap_label=True)).found == Tags(djangos.tag(wrap_label=True)).found
    assert Tags(str(ours)).found == Tags(str(theirs)).found
