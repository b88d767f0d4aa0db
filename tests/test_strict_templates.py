"""The watch on unknown template variables: it barks at ours, and at ours only."""

from pathlib import Path

import pytest
from django.template import Context, Origin, Template, engines

from tests import strict_templates


def render(text: str, *, folder: Path, **context: object) -> str:
    engine = engines["django"].engine  # type: ignore[attr-defined]
    origin = Origin(str(folder / "page.html"), template_name="page.html")
    return Template(text, origin=origin, engine=engine).render(Context(context))


@pytest.mark.parametrize(
    "text",
    [
        "{{ nobody }}",
        "{{ nobody|upper }}",
        "{{ somebody.nothing }}",
        "{% for x in nobody %}{% endfor %}",
        "{% load i18n %}{% blocktranslate %}Hello {{ nobody }}{% endblocktranslate %}",
        "{% with here=nobody %}{{ here }}{% endwith %}",
    ],
)
def test_an_unknown_variable_of_ours_fails(text: str) -> None:
    with pytest.raises(pytest.fail.Exception, match=r"page\.html uses"):
        render(text, folder=strict_templates.OURS, somebody={"name": "Amina"})


@pytest.mark.parametrize(
    "text",
    [
        "{% if nobody %}no{% else %}yes{% endif %}",
        "{{ nobody|default:'yes' }}",
        "{{ empty }}yes",
        "{{ nothing|default_if_none:'yes' }}",
        "{% for x in empty %}{% empty %}yes{% endfor %}",
    ],
)
def test_asking_whether_it_is_there_is_fine(text: str) -> None:
    assert render(text, folder=strict_templates.OURS, empty="", nothing=None) == "yes"


def test_packages_keep_djangos_way(tmp_path: Path) -> None:
    text = "{{ nobody }}{% for x in nobody %}no{% endfor %}{{ nobody|default:'yes' }}"
    assert render(text, folder=tmp_path) == "yes"
