"""What an applicant does next, in one sentence with its day; from the situation, which knows nothing that is not released."""

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _

from cycles.typography import day_text, moment_text
from followup.situation import Situation, State


def next_act(situation: Situation, piece_due: date | None = None) -> str:
    """Empty where the page has nothing to ask or to announce. `piece_due`: the day of the first piece that the office waits for."""
    if situation.state in BEFORE and piece_due:
        return _("Next: send what the office asks for by %(day)s.") % {
            "day": day_text(piece_due, weekday=True)
        }
    say = WORDS.get(situation.state)
    return say(situation) if say and situation.cycle else ""


BEFORE = (State.SUBMITTED, State.REOPENED)


def _close(situation: Situation) -> dict[str, str]:
    return {"moment": moment_text(situation.closes_at) if situation.closes_at else ""}


def _start(situation: Situation) -> str:
    return _("Next: begin your application; it is to be submitted by %(moment)s.") % _close(
        situation
    )


def _draft(situation: Situation) -> str:
    if situation.lacks:
        return _("Next: complete what is missing, and submit by %(moment)s.") % _close(situation)
    return _("Next: submit your application by %(moment)s.") % _close(situation)


def _reopened(situation: Situation) -> str:
    return _(
        "Next: submit your changes by %(moment)s; otherwise what you sent before counts."
    ) % _close(situation)


def _selected(situation: Situation) -> str:
    by = moment_text(situation.offer.reply_by) if situation.offer else ""
    return _("Next: reply to our offer by %(moment)s.") % {"moment": by}


def _to_file(situation: Situation) -> str:
    if situation.udem_deadline is None or situation.udem_is_late:
        return _(
            "Next: apply to the university as soon as you can, then give us the number of that application."
        )
    return _(
        "Next: apply to the university by %(moment)s, then give us the number of that application."
    ) % {"moment": moment_text(situation.udem_deadline)}


def _filed(situation: Situation) -> str:
    return _("Next: look at the Student Centre often; the university asks for documents there.")


def _documents(situation: Situation) -> str:
    due = situation.udem_file and situation.udem_file.documents_due_on
    if not due:
        return _("Next: send the university the documents that it asks for.")
    return _("Next: send the university the documents that it asks for, by %(day)s.") % {
        "day": day_text(due, weekday=True)
    }


def _admitted(situation: Situation) -> str:
    by = situation.udem_file and situation.udem_file.accept_by
    if not by:
        return _("Next: accept the university’s offer in the Student Centre.")
    return _("Next: accept the university’s offer in the Student Centre by %(day)s.") % {
        "day": day_text(by, weekday=True)
    }


def _register(situation: Situation) -> str:
    return _("Next: register at the university; studies begin on %(day)s.") % _begins(situation)


def _registered(situation: Situation) -> str:
    return _("Next: studies begin on %(day)s.") % _begins(situation)


def _begins(situation: Situation) -> dict[str, str]:
    own = situation.application and situation.application.start_on
    day = own or (situation.cycle and situation.cycle.starts_on)
    return {"day": day_text(day, weekday=True) if day else ""}


WORDS: dict[State, Callable[[Situation], str]] = {
    State.START: _start,
    State.DRAFT: _draft,
    State.REOPENED: _reopened,
    State.SELECTED: _selected,
    State.TO_FILE: _to_file,
    State.FILED: _filed,
    State.DOCUMENTS: _documents,
    State.ADMITTED: _admitted,
    State.CONDITIONAL: _admitted,
    State.UDEM_ACCEPTED: _register,
    State.REGISTERED: _registered,
}
