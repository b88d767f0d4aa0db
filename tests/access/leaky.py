"""The product's addresses, and one more that leaks in every way that the canaries must notice: for tests alone."""

import io
import logging
import zipfile
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import mail_admins
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

from audit.models import AuditEntry
from config.celery import app
from config.urls import urlpatterns as of_the_product
from notifications.models import OutgoingEmail
from scholarships import abouts
from scholarships.models import Candidacy
from scholarships.vault import entries
from tests import factories

# Where no worker looks.
QUEUE = "leaks"
logger = logging.getLogger(__name__)


def _refused_by_the_database(words: str) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT %s::integer", [words])
    except DatabaseError:
        return


def _in_a_task(words: str) -> None:
    app.send_task("nothing.at.all", args=[words], ignore_result=True, queue=QUEUE)


def _in_a_letter(words: str) -> None:
    OutgoingEmail.objects.create(
        key="leak",
        letter="leak",
        language="fr",
        address="a@example.com",
        about="x",
        subject="x",
        text=words,
    )


def _in_a_session(words: str) -> None:
    session = SessionStore()
    session["kept"] = words
    session.save()


def _in_the_trail(words: str) -> None:
    AuditEntry.objects.create(verb="leak", subject="x:1", why=words)


LEAKS: dict[str, Any] = {
    "log": lambda words: logger.debug("said: %s", words),
    "log records": lambda words: logger.info("said", extra={"words": words}),
    "task messages": _in_a_task,
    "broker": _in_a_task,
    "error mail": lambda words: mail_admins("An error", words),
    "letters": _in_a_letter,
    "sessions": _in_a_session,
    "cache": lambda words: cache.set("leak", {"words": words}),
    "database's log": _refused_by_the_database,
    "file": lambda words: default_storage.save("leak.pdf", ContentFile(factories.pdf(text=words))),
    "table audit_auditentry": _in_the_trail,
    "table scholarships_candidacy": lambda words: Candidacy.objects.update(statement=words),
}


def leak(request: HttpRequest, way: str) -> HttpResponse:
    """Take words, as a page of somebody's own would, and let them slip."""
    words = request.POST["words"]
    if way == "500":
        raise ValueError(words)
    LEAKS[way](words)
    return HttpResponse("Kept.")


def page(request: HttpRequest, way: str) -> HttpResponse:
    """Show somebody's words to whoever asks: in the page, a header, a PDF, or an archive."""
    rows = Candidacy.objects.select_related("application__applicant").order_by("pk")
    row = next(one for one in rows if entries.stands(abouts.declaration(one)))
    said = entries.own(abouts.declaration(row), by=row.application.applicant)
    words = said["words"] if said else ""
    if way == "header":
        return HttpResponse("", headers={"X-Words": words})
    if way == "pdf":
        return HttpResponse(factories.pdf(text=words))
    if way == "zip":
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            archive.writestr("a.csv", words)
        return HttpResponse(made.getvalue())
    return HttpResponse(words.encode().hex() if way == "hex" else words)


urlpatterns = [
    *of_the_product,
    path("leak/<str:way>/", leak),
    path("leaking-page/<str:way>/", page),
]
