"""How these tests ask for a page, in either language."""

from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User


def address(name: str, *args: object, language: str = "fr") -> str:
    """The page's address in a language."""
    with override(language):
        return reverse(name, args=args)


def signed_in(user: User) -> Client:
    """A browser of this person."""
    client = Client()
    client.force_login(user)
    return client
