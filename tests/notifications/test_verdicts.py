"""What each kind of failure means."""

import smtplib

import pytest
from anymail.exceptions import (
    AnymailInvalidAddress,
    AnymailRecipientsRefused,
    AnymailRequestsAPIError,
)
from celery.exceptions import SoftTimeLimitExceeded

from notifications.deadline import DeadlineReached
from notifications.verdicts import Verdict, in_words, verdict


class Answer:
    """An HTTP answer of a mail service."""

    def __init__(self, status: int) -> None:
        self.status_code = status
        self.reason = self.text = ""


def api(status: int) -> AnymailRequestsAPIError:
    """A mail service's refusal."""
    return AnymailRequestsAPIError("No.", response=Answer(status))


def refused(code: int) -> smtplib.SMTPRecipientsRefused:
    """An SMTP server's refusal of the address."""
    return smtplib.SMTPRecipientsRefused({"a@b.ca": (code, b"No.")})


@pytest.mark.parametrize(
    ("error", "left", "expected", "line_is_good"),
    [
        (refused(550), False, Verdict.BOUNCED, True),
        (refused(450), False, Verdict.LATER, True),
        (refused(421), False, Verdict.AGAIN, False),
        (smtplib.SMTPSenderRefused(550, b"", "a"), False, Verdict.LATER, True),
        (smtplib.SMTPSenderRefused(421, b"", "a"), False, Verdict.AGAIN, False),
        (smtplib.SMTPDataError(554, b""), True, Verdict.DEAD, True),
        (smtplib.SMTPDataError(451, b""), True, Verdict.LATER, True),
        (smtplib.SMTPNotSupportedError(), False, Verdict.DEAD, True),
        (smtplib.SMTPServerDisconnected(), False, Verdict.AGAIN, False),
        (smtplib.SMTPServerDisconnected(), True, Verdict.IN_DOUBT, False),
        (DeadlineReached(), False, Verdict.LATER, False),
        (DeadlineReached(), True, Verdict.IN_DOUBT, False),
        (ConnectionResetError(), False, Verdict.AGAIN, False),
        (ValueError(), False, Verdict.DEAD, True),
        (SoftTimeLimitExceeded(), False, Verdict.LATER, False),
        (SoftTimeLimitExceeded(), True, Verdict.IN_DOUBT, False),
        (AnymailRecipientsRefused(), True, Verdict.BOUNCED, True),
        (AnymailInvalidAddress(), True, Verdict.DEAD, True),
        (api(400), True, Verdict.DEAD, True),
        (api(401), True, Verdict.LATER, True),
        (api(429), True, Verdict.LATER, True),
        (api(503), True, Verdict.IN_DOUBT, False),
        (AnymailRequestsAPIError("Nobody answers."), True, Verdict.IN_DOUBT, False),
    ],
)
def test_what_it_means(
    error: Exception, expected: Verdict, *, left: bool, line_is_good: bool
) -> None:
    judged = verdict(error, left=left)
    assert judged is expected
    assert in_words(error, judged) is line_is_good


def test_smtplib_hides_that_time_ran_out() -> None:
    hidden = smtplib.SMTPServerDisconnected()
    hidden.__context__ = TimeoutError()
    assert verdict(hidden, left=False) is Verdict.LATER
