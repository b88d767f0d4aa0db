""" "My file": everything held about a person, in one archive made for them."""

import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from accounts.models import User
from applications.models import Document
from audit.models import subject_of
from audit.moves import record
from notifications.models import OutgoingEmail
from reports.holdings import HOLDINGS
from reports.telling import tell
from reports.trail import happened, openings, subjects
from scholarships import held as confidential

STYLE = settings.BASE_DIR / "static" / "css" / "my-file.css"


@transaction.atomic
def gather(person: User) -> dict[str, Any]:
    """Everything in words and as data; that it was asked for is written in the trail."""
    record("export file", person, by=person)
    return {
        "person": person,
        "at": timezone.now(),
        "language": get_language() or settings.LANGUAGE_CODE,
        "tables": [tell(holding, person) for holding in HOLDINGS],
        "letters": list(letters_to(person)),
        "happened": happened(person),
        "openings": openings(person),
        "confidential": confidential.held(person, by=person),
        "disclosures": confidential.openings(person, by=person),
    }


def letters_to(person: User) -> Iterator[dict[str, Any]]:
    """The letters sent to the person about themselves; of a secret one only that it was sent.

    An address alone is not enough: it may have been somebody else's before. A letter about the person's application
    to another address (a referee's) is not theirs.
    """
    proven = EmailAddress.objects.filter(user=person).values_list("email", flat=True)
    to_them = Q(address__in={person.email, *proven}) | Q(about=subject_of(person))
    rows = OutgoingEmail.objects.about(*subjects(person)).filter(to_them)
    for row in rows:
        yield {
            "at": row.queued_at,
            "address": row.address,
            "language": row.language,
            "subject": row.subject,
            "text": "" if row.secret else row.text,
            "secret": row.secret,
        }


def archive(person: User) -> IO[bytes]:
    """A ZIP on a temporary file without a name: whatever happens, it is gone once it was read.

    `index.html` to read, `my-file.json` for machines, `documents/` with every file as it was sent, `confidential/` with
    what proves a budget.
    """
    held = gather(person)
    documents = list(named(person))
    held["documents"] = documents
    out = tempfile.TemporaryFile()  # noqa: SIM115  closed by the response that sends it
    with ZipFile(out, "w", ZIP_DEFLATED) as zipped:
        for path, document in documents:
            _add(zipped, path, document)
        for one in held["confidential"]:
            if one.file:
                zipped.writestr(f"confidential/{one.number}.pdf", one.file)
        zipped.writestr("index.html", render_to_string("reports/my_file_archive.html", held))
        zipped.write(STYLE, "style.css")
        zipped.writestr("my-file.json", as_json(held))
    out.seek(0)
    return out


def as_json(held: dict[str, Any]) -> str:
    """The same as data: field by field, moments in UTC (ISO 8601)."""
    data = {
        "made_at": held["at"],
        **{table.name: table.data for table in held["tables"]},
        "letters": held["letters"],
        "trail": [vars(one) for one in held["happened"]],
        "openings": [vars(one) for one in held["openings"]],
        "confidential": [
            {"kind": one.about.kind, "number": one.number, "said": one.data}
            for one in held["confidential"]
        ],
        "disclosures": [{**vars(one), "by": "edi_officer"} for one in held["disclosures"]],
        "documents": [path for path, _document in held["documents"]],
    }
    return json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)


def named(person: User) -> Iterator[tuple[str, Document]]:
    """Each file that is there, with its place in the archive: no name of a person's own making leads out of it."""
    rows = Document.objects.filter(application__applicant=person).select_related("application")
    for document in rows.order_by("pk"):
        if default_storage.exists(document.file.name or ""):
            label = re.sub(r"[^\w.\- ]", "_", document.label).lstrip(".") or "document.pdf"
            yield f"documents/{document.application.number}/{document.pk}-{label}", document


def _add(zipped: ZipFile, path: str, document: Document) -> None:
    """A PDF is compressed already: it is copied as it is, piece by piece."""
    entry = ZipInfo(path, timezone.localtime(document.uploaded_at).timetuple()[:6])
    entry.compress_type = ZIP_STORED
    with document.file.open("rb") as source, zipped.open(entry, "w") as target:
        shutil.copyfileobj(source, target)
