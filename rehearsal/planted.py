"""The web server with something broken in it on purpose, to see that a rehearsal notices: only `--plant` starts it.

The product knows nothing of this; it is wrapped around the outside of its web server.
"""

import os
import re
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection

from config.wsgi import application as product

PLANTS = frozenset(os.environ.get("REHEARSAL_PLANTS", "").split(","))
EARLIER = 120  # seconds by which the front server is made to lie
NUMBER = re.compile(rb"\b[A-Z]\d\d-[A-Z0-9]{6}\b")
CLAIM = "<p>Nous avons reçu votre candidature. We have received your application.</p>".encode()

Start = Callable[..., Any]


def application(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
    """The product, and what was planted."""
    said: list[Any] = []

    def listen(*told: Any) -> Any:
        said.extend(told)

    if "P5" in PLANTS and environ["PATH_INFO"].endswith("/submit/"):
        arrived = float(environ.get("HTTP_X_REQUEST_START", "t=0").removeprefix("t="))
        environ["HTTP_X_REQUEST_START"] = f"t={arrived - EARLIER:.3f}"
    answer = product(environ, listen)
    body = b"".join(answer)
    getattr(answer, "close", lambda: None)()
    status, headers = said[:2]
    if "P6" in PLANTS and status.startswith("503"):
        body = body.replace(b"</main>", CLAIM + b"</main>") if b"</main>" in body else body + CLAIM
    if "P3" in PLANTS and environ["PATH_INFO"].endswith("/applications/mine/"):
        body += b"<!-- -->" * accepted(body)
    sizeless = [(name, value) for name, value in headers if name.lower() != "content-length"]
    start_response(status, [*sizeless, ("Content-Length", str(len(body)))])
    return [body]


def accepted(body: bytes) -> int:
    """How many unreleased yeses the person of this page has."""
    found = NUMBER.search(body)
    if found is None:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM reviews_decision d JOIN applications_application a ON a.id = d.application_id"
            " WHERE a.number = %s AND d.outcome = 'accept'",
            [found[0].decode()],
        )
        (count,) = cursor.fetchone()
    return int(count)
