"""Repeated lines of a step: prerequisites, degrees and jobs; what is removed can be put back; what a save costs."""

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from applications.completeness import missing
from applications.content import Content
from applications.models import Application, Choice, Degree
from applications.models.plain import MOST_JOBS
from applications.snapshot import freeze
from applications.steps import STEPS
from cycles.models import Course, Cycle
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle() -> Cycle:
    return factories.cycle()


@pytest.fixture
def draft(amina: User, cycle: Cycle) -> Application:
    return factories.draft(amina, cycle)


@pytest.fixture
def mine(client: Client, amina: User) -> Client:
    client.force_login(amina)
    return client


def url_of(draft: Application, step: str) -> str:
    return reverse("application_step", args=[draft.number, step])


def save(client: Client, draft: Application, step: str, **fields: str) -> Any:
    url = url_of(draft, step)
    return client.post(url, {"seen": client.get(url).context["seen"], **fields})


def lacking(draft: Application, step: str) -> list[str]:
    fresh = Application.objects.get(pk=draft.pk)
    return [item.field for item in missing(fresh) if item.step == step]


def course_fields(**told: str) -> dict[str, str]:
    """The first course of the grid as a browser sends it."""
    key = Course.objects.filter(is_asked=True).first()
    assert key
    return {f"course-{key.pk}-{name}": value for name, value in told.items()}


# The grid ------------------------------------------------------------------------------------------
def test_a_course_is_kept_as_plain_data(mine: Client, draft: Application) -> None:
    told = course_fields(
        how="taken", course="Analyse", institution="UCAD", year="2022", credits="7,5", grade="A-"
    )
    assert save(mine, draft, "prerequisites", **told, credits="60").status_code == 302
    draft.refresh_from_db()
    assert draft.prerequisites["MAT1400"] == {
        "how": "taken",
        "course": "Analyse",
        "institution": "UCAD",
        "year": 2022,
        "credits": "7.5",
        "grade": "A-",
        "note": "",
    }
    assert draft.prerequisites["IFT2125"]["course"] == "Analyse 1"


@pytest.mark.parametrize(
    ("line", "gaps"),
    [
        ({}, ["how"]),
        ({"how": "taken"}, ["course", "institution", "year", "credits", "grade"]),
        (
            {"how": "taken", "course": " \u200b"},
            ["course", "institution", "year", "credits", "grade"],
        ),
        ({"how": "planned"}, []),
        ({"how": "not_taken"}, []),
        ({"how": "equivalent"}, ["note"]),
        ({"how": "equivalent", "note": "Au travail"}, []),
    ],
)
def test_each_answer_asks_for_its_own_fields(
    draft: Application, line: dict[str, str], gaps: list[str]
) -> None:
    draft.prerequisites["MAT1400"] = line
    draft.save()
    key = Course.objects.get(code="MAT1400").pk
    assert lacking(draft, "prerequisites") == [f"course-{key}-{name}" for name in gaps]


def test_few_credits_flag_and_refuse_nothing(mine: Client, draft: Application) -> None:
    save(mine, draft, "prerequisites", credits="39", credit_system="ECTS")
    assert lacking(draft, "prerequisites") == []
    draft.refresh_from_db()
    assert Content(freeze(draft)).is_short
    assert "demande 40" in mine.get(url_of(draft, "prerequisites")).content.decode()


def test_a_course_no_longer_asked_keeps_its_line(mine: Client, draft: Application) -> None:
    Course.objects.filter(code="IFT2125").update(is_asked=False)
    save(mine, draft, "prerequisites", credits="50", credit_system="ECTS")
    draft.refresh_from_db()
    assert "IFT2125" in draft.prerequisites
    assert "IFT2125" not in [line["code"] for line in freeze(draft)["prerequisites"]]


# Degrees and jobs ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ({"scale_max": "20", "scale_direction": "up", "average": "21"}, ["average"]),
        ({"scale_max": "20", "scale_direction": "up", "scale_pass": "21"}, ["scale_pass"]),
        ({"scale_max": "1", "scale_direction": "down", "average": "0.7"}, ["average"]),
        ({"scale_max": "1", "scale_direction": "down", "average": "1,7", "scale_pass": "4"}, []),
        ({"scale_max": "4.3", "scale_direction": "up", "average": "3,895"}, []),
        ({"progress": "done", "end_year": "2031"}, ["end_year"]),
    ],
)
def test_a_grade_stands_on_its_scale(
    mine: Client, draft: Application, told: dict[str, str], wrong: list[str]
) -> None:
    page = save(mine, draft, "studies", **{f"degrees-0-{key}": text for key, text in told.items()})
    assert page.status_code == (422 if wrong else 302)
    if wrong:
        assert [place for place, _sentence in page.context["form"].problems] == [
            f"id_degrees-0-{name}" for name in wrong
        ]


def test_years_that_contradict_what_is_stored_break_nothing(
    mine: Client, draft: Application
) -> None:
    page = save(
        mine, draft, "studies", **{"degrees-0-start_year": "2026", "degrees-0-end_year": "soon"}
    )
    assert page.status_code == 422
    assert draft.degrees.get().start_year == 2021


def test_a_removed_degree_comes_back_whole(mine: Client, draft: Application) -> None:
    degree = draft.degrees.get()
    save(mine, draft, "studies", remove="0")
    assert not draft.degrees.exists()
    assert not draft.documents.current().filter(slot=f"transcript-{degree.pk}").exists()
    assert "Remettre" in mine.get(url_of(draft, "studies")).content.decode()
    back = mine.post(reverse("line_restore", args=[draft.number, "studies"]))
    assert back.url == url_of(draft, "studies")
    assert Degree.objects.filter(pk=degree.pk, title=degree.title, average=degree.average).exists()
    assert draft.documents.current().filter(slot=f"transcript-{degree.pk}").exists()
    assert mine.post(reverse("line_restore", args=[draft.number, "studies"])).status_code == 302
    assert draft.degrees.count() == 1


def test_a_removed_job_comes_back_in_its_place(mine: Client, draft: Application) -> None:
    jobs = [{"role": "Un", "employer": "A"}, {"role": "Deux", "employer": "B"}]
    Application.objects.update(jobs=jobs)
    save(mine, draft, "experience", remove="0")
    draft.refresh_from_db()
    assert draft.jobs == jobs[1:]
    mine.post(reverse("line_restore", args=[draft.number, "experience"]))
    draft.refresh_from_db()
    assert draft.jobs == jobs


def test_a_removed_job_whose_place_was_taken_does_not_push_another_out(
    mine: Client, draft: Application
) -> None:
    jobs = [{"role": f"R{number}", "employer": "A"} for number in range(MOST_JOBS)]
    Application.objects.update(jobs=jobs)
    save(mine, draft, "experience", remove="0")
    full = [*jobs[1:], {"role": "In its place", "employer": "B"}]
    Application.objects.update(jobs=full)
    page = mine.post(reverse("line_restore", args=[draft.number, "experience"]), follow=True)
    assert "Il n’y a plus de place pour le remettre." in page.content.decode()
    draft.refresh_from_db()
    assert draft.jobs == full
    again = mine.get(url_of(draft, "experience")).content.decode()
    assert "Remettre" in again, "it can still be put back once there is room"


@pytest.mark.parametrize("place", ["7", "x", "9" * 30, "-1", ""])
def test_removing_what_is_not_there_removes_nothing(
    mine: Client, draft: Application, place: str
) -> None:
    assert save(mine, draft, "studies", remove=place).status_code == 302
    assert draft.degrees.count() == 1


def test_what_was_removed_is_forgotten_once_one_goes_on(mine: Client, draft: Application) -> None:
    save(mine, draft, "studies", remove="0")
    save(mine, draft, "studies")
    assert "Remettre" not in mine.get(url_of(draft, "studies")).content.decode()


@pytest.mark.parametrize("step", ["you", "nowhere"])
def test_steps_without_lines_put_nothing_back(mine: Client, draft: Application, step: str) -> None:
    assert mine.post(reverse("line_restore", args=[draft.number, step])).status_code == 404


def test_the_diploma_program_wants_jobs_or_the_word_that_there_are_none(
    mine: Client, draft: Application
) -> None:
    Choice.objects.update(program=factories.program("dess"))
    Application.objects.update(no_job=False)
    assert lacking(draft, "experience") == ["no_job"]
    save(mine, draft, "experience", **{"jobs-0-role": "Analyste", "jobs-0-current": "on"})
    assert lacking(draft, "experience")[-2:] == ["jobs-0-employer", "jobs-0-start_year"]


@pytest.mark.parametrize(
    "link",
    [
        "http://example.org",
        "javascript:alert(1)",
        "https://",
        "https://x",
        "https://[",
        "ftp://a.b",
    ],
)
def test_only_safe_links_are_kept(mine: Client, draft: Application, link: str) -> None:
    page = save(mine, draft, "experience", link_1=link, link_2="https://example.org/moi")
    assert page.status_code == 422
    draft.refresh_from_db()
    assert draft.links == ["https://example.org/moi"]


# What a save costs ---------------------------------------------------------------------------------
AUTOSAVE = {
    "you": 8,
    "program": 11,
    "studies": 10,
    "prerequisites": 8,
    "experience": 7,
    "statement": 8,
}


@pytest.mark.parametrize("many", [1, 6])
@pytest.mark.parametrize("step", list(AUTOSAVE))
def test_autosave_costs_the_same_whatever_the_file_holds(
    mine: Client,
    draft: Application,
    many: int,
    step: str,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    for index in range(1, many):
        Degree.objects.create(application=draft, position=index, title=f"Diplôme {index}")
    Application.objects.update(jobs=[{"role": "Un", "employer": "A"}] * many)
    data = fields_of(mine.get(url_of(draft, step)).content.decode())
    with django_assert_num_queries(AUTOSAVE[step]):
        line = mine.post(url_of(draft, step), data, headers={"HX-Request": "true"})
    assert "Enregistré à" in line.content.decode()
    assert draft.degrees.count() == many
    assert {step.slug for step in STEPS if step.form} == {*AUTOSAVE, "questions"}


def fields_of(page: str) -> dict[str, str]:
    """What a browser would send of a step's form as it stands."""
    return Form(page).fields


class Form(HTMLParser):
    """The fields of a page, by name; choices as they are selected."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._select = self._area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        name = found.get("name", "")
        boxes = ("radio", "checkbox")
        if tag == "input" and name and (found.get("type") not in boxes or "checked" in found):
            self.fields[name] = found.get("value", "on" if found.get("type") in boxes else "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in found:
            self.fields[self._select] = found.get("value", "")
        elif tag == "textarea":
            self._area = name
            self.fields[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] += data.removeprefix("\n")
