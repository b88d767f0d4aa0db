"""UdeM's list in the world of the table: about the owner, in doubt, chosen and ready to be applied."""

from datetime import date
from typing import Any

from accounts.models import User
from applications.models import Application
from followup.models import Identity, UdemFile
from reconciliation import choosing
from reconciliation.models import Change
from tests.reconciliation.factories import Somebody, compared, received, row, table

LIST = ("udem_list_columns", "udem_list_encoding", "udem_list_compare")


def values(file: Application, by: User) -> dict[str, Any]:
    """The variable parts of the pages of lists; the list says the owner's number, birth date and condition."""
    udem_file = UdemFile.objects.get(offer__decision__application=file)
    born = date.fromisoformat(Identity.objects.get(application=file).birth)
    who = Somebody(
        file.last_names,
        file.first_names,
        udem_file.number,
        born,
        program=udem_file.program.code,
    )
    stranger = Somebody("Etranger", "Line", "20489999", date(1971, 1, 1))
    said = table(
        [row(who, **{"Date de naissance": born.replace(month=12).isoformat()}), row(stranger)]
    )
    udem_list = compared(file.cycle, said, by=by)
    line = udem_list.lines.get(verdict="doubtful")
    choosing.choose_person(line, udem_file, by=by)
    fresh = received(file.cycle, table([row(who)]), by=by)
    names = ("", "_lines", "_changes", "_apply", "_undo", "_erase")
    return {
        **{f"udem_list{name}.pk": udem_list.pk for name in names},
        **{f"{name}.pk": fresh.pk for name in LIST},
        "udem_changes_choose.pk": udem_list.pk,
        "udem_line_choose.pk": line.pk,
        "udem_change_again.pk": Change.objects.get().pk,
    }
