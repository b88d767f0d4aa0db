"""What a person agreed to, one sentence at a time: its words, its version, since when, and how it is taken back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from applications.lifecycle import WITHDRAW
from applications.models import Application, Submission
from applications.models.application import GONE
from audit.models import AuditEntry, subject_of
from audit.moves import available
from scholarships import consents
from scholarships.models import Candidacy
from scholarships.models.candidacy import Standing


@dataclass(frozen=True)
class Agreed:
    """One sentence. `at` and `withdrawn_at` are moments in ISO 8601; `take_back` the page on which one no longer agrees."""

    text: str
    version: str
    at: str
    withdrawn_at: str = ""
    take_back: str = ""


@dataclass(frozen=True)
class Agreement:
    """What the sentences are about: an application for admission, or for a scholarship."""

    title: str
    number: str
    sentences: list[Agreed]
    is_admission: bool


def given_by(person: User) -> list[Agreement]:
    """All that somebody agreed to, the newest application first."""
    return [*_to_admission(person), *_to_scholarships(person)]


def _to_admission(person: User) -> Iterator[Agreement]:
    """The declarations of the last submission of each application: they end with it."""
    newest = (
        Submission.objects.filter(application__applicant=person)
        .order_by("application_id", "-version")
        .distinct("application_id")
        .select_related("application__cycle")
    )
    rows = sorted(newest, key=lambda one: one.at, reverse=True)
    left = _left(row.application for row in rows)
    for row in rows:
        file = row.application
        leave = available(file, (WITHDRAW,), by=person)
        page = reverse("application_withdraw", args=[file.number]) if leave else ""
        ended = left.get(subject_of(file), "") if file.status in GONE else ""
        yield Agreement(
            _("Admission, %(cycle)s") % {"cycle": file.cycle.name},
            file.number,
            [
                Agreed(one["text"], one["version"], one["at"], ended, page)
                for one in row.content["declarations"]
            ],
            is_admission=True,
        )


def _left(files: Iterator[Application]) -> dict[str, str]:
    """When each of these applications was withdrawn or closed, by its name in the trail."""
    subjects = [subject_of(file) for file in files]
    ends = AuditEntry.objects.filter(subject__in=subjects, new__in=GONE).order_by("pk")
    return {subject: at.isoformat() for subject, at in ends.values_list("subject", "at")}


def _to_scholarships(person: User) -> Iterator[Agreement]:
    rows = Candidacy.objects.filter(application__applicant=person).exclude(consents=[])
    for row in rows.select_related("round__cycle").order_by("-pk"):
        yield Agreement(
            str(row.round), row.number, [_sealed(row, one) for one in row.consents], False
        )


def _sealed(row: Candidacy, one: dict[str, Any]) -> Agreed:
    """A consent of a scholarship: the panel's end with the application, the sealed ones with what was confided."""
    for_the_panel = one["code"] in {item.code for item in consents.asked(row.round)}
    page = (
        reverse("scholarship_consent_withdraw", args=[row.number, one["code"]])
        if for_the_panel
        else reverse("scholarship_confidential_erase", args=[row.number])
    )
    ended = one["withdrawn_at"] or ""
    stands = not ended and row.status != Standing.WITHDRAWN
    return Agreed(one["text"], one["version"], one["at"], ended, page if stands else "")
