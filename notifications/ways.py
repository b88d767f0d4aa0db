"""The ways out: the mail transport of EMAIL_URL, and that of EMAIL_URL_2 for when the first is away."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from notifications.breaker import Breaker
from notifications.mail_switch import MailSwitch

SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
ESP_BACKENDS = "anymail.backends."
# While the first has been away that long, it is tried this seldom: each try may wait for nothing.
SELDOM = 60.0

# While a mail server is away nobody tries it more often than this, and no letter's attempts are used up.
outage = Breaker(5)
second_outage = Breaker(5)


@dataclass(frozen=True)
class Way:
    """One transport: how it is called on the letters that it took, and Django's backend for it."""

    name: str
    backend: str
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def by_smtp(self) -> bool:
        """Whether it speaks SMTP; the others are the API of a mail service."""
        return self.backend == SMTP_BACKEND

    @property
    def service(self) -> str:
        """The mail service, as its address for events names it; empty for a plain server."""
        return self.name if self.backend.startswith(ESP_BACKENDS) else ""

    @property
    def breaker(self) -> Breaker:
        """What remembers that it was away."""
        return outage if self.name == first().name else second_outage


def _name(backend: str, host: str) -> str:
    """A mail service by its name, a server by its host: they stay when the two transports change places."""
    return host if backend == SMTP_BACKEND else backend.split(".")[-2]


def first() -> Way:
    """That of EMAIL_URL."""
    return Way(_name(settings.EMAIL_BACKEND, settings.EMAIL_HOST), settings.EMAIL_BACKEND)


def second() -> Way | None:
    """That of EMAIL_URL_2; None where there is none."""
    given = settings.EMAIL_SECOND
    if not given:
        return None
    options = given["OPTIONS"]
    return Way(_name(given["BACKEND"], options.get("host", "")), given["BACKEND"], options)


def in_order() -> list[Way]:
    """The ways to try now, the best first; none while both are known to be away."""
    one, other = first(), second()
    if other is None:
        ways = [one]
    elif MailSwitch.now().by_second:
        ways = [other]
    elif outage.lasted >= settings.OUTBOX_SECOND_AFTER:
        ways = [one, other]
    else:
        ways = [one]
    return [way for way in ways if not way.breaker.is_open]


def away(way: Way) -> None:
    """Remember that it could not be reached."""
    long = way.breaker.lasted >= settings.OUTBOX_SECOND_AFTER
    way.breaker.trip(SELDOM if long and second() else 0.0)
