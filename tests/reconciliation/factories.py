"""People with a place and UdeM's lists about them, in any number and cheaply."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.models import User
from applications.models import Application
from cycles.clock import day_of
from cycles.models import Cycle, Program
from followup.models import Identity, Offer, UdemFile
from followup.sealing import mark
from reconciliation import applying, comparing, receiving, words
from reconciliation.models import UdemList
from reviews.models import Decision, Release
from tests import factories
from tests.unguarded import unguarded

HEADERS = (
    *("Matricule", "Nom", "Prénom", "Courriel", "Date de naissance", "Programme", "Segment"),
    *("Statut", "Date du statut", "Date de la demande"),
)
WORDS = {
    "Déposée": "filed",
    "Documents requis": "documents",
    "Admis": "admitted",
    "Admis sous condition": "conditional",
    "Refusé": "refused",
    "Fermée": "closed",
    "En préparation": "",
}


@dataclass(frozen=True)
class Somebody:
    """A person of ours, as a test wants them."""

    last: str
    first: str
    number: str = ""
    born: date | None = None
    filed: bool = False
    program: str = "msc"
    verified: bool = True

    @property
    def email(self) -> str:
        """An address of their own."""
        return f"{self.first}.{self.last}".replace(" ", "").lower() + "@personne.example"


def settled(
    people: Sequence[Somebody], cycle: Cycle, *, by: User, emails: Sequence[str] = ()
) -> list[UdemFile]:
    """These people, with an accepted offer and a file at UdeM; in a dozen queries however many."""
    addresses = emails or [one.email for one in people]
    accounts = User.objects.bulk_create(
        User(email=address, full_name=f"{one.first} {one.last}", password="!")
        for one, address in zip(people, addresses, strict=True)
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=account, email=account.email, verified=True, primary=True)
        for one, account in zip(people, accounts, strict=True)
        if one.verified
    )
    start = Application.objects.count()
    files = Application.objects.bulk_create(
        Application(
            number=f"T{start + index:05d}",
            applicant=account,
            cycle=cycle,
            status="submitted",
            submitted_at=timezone.now(),
            last_names=one.last,
            first_names=one.first,
        )
        for index, (one, account) in enumerate(zip(people, accounts, strict=True))
    )
    Identity.objects.bulk_create(
        Identity(application=file, birth=one.born.isoformat())
        for one, file in zip(people, files, strict=True)
        if one.born
    )
    return _with_places(people, files, by=by)


def _with_places(
    people: Sequence[Somebody], files: Sequence[Application], *, by: User
) -> list[UdemFile]:
    programs = {code: factories.program(code) for code in {one.program for one in people}}
    decisions = _released([programs[one.program] for one in people], files, by=by)
    now = timezone.now()
    offers = Offer.objects.bulk_create(
        Offer(
            decision=decision, status="accepted", reply_by=now + timedelta(days=1), replied_at=now
        )
        for decision in decisions
    )
    return UdemFile.objects.bulk_create(
        UdemFile(
            offer=offer,
            program=programs[one.program],
            status="filed" if one.filed else "to_file",
            number=one.number if one.filed else "",
            number_mark=mark(one.number) if one.filed else "",
            filed_on=date(2027, 1, 29) if one.filed else None,
        )
        for one, offer in zip(people, offers, strict=True)
    )


def _released(
    programs: Sequence[Program], files: Sequence[Application], *, by: User
) -> list[Decision]:
    """A released "accept" for each; UdeM's dates of the lists come after it."""
    now = timezone.now()
    director = User.objects.create(email=f"direction-{files[0].pk}@mila.example", password="!")
    with unguarded():
        release = Release.objects.create(
            cycle=files[0].cycle,
            status=Release.Status.DONE,
            size=len(files),
            prepared_by=by,
            approved_by=director,
            approved_at=now,
            due_at=now,
            released_at=datetime(2026, 11, 2, 15, tzinfo=UTC),
        )
        return Decision.objects.bulk_create(
            Decision(
                application=file,
                version=1,
                outcome="accept",
                program=program,
                status="released",
                release=release,
                is_current=True,
                proposed_by=by,
                approved_by=director,
                approved_at=now,
            )
            for program, file in zip(programs, files, strict=True)
        )


def row(one: Somebody, **cells: str) -> dict[str, str]:
    """A line of UdeM's list about this person, that says what we know; `cells` say otherwise."""
    msc = one.program == "msc"
    said = {
        "Matricule": one.number,
        "Nom": one.last,
        "Prénom": one.first,
        "Courriel": one.email,
        "Date de naissance": one.born.isoformat() if one.born else "",
        "Programme": "217510" if msc else "217512",
        "Segment": "77" if msc else "",
        "Statut": "Déposée",
        "Date du statut": "2027-01-29",
        "Date de la demande": "2027-01-29",
    }
    return {**said, **cells}


def table(
    rows: Iterable[dict[str, str]], headers: Sequence[str] = HEADERS, *, separator: str = ";"
) -> str:
    """A CSV with these headings, in this order."""
    out = io.StringIO()
    writer = csv.DictWriter(out, headers, delimiter=separator, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def received(
    cycle: Cycle, text: str, *, by: User, encoding: str = "utf-8", **more: Any
) -> UdemList:
    """A list that came in."""
    as_of = more.pop("as_of", day_of(timezone.now()))
    return receiving.receive(cycle, text.encode(encoding), "liste.csv", as_of=as_of, by=by, **more)


def compared(cycle: Cycle, text: str, *, by: User, **more: Any) -> UdemList:
    """A list that came in, whose columns are as their headings say and whose words are known."""
    words.learn(WORDS, by=by)
    row = received(cycle, text, by=by, **more)
    content = receiving.table_of(receiving.bytes_of(row), row.encoding_if_text)
    columns = receiving.guessed(content)
    order = comparing.date_order(content, columns) or "dmy"
    return comparing.compare(row, columns, order, by=by)


def applied(cycle: Cycle, text: str, *, by: User, **more: Any) -> UdemList:
    """The same, applied as it stands."""
    row = compared(cycle, text, by=by, **more)
    return applying.apply(row, revision=row.revision, by=by)
