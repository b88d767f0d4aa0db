"""What a report of an error may hold: where the code broke. Nothing of what somebody sent, whatever the page."""

from types import TracebackType
from typing import Any

from django.http import HttpRequest
from django.views.debug import ExceptionReporter


class Discreet(ExceptionReporter):
    """Django's report without the request: no field, no file's name, no cookie; and without a function's variables."""

    def __init__(
        self,
        request: HttpRequest | None,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        tb: TracebackType | None,
        is_email: bool = False,
    ) -> None:
        super().__init__(None, exc_type, exc_value, tb, is_email)

    def get_traceback_frames(self) -> list[Any]:
        """The lines of code that led there, and no value of theirs."""
        return [{**frame, "vars": []} for frame in super().get_traceback_frames()]
