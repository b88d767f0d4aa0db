"""The form's pages: what is typed is kept, whatever happens."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from applications.models import Application, Degree
from applications.steps import STEPS
from cycles.models import Cycle
from tests import factories

pytestmark = pytest.mark.django_db
# The cycle’s own questions are a step only where there are any: tests/applications/test_questions.py.
STEP_NAMES = [step.slug for step in STEPS if step.slug != "questions"]


@pytest.fixture
def cycle() -> Cycle:
    return factories.cycle()


@pytest.fixture
def draft(amina: User, cycle: Cycle) -> Application:
    return factories.draft(amina, cycle, complete=False)


@pytest.fixture
def mine(client: Client, amina: User) -> Client:
    client.force_login(amina)
    return client


def step_url(application: Application, step: str) -> str:
    return reverse("application_step", args=[application.number, step])


def seen(client: Client, url: str) -> str:
    """The mark that the page carries."""
    context = client.get(url).context
    return str(context["seen"])


def statement(client: Client, application: Application, text: str, **more: str) -> Any:
    url = step_url(application, "statement")
    data = {"seen": seen(client, url), "statement": text, "internship_goals": "", **more}
    return client.post(url, data)


def degree(**fields: str) -> dict[str, str]:
    """The studies form as a browser sends it with one degree."""
    values = {
        "institution": "UCAD",
        "country": "SN",
        "level": "bachelor",
        "title": "Licence",
        **fields,
    }
    return {f"degrees-0-{name}": value for name, value in values.items()}


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("step", [*STEP_NAMES, "check"])
@pytest.mark.parametrize("complete", [True, False])
def test_every_step_renders(
    mine: Client, amina: User, cycle: Cycle, step: str, language: str, complete: bool
) -> None:
    application = factories.draft(amina, cycle, complete=complete)
    page = mine.get(f"{language}/applications/{application.number}/{step}/")
    assert page.status_code == 200
    assert application.number in page.content.decode()


@pytest.mark.parametrize("step", [*STEP_NAMES, "check"])
@pytest.mark.parametrize("who", ["bruno", "claire", "david", "dominique"])
def test_a_stranger_gets_404(
    client: Client, draft: Application, step: str, who: str, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))
    assert client.get(f"/applications/{draft.number}/{step}/").status_code == 404
    assert client.post(step_url(draft, "you"), {}).status_code == 404


def test_an_unknown_step_is_404(mine: Client, draft: Application) -> None:
    assert mine.get(step_url(draft, "nowhere")).status_code == 404


def test_start_needs_a_post_and_a_published_cycle(mine: Client, cycle: Cycle) -> None:
    url = reverse("application_start")
    assert mine.get(url).status_code == 405
    assert mine.post(url, {"cycle": cycle.pk + 1}).status_code == 404
    begun = mine.post(url, {"cycle": cycle.pk})
    assert begun.status_code == 302
    assert Application.objects.count() == 1


def test_a_step_is_saved_and_leads_to_the_next(mine: Client, draft: Application) -> None:
    answer = statement(mine, draft, "Bonjour")
    assert answer.url == step_url(draft, "documents")
    draft.refresh_from_db()
    assert draft.statement == "Bonjour"
    assert draft.revision == 1


def test_the_last_form_before_the_documents_can_be_left_incomplete(
    mine: Client, draft: Application
) -> None:
    assert statement(mine, draft, "").status_code == 302


def test_a_wrong_value_is_said_and_the_rest_is_kept(mine: Client, draft: Application) -> None:
    url = step_url(draft, "you")
    data = {"seen": seen(mine, url), "first_names": "Awa", "phone": "514", "language": "en"}
    page = mine.post(url, data)
    assert page.status_code == 422
    html = page.content.decode()
    assert 'value="514"' in html
    assert "<title>Erreur" in html
    draft.refresh_from_db()
    assert (draft.first_names, draft.phone) == ("Awa", "")
    draft.applicant.refresh_from_db()
    assert draft.applicant.language == "en"


def test_a_phone_is_kept_without_its_dashes(mine: Client, draft: Application) -> None:
    url = step_url(draft, "you")
    mine.post(url, {"seen": seen(mine, url), "phone": "+1 (514) 555-0123"})
    draft.refresh_from_db()
    assert draft.phone == "+15145550123"


@pytest.mark.parametrize(("length", "status"), [(3000, 302), (3001, 422)])
def test_the_letter_is_counted_in_characters(
    mine: Client, draft: Application, length: int, status: int
) -> None:
    # An emoji is one, a line break is one although the browser sends two.
    text = "🎓\r\n" + "é" * (length - 2)
    answer = statement(mine, draft, text)
    assert answer.status_code == status
    draft.refresh_from_db()
    assert len(draft.statement) == (3000 if status == 302 else 0)
    if status == 422:
        assert "é" * 200 in answer.content.decode()


def test_a_second_tab_overwrites_nothing_and_loses_nothing(
    mine: Client, draft: Application
) -> None:
    url = step_url(draft, "statement")
    old = seen(mine, url)
    statement(mine, draft, "From the first tab")
    page = mine.post(url, {"seen": old, "statement": "From the second tab", "internship_goals": ""})
    assert page.status_code == 409
    html = page.content.decode()
    assert "From the second tab" in html
    draft.refresh_from_db()
    assert draft.statement == "From the first tab"
    again = mine.post(
        url,
        {"seen": page.context["seen"], "statement": "From the second tab", "internship_goals": ""},
    )
    assert again.status_code == 302
    draft.refresh_from_db()
    assert draft.statement == "From the second tab"


def test_autosave_answers_with_one_line_and_the_new_mark(mine: Client, draft: Application) -> None:
    url = step_url(draft, "statement")
    data = {"seen": seen(mine, url), "statement": "Bon", "internship_goals": ""}
    line = mine.post(url, data, headers={"HX-Request": "true"})
    assert line.status_code == 200
    html = line.content.decode()
    assert 'id="saved"' in html
    assert "<html" not in html
    assert 'hx-swap-oob="true"' in html
    data = {**data, "seen": line.context["seen"], "statement": "Bonjour"}
    mine.post(url, data, headers={"HX-Request": "true"})
    draft.refresh_from_db()
    assert draft.statement == "Bonjour"


def test_autosave_of_a_stale_tab_keeps_its_old_mark(mine: Client, draft: Application) -> None:
    url = step_url(draft, "statement")
    old = seen(mine, url)
    statement(mine, draft, "First")
    data = {"seen": old, "statement": "Second", "internship_goals": ""}
    line = mine.post(url, data, headers={"HX-Request": "true"})
    assert "hx-swap-oob" not in line.content.decode()
    draft.refresh_from_db()
    assert draft.statement == "First"


def test_what_was_typed_survives_a_lost_session(
    client: Client, amina: User, draft: Application
) -> None:
    url = step_url(draft, "statement")
    client.force_login(amina)
    mark = seen(client, url)
    client.logout()
    away = client.post(
        url, {"seen": mark, "statement": "Two hours of work", "internship_goals": ""}
    )
    assert away.status_code == 302
    assert "next=" in away.url
    client.force_login(amina)
    page = client.get(url)
    assert "Two hours of work" in page.content.decode()
    draft.refresh_from_db()
    assert draft.statement == ""
    assert "Two hours of work" not in client.get(url).content.decode()


def test_what_was_typed_is_not_shown_to_another_person(
    client: Client, bruno: User, draft: Application
) -> None:
    url = step_url(draft, "statement")
    client.post(url, {"statement": "Hers alone", "internship_goals": ""})
    client.force_login(bruno)
    page = client.get(url)
    assert page.status_code == 404
    assert "Hers alone" not in page.content.decode()


def test_autosave_without_a_session_sends_the_whole_page_to_sign_in(
    client: Client, draft: Application
) -> None:
    url = step_url(draft, "statement")
    answer = client.post(
        url, {"statement": "x"}, headers={"HX-Request": "true", "HX-Current-URL": url}
    )
    assert answer.status_code == 401
    assert "next=" in answer["HX-Redirect"]


def test_after_the_close_the_typed_text_is_shown_and_nothing_is_written(
    mine: Client, draft: Application
) -> None:
    url = step_url(draft, "statement")
    mark = seen(mine, url)
    Cycle.objects.update(closes_at=timezone.now() - timedelta(days=1))
    page = mine.post(url, {"seen": mark, "statement": "Too late", "internship_goals": ""})
    assert page.status_code == 409
    assert "Too late" in page.content.decode()
    draft.refresh_from_db()
    assert draft.statement == ""
    assert mine.get(url).url == reverse("my_application")
    assert mine.get(f"/applications/{draft.number}/check/").url == reverse("my_application")


def test_a_degree_is_kept_even_incomplete_and_saving_twice_adds_nothing(
    mine: Client, draft: Application
) -> None:
    url = step_url(draft, "studies")
    mine.post(url, {"seen": seen(mine, url), **degree()})
    mine.post(url, {"seen": seen(mine, url), **degree(title="Licence 2")})
    only = Degree.objects.get()
    assert (only.title, only.average) == ("Licence 2", None)


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"start_year": "2024", "end_year": "2021"}, "end_year"),
        ({"start_year": "20"}, "start_year"),
        ({"end_year": "3000"}, "end_year"),
        ({"average": "-1"}, "average"),
        ({"scale_max": "0"}, "scale_max"),
        ({"average": "very good"}, "average"),
    ],
)
def test_a_wrong_degree_is_said_at_its_field(
    mine: Client, draft: Application, bad: dict[str, str], field: str
) -> None:
    url = step_url(draft, "studies")
    page = mine.post(url, {"seen": seen(mine, url), **degree(**bad)})
    assert page.status_code == 422
    assert f'href="#id_degrees-0-{field}"' in page.content.decode()
    assert Degree.objects.get().institution == "UCAD"


def test_the_empty_degree_at_the_end_adds_nothing(mine: Client, draft: Application) -> None:
    url = step_url(draft, "studies")
    blank = {"degrees-1-institution": "", "degrees-1-country": "", "degrees-1-average": ""}
    data = {"seen": seen(mine, url), **degree(), **blank}
    assert mine.post(url, data).status_code == 302
    assert Degree.objects.get().institution == "UCAD"


def test_a_degree_can_be_removed(mine: Client, draft: Application) -> None:
    url = step_url(draft, "studies")
    mine.post(url, {"seen": seen(mine, url), **degree()})
    page = mine.post(url, {"seen": seen(mine, url), **degree(), "remove": "0"})
    assert page.url == url
    assert not Degree.objects.exists()


def test_add_another_stays_on_the_step(mine: Client, draft: Application) -> None:
    url = step_url(draft, "studies")
    answer = mine.post(url, {"seen": seen(mine, url), **degree(), "stay": "1"})
    assert answer.url == f"{url}#add"
    assert 'id="add"' in mine.get(url).content.decode()


def test_programs_are_ranked(mine: Client, draft: Application) -> None:
    url = step_url(draft, "program")
    msc, dess = draft.cycle.programs.order_by("position")
    data = {"first_choice": dess.pk, "second_choice": msc.pk, "attendance": "part"}
    mine.post(url, {"seen": seen(mine, url), **data})
    assert [row.code for row in Application.objects.get().chosen] == ["dess", "msc"]


@pytest.mark.parametrize(("first", "second"), [("", "msc"), ("msc", "msc")])
def test_choices_that_contradict_each_other_are_refused(
    mine: Client, draft: Application, first: str, second: str
) -> None:
    url = step_url(draft, "program")
    key = {row.code: row.pk for row in draft.cycle.programs.all()} | {"": ""}
    data = {"first_choice": key[first], "second_choice": key[second]}
    page = mine.post(url, {"seen": seen(mine, url), **data})
    assert page.status_code == 422


def test_a_step_costs_the_same_whatever_the_file_holds(
    mine: Client, amina: User, cycle: Cycle, django_assert_num_queries: Any
) -> None:
    application = factories.draft(amina, cycle)
    with django_assert_num_queries(11):
        mine.get(step_url(application, "statement"))


def test_a_page_is_not_in_its_own_way_when_the_answer_was_lost(
    mine: Client, draft: Application
) -> None:
    url = step_url(draft, "statement")
    context = mine.get(url).context
    shown = {"seen": str(context["seen"]), "page": str(context["page"])}
    mine.post(url, {**shown, "statement": "first"})
    again = mine.post(url, {**shown, "statement": "second"})
    assert again.status_code == 302
    draft.refresh_from_db()
    assert draft.statement == "second"


def test_another_page_is_told_and_shown_what_is_stored(mine: Client, draft: Application) -> None:
    url = step_url(draft, "statement")
    one, two = mine.get(url).context, mine.get(url).context
    assert one["page"] != two["page"]
    mine.post(url, {"seen": one["seen"], "page": one["page"], "statement": "first"})
    answer = mine.post(url, {"seen": two["seen"], "page": two["page"], "statement": "second"})
    assert answer.status_code == 409
    assert answer.context["theirs"] == [("Lettre d’intention", "first")]
    assert answer.context["page"] == two["page"]
    draft.refresh_from_db()
    assert draft.statement == "first"


def test_what_is_stored_is_told_in_words(mine: Client, draft: Application) -> None:
    url = step_url(draft, "you")
    old = seen(mine, url)
    mine.post(url, {"seen": old, "canada_status": "study", "language": "fr"})
    answer = mine.post(url, {"seen": old, "canada_status": "work", "language": "fr"})
    assert ("Statut au Canada", "Permis d’études") in answer.context["theirs"]
