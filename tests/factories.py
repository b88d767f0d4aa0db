"""Rows that tests need, with traits; made through the verbs where a verb exists."""

import hashlib
import io
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pikepdf
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from applications import documents, lifecycle
from applications import referees as asking
from applications.models import Application, Choice, Degree, Document, Kind, Referee, Submission
from applications.prerequisites import asked_courses
from applications.wanted import wanted
from cycles import defaults
from cycles.models import Course, Cycle, Intake, Program
from followup.models import Preparation
from papers import checking, uploads
from papers.models import CheckedFile, Upload

MONTREAL = ZoneInfo("America/Toronto")
COURSES = (
    ("MAT1400", "Calcul 1", "Calculus 1"),
    ("MAT1600", "Algèbre linéaire 1", "Linear Algebra 1"),
    ("MAT1978", "Probabilités et statistique", "Probability and Statistics"),
    ("IFT1015", "Programmation 1", "Programming 1"),
    ("IFT2015", "Structures de données", "Data Structures"),
    ("IFT2125", "Introduction à l’algorithmique", "Introduction to Algorithms"),
)
TAKEN = {
    "how": "taken",
    "course": "Analyse 1",
    "institution": "Université de la Teranga",
    "year": 2022,
    "credits": "6",
    "grade": "14/20",
}


def pdf(pages: int = 1, text: str = "") -> bytes:
    """A sound PDF; another `text` gives other bytes."""
    document = pikepdf.new()
    for _page in range(pages):
        document.add_blank_page()
    document.docinfo["/Title"] = text or "blank"
    out = io.BytesIO()
    document.save(out, deterministic_id=True)
    return out.getvalue()


def upload_of(content: bytes | None = None, name: str = "cv.pdf") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, pdf() if content is None else content, "application/pdf")


def program(code: str = "msc", **fields: Any) -> Program:
    """The M.Sc., or the D.E.S.S. with `code="dess"`."""
    msc = code == "msc"
    values = {
        "name_fr": "Maîtrise en informatique" if msc else "D.E.S.S. en apprentissage automatique",
        "name_en": "M.Sc. in computer science" if msc else "Graduate diploma in machine learning",
        "udem_code": "217-510" if msc else "217512",
        "udem_segment": "77" if msc else "",
        "internship_required": msc,
        "asks_attendance": not msc,
        "asks_experience": not msc,
        "position": 1 if msc else 2,
    }
    return Program.objects.get_or_create(code=code, defaults={**values, **fields})[0]


def cycle(*, opens: int = -30, closes: int = 8, referees: int = 0, **fields: Any) -> Cycle:
    """A published cycle with both programs, that opened and closes this many days from now.

    `referees`: how many the M.Sc. asks.
    """
    now = timezone.now()
    close = now + timedelta(days=closes)
    day = close.astimezone(MONTREAL).date()
    values: dict[str, Any] = {
        "code": "A27",
        "name_fr": "Automne 2027",
        "name_en": "Fall 2027",
        "opens_at": now + timedelta(days=opens),
        "closes_at": close,
        "documents_due_on": day + timedelta(days=7),
        "reviews_due_on": day + timedelta(days=45),
        "release_on": day + timedelta(days=57),
        "reply_by": day + timedelta(days=60),
        "udem_safe_on": day + timedelta(days=61),
        "udem_official_on": day + timedelta(days=62),
        "waitlist_ends_on": day + timedelta(days=135),
        "starts_on": day + timedelta(days=270),
        "notice_version": "2026-10",
        "notice_fr": "Mila garde votre demande pour la juger.",
        "notice_en": "Mila keeps your application to judge it.",
        "is_published": True,
    }
    row = Cycle.objects.create(**{**values, **fields})
    for code in ("msc", "dess"):
        asked = referees if code == "msc" else 0
        Intake.objects.create(cycle=row, program=program(code), seats=10, referees_asked=asked)
    defaults.fill(row)
    courses()
    return row


def courses() -> None:
    """The grid of prerequisites; a test with real transactions empties the table."""
    Course.objects.bulk_create(
        [
            Course(code=code, name_fr=french, name_en=english, position=position)
            for position, (code, french, english) in enumerate(COURSES)
        ],
        ignore_conflicts=True,
    )


def draft(applicant: User, of: Cycle, *, complete: bool = True, **fields: Any) -> Application:
    """An application begun; `complete` fills all that is asked for."""
    application = lifecycle.start(of, by=applicant)
    if complete:
        fill(application)
    for name, value in fields.items():
        setattr(application, name, value)
    application.save(update_fields=list(fields))
    return application


def fill(application: Application) -> None:
    """Everything that the M.Sc. asks for."""
    first, _, last = (application.applicant.full_name or "Awa Ndiaye").partition(" ")
    application.first_names, application.last_names = first, last or "Ndiaye"
    application.country, application.canada_status = "SN", "none"
    application.statement = "Je veux apprendre."
    application.internship_goals = "La santé."
    application.python_level, application.no_job = "intermediate", True
    application.french_level, application.english_level = "c2", "b2"
    application.prerequisites = {course.code: dict(TAKEN) for course in asked_courses()}
    application.credits, application.credit_system = 60, "ECTS"
    application.save()
    Choice.objects.get_or_create(application=application, program=program(), rank=1)
    Degree.objects.create(
        application=application,
        institution="Université de la Teranga",
        country="SN",
        level="bachelor",
        title="Licence en informatique",
        field="Informatique",
        progress="done",
        language="fr",
        start_year=2021,
        end_year=2024,
        average="15.20",
        scale_max="20",
        scale_pass="10",
        scale_direction="up",
    )
    for row in wanted(application):
        if row.required:
            attach(application, row.kind, slot=row.slot)


def attach(
    application: Application, kind: str = Kind.CV, content: bytes | None = None, *, slot: str = ""
) -> Any:
    """A PDF of one page on the draft."""
    return documents.upload(
        application,
        kind,
        upload_of(content, f"{kind}.pdf"),
        pages=1,
        by=application.applicant,
        at=timezone.now(),
        slot=slot,
    )


def referee(
    application: Application, *, by: User | None = None, at: Any = None, **fields: str
) -> Referee:
    """Élise, invited by the applicant; other fields make another person."""
    person = {
        "name": "Élise Fortin",
        "title": "Professeure",
        "organisation": "Université de la Teranga",
        "email": "elise@universite.example",
        "relation": "teacher",
        "language": "fr",
        **fields,
    }
    person_by = by or application.applicant
    return asking.invite(application, by=person_by, at=at or timezone.now(), **person)


def letter_from(row: Referee, content: bytes | None = None, name: str = "lettre.pdf") -> Referee:
    """Their letter, of one page, arrived."""
    return asking.receive(row, upload_of(content, name), pages=1, at=timezone.now())


def submit(application: Application) -> Submission:
    """Submit the draft as it stands."""
    application.refresh_from_db()
    return lifecycle.submit(
        application,
        by=application.applicant,
        revision=application.revision,
        at=timezone.now(),
    )


def submitted(applicant: User, of: Cycle, **fields: Any) -> Application:
    """An application that is in, with its receipt."""
    application = draft(applicant, of, **fields)
    submit(application)
    application.refresh_from_db()
    return application


def check() -> int:
    """What the worker does to files every few seconds: every waiting one is scanned and cleaned."""
    return checking.check_due()


def preparation(position: int = 1, **fields: Any) -> Preparation:
    """One more thing to prepare for UdeM."""
    values = {
        "title_fr": f"Chose {position}",
        "title_en": f"Thing {position}",
        "text_fr": "Un PDF par tâche.",
        "text_en": "One PDF a task.",
        "link_fr": "https://admission.umontreal.ca/",
    }
    return Preparation.objects.create(position=position, **{**values, **fields})


def begun(application: Application, slot: str = "cv", content: bytes | None = None) -> Upload:
    """A file of the applicant on its way, announced and nothing more."""
    whole = pdf() if content is None else content
    return uploads.begin(
        owner=application.applicant,
        purpose=documents.purpose_of(application, slot),
        name=f"{slot}.pdf",
        size=len(whole),
        head=whole[:16],
        sha256=hashlib.sha256(whole).hexdigest(),
        at=timezone.now(),
    )


def earlier(document: Document) -> Document:
    """A version that this one replaced."""
    return Document.objects.create(
        application=document.application,
        kind=document.kind,
        slot=document.slot,
        sha256=document.sha256,
        size=document.size,
        pages=document.pages,
        label=f"old-{document.label}",
        file=document.file.name,
        replaced_at=timezone.now(),
    )


def pictured(document: Document) -> None:
    """Give its file a picture of the first page."""
    name = default_storage.save(f"previews/{document.sha256}.webp", ContentFile(b"RIFF0000WEBP"))
    CheckedFile.objects.filter(sha256=document.sha256).update(preview=name)
