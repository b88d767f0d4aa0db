"""The letters about accounts, for the catalogue: codes and warnings, which nobody rewords."""

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts import letters
from notifications.catalogue import Asked, Entry, Reader, register


def code(asked: Asked) -> dict[str, Any]:
    """A code that opens nothing."""
    return {"code": "K7F-Q2D", "minutes": 10}


def change(asked: Asked) -> dict[str, Any]:
    """The password was changed."""
    return {"change": "password"}


def nothing(asked: Asked) -> dict[str, Any]:
    """The letter says the same to everyone."""
    return {}


fixed = partial(Entry, reader=Reader.ACCOUNT, words={}, is_fixed=True)

register(
    fixed(letters.SIGN_IN_CODE, _("Code to sign in"), _("When somebody signs in"), sample=code),
    fixed(
        letters.PASSWORD_CODE,
        _("Code for a new password"),
        _("When somebody forgot their password"),
        sample=code,
    ),
    fixed(
        letters.ADDRESS_CODE,
        _("Code for a new address"),
        _("When somebody changes their e-mail address"),
        sample=code,
    ),
    fixed(
        letters.NO_ACCOUNT,
        _("No account with this address"),
        _("When a password is asked for with an unknown address"),
        sample=nothing,
    ),
    fixed(
        letters.ACCOUNT_CHANGED,
        _("Your account has changed"),
        _("When something that protects an account changes"),
        sample=change,
    ),
)
