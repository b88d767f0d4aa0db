"""Ending the sessions of a person, and the codes that still wait for an address."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import User


def end_sessions(user: User, *addresses: str) -> int:
    """Sign the person out everywhere, and drop each session in which a code went to one of these addresses.

    How many ended. Every live session is read: rare acts of staff may cost a second.
    """
    store = SessionStore()
    gone = []
    for row in Session.objects.filter(expire_date__gte=timezone.now()).iterator():
        held = store.decode(row.session_data)
        if held.get(SESSION_KEY) == str(user.pk) or _mentions(held, addresses):
            gone.append(row.pk)
    return Session.objects.filter(pk__in=gone).delete()[0]


def _mentions(held: object, addresses: tuple[str, ...]) -> bool:
    """Whether one of the addresses stands anywhere in what a session holds."""
    if isinstance(held, dict):
        return any(_mentions(part, addresses) for part in held.values())
    if isinstance(held, list | tuple):
        return any(_mentions(part, addresses) for part in held)
    return isinstance(held, str) and held.lower() in addresses
