"""How a very long list and many radios are drawn: Django draws each choice by templates of its own."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

SELECTED = mark_safe(" selected")


def select(label: Any, choices: Any, **kwargs: Any) -> forms.ChoiceField:
    """One choice from a list, none at first."""
    return forms.ChoiceField(label=label, choices=[("", "—"), *choices], required=False, **kwargs)


def radios(label: Any, choices: Any, **kwargs: Any) -> forms.ChoiceField:
    """One choice among a few, all in sight, none at first."""
    return forms.ChoiceField(
        label=label, choices=choices, required=False, widget=PlainRadios, **kwargs
    )


class LongSelect(forms.Select):
    """A select of hundreds of choices: Django draws each option by a template of its own, this one by a line."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: Mapping[str, Any] | None = None,
        renderer: Any = None,
    ) -> SafeString:
        """The select with its options, the chosen one marked."""
        chosen = set(self.format_value(value))
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, SELECTED if str(key) in chosen else "", label) for key, label in self.choices),
        )
        drawn = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html("<select{}>{}</select>", flatatt(drawn), options)


class PlainRadios(forms.RadioSelect):
    """Radios that a page lays out one by one: each is drawn by a line, not by two templates."""

    def _render(
        self, template_name: str, context: dict[str, Any], renderer: Any = None
    ) -> SafeString:
        radio = context["widget"]
        if template_name != self.option_template_name or radio.get("wrap_label"):
            return super()._render(template_name, context, renderer)  # type: ignore[misc]
        return format_html(
            '<input type="radio" name="{}" value="{}"{}>',
            radio["name"],
            radio["value"],
            flatatt(radio["attrs"]),
        )
