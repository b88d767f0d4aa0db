"""A list arrives: it is read once, kept sealed until it is settled, and looked at before anything is made of it."""

import base64
import hashlib
import zlib
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.moves import Refused, record
from cycles.clock import day_of
from cycles.models import Cycle
from papers.labels import printable
from reconciliation.columns import Columns, Meaning, guess, key_of
from reconciliation.folding import key
from reconciliation.models import Mapping, UdemList
from reconciliation.models.udem_list import LABEL_LIMIT
from reconciliation.permissions import settles_lists
from reconciliation.problems import Unreadable
from reconciliation.reading import Table, read

REMEMBERED = 100


@transaction.atomic
def receive(cycle: Cycle, content: bytes, name: str, *, as_of: date, by: User) -> UdemList:
    """Take a list in, sealed. Raises Refused when it cannot be read, was settled already, or is of a day to come."""
    if not settles_lists(by):
        raise Refused(_("You may not do this."), forbidden=True)
    if as_of > day_of(timezone.now()):
        raise Refused(_("The date of the list is in the future."))
    table = table_of(content)
    digest = hashlib.sha256(content).hexdigest()
    # Two uploads of the same file at once: the second one waits here, then finds the first.
    Cycle.objects.select_for_update(of=("self",)).get(pk=cycle.pk)
    same = UdemList.objects.filter(
        cycle=cycle, sha256=digest, status__in=("compared", "queued", "applied")
    )
    if same.exists():
        raise Refused(_("This very file is here already: open it in the list below."))
    row = UdemList.objects.create(
        cycle=cycle,
        received_by=by,
        as_of=as_of,
        label=printable(name)[:LABEL_LIMIT],
        sha256=digest,
        content=packed(content),
        encoding=table.encoding,
        rows=len(table.rows),
    )
    record("receive_list", row, by=by, rows=row.rows)
    return row


@transaction.atomic
def read_again(udem_list: UdemList, encoding: str, *, by: User) -> UdemList:
    """Read the same bytes in another encoding. Raises Refused."""
    row = UdemList.objects.select_for_update(of=("self",)).get(pk=udem_list.pk)
    if not settles_lists(by):
        raise Refused(_("You may not do this."), forbidden=True)
    table = table_of(bytes_of(row), encoding)
    row.encoding, row.rows = table.encoding, len(table.rows)
    row.save(update_fields=["encoding", "rows"])
    return row


def packed(content: bytes) -> str:
    """Bytes as a text that can be sealed."""
    return base64.b64encode(zlib.compress(content, 6)).decode()


def bytes_of(udem_list: UdemList) -> bytes:
    """The file as it came. Raises Refused once it is forgotten."""
    if not udem_list.content:
        raise Refused(_("This file is no longer kept: upload it again."))
    return zlib.decompress(base64.b64decode(udem_list.content))


def table_of(content: bytes, encoding: str = "") -> Table:
    """The lines of a file. Raises Refused with the sentence of what is wrong."""
    try:
        return read(content, encoding=encoding)
    except Unreadable as why:
        raise Refused(why.sentence) from why


def remembered() -> dict[str, str]:
    """What was said of each heading, the latest word of each."""
    said: dict[str, str] = {}
    for mapping in reversed(Mapping.objects.order_by("-said_at")[:REMEMBERED]):
        said |= mapping.columns
    return said


def guessed(table: Table) -> Columns:
    """What each column tells, as far as it was said before or its heading says."""
    return guess(table.headers, remembered())


def is_known(table: Table) -> bool:
    """Whether a list with these very headings came before, in whatever order."""
    return Mapping.objects.filter(key=key_of(table.headers)).exists()


def remember(table: Table, columns: Columns, *, by: User) -> None:
    """Keep what each heading tells, for the next list; also of those that tell nothing."""
    said = {key(header): "" for header in table.headers if header}
    said |= {key(header): Meaning(meaning).value for meaning, header in columns.items()}
    Mapping.objects.update_or_create(
        key=key_of(table.headers),
        defaults={"columns": said, "said_by": by, "said_at": timezone.now()},
    )
