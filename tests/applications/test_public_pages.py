"""The pages of the footer: public, in both languages, the same for everyone."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tests import factories

pytestmark = pytest.mark.django_db
PAGES = {
    ("privacy", "fr"): "Comment nous protégeons vos renseignements",
    ("privacy", "en"): "How we protect your information",
    ("accessibility", "fr"): "Accessibilité de ce site",
    ("accessibility", "en"): "Accessibility of this site",
    ("contact", "fr"): "Nous écrire",
    ("contact", "en"): "Write to us",
}


def address(name: str, language: str) -> str:
    with override(language):
        return reverse(name)


@pytest.mark.parametrize(("name", "language"), PAGES)
def test_everybody_may_read_it(client: Client, name: str, language: str) -> None:
    answer = client.get(address(name, language))
    assert PAGES[name, language] in answer.content.decode()
    assert not answer.cookies
    assert client.post(address(name, language)).status_code == 405


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_leads_there(client: Client, language: str) -> None:
    text = client.get(address("home", language)).content.decode()
    foot = text[text.index("<footer") :]
    for name in ("privacy", "accessibility", "contact"):
        assert f'href="{address(name, language)}"' in foot


def test_the_notice_is_the_cycles_own(client: Client) -> None:
    factories.cycle(
        notice_fr="Un avis.\n\nEn deux temps.", notice_en="A notice.", notice_version="2027-01"
    )
    french = client.get(address("privacy", "fr")).content.decode()
    assert "<p>Un avis.</p>" in french
    assert "version 2027-01" in french
    assert "<p>A notice.</p>" in client.get(address("privacy", "en")).content.decode()


def test_addresses_are_the_offices_own(client: Client, settings: object) -> None:
    settings.CONTACT_EMAIL = "office@example.org"  # type: ignore[attr-defined]
    settings.PRIVACY_EMAIL = "privacy@example.org"  # type: ignore[attr-defined]
    text = client.get(address("contact", "fr")).content.decode()
    assert 'href="mailto:office@example.org"' in text
    assert 'href="mailto:privacy@example.org"' in text
    assert "privacy@example.org" in client.get(address("privacy", "fr")).content.decode()


def test_an_address_that_leads_nowhere_has_the_footer_too(client: Client) -> None:
    text = client.get("/nowhere/").content.decode()
    assert address("contact", "fr") in text
