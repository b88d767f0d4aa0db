"""Codes by mail: how many wrong ones an address may try, and how many it may ask for."""

import secrets

from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import RateLimitUsage
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

TOO_MANY_TRIES = _("Too many wrong codes. Wait five minutes, then ask for a new code.")
TOO_MANY_CODES = _("Too many codes were asked for. Wait five minutes, then try again.")
WRONG_CODE = _("This is not the code. Check the six digits in the last message we sent you.")


def _count(action: str, address: str) -> list[RateLimitUsage] | None:
    """Count one event for the address, from this place and from anywhere; None once it is too many."""
    place = f"{address}|{ratelimit.get_ip(context.request)}"
    counted = []
    for name, key in ((action, place), (f"{action}_anywhere", address)):
        usage = ratelimit.consume(context.request, app="allauth.account", action=name, key=key)
        if usage is None:
            return None
        counted.append(usage)
    return counted


def may_ask(address: str) -> bool:
    """Count a request for a code, and say whether it may be sent."""
    return _count("request_login_code", address) is not None


def check(typed: str, *, expected: str, address: str) -> None:
    """Compare a typed code with the one that was sent; a wrong one is counted.

    Raises ValidationError, with the code `wrong` or `too_many`.
    """
    counted = _count("wrong_code", address)
    if counted is None:
        raise ValidationError(TOO_MANY_TRIES, code="too_many")
    digits = "".join(sign for sign in typed if sign.isdecimal())
    if not expected or not secrets.compare_digest(digits.encode(), expected.encode()):
        raise ValidationError(WRONG_CODE, code="wrong")
    for usage in counted:
        usage.rollback()
