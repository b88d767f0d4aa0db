"""The panel's pages and the office's, by the browser's own doors."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import Role, User
from audit.models import AuditEntry
from scholarships import announcing, judging, results
from scholarships.models import Announcement, Candidacy, Reading, Recusal, Result, Seat
from tests import factories
from tests.followup.factories import release_all
from tests.scholarships.panel_world import Panel

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def panel(person: Any) -> Panel:
    return Panel(person, budget=None)


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(name: str, *args: Any) -> str:
    return reverse(name, args=args)


def typed(row: Candidacy, *values: str, revision: int = 0, **more: str) -> dict[str, Any]:
    ids = row.round.measures.values_list("pk", flat=True)
    scores = {f"score_{pk}": value for pk, value in zip(ids, values, strict=False)}
    return {"revision": revision, "comment": "Clear.", **scores, **more}


def test_the_queue_says_yes_or_no_and_never_a_name(panel: Panel) -> None:
    first = panel.another("women_in_ai")
    no = panel.candidate("amina", row=first, number="S1-002")
    yes = panel.declared(panel.candidate("bruno", row=first, number="S1-001"))
    for language in ("fr", "en"):
        with translation.override(language):
            answer = as_(panel.gilles).get(at("panel_round", first.pk))
        text = answer.content.decode()
        assert answer.status_code == 200
        assert text.index("S1-001") < text.index("S1-002")
        next_line = {"fr": "1 demande attend votre lecture", "en": "Next: 1 application waits"}
        assert next_line[language] in text
        assert at("panel_reading", yes.number) in text
        assert f'"{at("panel_reading", no.number)}"' not in text
        for word in ("Amina", "Bruno", "amina@", yes.application.number):
            assert word not in text


def test_the_first_page_leads_to_what_is_left(panel: Panel, person: Any) -> None:
    row = panel.another("socioeconomic")
    panel.candidate("amina", row=row, need=4, need_by=panel.dominique)
    answer = as_(panel.gilles).get(at("panel"))
    assert answer["Location"] == at("panel_round", row.pk)
    assert as_(panel.gilles).get(at("home_for_me"))["Location"] == at("panel")
    jules = person("jules", Role.PANELIST)
    assert as_(jules).get(at("panel")).status_code == 200
    assert as_(jules).get(at("panel_round", row.pk)).status_code == 404


@pytest.mark.parametrize("language", ["fr", "en"])
def test_reading_scoring_and_the_next(panel: Panel, language: str) -> None:
    rows = [panel.candidate(name, number=f"S1-00{n}") for n, name in enumerate("ab")]
    with translation.override(language):
        client, page = as_(panel.gilles), at("panel_reading", rows[0].number)
        answer = client.get(page)
        text = answer.content.decode()
        assert "robotique" in text
        assert "Curriculum" in text
        told = client.post(page, typed(rows[0], "4"), headers={"x-autosave": "1"}).json()
        assert told["revision"] == 1
        stale = client.post(page, typed(rows[0], "2"), headers={"x-autosave": "1"})
        assert stale.status_code == 409
        assert client.post(page, typed(rows[0], "9", revision=1)).status_code == 422
        assert client.post(page, typed(rows[0], "4", revision=1))["Location"] == page
        hand_in = at("panel_hand_in", rows[0].number)
        lacking = client.post(hand_in, typed(rows[0], "4", revision=2))
        assert lacking.status_code == 422
        assert Reading.objects.get().status == "draft"
        done = client.post(hand_in, typed(rows[0], "4", "na", revision=3))
        assert done["Location"] == f"{at('panel_reading', rows[1].number)}?done=S1-000"
        assert at("panel_take_back", "S1-000") in client.get(done["Location"]).content.decode()
        last = client.post(at("panel_hand_in", "S1-001"), typed(rows[1], "4", "3"))
        assert last["Location"] == f"{at('panel_round', panel.round.pk)}?done=S1-001"
        assert client.get(last["Location"]).status_code == 200
        assert client.get(page).status_code == 200
        assert client.post(at("panel_take_back", "S1-000"))["Location"] == page
    opened = AuditEntry.objects.filter(verb="open", subject=f"scholarships.candidacy:{rows[0].pk}")
    assert opened.count() == 2
    assert {row.actor_id for row in opened} == {panel.gilles.pk}


def test_what_others_wrote_shows_once_one_s_own_is_handed_in(panel: Panel) -> None:
    row = panel.candidate("amina")
    judging.save_reading(
        row, judging.Judged({m.pk: 5 for m in row.round.measures.all()}, "Zebra."), revision=0,
        by=panel.panel[1],
    )  # fmt: skip
    judging.hand_in(row, by=panel.panel[1])
    client, page = as_(panel.gilles), at("panel_reading", row.number)
    assert "Zebra." not in client.get(page).content.decode()
    panel.read(row, panel.gilles, 3, 3)
    assert "Zebra." in client.get(page).content.decode()


def test_a_refusal_keeps_what_was_typed(panel: Panel) -> None:
    row = panel.candidate("amina")
    panel.read(row, panel.gilles, 3, 3)
    answer = as_(panel.gilles).post(
        at("panel_hand_in", row.number), typed(row, "4", "4", revision=1)
    )
    assert answer.status_code == 409


def test_staying_away_and_coming_back(panel: Panel) -> None:
    rows = [panel.candidate(name, number=f"S1-00{n}") for n, name in enumerate("ab")]
    client, page = as_(panel.gilles), at("panel_conflict", "S1-000")
    assert client.get(page).status_code == 200
    assert client.post(page, {"why": " "}).status_code == 422
    assert client.post(page, {"why": "Friend"})["Location"] == at("panel_reading", "S1-001")
    assert client.get(at("panel_reading", "S1-000")).status_code == 404
    undo = at("panel_conflict_undo", "S1-000")
    assert undo in client.get(at("panel_round", panel.round.pk)).content.decode()
    assert as_(panel.panel[1]).post(undo).status_code == 404
    assert client.post(undo)["Location"] == at("panel_round", panel.round.pk)
    assert not Recusal.objects.exists()
    judging.recuse(rows[1], "Friend", by=panel.gilles)
    assert client.post(page, {"why": "Friend"})["Location"] == at("panel_round", panel.round.pk)


def test_only_the_documents_that_the_round_shows(panel: Panel) -> None:
    row = panel.candidate("amina")
    factories.check()
    held = row.application.submissions.get().documents.all()
    cv, client = held.get(kind="cv"), as_(panel.gilles)
    address = at("panel_document", row.number, cv.pk)
    answer = client.get(address)
    assert answer.status_code == 200
    assert f"{row.number}-cv.pdf" in answer["Content-Disposition"]
    list(answer.streaming_content)  # type: ignore[attr-defined]
    line = AuditEntry.objects.get(verb="open", details__document="cv")
    assert line.subject == f"scholarships.candidacy:{row.pk}"
    other = panel.candidate("bruno").application.submissions.get().documents.get(kind="cv")
    assert client.get(at("panel_document", row.number, other.pk)).status_code == 404
    panel.round.asks_cv = False
    panel.round.save()
    assert client.get(address).status_code == 404
    Seat.objects.filter(person=panel.panel[2]).delete()
    assert client.get(address).status_code != 200


def test_before_the_panel_is_whole_the_page_says_what_lacks(panel: Panel) -> None:
    row = panel.candidate("amina")
    Seat.objects.update(of_edi_committee=False)
    client = as_(panel.gilles)
    queue = at("panel_round", panel.round.pk)
    assert client.get(at("panel_reading", row.number))["Location"] == queue
    text = client.get(queue).content.decode()
    assert "comité ÉDI" in text
    assert at("panel_reading", row.number) not in text


def test_before_the_admission_answered_it_is_not_there(panel: Panel, person: Any) -> None:
    row = panel.candidate("amina", None)
    doors = [at(name, row.number) for name in ("panel_reading", "panel_conflict")]
    for door in doors:
        assert as_(panel.gilles).get(door).status_code == 404
        for user in (panel.claire, row.application.applicant, person("david", Role.REVIEWER)):
            assert as_(user).get(door).status_code == 403
    for name in ("panel_hand_in", "panel_take_back"):
        assert as_(panel.gilles).post(at(name, row.number)).status_code == 404
        assert as_(panel.gilles).get(at(name, row.number)).status_code == 405
    text = as_(panel.gilles).get(at("panel_round", panel.round.pk)).content.decode()
    assert row.number not in text
    text = as_(panel.claire).get(at("scholarship_ranking", panel.round.pk)).content.decode()
    assert row.number not in text


# The office ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["fr", "en"])
def test_from_the_ranking_to_the_day(panel: Panel, language: str) -> None:
    rows = [panel.read_all(panel.candidate(name), 5 - n, 5 - n) for n, name in enumerate("ab")]
    claire, dominique = as_(panel.claire), as_(panel.dominique)
    code, pk = panel.world.cycle.code, panel.round.pk
    with translation.override(language):
        board, page, day = (
            at("scholarship_rounds"),
            at("scholarship_ranking", pk),
            at("announcement", code),
        )
        for client in (claire, dominique):
            assert [client.get(url).status_code for url in (board, page, day)] == [200] * 3
        claire.post(at("result_propose", pk, rows[0].number), {"outcome": "waitlisted"})
        assert not Result.objects.exists()
        one = {"outcome": "waitlisted", "rank": "1", "why": "x"}
        claire.post(at("result_propose", pk, rows[0].number), one)
        claire.post(at("result_withdraw", pk), {"number": rows[0].number})
        claire.post(at("result_propose_all", pk), {"why": ""})
        assert set(Result.objects.values_list("status", "outcome")) == {("proposed", "awarded")}
        assert claire.get(page).status_code == 200
        dominique.post(at("result_send_back", pk), {"why": "Look", "number": rows[0].number})
        claire.post(at("result_propose_all", pk))
        dominique.post(at("result_approve", pk))
        claire.post(at("announcement_prepare", code))
        assert dominique.get(day).status_code == 200
        assert claire.get(page).status_code == 200
        hour = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
        dominique.post(at("announcement_approve", code), {"at": hour})
        assert Announcement.objects.get().status == "approved"
        claire.post(at("announcement_hold", code), {"why": "Wait"})
        assert dominique.get(day).status_code == 200
        release_all(panel.world.cycle, **panel.world.staff)
        dominique.post(at("announcement_show", code), {"typed": "00000000"})
        assert Announcement.objects.get().status == "held"
        mark = Announcement.objects.get().short_fingerprint
        dominique.post(at("announcement_show", code), {"typed": mark})
        assert Announcement.objects.get().status == "done"
        assert claire.get(day).status_code == 200
        text = as_(rows[0].application.applicant).get(at("scholarship_result")).content.decode()
    assert rows[0].number in text
    assert "circle" in text


def test_cancelling_by_the_page(panel: Panel) -> None:
    panel.read_all(panel.candidate("a"), 5, 5)
    panel.approved()
    announcing.prepare(panel.world.cycle, by=panel.claire)
    code = panel.world.cycle.code
    as_(panel.dominique).post(at("announcement_cancel", code), {"why": ""})
    assert Announcement.objects.get().status == "prepared"
    as_(panel.dominique).post(at("announcement_cancel", code), {"why": "Again"})
    assert Announcement.objects.get().status == "cancelled"


def test_the_doors_of_the_office(panel: Panel, person: Any) -> None:
    row = panel.read_all(panel.candidate("a"), 5, 5)
    results.propose_as_ranked(panel.round, by=panel.claire)
    code, pk = panel.world.cycle.code, panel.round.pk
    pages = [at("scholarship_rounds"), at("scholarship_ranking", pk), at("announcement", code)]
    strangers = (panel.gilles, row.application.applicant, person("david", Role.REVIEWER))
    for user in strangers:
        assert [as_(user).get(url).status_code for url in pages] == [403] * 3
    assert as_(panel.claire).get(at("scholarship_ranking", 0)).status_code == 404
    assert as_(panel.claire).get(at("announcement", "Z00")).status_code == 404
    coordination = ("result_propose_all", "result_withdraw")
    for name in (*coordination, "result_approve", "result_send_back"):
        assert as_(panel.claire).get(at(name, pk)).status_code in (403, 405)
        wrong = panel.dominique if name in coordination else panel.claire
        assert as_(wrong).post(at(name, pk)).status_code == 403
    for user in (panel.claire, panel.dominique, panel.gilles):
        assert as_(user).get(at("scholarship_result")).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same(panel: Panel, count: int) -> None:
    for number in range(count):
        row = panel.read_all(panel.candidate(f"p{number}"), 4, 4)
    costs = {}
    for name, user, args in (
        ("scholarship_ranking", panel.claire, [panel.round.pk]),
        ("panel_round", panel.gilles, [panel.round.pk]),
        ("panel_reading", panel.gilles, [row.number]),
    ):
        client = as_(user)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(at(name, *args)).status_code == 200
        costs[name] = len(queries)
    assert costs == COSTS


COSTS = {"scholarship_ranking": 13, "panel_round": 13, "panel_reading": 18}
