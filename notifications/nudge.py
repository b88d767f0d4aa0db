"""Wakes a worker after a commit. A convenience: the timetable's sweep finds every letter without it."""

import logging
from functools import lru_cache

from celery import current_app
from kombu import pools
from kombu.connection import Connection

from notifications.breaker import Breaker

logger = logging.getLogger(__name__)

TASK = "notifications.tasks.deliver"
PATIENCE = 0.5
breaker = Breaker(5)


@lru_cache(maxsize=1)
def _broker(url: str) -> Connection:
    """The broker, with less patience than a worker has."""
    limits = {
        "socket_timeout": PATIENCE,
        "socket_connect_timeout": PATIENCE,
        "max_retries": 0,
    }
    return Connection(url, connect_timeout=PATIENCE, transport_options=limits)


def forget() -> None:
    """Let go of the broker, where its address has changed."""
    pools.reset()
    _broker.cache_clear()


def nudge() -> None:
    """Ask for a delivery now. Never raises, and never waits long: the fact is already kept."""
    if breaker.is_open:
        return
    try:
        with pools.producers[_broker(current_app.conf.broker_url)].acquire(
            timeout=PATIENCE
        ) as producer:
            current_app.send_task(TASK, producer=producer, retry=False, expires=60)
    except Exception as error:
        breaker.trip()
        logger.warning("The broker is away (%s); the sweep will deliver.", type(error).__name__)
