"""The verbs of referees: invite, remind, change the address, remove; then the letter, or the no."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.permissions import coordinates
from applications import reference_letters as letters
from applications.documents import fingerprint
from applications.lifecycle import touch
from applications.models import Application, Referee, RefereeStatus
from applications.models.referee import digest, letter_address, new_seed
from applications.permissions import owns_or_coordinates
from audit.moves import Move, Refused, move, record
from cycles.clock import day_of
from papers import checking
from papers.forgetting import settle
from papers.keeping import keep

REMIND_AFTER = timedelta(hours=72)
STAFF_REMIND_AFTER = timedelta(hours=1)
FEWEST_ALLOWED = 2
# Addresses that one file may write to in all: letters of ours must not serve to pester strangers.
MOST_INVITATIONS = 12


def of_the_file(user: Any, referee: Referee) -> bool:
    """The applicant, or a coordinator on their behalf."""
    return owns_or_coordinates(user, referee.application)


def whoever_holds_the_link(user: Any, referee: Referee) -> bool:
    """A referee has no account: the row was found by the secret of the link, and that is the permission."""
    return True


RECEIVE = Move(
    "receive_reference",
    (RefereeStatus.INVITED, RefereeStatus.RECEIVED, RefereeStatus.DECLINED),
    RefereeStatus.RECEIVED,
    may=whoever_holds_the_link,
)
DECLINE = Move(
    "decline_reference",
    (RefereeStatus.INVITED,),
    RefereeStatus.DECLINED,
    may=whoever_holds_the_link,
)
REMOVE = Move(
    "remove_referee",
    (RefereeStatus.INVITED, RefereeStatus.DECLINED),
    RefereeStatus.REMOVED,
    may=of_the_file,
    label=gettext_lazy("Remove"),
)
MOVES = (RECEIVE, DECLINE, REMOVE)


# What is allowed now -------------------------------------------------------------------------------
def serve(application: Application, at: datetime) -> bool:
    """Whether letters of reference still serve: the file is submitted, or may still be."""
    return application.is_filed or application.may_change(at)


def most_referees(application: Application) -> int:
    """How many may be named: as many as asked, and two in any case."""
    return max(FEWEST_ALLOWED, application.referees_asked)


def may_name(application: Application, at: datetime) -> bool:
    """Whether the applicant may still name referees: also after submitting, until the letters are due."""
    return serve(application, at) and Referee(application=application).in_time(at)


def may_remind_from(referee: Referee) -> datetime:
    """From when on the applicant may have them reminded."""
    return referee.spoken_to_at + REMIND_AFTER


def what_lacks_to_invite(application: Application) -> str:
    """Why nobody can be invited yet: our letter gives the applicant's name and programs. Empty when they are known."""
    if not application.first_names and not application.last_names:
        return _("Write your names first: our letter to the referee gives them.")
    if not application.chosen:
        return _("Choose a program first: our letter to the referee names it.")
    return ""


def _locked_file(application: Application, *, by: User, at: datetime) -> Application:
    """The application, locked, if this person may settle its referees at that moment; else raises Refused."""
    locked = (
        Application.objects.select_for_update(of=("self",))
        .select_related("cycle", "applicant")
        .get(pk=application.pk)
    )
    if not owns_or_coordinates(by, locked):
        raise Refused(_("You may not do this."), forbidden=True)
    allowed = serve(locked, at) if coordinates(by) else may_name(locked, at)
    if not allowed:
        raise Refused(_("The time for letters of reference is over for this application."))
    return locked


def _locked(referee: Referee, *, by: User, at: datetime) -> Referee:
    """The same for one referee: first the file, then the row."""
    application = _locked_file(referee.application, by=by, at=at)
    row = Referee.objects.select_for_update(of=("self",)).get(pk=referee.pk)
    row.application = application
    return row


def _changed(application: Application) -> None:
    """A draft that changed must be looked at again before it is submitted."""
    if application.is_editable:
        touch(application)


def refuse_to_invite(application: Application, email: str) -> None:
    """Raise Refused with the reason why nobody can be invited at this address now."""
    if lacking := what_lacks_to_invite(application):
        raise Refused(lacking)
    if application.referees.counted().count() >= most_referees(application):
        raise Refused(_("You have named as many referees as we take. Remove one to name another."))
    _refuse_address(application, email)


def _refuse_address(application: Application, email: str, besides: Referee | None = None) -> None:
    if email.lower() == application.applicant.email.lower():
        raise Refused(_("This is your own address: the letter comes from somebody else."))
    others = application.referees.kept()
    if besides:
        others = others.exclude(pk=besides.pk)
    if others.filter(email__iexact=email).exists():
        raise Refused(_("You already named a referee with this address."))
    written = sum(application.referees.values_list("address_version", flat=True))
    if written >= MOST_INVITATIONS:
        raise Refused(
            _("We have already written to many addresses for you. Write to us if you need another.")
        )


# The applicant's verbs, and the coordination's on their behalf ----------------------------------------
@transaction.atomic
def invite(application: Application, *, by: User, at: datetime, **person: str) -> Referee:
    """Name a referee and write to them at once; asked twice for the same person, it is the same invitation.

    `person`: name, title, organisation, email, relation, language.
    """
    locked = _locked_file(application, by=by, at=at)
    same = locked.referees.kept().filter(email__iexact=person["email"], name=person["name"]).first()
    if same:
        return same
    refuse_to_invite(locked, person["email"])
    referee = Referee(application=locked, position=locked.referees.count() + 1, **person)
    referee.invited_at, referee.token_sha256 = at, digest(referee.token)
    referee.save()
    _changed(locked)
    record("invite_referee", referee, by=by, new=RefereeStatus.INVITED)
    letters.ask_for_reference(referee)
    return referee


@transaction.atomic
def remind(referee: Referee, *, by: User, at: datetime) -> Referee:
    """Write to them again, with the same link; the applicant at most every 72 hours."""
    row = _locked(referee, by=by, at=at)
    _refuse_unless_awaited(row)
    pause = STAFF_REMIND_AFTER if coordinates(by) else REMIND_AFTER
    if at < row.spoken_to_at + pause:
        raise Refused(_("We wrote to this person a short while ago. Leave them time to answer."))
    letters.remind_referee(row, key=f"after:{row.spoken_to_at.isoformat()}")
    _spoken_to(row, at)
    record("remind_referee", row, by=by)
    return row


def _refuse_unless_awaited(referee: Referee) -> None:
    if referee.status != RefereeStatus.INVITED:
        raise Refused(_("Nothing is awaited from this person any more."))


def _spoken_to(referee: Referee, at: datetime) -> None:
    """Their last letter, and the link in it: made anew should the secret key have changed since."""
    referee.reminded_at, referee.token_sha256 = at, digest(referee.token)
    referee.save(update_fields=["reminded_at", "token_sha256"])


@transaction.atomic
def change_address(
    referee: Referee, *, email: str, by: User, at: datetime, why: str = ""
) -> Referee:
    """Invite the same person at another address; the link sent to the address before is dead from now on."""
    row = _locked(referee, by=by, at=at)
    _refuse_unless_awaited(row)
    if email.lower() == row.email.lower():
        return row
    _refuse_address(row.application, email, besides=row)
    row.email, row.seed = email, new_seed()
    row.token_sha256, row.address_version = digest(row.token), row.address_version + 1
    row.invited_at, row.reminded_at = at, None
    row.save()
    _changed(row.application)
    record("change_referee_address", row, by=by, why=why, version=row.address_version)
    letters.ask_for_reference(row)
    return row


@transaction.atomic
def remove(referee: Referee, *, by: User, at: datetime, why: str = "") -> Referee:
    """Ask this person for nothing any more; a letter that came stays."""
    application = _locked_file(referee.application, by=by, at=at)
    move(referee, REMOVE, by=by, why=why)
    _changed(application)
    return referee


@transaction.atomic
def set_due(referee: Referee, *, due_on: date, why: str, by: User, at: datetime) -> Referee:
    """Give one referee a due date of their own, and tell them."""
    if not coordinates(by):
        raise Refused(_("You may not do this."), forbidden=True)
    row = _locked(referee, by=by, at=at)
    if not day_of(at) <= due_on <= row.application.cycle.release_on:
        raise Refused(_("Choose a day from today on, and not after the answers."))
    row.own_due_on = due_on
    row.save(update_fields=["own_due_on"])
    record("set_referee_due", row, by=by, why=why, due_on=due_on.isoformat())
    if row.status == RefereeStatus.INVITED:
        letters.remind_referee(row, key=f"due:{row.address_version}:{due_on}")
        _spoken_to(row, at)
    return row


class Door(StrEnum):
    """What whoever opens a personal link finds."""

    OPEN = "open"
    RECEIVED = "received"
    DECLINED = "declined"
    LATE = "late"
    GONE = "gone"


def door_of(referee: Referee, at: datetime) -> Door:
    """What this referee finds at that moment; an answer that was given comes before the calendar."""
    if referee.status == RefereeStatus.REMOVED or not serve(referee.application, at):
        return Door.GONE
    if referee.status == RefereeStatus.RECEIVED:
        return Door.RECEIVED
    if referee.status == RefereeStatus.DECLINED:
        return Door.DECLINED
    return Door.OPEN if referee.in_time(at) else Door.LATE


# The referee's verbs ----------------------------------------------------------------------------------
def _refuse_if_over(referee: Referee, at: datetime) -> None:
    if not serve(referee.application, at):
        raise Refused(_("This letter is no longer needed. Thank you all the same."))
    if not referee.in_time(at):
        raise Refused(_("The time for this letter is over. Reply to our letter if you need more."))


def receive(
    referee: Referee, file: UploadedFile, *, pages: int, at: datetime, preview: bytes = b""
) -> Referee:
    """Keep a checked PDF as the letter; one sent again before the due date takes its place.

    The bytes are on disk, synced, before the row points at them.
    """
    _refuse_if_over(referee, at)
    letter = Referee(sha256=fingerprint(file))
    address = letter_address(letter, "")
    keep(address, file)
    with transaction.atomic():
        settle(letter.sha256)
        keep(address, file)  # again: somebody's erasure may have let go of the same bytes
        first = referee.status != RefereeStatus.RECEIVED
        move(
            referee,
            RECEIVE,
            by=None,
            answered_at=at,
            decline_reason="",
            sha256=letter.sha256,
            size=file.size or 0,
            pages=pages,
            label=file.name or "",
            file=address,
        )
        checking.ask(
            address, sha256=letter.sha256, size=file.size or 0, pages=pages, preview=preview
        )
        letters.thank_referee(referee)
        if first:
            letters.tell_reference_received(referee)
    return referee


@transaction.atomic
def decline(referee: Referee, *, reason: str, at: datetime) -> Referee:
    """They cannot write it: the applicant is told at once, so as to ask somebody else. The reason stays with us."""
    _refuse_if_over(referee, at)
    move(referee, DECLINE, by=None, answered_at=at, decline_reason=reason)
    letters.tell_reference_declined(referee)
    return referee
