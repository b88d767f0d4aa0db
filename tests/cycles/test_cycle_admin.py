"""The page of a cycle in Django admin: one input a date, sentences at the field, and the trail."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from audit.models import AuditEntry
from cycles.models import Cycle, Declaration, Piece
from reviews.models import Criterion
from tests import factories
from tests.cycles.factories import coming, criterion, question

pytestmark = pytest.mark.django_db
Posted = Callable[..., dict[str, Any]]


def page_of(cycle: Cycle) -> str:
    """Its page in English."""
    return f"/en/admin/cycles/cycle/{cycle.pk}/change/"


@pytest.fixture
def cycle() -> Cycle:
    return coming()


def errors(answer: Any) -> dict[str, list[str]]:
    """What the page says is wrong, by field."""
    assert answer.status_code == 200
    return dict(answer.context["adminform"].form.errors)


def test_the_page_as_it_stands_saves_without_changing_anything(
    admin: Client, cycle: Cycle, posted: Posted
) -> None:
    question(cycle)
    before = Cycle.objects.values().get(pk=cycle.pk)
    answer = admin.post(page_of(cycle), posted(page_of(cycle)))
    assert answer.status_code == 302, errors(answer)
    after = Cycle.objects.values().get(pk=cycle.pk)
    assert {**after, "opens_at": 0, "closes_at": 0} == {**before, "opens_at": 0, "closes_at": 0}
    assert abs(after["closes_at"] - before["closes_at"]) < timedelta(seconds=1)


def test_a_moment_is_one_labelled_input_in_montreal_time(
    admin: Client, cycle: Cycle, posted: Posted
) -> None:
    Cycle.objects.filter(pk=cycle.pk).update(closes_at=datetime(2027, 7, 2, 3, 59, 59, tzinfo=UTC))
    text = admin.get(page_of(cycle)).content.decode()
    assert 'type="datetime-local" name="closes_at" value="2027-07-01T23:59:59"' in text
    assert 'for="id_closes_at"' in text
    assert "Montréal time" in text
    assert posted(page_of(cycle))["opens_at"].count("T") == 1


@pytest.mark.parametrize(
    ("field", "days", "said"),
    [
        ("closes_at", -60, "open before it closes"),
        ("documents_due_on", -60, "before the cycle closes"),
        ("reviews_due_on", -60, "before the last documents"),
        ("release_on", -60, "before the reviews are due"),
        ("reply_by", -60, "before the answers are released"),
        ("udem_safe_on", 60, "safe UdeM date"),
        ("waitlist_ends_on", -100, "before people have replied"),
        ("starts_on", -300, "before the waitlist ends"),
        ("second_start_on", -1, "after the first one"),
    ],
)
def test_dates_that_contradict_each_other_say_so_at_the_field(
    admin: Client, cycle: Cycle, posted: Posted, field: str, days: int, said: str
) -> None:
    base = getattr(cycle, field) or cycle.starts_on
    moved = base + timedelta(days=days)
    shown = f"{moved:%Y-%m-%dT%H:%M:%S}" if isinstance(moved, datetime) else f"{moved}"
    found = errors(admin.post(page_of(cycle), posted(page_of(cycle), **{field: shown})))
    assert said in found[field][0]
    assert "__all__" not in found


def test_errors_far_down_the_page_are_told_at_its_top(
    admin: Client, cycle: Cycle, posted: Posted
) -> None:
    question(cycle, "first", position=1)
    form = posted(page_of(cycle)) | {
        "name_fr": "",
        "pieces-0-name_fr": "",
        "intakes-1-program": posted(page_of(cycle))["intakes-0-program"],
    }
    answer = admin.post(page_of(cycle), form)
    anchors = [anchor for anchor, _sentence in answer.context["wrong"]]
    assert {"id_name_fr", "id_pieces-0-name_fr", "intakes-heading"} <= set(anchors)
    text = answer.content.decode()
    assert '<a href="#id_pieces-0-name_fr">Name in French:' in text
    assert "Not saved: 4 things to correct" in text
    assert admin.get(page_of(cycle)).context["wrong"] == []


def test_an_hour_that_does_not_exist_is_refused_in_words(
    admin: Client, cycle: Cycle, posted: Posted
) -> None:
    form = posted(page_of(cycle), opens_at="2027-03-14T02:30:00")
    assert "opens_at" in errors(admin.post(page_of(cycle), form))


def test_a_new_cycle_begins_with_the_usual_documents_and_declarations(
    admin: Client, posted: Posted, cycle: Cycle
) -> None:
    page = "/en/admin/cycles/cycle/add/"
    assert "copy Fall 2027 and change its dates" in admin.get(page).content.decode()
    dates = {
        name: value
        for name, value in posted(page_of(cycle)).items()
        if name in {field.name for field in Cycle._meta.fields}
    }
    answer = admin.post(page, posted(page, **dates | {"code": "B29"}))
    new = Cycle.objects.get(code="B29")
    assert answer.url == page_of(new)
    assert [row.slug for row in new.pieces.all()] == ["cv", "transcript", "translation", "diploma"]
    assert new.declarations.count() == 3
    assert not new.is_published
    text = admin.get(page_of(new)).content.decode()
    assert "No program takes people in this cycle." in text
    assert "The rubric is empty" in text


def test_rows_are_added_without_inventing_codes_or_places(
    admin: Client, cycle: Cycle, posted: Posted
) -> None:
    form = posted(page_of(cycle)) | {
        "pieces-TOTAL_FORMS": "5",
        "pieces-4-name_fr": "Portfolio d’art",
        "pieces-4-name_en": "Art portfolio",
        "pieces-4-kind": "other",
        "pieces-4-cycle": str(cycle.pk),
        "pieces-4-id": "",
        "pieces-4-position": "",
    }
    answer = admin.post(page_of(cycle), form)
    assert answer.status_code == 302, answer.context["errors"]
    piece = cycle.pieces.get(slug="art-portfolio")
    assert (piece.position, piece.name_fr, piece.is_required) == (5, "Portfolio d’art", False)


def test_two_new_rows_with_the_same_words_get_two_codes(
    admin: Client, cycle: Cycle, posted: Posted
) -> None:
    form = posted(page_of(cycle)) | {"pieces-TOTAL_FORMS": "6", "pieces-0-position": ""}
    for index in (4, 5):
        form |= {f"pieces-{index}-name_fr": "CV", f"pieces-{index}-name_en": "CV"}
        form |= {f"pieces-{index}-cycle": str(cycle.pk), f"pieces-{index}-kind": "other"}
    form |= {"pieces-4-position": "1", "pieces-5-position": ""}
    assert admin.post(page_of(cycle), form).status_code == 302
    codes = list(cycle.pieces.values_list("slug", "position"))
    assert codes == [
        *(("cv", 1), ("cv-2", 1), ("transcript", 2), ("translation", 3)),
        *(("diploma", 4), ("cv-3", 5)),
    ]


def test_a_document_changes(admin: Client, cycle: Cycle, posted: Posted) -> None:
    msc = factories.program()
    form = posted(page_of(cycle)) | {"pieces-3-program": str(msc.pk), "pieces-3-help_fr": "Vite."}
    assert admin.post(page_of(cycle), form).status_code == 302
    diploma = cycle.pieces.get(slug="diploma")
    assert (diploma.program, diploma.help_fr) == (msc, "Vite.")


def test_a_declaration_changes_through_its_verb(admin: Client, adam: User, posted: Posted) -> None:
    opened = factories.cycle()
    row = opened.declarations.get(code="true")
    form = posted(page_of(opened)) | {"declarations-0-text_fr": "Tout est vrai."}
    assert admin.post(page_of(opened), form).status_code == 302
    row.refresh_from_db()
    assert (row.text_fr, row.version) == ("Tout est vrai.", 2)
    assert AuditEntry.objects.about(row).get().verb == "reword"
    entry = AuditEntry.objects.about(opened).get()
    assert (entry.verb, entry.actor) == ("configure", adam)
    assert opened.declarations.get(code="notice").version == 1


def test_declarations_are_added_and_deleted_before_the_opening(
    admin: Client, cycle: Cycle, posted: Posted
) -> None:
    form = posted(page_of(cycle)) | {
        "declarations-TOTAL_FORMS": "4",
        "declarations-0-DELETE": "on",
        "declarations-3-text_fr": "Je lis le français.",
        "declarations-3-text_en": "I read French.",
        "declarations-3-cycle": str(cycle.pk),
        "declarations-3-id": "",
    }
    assert admin.post(page_of(cycle), form).status_code == 302
    codes = set(Declaration.objects.filter(cycle=cycle).values_list("code", flat=True))
    assert codes == {"notice", "transfer", "i-read-french"}


@pytest.mark.parametrize(
    ("name", "value"),
    [("pieces-0-name_en", ""), ("declarations-0-text_en", ""), ("notice_en", ""), ("name_en", "")],
)
def test_what_the_public_sees_keeps_both_languages(
    admin: Client, posted: Posted, name: str, value: str
) -> None:
    shown = factories.cycle()
    answer = admin.post(page_of(shown), posted(page_of(shown)) | {name: value})
    assert "write it in both languages" in answer.content.decode()
    assert Piece.objects.get(cycle=shown, slug="cv").name_en
    Cycle.objects.filter(pk=shown.pk).update(
        is_published=False, opens_at=timezone.now() + timedelta(1)
    )
    assert admin.post(page_of(shown), posted(page_of(shown)) | {name: value}).status_code == 302


def test_a_published_cycle_keeps_its_notice(admin: Client, posted: Posted) -> None:
    shown = factories.cycle()
    none = {"notice_fr": "", "notice_en": ""}
    found = errors(admin.post(page_of(shown), posted(page_of(shown)) | none))
    assert "both languages" in found["notice_fr"][0]


def test_another_notice_is_another_version_and_the_old_one_stays_readable(
    admin: Client, posted: Posted
) -> None:
    opened = factories.cycle()
    form = posted(page_of(opened)) | {"notice_fr": "Autre avis.", "notice_en": "Another notice."}
    found = errors(admin.post(page_of(opened), form))
    assert "agreed to this version" in found["notice_version"][0]
    admin.post(page_of(opened), form | {"notice_version": "2026-11"})
    opened.refresh_from_db()
    assert (opened.notice_en, opened.notice_version) == ("Another notice.", "2026-11")
    before = AuditEntry.objects.about(opened).get(verb="reword").details["before"]
    assert before["notice_version"] == "2026-10"
    assert before["notice_en"] == "Mila keeps your application to judge it."


def test_the_page_costs_the_same_with_more_rows(admin: Client, cycle: Cycle) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert admin.get(page_of(cycle)).status_code == 200
        return len(queries)

    first = question(cycle, "q0", position=1, program=factories.program())
    question(cycle, "q1", position=2, shown_if=first, shown_when="yes")
    cost()
    few = cost()
    for index in range(2, 4):
        question(cycle, f"q{index}", position=index, shown_if=first, shown_when="yes")
        cycle.pieces.create(slug=f"p{index}", name_fr="P", name_en="P", program=factories.program())
        cycle.declarations.create(code=f"d{index}", text_fr="D", text_en="D")
        criterion(cycle)
    assert cost() == few


def test_once_opened_the_code_and_the_opening_stay_and_nothing_is_deleted(
    admin: Client, posted: Posted
) -> None:
    opened = factories.cycle()
    fields = posted(page_of(opened))
    assert not {"code", "opens_at", "pieces-0-DELETE", "intakes-0-DELETE"} & set(fields)
    text = admin.get(page_of(opened)).content.decode()
    assert "pieces-0-DELETE" not in text
    assert "People may be applying" in text
    assert admin.get(page_of(opened).replace("change", "delete")).status_code == 403


def test_a_cycle_that_nobody_saw_may_be_deleted(admin: Client, cycle: Cycle) -> None:
    first = question(cycle, "first", position=1)
    question(cycle, "second", position=2, shown_if=first, shown_when="yes")
    admin.post(page_of(cycle).replace("change", "delete"), {"post": "yes"})
    assert not Cycle.objects.exists()


def test_questions_are_put_in_order_that_their_conditions_allow(
    admin: Client, cycle: Cycle, posted: Posted
) -> None:
    first = question(cycle, "first", position=1, is_required=True)
    second = question(
        cycle, "second", position=2, shown_if=first, shown_when="yes", program=factories.program()
    )
    text = admin.get(page_of(cycle)).content.decode()
    assert 'aria-label="Order of “first?”"' in text
    assert f"/en/admin/cycles/question/add/?cycle={cycle.pk}" in text
    answer = admin.post(page_of(cycle), posted(page_of(cycle)) | {"questions-0-position": "3"})
    assert "“second?” depends on “first?”: it must come later." in answer.content.decode()
    admin.post(page_of(cycle), posted(page_of(cycle)) | {"questions-1-position": "8"})
    second.refresh_from_db()
    assert second.position == 8


def test_the_rubric_stands_on_the_page_until_a_review_counts(
    admin: Client, cycle: Cycle, posted: Posted
) -> None:
    form = posted(page_of(cycle)) | {"criteria-0-weight": "9", "criteria-0-name_en": "Study"}
    assert admin.post(page_of(cycle), form).status_code == 302
    row = Criterion.objects.get(cycle=cycle)
    assert (row.weight, row.name_en) == (9, "Study")


# Buttons ------------------------------------------------------------------------------------------
def button(cycle: Cycle, name: str) -> str:
    """The page behind a button, in English."""
    return f"/en/admin/cycles/cycle/{cycle.pk}/{name}/"


def test_a_copy_shows_its_dates_before_it_is_made(admin: Client, cycle: Cycle) -> None:
    text = admin.get(button(cycle, "copy")).content.decode()
    assert "Fall 2028" in text
    assert "(A29)" in text
    assert Cycle.objects.count() == 1
    answer = admin.post(button(cycle, "copy"))
    new = Cycle.objects.get(code="A29")
    assert answer.url == page_of(new)
    text = admin.get(button(cycle, "copy")).content.decode()
    assert "There is already a cycle A29." in text
    assert "<form method" not in text.split('id="content-main"')[1]
    assert (
        admin.post(button(cycle, "copy"), HTTP_REFERER="http://testserver/en/").status_code == 302
    )
    assert Cycle.objects.count() == 2


def test_published_and_hidden_by_its_buttons(admin: Client, cycle: Cycle) -> None:
    cycle.declarations.filter(code="true").update(text_en="")
    text = admin.get(button(cycle, "publish")).content.decode()
    assert "cannot be published yet" in text
    assert "in one language only" in text
    back = f"http://testserver{button(cycle, 'publish')}"
    assert admin.post(button(cycle, "publish"), HTTP_REFERER=back).url == back
    cycle.refresh_from_db()
    assert not cycle.is_published
    cycle.declarations.filter(code="true").update(text_en="True.")
    admin.post(button(cycle, "publish"))
    cycle.refresh_from_db()
    assert cycle.is_published
    assert "Published · Not open yet" in admin.get(page_of(cycle)).content.decode()
    assert "no longer see" in admin.get(button(cycle, "unpublish")).content.decode()
    admin.post(button(cycle, "unpublish"))
    cycle.refresh_from_db()
    assert not cycle.is_published


@pytest.mark.parametrize("name", ["copy", "publish", "unpublish", "change"])
def test_for_administrators_alone(client: Client, cycle: Cycle, claire: User, name: str) -> None:
    for visitor in (None, claire):
        if visitor:
            client.force_login(visitor)
        for answer in (client.get(button(cycle, name)), client.post(button(cycle, name))):
            assert answer.status_code == 302
            assert answer.url.startswith(("/en/admin/login/", "/en/account/sign-in/"))
    cycle.refresh_from_db()
    assert (Cycle.objects.count(), cycle.is_published) == (1, False)


@pytest.mark.parametrize("name", ["copy", "publish", "unpublish"])
def test_no_such_cycle(admin: Client, cycle: Cycle, name: str) -> None:
    missing = Cycle(pk=cycle.pk + 999)
    assert admin.get(button(missing, name)).status_code == 404
    assert admin.post(button(missing, name)).status_code == 404


@pytest.mark.parametrize("name", ["change", "copy", "publish", "unpublish"])
def test_both_languages(admin: Client, cycle: Cycle, name: str) -> None:
    for prefix, word in (("", "Automne 2027"), ("/en", "Fall 2027")):
        address = f"{prefix}/admin/cycles/cycle/{cycle.pk}/{name}/"
        answer = admin.get(address)
        assert answer.status_code == 200
        assert word in answer.content.decode()


def test_the_first_page_begins_with_the_year(admin: Client) -> None:
    answer = admin.get("/en/admin/")
    apps = [app["app_label"] for app in answer.context["app_list"]]
    assert (apps[:2], apps[-1]) == (["cycles", "accounts"], "audit")
    year = [model["object_name"] for model in answer.context["app_list"][0]["models"]]
    assert year == ["Cycle", "Program", "Course"]
    assert admin.get("/en/admin/cycles/cycle/").context["title"] == "Cycles"
