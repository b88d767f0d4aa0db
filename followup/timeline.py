"""The dated thread of a file in plain words: what happened, from the trail, and what comes, from the calendar."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.models import Application
from audit.models import AuditEntry, subject_of
from cycles.clock import end_of
from cycles.models import Cycle
from followup.cards import comings_of, pasts_of
from followup.models import Filing, Offer, UdemFile
from followup.situation import ON_THE_WAY, Situation, State
from reviews.models import Decision, Outcome

Node = dict[str, Any]


def thread(situation: Situation) -> list[Node]:
    """What happened, then what comes, for `components/fil.html`."""
    past = list(_past(situation)) if situation.application else []
    told = [_node(words, at, state="done") for at, words in pasts_of(situation)]
    past = _once(sorted([*past, *told], key=lambda node: node["when"]) if told else past)
    coming = list(_coming(situation))
    rows = [_node(str(row.title), row.when, str(row.text)) for row in comings_of(situation)]
    # The start of studies stays the last line.
    last = len(coming) - (situation.state in ON_THE_WAY)
    coming[last:last] = rows
    if coming:
        coming[0]["state"] = "now"
    return [*past, *coming]


def _once(past: list[Node]) -> list[Node]:
    """The same thing said several times in a row is said once, when it was said last."""
    titles = [node["title"] for node in past[1:]]
    return [node for node, after in zip_longest(past, titles) if node["title"] != after]


def _node(title: str, when: Any = "", text: str = "", state: str = "") -> Node:
    return {"title": title, "when": when, "text": text, "state": state}


def _past(situation: Situation) -> Iterator[Node]:
    """The entries that the applicant may know of; nothing else of the trail is looked at."""
    answers = _answers(situation.decision)
    known = [situation.application, *answers.values(), situation.offer, situation.udem_file]
    things = [thing for thing in known if thing and thing.pk]
    for entry in AuditEntry.objects.about(*things):
        if entry.subject not in answers:
            words = WORDS[_key(entry)]() if _key(entry) in WORDS else ""
        elif entry.new == Decision.Status.RELEASED:
            words = _answered(answers[entry.subject])
        else:
            words = ""
        if words:
            yield _node(words, entry.at, state="done")


def _answers(decision: Decision | None) -> dict[str, Decision]:
    """The released answer and those that it corrects, by how the trail calls them."""
    if decision is None:
        return {}
    before = Decision.objects.filter(
        application=decision.application_id, status=Decision.Status.CORRECTED
    )
    earlier = before if decision.corrects_id else ()
    return {subject_of(row): row for row in (*earlier, decision)}


def _key(entry: AuditEntry) -> tuple[str, str]:
    return entry.subject.partition(":")[0], entry.verb


def _answered(decision: Decision) -> str:
    if decision.corrects_id:
        return _("Our answer, corrected")
    outcome = decision.outcome
    if outcome == Outcome.ACCEPT:
        return _("Selected by Mila")
    return _("Placed on the waitlist") if outcome == Outcome.WAITLIST else _("Our answer")


FILE, OFFER, UDEM = (model._meta.label_lower for model in (Application, Offer, UdemFile))
WORDS: dict[tuple[str, str], Callable[[], str]] = {
    (FILE, "start"): lambda: _("Begun"),
    (FILE, "submit"): lambda: _("Submitted"),
    (FILE, "reopen"): lambda: _("Reopened to change it"),
    (FILE, "withdraw"): lambda: _("Withdrawn"),
    (FILE, "restore"): lambda: _("Withdrawal undone"),
    (FILE, "give_late_pass"): lambda: _("More time given to you"),
    (FILE, "take_late_pass_back"): lambda: _("The extra time ended"),
    (FILE, "close_incomplete"): lambda: _("Closed as incomplete"),
    (FILE, "take_up_again"): lambda: _("Taken up again"),
    (OFFER, "accept_offer"): lambda: _("You said yes"),
    (OFFER, "decline_offer"): lambda: _("You said no"),
    (OFFER, "lapse_offer"): lambda: _("No reply in time"),
    (OFFER, "call_from_waitlist"): lambda: _("A place came up: called from the waitlist"),
    (OFFER, "extend_offer"): lambda: _("More time to reply given to you"),
    (OFFER, "reopen_offer"): lambda: _("Our offer opened again"),
    (OFFER, "take_acceptance_back"): lambda: _("Your yes taken back, as you asked"),
    (UDEM, "file_udem"): lambda: _("UdeM application reported"),
    (UDEM, "correct_filing"): lambda: _("UdeM application corrected"),
    (UDEM, "report_documents"): lambda: _("UdeM asked for documents"),
    (UDEM, "report_admitted"): lambda: _("UdeM admitted you"),
    (UDEM, "report_conditional"): lambda: _("UdeM admitted you on a condition"),
    (UDEM, "report_refused"): lambda: _("UdeM refused your application"),
    (UDEM, "report_closed"): lambda: _("UdeM closed your file"),
    (UDEM, "report_accepted"): lambda: _("You accepted UdeM’s offer"),
    (UDEM, "send_udem_documents"): lambda: _("Documents sent to UdeM: noted"),
    (UDEM, "meet_condition"): lambda: _("UdeM’s condition: noted"),
    (UDEM, "send_proof"): lambda: _("Proof sent"),
    (UDEM, "remove_proof"): lambda: _("Proof taken away"),
    (UDEM, "confirm_udem"): lambda: _("Confirmed by the office"),
    (FILE, "tell_identity"): lambda: _("Who you are at UdeM: told"),
    (FILE, "erase_identity"): lambda: _("Who you are at UdeM: erased"),
}
# Said of the file at UdeM by one word before the step: `correct_admitted`, `take_back_to_filed`, `record_refused`.
WORDS |= {(UDEM, f"correct_{to}"): lambda: _("UdeM file: corrected by you") for to in Filing}
WORDS |= {(UDEM, f"take_back_to_{to}"): lambda: _("UdeM file: step taken back") for to in Filing}


def _by_the_office(to: Filing) -> Callable[[], str]:
    return lambda: _("The office wrote: %(step)s") % {"step": to.label}


WORDS |= {(UDEM, f"record_{to}"): _by_the_office(to) for to in Filing}


def _coming(situation: Situation) -> Iterator[Node]:
    """What the calendar holds for this state, in order."""
    cycle = situation.cycle
    if cycle is None:
        return
    if situation.state == State.BEFORE:
        yield _node(_("Applications open"), cycle.opens_at)
    if situation.state in (State.BEFORE, State.START, State.DRAFT, State.REOPENED):
        yield _node(_("Last moment to submit"), situation.closes_at)
        yield from _judging(cycle, situation.at)
    elif situation.state == State.SUBMITTED:
        yield from _judging(cycle, situation.at)
    elif situation.state == State.SELECTED and situation.offer:
        yield _node(_("Your reply"), situation.offer.reply_by)
        yield _node(_("Your UdeM application"), _udem_when(situation))
    elif situation.state == State.WAITLIST:
        yield _node(_("End of the waitlist"), cycle.waitlist_ends_on)
    elif situation.state in ON_THE_WAY:
        yield from _at_udem(situation, cycle)


def _judging(cycle: Cycle, at: datetime) -> Iterator[Node]:
    """From the close to the UdeM application; the same for everyone, whatever we know."""
    count = cycle.reviews_per_file
    by = ngettext("By a professor", "By %(count)s professors, separately", count) % {"count": count}
    if at <= end_of(cycle.reviews_due_on):
        yield _node(_("End of the reading"), cycle.reviews_due_on, by)
    yield _node(
        _("Our answer"),
        cycle.release_on,
        _("On this page, then by e-mail. The same day for everyone."),
    )
    yield _node(_("Your reply, if selected"), end_of(cycle.reply_by))
    yield _node(_("Your UdeM application, if selected"), end_of(cycle.udem_safe_on))


def _udem_when(situation: Situation) -> Any:
    """The safe date, or that UdeM's own has passed."""
    late = _("UdeM’s date has passed: write to us")
    return late if situation.is_late_for_udem else situation.udem_limit


def _at_udem(situation: Situation, cycle: Cycle) -> Iterator[Node]:
    """From the application to UdeM to the first day of studies: what is left of it."""
    state, udem_file = situation.state, situation.udem_file
    assert udem_file is not None
    if state == State.TO_FILE:
        late = situation.is_late_for_udem
        when = _udem_when(situation) if late else situation.udem_deadline
        yield _node(_("UdeM application, to file"), when)
    if state in (State.TO_FILE, State.FILED):
        yield _node(_("UdeM documents"), _("About 10 working days each"))
    if state == State.DOCUMENTS and not udem_file.documents_done_on:
        yield _node(_("UdeM documents"), udem_file.documents_due_on)
    if state in (State.TO_FILE, State.FILED, State.DOCUMENTS):
        yield _node(_("UdeM decision"), _("Some weeks"), _("Admitted, conditional or refused"))
    if state in (State.ADMITTED, State.CONDITIONAL):
        yield _node(
            _("UdeM offer, to accept"), udem_file.accept_by or _("Before the date it shows")
        )
    done = state == State.REGISTERED
    yield _node(_("Start of studies") if done else _("Registration and start"), cycle.starts_on)
