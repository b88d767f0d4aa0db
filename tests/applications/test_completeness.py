"""What lacks, and what readers see of what was frozen."""

import pytest
from django.utils import translation

from accounts.models import User
from applications import countries
from applications.completeness import missing
from applications.models import Application, Choice
from applications.snapshot import HIDDEN_FROM_READERS, for_readers, freeze
from applications.steps import STEPS, neighbours, thread
from cycles.models import Course
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def empty(amina: User) -> Application:
    return factories.draft(amina, factories.cycle(), complete=False)


def fields(application: Application) -> list[str]:
    return [item.field for item in missing(Application.objects.get(pk=application.pk))]


def grid(*names: str) -> list[str]:
    """The fields of the prerequisites, in the order of the courses."""
    keys = Course.objects.filter(is_asked=True).values_list("pk", flat=True)
    return [f"course-{key}-{name}" for key in keys for name in names]


def test_an_empty_draft_lacks_everything(empty: Application) -> None:
    assert fields(empty) == [
        "first_names",
        "last_names",
        "country",
        "canada_status",
        "first_choice",
        "degrees-0-institution",
        *grid("how"),
        "credits",
        "credit_system",
        "python_level",
        "french_level",
        "english_level",
        "statement",
        "cv",
    ]


def test_a_filled_draft_lacks_nothing(empty: Application) -> None:
    factories.fill(empty)
    assert fields(empty) == []


def test_the_diploma_program_asks_for_the_attendance_and_no_internship(empty: Application) -> None:
    factories.fill(empty)
    empty.choices.all().delete()
    Choice.objects.create(application=empty, program=factories.program("dess"), rank=1)
    Application.objects.update(internship_goals="")
    assert fields(empty) == ["attendance"]


def test_the_masters_asks_for_the_internship_goals(empty: Application) -> None:
    factories.fill(empty)
    Application.objects.update(internship_goals=" ")
    assert fields(empty) == ["internship_goals"]


def test_each_gap_of_a_degree_is_named(empty: Application) -> None:
    factories.fill(empty)
    empty.degrees.update(average=None, title="")
    assert fields(empty) == ["degrees-0-title", "degrees-0-average"]


def test_a_document_taken_out_lacks_again(empty: Application) -> None:
    factories.fill(empty)
    empty.documents.update(replaced_at="2026-01-01T00:00Z")
    assert fields(empty) == ["cv", f"transcript-{empty.degrees.get().pk}"]


def test_the_thread_says_where_you_are(empty: Application) -> None:
    nodes = thread(empty, missing(empty), "studies")
    assert [node["state"] for node in nodes] == ["", "", "now", "", "", "", "", "done", ""]
    factories.fill(empty)
    whole = Application.objects.get(pk=empty.pk)
    nodes = thread(whole, missing(whole), "review")
    assert [node["state"] for node in nodes] == ["done"] * 8 + ["now"]


def test_neighbours_stop_at_the_ends(empty: Application) -> None:
    assert neighbours(empty, "you") == (None, STEPS[1])
    assert neighbours(empty, "referees") == (STEPS[-2], None)


@pytest.mark.parametrize("blind", [True, False])
def test_readers_never_get_what_is_hidden(amina: User, blind: bool) -> None:
    application = factories.submitted(amina, factories.cycle(), phone="+15145550123")
    content = application.submissions.get().content
    shown = for_readers(content, blind=blind)
    assert not set(HIDDEN_FROM_READERS) & set(shown["person"])
    assert ("first_names" in shown["person"]) is not blind
    for secret in ("+15145550123", amina.email):
        assert secret in str(content)
        assert secret not in str(shown)


def test_freezing_twice_gives_the_same(amina: User) -> None:
    application = factories.draft(amina, factories.cycle())
    assert freeze(application) == freeze(Application.objects.get(pk=application.pk))


def test_countries_are_named_and_sorted_in_the_language() -> None:
    with translation.override("fr"):
        assert countries.name_of("DE") == "Allemagne"
        names = [name for _code, name in countries.choices()[1:]]
        assert names.index("Équateur") < names.index("Espagne")
    with translation.override("en"):
        assert countries.name_of("DE") == "Germany"
        assert countries.name_of("??") == "??"
