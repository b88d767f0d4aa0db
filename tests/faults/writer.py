"""Queues letters, as a process of its own that a test may leave alone with a broken engine.

`all`: every address on standard input, in one transaction. `each`: endlessly, one a transaction, printing a key
once its commit was confirmed; until standard input closes. The second argument begins every key.
"""

import itertools
import json
import sys
import threading
import time
from pathlib import Path

import django
from django.db import DatabaseError, connection, transaction
from django.template import engines

django.setup()

from django.contrib.contenttypes.models import ContentType  # noqa: E402

from notifications.letters import Letter  # noqa: E402
from notifications.outbox import Addressed, queue, queue_all  # noqa: E402

PROBE = Letter("probe")
TEMPLATES = Path(__file__).parent.parent / "notifications" / "templates"


def write_all(batch: str) -> None:
    """One transaction for them all."""
    about = ContentType.objects.get_for_model(ContentType)
    addresses = json.load(sys.stdin)
    with transaction.atomic():
        queue_all(
            PROBE,
            (
                Addressed(address, "fr", about, f"{batch}:{number}", {"name": f"N{number}"})
                for number, address in enumerate(addresses)
            ),
        )


def write_each(prefix: str) -> None:
    """One transaction each, and never discouraged."""
    stop = threading.Event()

    def listen() -> None:
        sys.stdin.read()
        stop.set()

    threading.Thread(target=listen, daemon=True).start()
    about = ContentType.objects.get_for_model(ContentType)
    for number in itertools.count():
        if stop.is_set():
            return
        try:
            with transaction.atomic():
                queue(
                    PROBE,
                    address=f"{prefix}{number}@example.com",
                    language="fr",
                    about=about,
                    key=f"{prefix}{number}",
                    context={"name": "Each"},
                )
            print(f"{prefix}{number}", flush=True)
        except DatabaseError:
            connection.close()
            time.sleep(0.05)


if __name__ == "__main__":
    engine = engines["django"].engine  # type: ignore[attr-defined]
    engine.dirs = [*engine.dirs, TEMPLATES]
    if sys.argv[1] == "all":
        write_all(sys.argv[2])
    else:
        write_each(sys.argv[2])
