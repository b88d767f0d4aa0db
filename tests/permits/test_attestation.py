"""Our letter on the internship: what it says, in which language, tagged for every reader; and when it waits."""

import io
from typing import Any

import pikepdf
import pytest
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import User
from applications.models import Application
from audit.moves import Refused
from cycles import typography
from cycles.clock import day_of
from permits import attestation
from permits.facts import Facts, facts_of
from permits.models import PermitTerms
from tests.followup.factories import World
from tests.followup.pages import address, signed_in
from tests.permits.factories import accepted, admitted, terms, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(world: World, amina: User) -> Application:
    """Amina, from abroad, who said yes to the M.Sc."""
    return accepted(world, amina)


def facts(file: Application) -> Facts:
    return facts_of([file])[file.pk]


def text_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join("\n".join(one.extract_text() for one in pages).replace("\u00a0", " ").split())


def test_it_says_what_the_authority_needs_and_admits_nobody(
    world: World, file: Application
) -> None:
    terms(world.cycle)
    said = text_of(attestation.pdf_of(facts(file), "fr", at=timezone.now()))
    today = typography.day_text(day_of(timezone.now())).replace("\u00a0", " ")
    for words in (
        *("Programme d’études et stage obligatoire", "Amina Benali", "Maîtrise en informatique"),
        *("217-510, segment 77", "1 200 heures", "Au moins 6 mois", "22", "Camille Roy"),
        *("Responsable des admissions", file.number, f"Montréal, le {today}", "n’admet pas"),
        typography.day_text(world.cycle.starts_on).replace("\u00a0", " "),
    ):
        assert words in said, words
    in_english = text_of(attestation.pdf_of(facts(file), "en", at=timezone.now()))
    for words in ("Program of study", "1,200 hours", "Head of admissions", "does not admit"):
        assert words in in_english, words


def test_it_is_tagged_in_its_language(world: World, file: Application) -> None:
    terms(world.cycle)
    for language in ("fr", "en"):
        pdf = attestation.pdf_of(facts(file), language, at=timezone.now())
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            assert opened.Root.MarkInfo.Marked
            assert opened.Root.StructTreeRoot.K is not None
            assert opened.Root.Lang == f"{language}-CA"
            assert opened.docinfo.Title
            with opened.open_metadata() as metadata:
                assert metadata["pdfuaid:part"] == "1"


def test_the_same_day_gives_the_same_bytes(world: World, file: Application) -> None:
    terms(world.cycle)
    now = timezone.now().replace(hour=15)
    later = now.replace(hour=16)
    one = facts(file)
    assert attestation.pdf_of(one, "fr", at=now) == attestation.pdf_of(one, "fr", at=later)


@pytest.mark.parametrize(
    "lack",
    [
        {"internship_hours": None},
        {"signer": ""},
        {"signer_title_fr": "", "signer_title_en": ""},
    ],
)
def test_it_waits_until_the_office_wrote_what_it_says(
    world: World, file: Application, lack: dict[str, Any]
) -> None:
    for _turn in ("without a row", "with an incomplete one"):
        assert not attestation.is_ready(facts(file))
        with pytest.raises(Refused, match="prépare"):
            attestation.pdf_of(facts(file), "fr", at=timezone.now())
        page = signed_in(file.applicant).get(address("permits", file.number)).content.decode()
        assert "Le bureau des admissions la prépare" in page
        assert address("permit_letter", file.number, "fr") not in page
        PermitTerms.objects.all().delete()
        terms(world.cycle, **lack)


def test_it_is_for_those_who_need_it(world: World, file: Application) -> None:
    terms(world.cycle)
    mine = signed_in(file.applicant)
    assert mine.get(address("permit_letter", file.number, "fr")).status_code == 200
    assert mine.get(address("permit_letter", file.number, "de")).status_code == 404
    udem_file = admitted(file, world.claire)
    udem_file.program.internship_required = False
    udem_file.program.save()
    assert mine.get(address("permit_letter", file.number, "fr")).status_code == 404
    udem_file.program.internship_required = True
    udem_file.program.save()
    told(file, "resident", change="granted")
    assert mine.get(address("permit_letter", file.number, "fr")).status_code == 404


def test_it_is_a_download_that_nobody_keeps(world: World, file: Application, bruno: User) -> None:
    terms(world.cycle)
    answer = signed_in(file.applicant).get(address("permit_letter", file.number, "en"))
    assert answer["Content-Type"] == "application/pdf"
    assert f"mila-{file.number}-en.pdf" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "no-store"
    for other in (bruno, world.claire, world.dominique):
        there = signed_in(other).get(address("permit_letter", file.number, "en"))
        assert there.status_code == 404
