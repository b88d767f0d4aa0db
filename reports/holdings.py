"""What the product holds about a person, table by table: "my file" tells all of it, or says why not.

A new table that points at a person or at an application joins `HOLDINGS` or `NOT_TOLD` in the same change: a test
compares both with every model there is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from answers.models import Act, Call, Change, Kept, Note, Sighting
from applications.models import Application, Choice, Degree, Document, Referee, Submission
from audit.models import AuditEntry
from committee.models import AnchorReading, Plan, Readership, Remark
from cycles.models import QuestionVersion
from desk.models import Check, Message, Pair, Request
from dossiers.models import Edition, Redaction, Scan
from enrolment.models import (
    Batch,
    Care,
    Closing,
    Deferral,
    Ending,
    Reminder,
    Welcome,
)
from enrolment.models import Note as FollowUpNote
from finding.models import Export, SavedView
from followup.models import Done, Identity, Offer, UdemFile
from notifications.models import LetterEvent, MailSwitch, OutgoingEmail
from permits.models import PermitPath, PermitStep
from reconciliation.models import Change as ListChange
from reconciliation.models import Line, Mapping, UdemList, Word
from retention.models import Disposal, Hold, Incident
from retention.models import Item as DisposalLine
from reviews.models import Assignment, Conflict, Decision, Release, Review, Score, Standing, Ties
from scholarships.models import (
    Announcement,
    Award,
    Candidacy,
    Payment,
    Reading,
    Recusal,
    Result,
    Seat,
)

Rows = models.QuerySet[Any]

SHOWN = (Decision.Status.RELEASED, Decision.Status.CORRECTED)


def released(rows: Rows) -> Rows:
    """Before the release nothing of a decision exists for the applicant; a corrected one was theirs to see."""
    return rows.filter(status__in=SHOWN)


@dataclass(frozen=True)
class Holding:
    """A table: how its rows lead to the person, which of them the person may know, and what is left out.

    `only` names the fields told; without it all of them are, but for `without` (secrets, and how a file is stored).
    """

    model: type[models.Model]
    path: str
    title: str | Promise
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    known: Callable[[Rows], Rows] = lambda rows: rows

    def rows(self, person: User) -> Rows:
        """The person's rows, oldest first."""
        mine = self.model._default_manager.filter(**{self.path: person.pk})
        return self.known(mine).order_by("pk")

    def fields(self) -> "list[models.Field[Any, Any]]":
        """What is told of each row; a file itself is in the archive, not in its table."""
        return [
            field
            for field in self.model._meta.concrete_fields
            if (not self.only or field.name in self.only)
            and field.name not in self.without
            and not isinstance(field, models.FileField)
        ]


HOLDINGS = [
    Holding(User, "pk", _("My account"), without=("password",)),
    Holding(EmailAddress, "user", _("My e-mail addresses")),
    Holding(Authenticator, "user", _("My ways to sign in"), without=("data",)),
    Holding(Ties, "person", _("What I said of the people and institutions I am close to")),
    Holding(Application, "applicant", _("My applications")),
    Holding(Choice, "application__applicant", _("Programs that I asked for")),
    Holding(Degree, "application__applicant", _("My degrees")),
    Holding(Document, "application__applicant", _("My documents")),
    Holding(
        Referee,
        "application__applicant",
        _("People whom I asked for a letter of reference"),
        # Never the letter nor the reason of a no: both were written in confidence.
        only=(
            *("application", "name", "title", "organisation", "email", "relation", "language"),
            *("status", "invited_at", "reminded_at", "own_due_on", "answered_at"),
        ),
    ),
    Holding(
        Submission, "application__applicant", _("What I submitted, and the consents given then")
    ),
    Holding(Check, "application__applicant", _("Whether my file was found complete")),
    Holding(Request, "application__applicant", _("Pieces that I was asked for")),
    Holding(Message, "application__applicant", _("My messages with the admission office")),
    Holding(
        Decision,
        "application__applicant",
        _("Answers of Mila"),
        only=("application", "outcome", "program"),
        known=released,
    ),
    Holding(
        Sighting,
        "decision__application__applicant",
        _("When I first looked at an answer"),
        known=lambda rows: rows.filter(decision__status__in=SHOWN),
    ),
    Holding(
        Offer,
        "decision__application__applicant",
        _("My replies"),
        known=lambda rows: rows.filter(decision__status__in=SHOWN),
    ),
    Holding(
        UdemFile,
        "offer__decision__application__applicant",
        _("My application to UdeM"),
        without=("number_mark",),
        known=lambda rows: rows.filter(offer__decision__status__in=SHOWN),
    ),
    Holding(Identity, "application__applicant", _("Who I am at UdeM"), without=("code_mark",)),
    Holding(Done, "application__applicant", _("What I ticked as ready for UdeM")),
    Holding(
        Candidacy,
        "application__applicant",
        _("My scholarship applications"),
        without=("need", "need_by", "writer"),
    ),
    Holding(
        Result,
        "candidacy__application__applicant",
        _("Results of my scholarship applications"),
        only=("candidacy", "outcome"),
        known=lambda rows: rows.filter(status=Result.Status.SHOWN),
    ),
    Holding(Award, "candidacy__application__applicant", _("My awards")),
    Holding(Payment, "award__candidacy__application__applicant", _("Payments of my awards")),
    Holding(PermitPath, "application__applicant", _("What I told of my status in Canada")),
    Holding(PermitStep, "application__applicant", _("How far my permits are")),
    Holding(
        Deferral,
        "application__applicant",
        _("Places kept for me in another year"),
        only=("application", "to_cycle", "program", "reason", "at", "undone_at"),
    ),
    Holding(
        Welcome, "application__applicant", _("When I was welcomed"), only=("application", "at")
    ),
    Holding(
        Reminder,
        "application__applicant",
        _("Reminders that the office sent me after the answer"),
        only=("application", "at"),
    ),
]

OF_THE_COMMITTEE = "What readers and the committee think belongs to them until the answer, and then to the archive."
NOT_TOLD: dict[type[models.Model], str] = {
    AuditEntry: "Told in plain words by `reports.trail`.",
    OutgoingEmail: "Told by `reports.my_file`: the letters sent to the person's addresses.",
    LetterEvent: "What a mail service told of a letter that is told: whether it arrived.",
    MailSwitch: "It names the member of the staff who last paused the mail.",
    EmailConfirmation: "A secret on its way; the address itself is told.",
    LogEntry: "What administrators did to the configuration; of people it knows nothing that the trail does not.",
    Pair: "It names another account; what came of it is told by the trail of one's own.",
    QuestionVersion: "Configuration; it names the member of the staff who wrote it.",
    AnchorReading: "About invented files; the reader's own calibration page tells all of it, to them alone.",
    Act: "It names the member of the staff who acted on the decision board; of a file it says nothing.",
    Change: OF_THE_COMMITTEE,
    Kept: OF_THE_COMMITTEE,
    Note: OF_THE_COMMITTEE,
    Assignment: OF_THE_COMMITTEE,
    Conflict: "Who stays away from a file, and why, is between the committee and the coordination.",
    Review: OF_THE_COMMITTEE,
    Score: OF_THE_COMMITTEE,
    Standing: OF_THE_COMMITTEE,
    Redaction: "It quotes what the person sent, which is told, and letters of reference, given in confidence.",
    Edition: "The submission once more, bound into one PDF for its readers; the submission is told.",
    Plan: "A proposal of who reads what, which names the coordinator who asked for it.",
    Readership: "How much a member of the staff reads in a year, as the coordination arranged it with them.",
    Remark: OF_THE_COMMITTEE,
    Call: "A note of the office about a telephone call with the person, who was there.",
    Scan: "When a file was searched for names; it holds nothing of the person.",
    UdemList: "It names the coordinators who brought a list of UdeM in and applied it; what was applied is in the trail.",
    Line: "What UdeM’s list said, until a coordinator settled it: perhaps of somebody else. What was applied is told by the trail.",
    ListChange: "The same, compared with the person’s file; what was written there is told, with its line of the trail.",
    Mapping: "Configuration: what the columns of UdeM’s lists tell; it names the coordinator who said so.",
    Word: "Configuration: what UdeM’s words mean; it names the coordinator who said so.",
    Batch: "It names the member of the staff who sent reminders; the person's own copy is told.",
    Care: "Which member of the staff looks after whom; of the person it says nothing.",
    Closing: "It names the members of the staff who closed a cycle; of a file it says nothing.",
    Ending: "What the office recorded as the end at UdeM, once more for undoing; the file at UdeM is told.",
    FollowUpNote: "Notes of the office about its own work; a person gets them from the office, on request.",
    SavedView: "How a member of the staff likes to look at a list; their own page shows it.",
    Export: "Told by `reports.trail`, to each person with a line in it; the file itself lasts a day.",
    Release: "It names the members of the staff who released; of a file it says nothing.",
    Seat: "Who sits on a panel; of the people who apply it says nothing.",
    Recusal: OF_THE_COMMITTEE,
    Reading: OF_THE_COMMITTEE,
    Hold: "That a file is kept for a complaint or a request is between the person and the office; the office tells it on request.",
    Disposal: "It names the members of the staff who destroyed what was due; of a person it says nothing.",
    DisposalLine: "What is due to be destroyed, and what was: the id of a row, and no more.",
    Incident: "It names the member of the staff who entered it; people concerned are told by letter, and none is named.",
    Announcement: "It names the members of the staff who showed the results; of a person it says nothing.",
}
