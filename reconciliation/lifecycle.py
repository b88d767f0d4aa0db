"""How far a list is settled: the table of its moves."""

from audit.moves import Move
from reconciliation.models import UdemList
from reconciliation.permissions import erases, settles

Status = UdemList.Status
COMPARE = Move("compare_list", (Status.RECEIVED, Status.COMPARED), Status.COMPARED, may=settles)
QUEUE = Move("queue_list", (Status.COMPARED, Status.APPLIED), Status.QUEUED, may=settles)
APPLY = Move(
    "apply_list", (Status.COMPARED, Status.QUEUED, Status.APPLIED), Status.APPLIED, may=settles
)
# A queued list that could not be applied goes back to where it can be looked at.
RELEASE = Move("release_list", (Status.QUEUED,), Status.COMPARED, may=erases)
RESUME = Move("resume_list", (Status.QUEUED,), Status.APPLIED, may=erases)
UNDO = Move("undo_list", (Status.APPLIED,), Status.UNDONE, may=settles)
ERASE = Move(
    "erase_list",
    (Status.RECEIVED, Status.COMPARED, Status.APPLIED, Status.UNDONE),
    Status.ERASED,
    may=erases,
)
MOVES = (COMPARE, QUEUE, APPLY, RELEASE, RESUME, UNDO, ERASE)
