"""Rounds in Django admin: both languages before anybody sees one, nothing changed in silence once it has opened, copied with its cycle."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from audit.models import AuditEntry
from audit.moves import Refused
from cycles.copying import copy_to_next_year
from cycles.publishing import gaps
from scholarships import awarding, rounds
from scholarships.models import Round
from tests.followup.factories import World
from tests.scholarships.awards_world import Bursary
from tests.scholarships.factories import a_panel, a_round
from tests.scholarships.panel_world import Panel

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(world: World) -> Round:
    return a_round(world.cycle)


@pytest.fixture
def coming(world: World) -> Round:
    """Not published, opens in a week."""
    soon = timezone.now() + timedelta(days=7)
    return a_round(world.cycle, is_published=False, opens_at=soon)


def posted(row: Round, **changes: Any) -> dict[str, Any]:
    """What the page of a round sends."""
    texts = [
        *("name_fr", "name_en", "text_fr", "text_en", "notice_version", "stacking", "signer"),
        *("conditions_fr", "conditions_en", "signer_title_fr", "signer_title_en"),
    ]
    data: dict[str, Any] = {name: getattr(row, name) for name in texts}
    data |= {"cycle": row.cycle_id, "category": row.category, "audience": row.audience}
    for name in ("opens_at", "closes_at"):
        data[name] = timezone.localtime(getattr(row, name)).strftime("%Y-%m-%dT%H:%M:%S")
    data |= {"reply_days": 7, "months": 12, "statement_words": 500, "panel_size": 3}
    data |= {"asks_cv": "on", "asks_transcripts": "on", "amount": "6000", "awards": "3"}
    data |= {"budget": "" if row.budget is None else row.budget}
    for prefix, count in (("measures", row.measures.count()), ("seats", 0)):
        data |= {f"{prefix}-TOTAL_FORMS": count, f"{prefix}-INITIAL_FORMS": count}
    for index, measure in enumerate(row.measures.all()):
        kept: dict[str, Any] = {"id": measure.pk, "round": row.pk, "position": measure.position}
        kept |= {"name_fr": measure.name_fr, "name_en": measure.name_en, "weight": measure.weight}
        data |= {f"measures-{index}-{name}": value for name, value in kept.items()}
    return {**data, **changes}


def change(client: Client, row: Round, by: User, **changes: Any) -> Any:
    client.force_login(by)
    page = f"/en/admin/scholarships/round/{row.pk}/change/"
    return client.post(page, posted(row, **changes))


@pytest.mark.parametrize("name", ["name_en", "text_fr", "text_en"])
def test_nothing_is_published_until_both_languages_are_complete(
    coming: Round, adam: User, name: str
) -> None:
    setattr(coming, name, " ")
    coming.save()
    with pytest.raises(Refused) as refused:
        rounds.publish(coming, by=adam)
    assert len(refused.value.reasons) == 1
    coming.refresh_from_db()
    assert not coming.is_published


def test_the_rubric_is_complete_too(coming: Round, adam: User) -> None:
    measure = coming.measures.get(position=0)
    measure.anchor_3_fr = "Solide"
    measure.save()
    assert len(rounds.missing(coming)) == 1
    coming.measures.all().delete()
    assert "grille" in rounds.missing(coming)[0]
    coming.closes_at = timezone.now()
    assert len(rounds.missing(coming)) == 2


def test_it_is_published_and_hidden_by_an_administrator_until_it_opens(
    coming: Round, row: Round, adam: User, claire: User
) -> None:
    for verb in (rounds.publish, rounds.hide):
        with pytest.raises(Refused) as refused:
            verb(coming, by=claire)
        assert refused.value.forbidden
    rounds.publish(coming, by=adam)
    rounds.publish(coming, by=adam)
    assert Round.objects.get(pk=coming.pk).is_published
    rounds.hide(coming, by=adam)
    rounds.hide(coming, by=adam)
    lines = AuditEntry.objects.about(coming)
    assert [line.verb for line in lines] == ["publish", "unpublish"]
    with pytest.raises(Refused):
        rounds.hide(row, by=adam)
    assert Round.objects.get(pk=row.pk).is_published


def test_a_panel_has_three_people_one_of_the_edi_committee(
    row: Round, gilles: User, fatou: User, david: User
) -> None:
    assert len(rounds.panel_lacks(row)) == 2
    a_panel(row, gilles, fatou, david)
    assert rounds.panel_lacks(row) == []


def test_what_was_seen_is_kept(row: Round, coming: Round, adam: User, claire: User) -> None:
    keep = rounds.keep_what_was_seen
    keep(row, {}, by=adam)
    keep(coming, {"audience": "accepted"}, by=adam)
    keep(row, {"budget": 1}, by=adam)
    assert not AuditEntry.objects.about(row, coming).exists()
    with pytest.raises(Refused):
        keep(row, {"audience": "accepted"}, by=adam)
    with pytest.raises(Refused):
        keep(row, {"text_fr": "Avant"}, by=adam)
    with pytest.raises(Refused) as refused:
        keep(row, {"text_fr": "Avant"}, by=claire)
    assert refused.value.forbidden
    keep(row, {"text_fr": "Avant", "notice_version": "1", "amount": 6000}, by=adam)
    line = AuditEntry.objects.about(row).get(verb="reword")
    assert line.details["before"] == {"text_fr": "Avant", "notice_version": "1", "amount": "6000"}


def test_the_pages_of_the_admin(client: Client, row: Round, coming: Round, adam: User) -> None:
    client.force_login(adam)
    for language in ("", "/en"):
        for page in ("", "add/", f"{row.pk}/change/", f"{coming.pk}/change/"):
            assert client.get(f"{language}/admin/scholarships/round/{page}").status_code == 200
    shown = client.get(f"/en/admin/scholarships/round/{row.pk}/change/")
    assert "audience" not in shown.context["adminform"].form.fields


def test_a_seat_is_titled_by_its_person(
    client: Client, row: Round, adam: User, gilles: User
) -> None:
    a_panel(row, gilles)
    client.force_login(adam)
    shown = client.get(f"/en/admin/scholarships/round/{row.pk}/change/").content.decode()
    assert f'<span class="inline_label">{gilles}' in shown


def test_an_opened_round_is_reworded_with_another_version(
    client: Client, row: Round, adam: User
) -> None:
    said = change(client, row, adam, text_en="Better.", audience="accepted")
    assert "notice_version" in said.context["adminform"].form.errors
    assert change(client, row, adam, text_en="Better.", notice_version="2").status_code == 302
    row.refresh_from_db()
    assert (row.text_en, row.audience) == ("Better.", "applicants")
    before = AuditEntry.objects.about(row).get(verb="reword").details["before"]
    assert before["text_en"] == "Who the scholarship is for."
    said = change(client, row, adam, text_en="", notice_version="3")
    assert "text_en" in said.context["adminform"].form.errors


def test_a_coming_round_is_a_form_of_its_own(client: Client, coming: Round, adam: User) -> None:
    said = change(
        client,
        coming,
        adam,
        text_en="",
        countries=["SN", "CM"],
        levels=["master"],
        audience="accepted",
    )
    assert said.status_code == 302
    coming.refresh_from_db()
    assert (coming.countries, coming.levels) == (["SN", "CM"], ["master"])
    client.post(f"/en/admin/scholarships/round/{coming.pk}/publish/")
    coming.refresh_from_db()
    assert not coming.is_published
    change(client, coming, adam, text_en="Now.")
    client.post(f"/en/admin/scholarships/round/{coming.pk}/publish/")
    coming.refresh_from_db()
    assert coming.is_published
    client.post(f"/en/admin/scholarships/round/{coming.pk}/hide/")
    coming.refresh_from_db()
    assert not coming.is_published
    assert client.get(f"/en/admin/scholarships/round/{coming.pk}/hide/").status_code == 405


@pytest.mark.parametrize(
    ("twin", "word"), [("conditions", "conditions"), ("signer_title", "titre")]
)
def test_the_letter_s_texts_are_in_both_languages_or_in_none(
    client: Client, coming: Round, row: Round, adam: User, twin: str, word: str
) -> None:
    setattr(coming, f"{twin}_fr", "Directrice")
    (sentence,) = rounds.missing(coming)
    assert word in sentence
    setattr(coming, f"{twin}_en", "Director")
    assert rounds.missing(coming) == []
    said = change(client, row, adam, **{f"{twin}_fr": "Directrice"})
    assert f"{twin}_en" in said.context["adminform"].form.errors
    both = {f"{twin}_fr": "Directrice", f"{twin}_en": "Director", "first_payment_on": "2027-09-15"}
    assert change(client, row, adam, **both).status_code == 302
    row.refresh_from_db()
    assert str(row.first_payment_on) == "2027-09-15"
    assert (getattr(row, f"{twin}_fr"), getattr(row, f"{twin}_en")) == ("Directrice", "Director")
    before = AuditEntry.objects.about(row).get(verb="reword").details["before"]
    assert set(before) >= {f"{twin}_fr", f"{twin}_en", "first_payment_on"}


def test_no_budget_below_what_is_promised(client: Client, person: Any, adam: User) -> None:
    bursary = Bursary(person)
    results = bursary.results(person("amina"), person("bruno"))
    awarding.offer_all(results, by=None, at=timezone.now())
    row = bursary.round
    for given, field in (
        ({"budget": "11999.99"}, "budget"),
        ({"budget": "", "awards": ""}, "budget"),
        ({"budget": "", "amount": ""}, "budget"),
        ({"awards": "1"}, "awards"),
    ):
        said = change(client, row, adam, **given)
        assert set(said.context["adminform"].form.errors) == {field}
    said = change(client, row, adam, budget="beaucoup")
    assert set(said.context["adminform"].form.errors) == {"budget"}
    assert change(client, row, adam, budget="12000", awards="2").status_code == 302
    row.refresh_from_db()
    assert (row.budget, row.awards) == (Decimal(12000), 2)


def test_a_rubric_that_somebody_read_by_stays(person: Any) -> None:
    panel = Panel(person)
    assert rounds.rubric_stays(panel.round)
    panel.round.is_published = False
    assert not rounds.rubric_stays(panel.round)
    assert not rounds.rubric_stays(None)
    panel.read(panel.candidate("amina"), panel.gilles, 3, 4)
    assert rounds.rubric_stays(panel.round)


def test_a_round_is_copied_with_its_cycle(
    row: Round, world: World, adam: User, gilles: User
) -> None:
    a_panel(row, gilles)
    Round.objects.filter(pk=row.pk).update(
        first_payment_on=date(2027, 9, 15), reading_due_on=date(2027, 5, 1), signer="Ana Roy"
    )
    row.programs.set(world.cycle.programs.all())
    new = copy_to_next_year(world.cycle, by=adam)
    copy = new.scholarship_rounds.get()
    assert not copy.is_published
    assert (copy.first_payment_on, copy.reading_due_on) == (date(2028, 9, 15), date(2028, 5, 1))
    assert copy.signer == "Ana Roy"
    assert (copy.amount, copy.awards, copy.budget) == (None, None, None)
    assert (copy.opens_at - row.opens_at).days in (364, 365, 366)
    assert [one.weight for one in copy.measures.all()] == [1, 2]
    assert copy.seats.get().of_edi_committee
    assert copy.programs.count() == 2
    assert Round.objects.get(pk=row.pk).is_published


def test_a_published_round_that_lacks_something_holds_its_cycle(row: Round, world: World) -> None:
    before = len(gaps(world.cycle))
    row.measures.all().delete()
    assert len(gaps(world.cycle)) == before + 1
