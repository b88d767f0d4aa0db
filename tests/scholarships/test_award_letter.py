"""The letter of award: what it says in each language, tagged for every reader; never the category, and only while it stands."""

import io
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader

from accounts.models import User
from audit.moves import Refused
from cycles.typography import NBSP
from scholarships import award_letter, lapsing, replying
from scholarships.models import Award, Category, Round
from tests.followup.pages import address, signed_in
from tests.scholarships.awards_world import NOW, Bursary, registers

pytestmark = pytest.mark.django_db


@pytest.fixture
def bursary(person: Any) -> Bursary:
    return Bursary(person, category=Category.SOCIOECONOMIC)


@pytest.fixture
def amina(person: Any) -> User:
    return person("amina")


@pytest.fixture
def award(bursary: Bursary, amina: User) -> Award:
    return replying.accept(bursary.awarded(amina), by=amina, at=NOW())


def text_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join("\n".join(one.extract_text() for one in pages).replace(NBSP, " ").split())


def letter(award: Award, language: str) -> str:
    fresh = Award.objects.select_related(
        "candidacy__round__cycle", "candidacy__application__applicant"
    ).get(pk=award.pk)
    return text_of(award_letter.pdf_of(fresh, language, at=NOW()))


def test_it_says_the_amounts_the_conditions_and_the_program_of_scholarships(award: Award) -> None:
    Round.objects.update(
        conditions_fr="Études à temps plein.",
        conditions_en="Full-time studies.",
        signer="Camille Roy",
        signer_title_fr="Responsable des bourses",
        signer_title_en="Head of scholarships",
    )
    french = letter(award, "fr")
    for words in (
        *("Lettre d’attribution de bourse", "6 000 $", "500 $", "12 mois", "Camille Roy"),
        *("Programme de bourses ÉDI de Mila", "Études à temps plein.", "Responsable des bourses"),
        *(award.candidacy.application.number, "à la condition que la personne s’inscrive"),
    ):
        assert words in french, words
    english = letter(award, "en")
    for words in (
        *("Letter of award", "$6,000", "$500", "Mila EDI Scholarships Program"),
        *("Full-time studies.", "Head of scholarships", "on condition that"),
    ):
        assert words in english, words


@pytest.mark.parametrize("category", list(Category))
def test_it_never_names_the_category(award: Award, category: str) -> None:
    Round.objects.update(category=category, name_fr="Femmes en IA", name_en="Women in AI")
    for language in ("fr", "en"):
        said = letter(award, language)
        for words in ("Femmes", "Women", "Socio", "socio", "Diversity", "Research", "recherche"):
            assert words not in said
        assert award.candidacy.number not in said


def test_without_a_signer_there_is_no_line_to_sign(award: Award) -> None:
    Round.objects.update(signer="", signer_title_fr="Personne", signer_title_en="Nobody")
    assert "Nobody" not in letter(award, "en")


def test_beyond_a_year_the_annual_amount_is_twelve_months_of_it(award: Award) -> None:
    Award.objects.update(months=24)
    said = letter(award, "en")
    for words in ("$3,000", "$250", "$6,000 over 24 months"):
        assert words in said


def test_registered_it_says_that_the_condition_is_met(bursary: Bursary, award: Award) -> None:
    registers(award, by=bursary.claire)
    lapsing.settle_all(at=NOW())
    assert "the condition is met" in letter(award, "en")


def test_it_is_tagged_for_every_reader(award: Award) -> None:
    for language in ("fr", "en"):
        pdf = award_letter.pdf_of(award, language, at=NOW())
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            assert opened.Root.MarkInfo.Marked
            assert opened.Root.Lang == f"{language}-CA"
            with opened.open_metadata() as metadata:
                assert metadata["pdfuaid:part"] == "1"


def test_there_is_none_before_the_yes_nor_after_the_end(
    bursary: Bursary, person: Any, award: Award
) -> None:
    Award.objects.update(status=Award.Status.LAPSED)
    award.refresh_from_db()
    with pytest.raises(Refused):
        award_letter.pdf_of(award, "fr", at=NOW())
    there = signed_in(award.candidacy.application.applicant)
    number = award.candidacy.number
    assert there.get(address("award_letter_file", number, "fr")).status_code == 404


def test_it_is_a_download_that_nobody_keeps(award: Award, amina: User) -> None:
    number = award.candidacy.number
    answer = signed_in(amina).get(address("award_letter_file", number, "en"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    assert "attachment" in answer["Content-Disposition"]
    assert signed_in(amina).get(address("award_letter_file", number, "de")).status_code == 404


def test_without_a_released_answer_the_program_is_left_out(bursary: Bursary, award: Award) -> None:
    assert award_letter.program_of(award)
    award.candidacy.application_id = 0
    assert award_letter.program_of(award) == ""
