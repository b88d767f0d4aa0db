"""The bound dossier at its two addresses: who gets it, what they get, what is said while there is none."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import Role, User
from applications import lifecycle
from applications.models import Application
from audit.models import AuditEntry
from cycles.models import Cycle
from dossiers.models import Edition
from reviews.models import Assignment
from tests import factories
from tests.conftest import Settle
from tests.dossiers import factories as dossiers
from tests.reviews import factories as judging

pytestmark = pytest.mark.django_db
# A place beside a score has an empty one: it leads nowhere.
LEADS_INTO_IT = re.compile(r'data-dossier-page="\d')
As = Callable[[User], Client]


@pytest.fixture
def signed_in() -> As:
    """A browser of this person."""

    def enter(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return enter


@pytest.fixture
def bound(assignment: Assignment) -> Assignment:
    """Amina's file given to David, with a letter, all bound."""
    factories.letter_from(factories.referee(assignment.application))
    dossiers.bind()
    return assignment


def of_reader(assignment: Assignment) -> str:
    return reverse("review_dossier", args=[assignment.pk])


def of_office(application: Application) -> str:
    return reverse("file_dossier", args=[application.number])


def text_of(answer: Any) -> str:
    read = PdfReader(io.BytesIO(b"".join(answer.streaming_content)))
    return "\n".join(page.extract_text() for page in read.pages)


@pytest.mark.parametrize("whose", ["reader", "office"])
def test_it_comes_as_a_file_that_no_browser_runs(
    signed_in: As, bound: Assignment, david: User, claire: User, whose: str
) -> None:
    number = bound.application.number
    if whose == "reader":
        answer = signed_in(david).get(of_reader(bound))
    else:
        answer = signed_in(claire).get(of_office(bound.application))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{number}-dossier.pdf"'
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    assert "Amina Benali" in text_of(answer)
    line = AuditEntry.objects.filter(verb="open").latest("pk")
    assert line.details == {"document": "dossier"}


def test_nobody_else_gets_it(
    signed_in: As, bound: Assignment, person: Settle, amina: User, claire: User
) -> None:
    denise = person("denise", Role.REVIEWER)
    didier = person("didier", Role.REVIEWER)
    shut = judging.in_conflict(bound.application, didier, by=claire)
    for who in (denise, didier):
        assert signed_in(who).get(of_reader(bound)).status_code == 404
        assert signed_in(who).get(of_office(bound.application)).status_code == 403
    assert signed_in(didier).get(of_reader(shut)).status_code == 404
    assert signed_in(amina).get(of_reader(bound)).status_code in (403, 404)
    assert signed_in(claire).get(of_reader(bound)).status_code in (403, 404)


def test_a_coordinator_in_conflict_does_not_get_it(
    signed_in: As, bound: Assignment, person: Settle, claire: User
) -> None:
    both = person("both", Role.COORDINATOR, Role.REVIEWER)
    judging.in_conflict(bound.application, both, by=claire)
    assert signed_in(both).get(of_office(bound.application)).status_code == 404


def test_a_withdrawn_file_is_gone_for_its_readers(
    signed_in: As, bound: Assignment, amina: User, david: User
) -> None:
    lifecycle.withdraw(bound.application, by=amina)
    assert signed_in(david).get(of_reader(bound)).status_code == 404


def test_a_file_without_a_submission_has_no_dossier(
    signed_in: As, cycle: Cycle, amina: User, claire: User
) -> None:
    draft = factories.draft(amina, cycle)
    answer = signed_in(claire).get(of_office(draft))
    assert answer.status_code in (404, 409)


@pytest.mark.parametrize(
    ("language", "words"), [("", "est en préparation"), ("/en", "is being prepared")]
)
def test_while_there_is_none_a_page_says_so(
    signed_in: As, assignment: Assignment, david: User, language: str, words: str
) -> None:
    client = signed_in(david)
    answer = client.get(f"{language}/queue/{assignment.pk}/dossier/")
    assert (answer.status_code, answer["Retry-After"]) == (409, "10")
    assert words in answer.content.decode()
    assert not AuditEntry.objects.filter(verb="open").exists()
    page = client.get(f"{language}/queue/{assignment.pk}/").content.decode()
    assert not LEADS_INTO_IT.search(page)
    assert f"{language}/queue/{assignment.pk}/documents/" in page


def test_the_page_leads_into_the_dossier_and_still_offers_each_file(
    signed_in: As, bound: Assignment, david: User
) -> None:
    page = signed_in(david).get(f"/en/queue/{bound.pk}/").content.decode()
    row = dossiers.edition(bound.application)
    for line in row.outline:
        assert f'data-dossier-page="{line["page"]}"' in page
    assert f"The whole dossier as one PDF ({row.pages} pages)" in page
    document = bound.application.documents.current()[0]
    assert reverse("review_document", args=[bound.pk, document.pk]) in page


@pytest.mark.parametrize("letters", [1, 2])
def test_the_page_and_the_file_ask_as_much_however_many_pieces_there_are(
    signed_in: As,
    assignment: Assignment,
    david: User,
    letters: int,
    django_assert_num_queries: Any,
) -> None:
    for index in range(letters):
        row = factories.referee(assignment.application, email=f"one{index}@universite.example")
        factories.letter_from(row)
    dossiers.bind()
    client = signed_in(david)
    client.get(f"/queue/{assignment.pk}/")
    with django_assert_num_queries(18):
        client.get(f"/queue/{assignment.pk}/")
    with django_assert_num_queries(7):
        b"".join(client.get(f"/queue/{assignment.pk}/dossier/").streaming_content)


def test_the_office_finds_it_on_the_page_of_the_file(
    signed_in: As, bound: Assignment, claire: User
) -> None:
    page = signed_in(claire).get(f"/en/files/{bound.application.number}/").content.decode()
    assert f"/en/files/{bound.application.number}/dossier/" in page
    assert not LEADS_INTO_IT.search(page)
    Edition.objects.all().delete()
    page = signed_in(claire).get(f"/en/files/{bound.application.number}/").content.decode()
    assert "as one PDF" not in page


# Blind cycles -------------------------------------------------------------------------------------
@pytest.fixture
def blind(assignment: Assignment) -> Assignment:
    """The same where readers see no names."""
    Cycle.objects.update(is_blind=True)
    factories.letter_from(factories.referee(assignment.application))
    dossiers.bind()
    assignment.refresh_from_db()
    return assignment


def test_a_blind_reader_gets_the_one_without_names_and_the_office_the_other(
    signed_in: As, blind: Assignment, david: User, claire: User
) -> None:
    hidden = text_of(signed_in(david).get(of_reader(blind)))
    assert "Amina" not in hidden
    assert "Benali" not in hidden
    named = text_of(signed_in(claire).get(of_office(blind.application)))
    assert "Amina Benali" in named


def test_no_file_is_handed_to_a_blind_reader_alone(
    signed_in: As, blind: Assignment, david: User, claire: User
) -> None:
    document = blind.application.documents.current()[0]
    letter = blind.application.referees.get()
    reader, office = signed_in(david), signed_in(claire)
    for name, pk in (("review_document", document.pk), ("review_letter", letter.pk)):
        assert reader.get(reverse(name, args=[blind.pk, pk])).status_code == 404
    number = blind.application.number
    for name, pk in (("file_document", document.pk), ("file_letter", letter.pk)):
        assert office.get(reverse(name, args=[number, pk])).getvalue().startswith(b"%PDF")
    page = reader.get(f"/queue/{blind.pk}/").content.decode()
    assert "/documents/" not in page
    assert "/letters/" not in page
    for line in dossiers.edition(blind.application, blind=True).outline:
        assert f'data-dossier-page="{line["page"]}"' in page


def test_until_it_is_bound_a_blind_reader_has_the_words(
    signed_in: As, assignment: Assignment, david: User
) -> None:
    Cycle.objects.update(is_blind=True)
    client = signed_in(david)
    assert client.get(of_reader(assignment)).status_code == 409
    page = client.get(f"/en/queue/{assignment.pk}/").content.decode()
    assert "being prepared" in page
    assert "Curriculum vitæ" in page
    assert "/documents/" not in page
