"""The trail about a person in plain words: what happened, and who opened their file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from applications.models import Application, Referee, Submission
from applications.opening import OPENED
from audit.models import AuditEntry, AuditEntryQuerySet
from cycles.clock import day_of
from desk.models import Check, Request
from finding.exporting import taken_out_of
from followup.models import Filing, Offer, UdemFile
from permits.models import PermitPath, PermitStep
from permits.steps import RECORDS, REPORTS
from reviews.models import Decision
from scholarships.models import Candidacy

# What the person did, or what was done for them. Verbs of readers and of the committee are not among them.
WORDS: dict[str, Promise] = {
    "sign up": gettext_lazy("Account made"),
    "enter person": gettext_lazy("Account made by an administrator"),
    "change roles": gettext_lazy("Roles changed"),
    "change address": gettext_lazy("E-mail address changed"),
    "let sign in": gettext_lazy("Allowed to sign in"),
    "stop from signing in": gettext_lazy("Stopped from signing in"),
    "forget second factor": gettext_lazy("Second factor forgotten"),
    "export file": gettext_lazy("My file downloaded"),
    "start": gettext_lazy("Application begun"),
    "upload": gettext_lazy("Document sent"),
    "remove_document": gettext_lazy("Document removed from the draft"),
    "submit": gettext_lazy("Submitted"),
    "reopen": gettext_lazy("Reopened to change it"),
    "withdraw": gettext_lazy("Withdrawn"),
    "restore": gettext_lazy("Withdrawal undone"),
    "erase draft": gettext_lazy("Draft erased"),
    "invite_referee": gettext_lazy("Referee asked for a letter"),
    "remind_referee": gettext_lazy("Referee reminded"),
    "change_referee_address": gettext_lazy("Address of a referee changed"),
    "set_referee_due": gettext_lazy("Due date of a referee changed"),
    "remove_referee": gettext_lazy("Referee removed"),
    "receive_reference": gettext_lazy("Letter of a referee received"),
    "decline_reference": gettext_lazy("A referee cannot write"),
    "say needs": gettext_lazy("Accommodation needs written"),
    "erase needs": gettext_lazy("Accommodation needs erased"),
    "close_incomplete": gettext_lazy("Closed as incomplete"),
    "take_up_again": gettext_lazy("Taken up again"),
    "mark_complete": gettext_lazy("Found complete"),
    "check_again": gettext_lazy("To check again"),
    "ask_piece": gettext_lazy("Piece asked for"),
    "extend_piece": gettext_lazy("Another day given for a piece"),
    "receive_piece": gettext_lazy("Piece received"),
    "accept_piece": gettext_lazy("Piece accepted"),
    "refuse_piece": gettext_lazy("Piece refused, and asked again"),
    "cancel_piece": gettext_lazy("Request of a piece cancelled"),
    "view_as_applicant": gettext_lazy("Page looked at as the applicant sees it"),
    "reassign": gettext_lazy("File moved to another account of the same person"),
    "accept_offer": gettext_lazy("You said yes"),
    "decline_offer": gettext_lazy("You said no"),
    "lapse_offer": gettext_lazy("No reply in time"),
    "call_from_waitlist": gettext_lazy("A place came up: called from the waitlist"),
    "extend_offer": gettext_lazy("More time to reply given to you"),
    "reopen_offer": gettext_lazy("Our offer opened again"),
    "take_acceptance_back": gettext_lazy("Your yes taken back, as you asked"),
    "file_udem": gettext_lazy("UdeM application reported"),
    "correct_filing": gettext_lazy("UdeM application corrected"),
    "report_documents": gettext_lazy("UdeM asked for documents"),
    "report_admitted": gettext_lazy("UdeM admitted you"),
    "report_conditional": gettext_lazy("UdeM admitted you on a condition"),
    "report_refused": gettext_lazy("UdeM refused your application"),
    "report_closed": gettext_lazy("UdeM closed your file"),
    "report_accepted": gettext_lazy("You accepted UdeM’s offer"),
    "send_udem_documents": gettext_lazy("Documents sent to UdeM: noted"),
    "meet_condition": gettext_lazy("UdeM’s condition: noted"),
    "send_proof": gettext_lazy("Proof sent"),
    "remove_proof": gettext_lazy("Proof taken away"),
    "confirm_udem": gettext_lazy("Confirmed by the office"),
    "tell_identity": gettext_lazy("Who you are at UdeM: told"),
    "erase_identity": gettext_lazy("Who you are at UdeM: erased"),
    **{f"correct_{to}": gettext_lazy("UdeM file: corrected by you") for to in Filing},
    **{f"take_back_to_{to}": gettext_lazy("UdeM file: step taken back") for to in Filing},
    **{f"record_{to}": gettext_lazy("UdeM file: written by the office") for to in Filing},
    "tell_status": gettext_lazy("Status in Canada confirmed"),
    "correct_permit": gettext_lazy("Days of a permit corrected"),
    "begin": gettext_lazy("Scholarship application begun"),
    "confide": gettext_lazy("Something confided for a scholarship"),
    "take_confidence_back": gettext_lazy("What was confided for a scholarship erased"),
    "take_consent_back": gettext_lazy("Consent for a scholarship taken back"),
    "confide_proof": gettext_lazy("Proof for a scholarship sealed"),
    "erase_proof": gettext_lazy("Proof for a scholarship erased"),
    **dict.fromkeys((move.name for move in REPORTS.values()), gettext_lazy("Permit reported")),
    **dict.fromkeys((move.name for move in RECORDS.values()), gettext_lazy("Permit put right")),
}
OF_REFEREES = ("receive_reference", "decline_reference")


@dataclass(frozen=True)
class Happened:
    """One line: when, what, and by whom in words."""

    at: datetime
    what: str
    who: str


@dataclass(frozen=True)
class Opened:
    """A day on which somebody of this kind opened the file. The hour and the name stay with the office."""

    on: date
    who: str


def happened(person: User) -> list[Happened]:
    """What happened to the account, the files and the offers, oldest first."""
    entries = _about(person).filter(verb__in=WORDS)
    return [Happened(entry.at, str(WORDS[entry.verb]), _by(entry, person)) for entry in entries]


def _by(entry: AuditEntry, person: User) -> str:
    """A referee acts without an account."""
    if entry.actor is None and entry.verb in OF_REFEREES:
        return _("the referee")
    return words_for(entry.actor, person)


def openings(person: User) -> list[Opened]:
    """Who opened the files, a line a day and kind of reader."""
    entries = _about(person).filter(verb=OPENED).exclude(actor=person)
    lines = {Opened(day_of(entry.at), words_for(entry.actor, person)): None for entry in entries}
    return sorted([*lines, *_taken_out(person)], key=lambda line: line.on)


def _taken_out(person: User) -> list[Opened]:
    """The days on which a line about the person left in a list; the export knows whose lines it had."""
    files = Application.objects.filter(applicant=person)
    lines: dict[Opened, None] = {}
    for export in taken_out_of(files):
        who = words_for(export.asked_by, person)
        day = day_of(export.made_at or export.asked_at)
        lines[Opened(day, _("%(who)s, in a list taken out as a file") % {"who": who})] = None
    return list(lines)


def _about(person: User) -> AuditEntryQuerySet:
    return AuditEntry.objects.about(*subjects(person)).select_related("actor")


def subjects(person: User) -> Iterator[Model]:
    """The rows that the ledgers may point at: the account, the files, what was submitted, the offers given."""
    yield person
    yield from Application.objects.filter(applicant=person)
    yield from Check.objects.filter(application__applicant=person)
    yield from Request.objects.filter(application__applicant=person)
    yield from Referee.objects.filter(application__applicant=person)
    yield from Submission.objects.filter(application__applicant=person).defer("content")
    yield from Candidacy.objects.filter(application__applicant=person)
    # An offer is there for its applicant once the answer is.
    known = (Decision.Status.RELEASED, Decision.Status.CORRECTED)
    decisions = Decision.objects.filter(status__in=known, application__applicant=person)
    yield from Offer.objects.filter(decision__in=decisions)
    yield from UdemFile.objects.filter(offer__decision__in=decisions)
    yield from PermitPath.objects.filter(application__applicant=person)
    yield from PermitStep.objects.filter(application__applicant=person)


def words_for(actor: User | None, person: User) -> str:
    """Who someone is to the person: themselves, or a member of the staff by their work, never by name."""
    if actor is None:
        return _("the timetable, or someone who has left")
    if actor == person:
        return _("you")
    kinds = {
        Role.COORDINATOR: _("a member of the staff: coordination"),
        Role.DIRECTOR: _("a member of the staff: direction"),
        Role.REVIEWER: _("a professor who reads applications"),
        Role.ADMINISTRATOR: _("a member of the staff: administration"),
    }
    return next((words for role, words in kinds.items() if role in actor.roles), _("someone else"))
