"""The product behind a web server whose process dies once, after a submission's COMMIT and before its answer."""

import os
import signal
from pathlib import Path
from typing import Any

from config.wsgi import application as product


def application(environ: dict[str, Any], start_response: Any) -> Any:
    """The product's own answer; the first answer to a submission, or to what DIES_AT says, is never sent."""
    answer = product(environ, start_response)
    died = Path(os.environ["DIED"])
    if os.environ.get("DIES_AT", "/submit/") in environ["PATH_INFO"] and not died.exists():
        died.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return answer
