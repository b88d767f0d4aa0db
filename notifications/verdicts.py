"""What a failed delivery means for its letter."""

import smtplib
from enum import Enum, auto

from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused

# What a mail service's API says of the message itself. 401, 403 and 429 are our account's trouble.
_MESSAGE_REFUSED = {400, 404, 406, 413, 422}


class Verdict(Enum):
    """What to do next with the letter."""

    AGAIN = auto()  # it surely did not leave, and a new connection may do: at once
    LATER = auto()  # not now
    BOUNCED = auto()  # never to this address
    DEAD = auto()  # never as it is
    IN_DOUBT = auto()  # it may have left


def verdict(error: Exception, *, left: bool) -> Verdict:
    """Judge one failed delivery; `left` says whether the whole letter had been handed over.

    A refusal of the sender is our configuration, not the letter: tried again, so that a mistake of an hour
    does not kill every letter of that hour.
    """
    match error:
        case smtplib.SMTPRecipientsRefused(recipients=refused):
            codes = [code for code, _ in refused.values()]
            return _by_code(max(codes), Verdict.BOUNCED)
        case smtplib.SMTPSenderRefused(smtp_code=code):
            return _by_code(code, Verdict.LATER)
        case smtplib.SMTPDataError(smtp_code=code):
            return _by_code(code, Verdict.DEAD)
        case smtplib.SMTPNotSupportedError():
            return Verdict.DEAD
        case AnymailRecipientsRefused():
            return Verdict.BOUNCED
        case AnymailAPIError(status_code=status):
            return _by_status(status)
        case ValueError() | TypeError():  # it does not fit in an envelope
            return Verdict.DEAD
        case _ if left:
            return Verdict.IN_DOUBT
        case OSError() if not _slow(error):
            return Verdict.AGAIN
    return Verdict.LATER


def _slow(error: OSError) -> bool:
    """Whether time ran out: smtplib says so by another error, over the first one."""
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)


def in_words(error: Exception, judged: Verdict) -> bool:
    """Whether the conversation is good for the next letter: it was refused in words, or before it began."""
    answers = smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused | AnymailAPIError
    if judged is Verdict.LATER:
        return isinstance(error, answers)
    return judged in {Verdict.BOUNCED, Verdict.DEAD}


def _by_code(code: int, permanent: Verdict) -> Verdict:
    """An SMTP answer: 421 closes the connection, other 4xx are for later, 5xx are final."""
    if code == 421:
        return Verdict.AGAIN
    return permanent if code >= 500 else Verdict.LATER


def _by_status(status: int | None) -> Verdict:
    """An HTTP answer of a mail service. Without one, or with 5xx, the letter may have been taken.

    So it may with a 2xx whose body nobody understands, and with a 409: the same letter is being taken.
    """
    if status in _MESSAGE_REFUSED:
        return Verdict.DEAD
    refused = status is not None and 300 <= status < 500 and status != 409
    return Verdict.LATER if refused else Verdict.IN_DOUBT
