"""What a container asks itself: does this process do its work? `python deploy/healthcheck.py web|worker|beat`."""
# ruff: noqa: INP001  a script, no package

import http.client
import os
import socket
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

SECONDS = 6
# Beat writes its memory every three minutes, whatever it sends.
OLDEST_BEAT = 400


def web() -> bool:
    """Whether the server answers, and its database answers it."""
    port = int(os.environ.get("WEB_BIND", "127.0.0.1:8000").rpartition(":")[2])
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    asked.request("GET", "/healthz", headers={"Host": urlsplit(os.environ["SITE_URL"]).netloc})
    return asked.getresponse().status == 200


def worker() -> bool:
    """Whether this machine's worker answers through the broker. Does not come back."""
    name = f"celery@{socket.gethostname()}"
    options = ("--timeout", str(SECONDS), "--destination", name)
    os.execvp("celery", ["celery", "--app", "config", "inspect", "ping", *options])  # noqa: S606, S607


def beat() -> bool:
    """Whether the timetable still turns."""
    schedule = Path(os.environ.get("BEAT_SCHEDULE", "/tmp/beat"))  # noqa: S108
    files = list(schedule.parent.glob(f"{schedule.name}*"))
    return any(time.time() - file.stat().st_mtime < OLDEST_BEAT for file in files)


if __name__ == "__main__":
    ask = {"web": web, "worker": worker, "beat": beat}[sys.argv[1]]
    try:
        well = ask()
    except (OSError, http.client.HTTPException) as error:
        sys.exit(f"{sys.argv[1]}: {error}")
    sys.exit(0 if well else f"{sys.argv[1]}: not well")
