"""What seldom happens to a list: somebody else took it, it is gone, a file moved after a part was written."""

from datetime import UTC, datetime

import pytest

from accounts.models import User
from audit.moves import Move, Refused, move_each
from cycles.models import Cycle
from followup.models import Filing, UdemFile
from reconciliation import applying
from reconciliation.models import Change
from tests.reconciliation.factories import compared, row, table
from tests.reconciliation.test_settling import ADMITTED, LUC, ZOE, files  # noqa: F401

pytestmark = pytest.mark.django_db


def test_a_list_that_is_gone_is_left() -> None:
    assert applying._take(0) == 0
    applying._release(0)


def test_what_was_written_in_part_stays(
    files: list[UdemFile],  # noqa: F811
    cycle: Cycle,
    claire: User,
) -> None:
    udem_list = compared(cycle, table([row(ZOE, **ADMITTED), row(LUC, **ADMITTED)]), by=claire)
    change = Change.objects.select_related("line").filter(udem_list=udem_list).first()
    assert change is not None
    told = change.told
    change.applied_at = datetime.now(UTC)
    applying._ask_again([change], {}, udem_list)
    assert (change.has_moved, change.is_ready, change.told) == (True, False, told)


def test_a_move_that_one_row_refuses_is_made_of_none(
    files: list[UdemFile],  # noqa: F811
    claire: User,
) -> None:
    never = Move("never", tuple(Filing.values), Filing.ADMITTED, may=lambda user, row: False)
    steps: dict[int, tuple[Move, dict[str, object]]] = {row.pk: (never, {}) for row in files}
    with pytest.raises(Refused):
        move_each(UdemFile.objects.all(), steps, by=claire)
    assert not UdemFile.objects.filter(status=Filing.ADMITTED).exists()
