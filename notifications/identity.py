"""Letters leave from one database only. A restored backup would send again what it does not know was sent."""

import logging

from django.db import connection, transaction
from django.db.models.functions import Now

from audit.moves import record
from notifications.breaker import Breaker
from notifications.models import DatabaseIdentity, OutgoingEmail

logger = logging.getLogger(__name__)
complaint = Breaker(60)

_IDENTITY = """
SELECT (SELECT system_identifier::text FROM pg_control_system()),
       (SELECT timeline_id::bigint FROM pg_control_checkpoint()),
       (SELECT oid::bigint FROM pg_database WHERE datname = current_database())
"""


def here() -> dict[str, str | int]:
    """Which database this is: its cluster, the cluster's timeline, and the database in it."""
    with connection.cursor() as cursor:
        cursor.execute(_IDENTITY)
        row = cursor.fetchone()
    return dict(zip(("system_identifier", "timeline", "database_oid"), row, strict=True))


def is_trusted() -> bool:
    """Whether letters may leave from here. The first database ever asked is the one."""
    now = here()
    known, _ = DatabaseIdentity.objects.get_or_create(pk=1, defaults=now)
    if all(getattr(known, name) == value for name, value in now.items()):
        return True
    if not complaint.is_open:
        complaint.trip()
        logger.error(
            "This is not the database that letters left from (a restored backup?): nothing is sent "
            "until `manage.py trust_database` is run."
        )
    return False


@transaction.atomic
def trust(*, why: str, send_waiting: bool) -> int:
    """Let letters leave from this database from now on; returns how many were put in doubt.

    What was waiting when a backup was made may have left since: such letters become unknown, and evidence,
    the letter's own rule or a person settles them. `send_waiting` leaves them as they are, which is right
    after a fail-over or an upgrade, where nothing went back in time.
    """
    known = DatabaseIdentity.objects.select_for_update().filter(pk=1).first()
    before = str(known) if known else ""
    identity = DatabaseIdentity(pk=1, **here(), trusted_at=Now())
    identity.save()
    doubtful = 0
    if not send_waiting:
        status = OutgoingEmail.Status
        doubtful = OutgoingEmail.objects.filter(status__in=[status.PENDING, status.SENDING]).update(
            status=status.UNKNOWN,
            lease_until=None,
            lease_token=None,
            tried_at=Now(),
            next_attempt_at=Now(),
        )
    record(
        "trust database",
        identity,
        by=None,
        why=why,
        before=before,
        now=str(identity),
        put_in_doubt=doubtful,
    )
    return doubtful
