"""Pages of trouble: what to do, a number to give, and what was typed."""

import pytest
from django.test import Client, RequestFactory
from django.utils import translation

from config.kept import label_of, typed
from tests.config.reading import pages, visible

TROUBLE = {
    "400": ("Nous n’avons pas pu lire cette requête", "We could not read this request"),
    "403": ("Cette page ne vous est pas ouverte", "This page is not yours to open"),
    "404": ("Il n’y a rien à cette adresse", "There is nothing at this address"),
    "429": ("Trop d’essais", "Too many tries"),
    "500": ("Une erreur est survenue de notre côté", "Something broke on our side"),
    "503": ("Fermé pour un instant", "Closed for a moment"),
}


@pages
@pytest.mark.parametrize("code", TROUBLE)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_trouble_says_what_to_do_and_its_number(code: str, language: str) -> None:
    client = Client(raise_request_exception=False)
    response = client.get(f"{'/en' if language == 'en' else ''}/trouble/{code}/")
    words = visible(response.content.decode())
    assert response.status_code == int(code)
    assert TROUBLE[code][language == "en"] in words
    # Django gives 400 no context: its number is in the header alone.
    assert code == "400" or response["X-Request-ID"] in words
    assert "Traceback" not in words


@pages
def test_an_outage_gives_back_what_was_typed() -> None:
    fields = {
        "statement": "Mon <i>texte</i>",
        "password": "secret-1",
        "csrfmiddlewaretoken": "tok",
        "x": "",
    }
    response = Client(raise_request_exception=False).post("/trouble/503/", fields)
    html = response.content.decode()
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert "Mon &lt;i&gt;texte&lt;/i&gt;</textarea>" in html
    assert "n’a pas été reçu" in html
    assert "secret-1" not in html
    assert "tok<" not in html
    assert html.count("<textarea") == 1
    assert ">Lettre d’intention</label>" in html


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("statement", "Letter of intent"),
        ("form-1-institution", "Institution (2)"),
        ("comment", "For the committee"),
        ("assignment", "Assignment"),
        ("review", "review"),
        ("documents", "documents"),
        ("of-the-page-only", "of-the-page-only"),
    ],
)
def test_kept_fields_have_the_labels_of_their_form(name: str, label: str) -> None:
    with translation.override("en"):
        assert label_of(name) == label


def test_kept_fields_leave_out_secrets_and_book_keeping() -> None:
    names = [
        "statement",
        "old_password",
        "csrfmiddlewaretoken",
        "form-TOTAL_FORMS",
        "form-0-id",
        "code",
    ]
    request = RequestFactory().post("/", dict.fromkeys(names, "x"))
    assert [text for _label, text in typed(request)] == ["x"]


@pages
def test_an_outage_without_text_promises_nothing_below() -> None:
    html = Client(raise_request_exception=False).get("/trouble/503/").content.decode()
    assert "textarea" not in html
    assert "ci-dessous" not in html


@pages
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_form_of_another_session_is_given_back(language: str) -> None:
    client = Client(enforce_csrf_checks=True)
    prefix = "/en" if language == "en" else ""
    response = client.post(f"{prefix}/states/open/", {"statement": "My text"})
    html = response.content.decode()
    assert response.status_code == 403
    assert "My text</textarea>" in html
    assert ("open too long" in html) is (language == "en")
    assert response["X-Request-ID"] in html
