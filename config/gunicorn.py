"""How the web server runs: gunicorn reads this file. The figures may be set in the environment."""

import gc
import os
from pathlib import Path
from typing import Any

bind = os.environ.get("WEB_BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))

# The product is loaded once and its workers are forks of it: a quick start, and memory shared.
preload_app = True

# A worker that does not report for this long is replaced; no page of ours takes a tenth of it.
timeout = 60
# What a worker may still finish when it is told to stop: an upload on a slow line.
graceful_timeout = 25
keepalive = 5
# A leak would be washed out before it matters; the spread keeps workers from leaving together.
max_requests = 20_000
max_requests_jitter = 2_000
# The heartbeat file is in memory: on a slow disk a worker would look dead.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
control_socket_disable = True

# Forwarded headers are believed from these addresses only.
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
errorlog = "-"
# Off unless asked for (ACCESS_LOG=-). No address in it: a query string may hold what somebody searched for, and a path
# the key of a referee's link.
accesslog = os.environ.get("ACCESS_LOG") or None
access_log_format = "%(t)s %(m)s %(s)s %(b)s %(D)sus"


def post_worker_init(worker: Any) -> None:
    """What a worker has imported stays until its end: the collector of garbage need not walk it each time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
