"""What was frozen, in words: the same for the applicant and for the readers, in every format."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from applications.content import Content, years_of
from tests import factories

OLD_DEGREE = {
    "title": "Licence",
    "institution": "Dakar",
    "level": "",
    "start_year": None,
    "end_year": 2024,
    "average": "15.20",
    "scale_max": "20",
}
GERMAN = {
    **OLD_DEGREE,
    "average": "1.7",
    "scale_max": "1",
    "scale_pass": "4",
    "scale_direction": "down",
}


def content(**parts: Any) -> Content:
    return Content(parts)


@pytest.mark.parametrize(
    ("language", "average", "scale"),
    [
        ("fr", "1,7 sur 1", "note de passage 4, la plus basse est la meilleure"),
        ("en", "1.7 out of 1", "pass mark 4, the lowest is the best"),
    ],
)
def test_a_grade_is_told_on_its_own_scale(language: str, average: str, scale: str) -> None:
    with translation.override(language):
        line = content(degrees=[GERMAN]).degrees[0]
        assert (line.average, line.scale) == (average, scale)


def test_a_degree_of_the_first_format_stays_readable() -> None:
    line = content(degrees=[OLD_DEGREE]).degrees[0]
    assert (line.average, line.years, line.field, line.scale) == ("15,2 sur 20", "2024", "", "")
    without = content(degrees=[{**OLD_DEGREE, "average": "None", "scale_max": "None"}]).degrees[0]
    assert (without.average, without.level) == ("", "")


def test_an_average_without_its_scale_is_the_number_alone() -> None:
    assert content(degrees=[{**OLD_DEGREE, "scale_max": ""}]).degrees[0].average == "15,2"


@pytest.mark.parametrize(
    ("line", "years"),
    [
        ({"start_year": 2020, "end_year": 2022}, "2020–2022"),
        ({"start_year": 2020, "current": True}, "depuis 2020"),
        ({"start_year": None, "end_year": 2022}, "2022"),
        ({}, ""),
    ],
)
def test_years(line: dict[str, Any], years: str) -> None:
    assert years_of(line) == years


def test_the_plan_and_the_skills_are_told_in_words() -> None:
    told = content(
        start_on="2027-09-01",
        attendance="part",
        experience={
            "python_level": "none",
            "other_languages": "R",
            "french_level": "c2",
            "english_level": "nonsense",
            "tfi_score": 640,
            "tfi_on": "2026-05-04",
        },
    )
    assert [fact.text for fact in told.plan] == ["septembre\xa02027", "Temps partiel"]
    texts = {fact.label: fact.text for fact in told.skills}
    assert texts["Python"] == "Pas encore"
    assert texts["Résultat au TFI"] == "640, 4\xa0mai\xa02026"
    assert "Anglais" not in texts


def test_an_empty_content_says_nothing_and_breaks_nothing() -> None:
    told = content()
    assert (told.degrees, told.plan, told.skills, told.jobs, told.links) == ([], [], [], [], [])
    assert (told.no_job, told.statement, told.code_example, told.circumstances) == (False,) + (
        "",
    ) * 3


@pytest.mark.django_db
def test_the_last_page_names_the_referees(client: Client, amina: User) -> None:
    application = factories.draft(amina, factories.cycle(referees=1))
    factories.referee(application)
    client.force_login(amina)
    page = client.get(reverse("application_review", args=[application.number])).content.decode()
    assert "Élise Fortin" in page
    assert 'id="s-referees"' in page


def test_no_job_is_said_only_by_someone_who_told_none() -> None:
    assert content(experience={"no_job": True}).no_job
    job = {"role": "Analyste", "employer": "Clinique", "start_year": 2020, "end_year": 2021}
    both = content(experience={"no_job": True, "jobs": [job]})
    assert not both.no_job
    assert both.jobs[0].years == "2020–2021"
