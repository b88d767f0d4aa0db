"""The letters of the intake, for the catalogue: a real file that one may see, or somebody who does not exist."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applications import letters, reference_letters
from applications.models import Application, Referee, Status, Submission
from applications.preview import FIRST, LAST
from cycles.models import Cycle, Program
from notifications.catalogue import Asked, Entry, NoSuchFile, Reader, register

# No real number has an O in it.
NUMBER = "{code}-MODELO"
FINGERPRINT = "3f1d" * 16
DOCUMENTS = [
    {
        "what_fr": what_fr,
        "what_en": what_en,
        "label": label,
        "pages": pages,
        "size": 84_000 * pages,
    }
    for what_fr, what_en, label, pages in (
        ("Curriculum vitæ", "Curriculum vitæ", "cv.pdf", 2),
        ("Relevé de notes", "Transcript", "transcript.pdf", 3),
    )
]

WORDS = {
    "called": _("How the person is greeted: preferred name, or first names"),
    "number": _("Number of the file"),
    "cycle": _("Name of the cycle"),
    "closes": _("When the file closes, day and hour of Montréal"),
    "link": _("Address of the page where the reader goes on"),
    "messages": _("Address of the page where one writes to the office"),
    "receipt": _("Receipt number"),
    "received": _(
        "When it was received; for whoever is elsewhere, a second line with their own hour"
    ),
    "programs": _("List of the programs, a line each"),
    "documents": _("List of the documents received, a line each"),
    "referees": _("List of the referees with its heading; nothing when there are none"),
    "fingerprint": _("SHA-256 fingerprint of what was received"),
    "receipt_link": _("Address of the receipt"),
    "documents_due": _("Last day for references and documents"),
    "answer_by": _("Last day for the answer"),
    "unsubmitted": _(
        "That the application, or its changes, are not submitted; without a full stop"
    ),
    "state": _("One or two sentences on how the file stands"),
    "lacks": _("A sentence: how many things are missing"),
    "undo": _("Until when a withdrawal can be undone; nothing once it is too late"),
    "what": _("What one may do until then, to the end of the sentence"),
    "closing": _("A sentence: when the file closes, or closed"),
    "referee": _("Name of the referee"),
    "applicant": _("Full name of the applicant"),
    "due": _("Last day, in Montréal"),
    "file": _("Name, pages and size of the file received"),
}


def file_of(asked: Asked) -> Application:
    """The file itself, or one of nobody, which is not written anywhere. Raises NoSuchFile."""
    if asked.number:
        rows = Application.objects.visible_to(asked.by).filter(cycle=asked.cycle)
        found = rows.select_related("applicant", "cycle").filter(number=asked.number).first()
        if found is None:
            raise NoSuchFile(asked.number)
        return found
    cycle: Cycle = asked.cycle
    nobody = User(full_name=f"{FIRST} {LAST}", language=get_language() or "fr")
    return Application(
        applicant=nobody,
        cycle=cycle,
        number=NUMBER.format(code=cycle.code),
        first_names=FIRST,
        last_names=LAST,
        status=Status.SUBMITTED,
    )


def programs_of(application: Application) -> list[Program]:
    """Those asked for; nobody asks for all that the cycle has."""
    return application.chosen if application.pk else list(application.cycle.programs.all())


def about_file(asked: Asked, **more: Any) -> dict[str, Any]:
    """What every letter about a file knows."""
    application = file_of(asked)
    return {"application": application, "cycle": application.cycle, **more}


def closing(asked: Asked, **more: Any) -> dict[str, Any]:
    """The same, with the close as a calendar."""
    context = about_file(asked, **more)
    return {**context, "dates": letters.closing_of(context["application"])}


def acknowledgement(asked: Asked) -> dict[str, Any]:
    """The last submission of the file, or one of two documents."""
    application = file_of(asked)
    real = application.submissions.order_by("-version").first() if application.pk else None
    submission = real or Submission(
        application=application,
        receipt=f"{application.number}-1",
        at=timezone.now(),
        sha256=FINGERPRINT,
        content={
            "documents": DOCUMENTS,
            "referees": [{"name": "Camille Roy", "organisation": "Université de Sherbrooke"}],
        },
    )
    return letters.received(submission, programs_of(application))


def reference(asked: Asked) -> dict[str, Any]:
    """A letter to a referee who does not exist: the personal link of a real one is for them alone."""
    application = file_of(asked)
    referee = Referee(
        application=application,
        name="Camille Roy",
        answered_at=timezone.now(),
        label="lettre.pdf",
        pages=2,
        size=96_000,
        sha256=FINGERPRINT,
    )
    return {
        "referee": referee,
        "applicant": " ".join(application.name.split()),
        "cycle": application.cycle,
        "programs": programs_of(application),
    }


def awaited(asked: Asked) -> dict[str, Any]:
    """The same, with its last day as a calendar."""
    context = reference(asked)
    return {**context, "dates": reference_letters.awaited(context["referee"])}


def answered(asked: Asked) -> dict[str, Any]:
    """A letter to the applicant about a referee's answer."""
    context = about_file(asked, name="Camille Roy")
    referee = Referee(application=context["application"])
    return {**context, "due_at": referee.due_at}


def with_pass(asked: Asked) -> dict[str, Any]:
    """A file with three more days."""
    application = file_of(asked)
    application.late_until = application.closes_at + timedelta(days=3)
    dates = letters.closing_of(application)
    return {"application": application, "cycle": application.cycle, "dates": dates}


applicant = partial(Entry, reader=Reader.APPLICANT, words=WORDS, required=("link",))
referee = partial(Entry, reader=Reader.REFEREE, words=WORDS)

register(
    applicant(
        letters.ACKNOWLEDGEMENT,
        _("Acknowledgement of receipt"),
        _("At once, each time that somebody submits"),
        sample=acknowledgement,
        required=("receipt", "received", "documents", "link"),
    ),
    applicant(
        letters.REMINDER,
        _("Reminder: not submitted"),
        _("7 days, 48 hours and 12 hours before the close, to whoever has not submitted"),
        sample=partial(closing, lacks=2),
        required=("closes", "link"),
    ),
    applicant(
        letters.WITHDRAWN,
        _("Application withdrawn"),
        _("When somebody withdraws"),
        sample=partial(about_file, may_be_undone=True),
    ),
    applicant(
        letters.RESTORED,
        _("Withdrawal undone"),
        _("When somebody takes their withdrawal back"),
        sample=partial(closing, filed=True),
        required=("state", "link"),
    ),
    applicant(
        letters.LATE_PASS,
        _("More time"),
        _("When the coordination gives a late pass"),
        sample=with_pass,
        required=("closes", "link"),
    ),
    applicant(
        letters.LATE_PASS_ENDED,
        _("Extra time ended"),
        _("When the coordination takes a late pass back"),
        sample=partial(closing, closed=False),
        required=("closing", "link"),
    ),
    referee(
        reference_letters.REFERENCE_REQUEST,
        _("Request for a letter of reference"),
        _("When an applicant names a referee"),
        sample=awaited,
        required=("applicant", "due", "link"),
    ),
    referee(
        reference_letters.REFERENCE_REMINDER,
        _("Reminder to a referee"),
        _("A week and a day before the last day, and when the applicant or the office asks"),
        sample=awaited,
        required=("applicant", "due", "link"),
    ),
    referee(
        reference_letters.REFERENCE_THANKS,
        _("Thanks to a referee"),
        _("At once, when a letter of reference arrives"),
        sample=reference,
        required=("applicant",),
    ),
    referee(
        reference_letters.REFERENCE_ENDED,
        _("Letter of reference no longer needed"),
        _("When the applicant erases the draft"),
        sample=reference,
        required=("applicant",),
    ),
    applicant(
        reference_letters.REFERENCE_RECEIVED,
        _("A letter of reference has arrived"),
        _("At once, when a letter of reference arrives"),
        sample=answered,
        required=("referee", "link"),
    ),
    applicant(
        reference_letters.REFERENCE_DECLINED,
        _("A referee cannot write"),
        _("When a referee says no"),
        sample=answered,
        required=("referee", "link"),
    ),
)
