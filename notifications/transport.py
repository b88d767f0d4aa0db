"""One conversation with the mail server: opened when needed, kept for many letters."""

import re
import smtplib
import time
from email.utils import formataddr, parseaddr
from types import TracebackType
from typing import Any, Self

from anymail.exceptions import AnymailAPIError
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends import smtp
from django.core.mail.message import sanitize_address

from notifications import deadline, esp
from notifications.calendars import calendar_file
from notifications.html import html_of
from notifications.letters import check_address
from notifications.models import OutgoingEmail
from notifications.ways import Way, first

FAREWELL = 5.0
# Most addresses: nothing to quote, nothing to encode.
_PLAIN_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9.-]+", re.ASCII)


class Unreachable(Exception):
    """No conversation can begin. Says nothing about any letter."""


class Line(smtplib.SMTP):
    """An SMTP connection that knows whether the letter's last byte was handed over."""

    left = False

    def send(self, s: Any) -> None:
        """Send; the lone dot ends a letter, and from there on its fate is the server's to tell."""
        if s[-5:] == b"\r\n.\r\n":
            self.left = True
        super().send(s)


class TlsLine(Line, smtplib.SMTP_SSL):
    """The same, encrypted from the first byte."""


class LineBackend(smtp.EmailBackend):
    """Django's SMTP backend over such a connection."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """The kind of connection that the settings ask for."""
        return TlsLine if self.use_ssl else Line

    def hand_over(self, letter: OutgoingEmail) -> None:
        """One letter over the open connection. Raises ValueError for one that fits no envelope."""
        address = letter.address
        if not _PLAIN_ADDRESS.fullmatch(address):
            check_address(address)
            address = sanitize_address(address, "utf-8")
        content = as_message(letter).message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
        sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        assert self.connection is not None
        self.connection.sendmail(sender, [address], content)


def as_message(letter: OutgoingEmail) -> EmailMultiAlternatives:
    """The letter in its envelope: its text, the same as HTML, and its dates as a calendar."""
    message = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        sender_of(letter),
        [letter.address],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers={
            "Message-ID": letter.message_id,
            "Auto-Submitted": "auto-generated",
            "Content-Language": letter.language,
        },
    )
    html = html_of(letter.text, language=letter.language, subject=letter.subject)
    message.attach_alternative(html, "text/html")
    if letter.dates:
        dates = calendar_file(letter.dates, language=letter.language, at=letter.queued_at)
        message.attach("mila.ics", dates, "text/calendar; method=PUBLISH")
    return message


def sender_of(letter: OutgoingEmail) -> str:
    """From whom: the cycle's own name, where it has one, before the address of the deployment."""
    if not letter.sender:
        return settings.DEFAULT_FROM_EMAIL
    return formataddr((letter.sender, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


class Conversation:
    """Talks to the backend of one way out; SMTP or the API of a mail service."""

    def __init__(self, way: Way | None = None) -> None:
        self.way = way or first()
        self.backend: Any = (
            LineBackend(**self.way.options)
            if self.way.by_smtp
            else get_connection(self.way.backend, **self.way.options)
        )
        self.is_open = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.take_leave()

    def open(self, end: float) -> None:
        """Be connected before `end`. Raises Unreachable."""
        if self.is_open:
            return
        try:
            with deadline.by(end):
                self.backend.open()
        except OSError as error:
            self.hang_up()
            raise Unreachable(f"{type(error).__name__}: {error}") from error
        self.is_open = True

    def send(self, letter: OutgoingEmail, end: float) -> str:
        """Hand one letter over before `end`; what the service calls it, where it says so.

        Raises Unreachable when no conversation began, else what the backend raises.
        """
        if isinstance(line := self._line, Line):
            line.left = False
        with deadline.by(end):
            if isinstance(self.backend, LineBackend):
                self.backend.hand_over(letter)
                return ""
            return self._post(letter)

    def _post(self, letter: OutgoingEmail) -> str:
        """One letter by the API of a mail service, which is only reached now: opening it asks nothing."""
        message = as_message(letter)
        esp.dress(message, letter, self.backend)
        try:
            self.backend.send_messages([message])
        except AnymailAPIError as error:
            if esp.never_began(error):
                self.hang_up()
                raise Unreachable(type(error.__cause__).__name__) from error
            raise
        return esp.number_of(message)

    @property
    def left(self) -> bool:
        """Whether the last letter may be in the server's hands. An API call that began counts as such."""
        return line.left if isinstance(line := self._line, Line) else True

    @property
    def _line(self) -> object:
        return getattr(self.backend, "connection", None)

    def hang_up(self) -> None:
        """Drop a connection that is no longer to be trusted, without a word."""
        self.is_open = False
        if isinstance(line := self._line, smtplib.SMTP):
            line.close()
            self.backend.connection = None
        elif not self.way.by_smtp:
            self.backend.close()  # what is left of a broken answer must not be read as the next one's

    def take_leave(self) -> None:
        """End in good order, but do not wait for a server that does not let go."""
        if not self.is_open:
            return
        try:
            with deadline.by(time.monotonic() + FAREWELL):
                self.backend.close()
        except OSError:
            self.hang_up()
        self.is_open = False
