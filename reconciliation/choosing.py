"""What people settle by hand: whom a doubtful line means, and whose word counts where two differ."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from applications.sight import ids_kept_from
from audit.moves import Refused, record
from followup.models import UdemFile
from reconciliation.comparing import change_of, said_by, work_out
from reconciliation.differences import CHOICES, Kind, counts
from reconciliation.facts import read
from reconciliation.models import Change, Line, UdemList
from reconciliation.permissions import settles_lists


def kept_from(user: User, files: Mapping[int, int]) -> set[int]:
    """Of these files at UdeM, with their applications, those that something keeps from this coordinator."""
    hidden = ids_kept_from(user)
    return {pk for pk, application in files.items() if application in hidden}


def applications_of(files: "set[int]") -> dict[int, int]:
    """The application of each of these files at UdeM."""
    path = "offer__decision__application"
    return dict(UdemFile.objects.filter(pk__in=files).values_list("pk", path))


def _held(pk: int, by: User) -> UdemList:
    """The list, locked, while it is open to choices. Raises Refused."""
    if not settles_lists(by):
        raise Refused(_("You may not do this."), forbidden=True)
    row = UdemList.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=pk)
    if not row.is_open:
        raise Refused(_("Nothing can be chosen in this list at the moment."))
    return row


def _turn(row: UdemList) -> None:
    """The next revision: who looked at the one before has not seen this."""
    row.revision += 1
    row.save(update_fields=["revision"])


@transaction.atomic
def choose_person(line: Line, udem_file: UdemFile | None, *, by: User) -> Line:
    """Say whom a doubtful line means, one of its candidates or nobody of ours. Raises Refused."""
    udem_list = _held(line.udem_list_id, by)
    held = Line.objects.select_for_update(of=("self",)).get(pk=line.pk)
    held.udem_list = udem_list
    if held.verdict != Line.Kind.DOUBTFUL:
        raise Refused(_("Nobody is asked about this line."))
    candidates = set(held.candidate_ids())
    if kept_from(by, applications_of(candidates)):
        raise Refused(_("This line is kept from you: another coordinator chooses."), forbidden=True)
    if udem_file and udem_file.pk not in candidates:
        raise Refused(_("This person is not among those it could mean."))
    earlier = Change.objects.filter(line=held)
    if earlier.filter(applied_at__isnull=False, undone_at=None).exists():
        raise Refused(_("This line was applied already: undo the list first."))
    if udem_file and _is_meant_by_another(held, udem_file):
        raise Refused(_("Another line of this list means this person already."))
    earlier.delete()
    held.udem_file, held.chosen_by, held.chosen_at = udem_file, by, timezone.now()
    held.save(update_fields=["udem_file", "chosen_by", "chosen_at"])
    if udem_file:
        change_of(held, UdemFile.objects.get(pk=udem_file.pk), said_by(held)).save()
    _turn(udem_list)
    record("choose_person", held, by=by, new=str(udem_file.pk) if udem_file else "nobody")
    return held


def _is_meant_by_another(line: Line, udem_file: UdemFile) -> bool:
    lines = Line.objects.filter(udem_list=line.udem_list_id, udem_file=udem_file)
    return lines.exclude(pk=line.pk).exists()


@transaction.atomic
def choose_facts(udem_list: UdemList, choices: Mapping[int, Mapping[str, str]], *, by: User) -> int:
    """Whose word counts, for several people: by change, the conflicts and `ours`, `theirs` or nothing for later.

    Returns how many people's choices are other ones now. Raises Refused.
    """
    held = _held(udem_list.pk, by)
    rows = list(
        Change.objects.visible_to(by)
        .filter(udem_list=held, pk__in=choices, undone_at=None)
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    if len(rows) != len(choices):
        raise Refused(_("This line is kept from you: another coordinator chooses."), forbidden=True)
    changed = [row for row in rows if _choose(row, choices[row.pk])]
    Change.objects.bulk_update(changed, ["choices", "open", "lacks", "is_ready"])
    if changed:
        _turn(held)
        record("choose_facts", held, by=by, people=len(changed))
    return len(changed)


def _choose(change: Change, wanted: Mapping[str, str]) -> bool:
    """Take over the choices that are about conflicts; whether any is another one now."""
    told = read(change.told)
    if change.has_moved:
        raise Refused(_("This file has changed since: look at it again first."))
    if change.applied_at:
        # What was written is changed by undoing, not by choosing again.
        fixed = {name: word for name, word in change.choices.items() if word in CHOICES}
        wanted = {**wanted, **fixed}
    conflicts = [name for name, one in told.items() if one["kind"] == Kind.CONFLICT]
    asked = {name: wanted.get(name, change.choices.get(name, "")) for name in conflicts}
    choices = {name: word for name, word in asked.items() if word in CHOICES}
    if choices == change.choices:
        return False
    for name, value in counts(read(change.stood), told, choices).items():
        setattr(change, name, value)
    return True


@transaction.atomic
def look_again(change: Change, *, by: User) -> Change:
    """Work a change out anew from the file as it stands, with nothing chosen. Raises Refused."""
    udem_list = _held(change.udem_list_id, by)
    rows = Change.objects.visible_to(by).select_for_update(of=("self",)).select_related("line")
    held = rows.filter(pk=change.pk, applied_at=None).first()
    if held is None:
        raise Refused(_("This can no longer be done: the file has changed since."))
    held.udem_list = held.line.udem_list = udem_list
    work_out(held, held.udem_file, said_by(held.line))
    held.has_moved = False
    held.save()
    _turn(udem_list)
    return held
