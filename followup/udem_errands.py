"""What the timetable does with UdeM's own dates. Found by way of `followup.errands`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from audit.timetable import MINUTE, Errand, Letters, Would, register
from followup import udem_reminding
from followup.udem_reminding import Kind
from notifications.letters import Letter

FILE = "offer__decision__application"


def letters_of(kind: Kind) -> Letters:
    """What reminders of this kind would be, without writing them."""

    def due(at: datetime) -> list[Would]:
        rows = kind.waiting(at).filter(pk__in=kind.owed(at))
        told = rows.values_list(f"{FILE}__applicant__language", "pk", FILE)
        return [Would(kind.letter.name, *row) for row in told]

    def read(row: int, at: datetime) -> tuple[Letter, str, Mapping[str, Any]] | None:
        found = kind.waiting(at).filter(pk=row).first()
        if found is None:
            return None
        copy = kind.copy(found, "")
        return kind.letter, copy.language, copy.context

    return Letters(due, kind.coming, read)


REMIND_OF_DOCUMENTS = register(
    Errand(
        task="followup.tasks.remind_of_udem_documents",
        every=15 * MINUTE,
        title=_("Reminders of UdeM’s documents"),
        says=_(
            "Writes to those whom UdeM asked for documents and who have not said that all are sent: "
            "5 and 2 working days before they are due."
        ),
        does="followup.udem_reminding.remind_of_documents",
        by_turns=True,
        letters=letters_of(udem_reminding.DOCUMENTS),
        may_pause=True,
    )
)
REMIND_OF_ACCEPTING = register(
    Errand(
        task="followup.tasks.remind_of_udem_offer",
        every=15 * MINUTE,
        title=_("Reminders of UdeM’s offer"),
        says=_(
            "Writes to those who have UdeM’s own offer to accept: 7 and 2 days before its last day, and in its morning."
        ),
        does="followup.udem_reminding.remind_of_accepting",
        by_turns=True,
        letters=letters_of(udem_reminding.ACCEPT),
        may_pause=True,
    )
)
