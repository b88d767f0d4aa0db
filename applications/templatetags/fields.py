"""A step may hold a hundred fields: each is drawn here by lines, not by forty small templates."""

from typing import Any

from django import forms, template
from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

CLASSES = ((forms.Select, "form-select"), (forms.CheckboxInput, "form-check-input"))
NOTHING = SafeString("")
CHECKED, INVALID = SafeString(" checked"), SafeString(' aria-invalid="true"')


@register.filter
def drawn(field: BoundField) -> SafeString:
    """A field in the markup of crispy-bootstrap5: label, advice, what is wrong, input."""
    if isinstance(field.field.widget, forms.RadioSelect):
        return _radios(field)
    if isinstance(field.field.widget, forms.CheckboxInput):
        return _checkbox(field)
    return format_html(
        '<div id="div_id_{}" class="mb-3"><label for="{}" class="form-label">{}</label>{}{}{}</div>',
        field.html_name,
        field.id_for_label,
        field.label,
        _advice(field),
        _wrong(field),
        field.as_widget(attrs=_attributes(field)),
    )


def _advice(field: BoundField) -> SafeString:
    if not field.help_text:
        return NOTHING
    return format_html(
        '<div id="{}_helptext" class="form-text">{}</div>', field.auto_id, field.help_text
    )


def _wrong(field: BoundField) -> SafeString:
    if not field.errors:
        return NOTHING
    sentences = format_html_join(" ", "{}", ((sentence,) for sentence in field.errors))
    return format_html(
        '<p id="{}_error" class="invalid-feedback"><strong>{}</strong></p>',
        field.auto_id,
        sentences,
    )


def _attributes(field: BoundField) -> dict[str, Any]:
    """The class of the input, and what describes it to a screen reader."""
    widget = field.field.widget
    name = next((name for kind, name in CLASSES if isinstance(widget, kind)), "form-control")
    described = [f"{field.auto_id}_helptext"] if field.help_text else []
    attributes = {"class": name}
    if field.errors:
        described.append(f"{field.auto_id}_error")
        attributes |= {"class": f"{name} is-invalid", "aria-invalid": "true"}
    return attributes | ({"aria-describedby": " ".join(described)} if described else {})


def _checkbox(field: BoundField) -> SafeString:
    return format_html(
        '<div id="div_id_{}" class="mb-3"><div class="form-check">{} <label for="{}" class="form-check-label">{}'
        "</label></div>{}</div>",
        field.html_name,
        field.as_widget(attrs=_attributes(field)),
        field.id_for_label,
        field.label,
        _wrong(field),
    )


def _radios(field: BoundField) -> SafeString:
    invalid = INVALID if field.errors else NOTHING
    wrong = " is-invalid" if field.errors else ""
    options = format_html_join(
        "",
        '<div class="form-check"><input type="radio" class="form-check-input{}" name="{}" value="{}" id="{}"{}{}> '
        '<label for="{}" class="form-check-label">{}</label></div>',
        (
            (
                wrong,
                field.html_name,
                option.data["value"],
                option.id_for_label,
                CHECKED if option.data["selected"] else NOTHING,
                invalid,
                option.id_for_label,
                option.choice_label,
            )
            for option in field
        ),
    )
    described = _attributes(field).get("aria-describedby", "")
    about = format_html(' aria-describedby="{}"', described) if described else NOTHING
    return format_html(
        '<div id="div_id_{}" class="mb-3"><fieldset{}><legend class="form-label fs-6">{}</legend>{}{}'
        '<div id="{}" class="radios">{}</div></fieldset></div>',
        field.html_name,
        about,
        field.label,
        _advice(field),
        _wrong(field),
        field.auto_id,
        options,
    )
