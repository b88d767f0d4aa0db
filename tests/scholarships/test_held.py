"""All that is confidential of one's own: read by its person, told when it was opened, erased in one act."""

import base64
import json
from datetime import timedelta
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from audit.moves import Refused
from notifications.models import OutgoingEmail
from reports import my_file
from scholarships import abouts, confidences, consents, held, identifying, opening
from scholarships.models import Award, Candidacy, Category
from scholarships.vault import entries
from tests import factories
from tests.scholarships.awards_world import Bursary
from tests.scholarships.factories import a_candidacy, a_round, an_award

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
CANARY = "CANARI de 1 234 $"
WHY = "Juger le besoin, à la demande de la personne."
PDF = b"%PDF-1.7 avis"


@pytest.fixture
def candidacy(amina: User) -> Candidacy:
    """Amina said who she is, declared, told her budget and proved it."""
    cycle = factories.cycle()
    application = factories.submitted(amina, cycle)
    identifying.say(application, {"gender": ["woman"], "gender_words": CANARY}, by=amina)
    first = a_candidacy(a_round(cycle), application)
    entries.declare(abouts.declaration(first), {"words": CANARY}, by=amina)
    row = a_candidacy(a_round(cycle, Category.SOCIOECONOMIC), application)
    said = {"rent": 900, "lines": [{"what": "x"}, {}], "alone": False, "none": None, "text": CANARY}
    entries.declare(abouts.budget(row), said, by=amina)
    proof = {"label": "avis.pdf", "file": base64.b64encode(PDF).decode()}
    entries.declare(abouts.proof(row), proof, by=amina)
    return row


def test_everything_in_words_to_its_person_alone(
    candidacy: Candidacy, amina: User, bruno: User, fatou: User
) -> None:
    with override("en"):
        kept = held.held(amina, by=amina)
        assert [one.title for one in kept] == [
            "Self-identification",
            "Declaration for Women in AI",
            "Budget and circumstances",
            "Proof of the budget",
        ]
        assert kept[0].lines == [("Gender", f"Woman, “{CANARY}”")]
        assert kept[2].lines == [
            *(("Rent", "900"), ("What", "x"), ("Alone", "No"), ("Text", CANARY)),
        ]
        assert kept[3].lines == [("File", "avis.pdf")]
    assert [one.file for one in kept] == [None, None, None, PDF]
    assert kept[3].data == {"label": "avis.pdf"}
    for other in (bruno, fatou):
        with pytest.raises(Refused):
            held.held(amina, by=other)
        with pytest.raises(Refused):
            held.erase_all(amina, by=other, at=timezone.now())
    with pytest.raises(Refused):
        held.openings(amina, by=bruno)


def test_a_file_that_is_none() -> None:
    assert held.file_of({"file": "not base64!"}) is None
    assert held.file_of({"file": 3}) is None


def test_erased_in_one_act_with_one_letter(candidacy: Candidacy, amina: User) -> None:
    assert held.erase_all(amina, by=amina, at=timezone.now()) == 4
    assert held.erase_all(amina, by=amina, at=timezone.now()) == 0
    assert held.held(amina, by=amina) == []
    assert OutgoingEmail.objects.filter(letter="confidential_erased").count() == 1


def test_what_hangs_on_one_application_goes_with_it(candidacy: Candidacy, amina: User) -> None:
    assert held.erase_of(candidacy.application, by=amina) == 4
    assert held.held(amina, by=amina) == []


def test_the_page(client: Client, candidacy: Candidacy, amina: User, bruno: User) -> None:
    client.force_login(amina)
    shown = client.get(reverse("confidential_mine")).content.decode()
    assert shown.count(CANARY) == 3
    assert "Personne ne les a consultées." in shown
    client.force_login(bruno)
    assert CANARY not in client.get(reverse("confidential_mine")).content.decode()
    client.post(reverse("confidential_erase"))
    assert client.get(reverse("confidential_erase")).status_code == 405
    client.force_login(amina)
    with override("en"):
        erased = client.post(reverse("confidential_erase"), follow=True).content.decode()
    assert "4 things erased, as of now." in erased
    assert CANARY not in erased
    again = client.post(reverse("confidential_erase"), follow=True).content.decode()
    assert "rien à effacer" in again


def test_my_file_tells_all_of_it_and_who_opened_it(
    client: Client, candidacy: Candidacy, amina: User, bruno: User, fatou: User
) -> None:
    opening.open_entry(candidacy, "budget", purpose=WHY, by=fatou, signed_in_at=timezone.now())
    with my_file.archive(amina) as packed, ZipFile(packed) as zipped:
        data = json.loads(zipped.read("my-file.json"))
        page = zipped.read("index.html").decode()
        assert zipped.read(f"confidential/{candidacy.number}.pdf") == PDF
    assert [one["kind"] for one in data["confidential"]] == [
        *("identification", "women_in_ai", "budget", "proof"),
    ]
    assert data["confidential"][2]["said"]["text"] == CANARY
    (told,) = data["disclosures"]
    assert (told["by"], told["purpose"]) == ("edi_officer", WHY)
    assert page.count(CANARY) == 3
    assert WHY in page
    client.force_login(amina)
    shown = client.get(reverse("my_file")).content.decode()
    assert WHY in shown
    assert CANARY not in shown
    assert fatou.full_name not in shown + page
    with my_file.archive(bruno) as packed, ZipFile(packed) as zipped:
        everything = "".join(zipped.read(name).decode() for name in ("my-file.json", "index.html"))
    assert CANARY not in everything
    assert WHY not in everything


def test_a_disclosure_stays_told_after_the_erasure(
    candidacy: Candidacy, amina: User, fatou: User
) -> None:
    at = timezone.now() - timedelta(minutes=1)
    opening.open_entry(candidacy, "budget", purpose=WHY, by=fatou, signed_in_at=at)
    held.erase_all(amina, by=amina, at=timezone.now())
    assert [one.purpose for one in held.openings(amina, by=amina)] == [WHY]


def test_it_costs_the_same_whatever_is_there(
    candidacy: Candidacy, amina: User, bruno: User, django_assert_num_queries: Any
) -> None:
    for somebody in (amina, bruno):
        with django_assert_num_queries(2), django_assert_num_queries(1, using="vault"):
            held.held(somebody, by=somebody)


def test_what_was_said_reads_in_words_and_never_in_the_names_of_the_machine(
    candidacy: Candidacy, amina: User
) -> None:
    said = {
        "income": {"work": "9000.00"},
        "expenses": {"housing": "11000.50"},
        "circumstances": CANARY,
    }
    with override("fr"):
        assert list(held.lines_of(said)) == [
            ("Travail", "9\u00a0000\u00a0$"),
            ("Total des revenus", "9\u00a0000\u00a0$"),
            ("Logement", "11\u00a0000,50\u00a0$"),
            ("Total des dépenses", "11\u00a0000,50\u00a0$"),
            ("Revenus moins dépenses", "−2\u00a0000,50\u00a0$"),
            ("Circonstances", CANARY),
        ]
        declared = {"chosen": ["woman", "misogyny"], "words": CANARY}
        assert list(held.lines_of(declared)) == [
            ("Ce que vous déclarez", "Femme\nPersonne qui vit ou a vécu la misogynie"),
            ("Dans mes propres mots", CANARY),
        ]


def test_erasing_all_takes_the_consents_back_and_ends_the_award_that_rests_on_them(
    person: Any,
) -> None:
    bursary, amina = Bursary(person, category=Category.WOMEN_IN_AI), person("amina")
    (result,) = bursary.results(amina)
    mine, now = result.candidacy, timezone.now()
    mine.consents = consents.given(mine, [consents.confidential(mine.round)], at=now)  # type: ignore[list-item]
    mine.save(update_fields=["consents"])
    entries.declare(abouts.declaration(mine), {"words": CANARY}, by=amina)
    award = an_award(result)
    assert held.erase_all(amina, by=amina, at=now) == 1
    mine.refresh_from_db()
    award.refresh_from_db()
    assert not confidences.agreed(mine)
    assert (award.status, award.why) == (Award.Status.LAPSED, "left")
    assert held.erase_all(amina, by=amina, at=now) == 0
