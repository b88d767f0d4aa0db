"""The coordination's pages of blind files, and all that a blind reader can open."""

import io
import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from accounts.models import User
from applications.models import Application, Submission
from cycles.models import Cycle
from desk.models import Request
from dossiers import scanning, settling
from dossiers.models import Redaction, Scan
from papers.redacting import Unreadable
from tests import factories
from tests.conftest import Settle
from tests.desk.factories import asked, received
from tests.dossiers.blind import factories as dossiers
from tests.reviews import factories as judging


def text_of(answer: Any) -> str:
    """A page as it reads."""
    return unescape(answer.content.decode())


@pytest.fixture
def office(client: Client, claire: User) -> Client:
    """Claire's browser."""
    client.force_login(claire)
    return client


def page(submission: Submission, what: str = "") -> str:
    """The address of a file's findings."""
    return f"/en/redactions/{submission.application.number}/{what}"


def value(**fields: Any) -> str:
    """What the form sends for a finding."""
    return str(Redaction.objects.get(**fields).pk)


def test_the_list_leads_to_what_is_to_settle(
    office: Client, scanned: Submission, claire: User, bruno: User, cycle: Cycle
) -> None:
    dossiers.submitted(bruno, cycle)
    told = text_of(office.get("/en/redactions/"))
    assert "1 file is still being searched" in told
    assert scanned.application.name in told
    assert f"/en/redactions/{scanned.application.number}/#next" in told
    settling.hide(Redaction.objects.all(), by=claire)
    told = text_of(office.get(f"/en/redactions/?cycle={cycle.code}"))
    assert "Nothing to settle" in told
    assert scanned.application.name not in told
    assert scanned.application.name in text_of(office.get("/en/redactions/?show=all"))


def test_a_cycle_with_names_has_no_list(office: Client, scanned: Submission) -> None:
    Cycle.objects.update(is_blind=False)
    assert "Readers see names in this cycle" in text_of(office.get("/en/redactions/"))
    assert office.get(page(scanned)).status_code == 404
    Scan.objects.all().delete()
    Cycle.objects.update(is_blind=True)
    assert "No file was searched yet" in text_of(office.get("/en/redactions/?show=all"))
    assert "This file is being searched" in text_of(office.get(page(scanned)))


@pytest.mark.parametrize("language", ["", "/en"])
def test_a_file_shows_what_was_found_where(
    office: Client, scanned: Submission, language: str
) -> None:
    told = text_of(office.get(f"{language}/redactions/{scanned.application.number}/"))
    assert "these years. <mark>Elodie NGUYEN-TREMBLAY</mark>" in told
    assert "<mark>Élodie</mark>" in told
    assert told.count("<img") == 2  # the face, and the page without words
    assert ("Letter of intent" if language else "Lettre d’intention") in told


def test_one_button_settles_one_finding(office: Client, scanned: Submission) -> None:
    one = {"words": "Élodie"}
    answer = office.post(page(scanned, "show/"), {"one": value(**one)}, follow=True)
    assert "1 finding shows to the readers." in text_of(answer)
    assert answer.redirect_chain[-1][0].endswith("#next")
    assert Redaction.objects.get(**one).status == "shown"
    assert Redaction.objects.exclude(status="proposed").count() == 1
    office.post(page(scanned, "again/"), {"one": value(**one)})
    assert not Redaction.objects.exclude(status="proposed").exists()


def test_ticked_findings_are_settled_together(office: Client, scanned: Submission) -> None:
    every = [str(pk) for pk in Redaction.objects.values_list("pk", flat=True)]
    two = [f"{every[0]},{every[1]}", "9" * 20, "nonsense"]
    assert "2 findings stay hidden" in text_of(
        office.post(page(scanned, "hide/"), {"ticked": two}, follow=True)
    )
    told = text_of(office.post(page(scanned, "hide/"), {"one": ",".join(every)}, follow=True))
    assert "nothing left to settle" in told
    assert "Tick at least one finding." in text_of(office.post(page(scanned, "hide/"), follow=True))
    again = office.post(page(scanned, "hide/"), {"one": every[0]}, follow=True)
    assert not re.search("findings? stay", text_of(again))


def test_findings_of_another_file_are_out_of_reach(
    office: Client, scanned: Submission, bruno: User, cycle: Cycle
) -> None:
    other = dossiers.scanned(bruno, cycle)
    rows = Redaction.objects.filter(submission=other)
    office.post(page(scanned, "show/"), {"ticked": [str(row.pk) for row in rows]})
    assert not rows.exclude(status="proposed").exists()
    assert office.get(f"{page(scanned)}{rows.filter(page=1)[0].pk}/page/").status_code == 404


def test_words_by_hand_and_back(office: Client, scanned: Submission) -> None:
    told = text_of(office.post(page(scanned, "words/"), {"words": "algebra"}, follow=True))
    assert "Hidden in 3 places." in told
    assert "added by hand (Claire Gagné)" in told
    ticked = list(Redaction.objects.filter(by_hand=True).values_list("pk", flat=True))
    told = text_of(office.post(page(scanned, "remove/"), {"ticked": ticked}, follow=True))
    assert "Removed" in told
    assert "Tick at least" in text_of(office.post(page(scanned, "remove/"), follow=True))
    answer = office.post(page(scanned, "words/"), {"words": "zymurgy"})
    assert answer.status_code == 422
    assert "These words are in no text" in text_of(answer)
    assert office.post(page(scanned, "words/"), {}).status_code == 422


def test_a_part_of_a_page_by_hand(office: Client, scanned: Submission) -> None:
    row = Redaction.objects.get(kind="page")
    sent = {"one": str(row.pk), f"part-{row.pk}": "top_third"}
    told = text_of(office.post(page(scanned, "part/"), sent, follow=True))
    assert "the rest of it shows" in told
    assert Redaction.objects.filter(kind="area", page=1, place=row.place).exists()
    missing = office.post(page(scanned, "part/"), {"one": str(row.pk)}, follow=True)
    assert "Choose a part of the page." in text_of(missing)
    sent = {"place": row.place, "page": "3", "part": "bottom_half"}
    assert "is hidden" in text_of(office.post(page(scanned, "area/"), sent, follow=True))
    answer = office.post(page(scanned, "area/"), {**sent, "page": "4"})
    assert "This document has fewer pages." in text_of(answer)
    assert office.post(page(scanned, "area/"), {**sent, "place": "x"}).status_code == 422


def test_a_page_can_be_looked_at(
    office: Client, scanned: Submission, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"{page(scanned)}{value(kind='picture')}/page/"
    answer = office.get(address)
    assert answer["Content-Type"] == "image/webp"
    with Image.open(io.BytesIO(answer.content)) as shown:
        assert shown.format == "WEBP"
    assert office.get(f"{page(scanned)}{value(words='Élodie')}/page/").status_code == 404

    def broken(*given: Any, **more: Any) -> Any:
        raise Unreadable

    monkeypatch.setattr("dossiers.views.redactions.picture", broken)
    assert office.get(address).status_code == 404


def test_the_ways_in(office: Client, scanned: Submission) -> None:
    number = scanned.application.number
    assert f"/en/redactions/{number}/" in text_of(office.get(f"/en/files/{number}/"))
    assert "/en/redactions/?cycle=" in text_of(office.get("/en/files/"))
    Cycle.objects.update(is_blind=False)
    assert "/redactions/" not in text_of(office.get(f"/en/files/{number}/"))
    assert "/redactions/" not in text_of(office.get("/en/files/"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_cost_the_same_for_one_as_for_three(
    office: Client, cycle: Cycle, person: Settle, rows: int
) -> None:
    text = " ".join(["Élodie", "Tremblay x", "Nguyễn"][:rows])
    files = [
        dossiers.scanned(person(f"one{index}"), cycle, statement=text) for index in range(rows)
    ]
    office.get("/en/redactions/")
    with CaptureQueriesContext(connection) as of_list:
        office.get("/en/redactions/")
    with CaptureQueriesContext(connection) as of_file:
        office.get(page(files[0]))
    assert (len(of_list), len(of_file)) == (10, 12)


# A blind reader ------------------------------------------------------------------------------------
NAMING = "Élodie Nguyễn-Tremblay, elo.nguyen@mail.example, +1 514-555-0199, github.com/elonguyen"
HIDDEN = re.compile(r"lodie|nguy|tremblay|mail\.example|555-?0199|elonguyen|portfolio|elise|fortin")


def planted(owner: User, cycle: Cycle) -> Submission:
    """The person named in every field of a submission, and in its papers."""
    draft = factories.draft(owner, cycle)
    draft.degrees.update(institution=NAMING, title=NAMING, field=NAMING)
    line = {"how": "taken", "year": 2022, "credits": "6", "grade": "14"}
    course = {**line, "course": NAMING, "institution": NAMING, "note": NAMING}
    text = dict.fromkeys(("statement", "internship_goals", "circumstances", "code_example"), NAMING)
    values: dict[str, Any] = {
        **text,
        "first_names": "Élodie",
        "last_names": "Nguyễn-Tremblay",
        "preferred_name": "Élodie",
        "pronouns": "CANARY-PRONOUNS",
        "phone": dossiers.PHONE,
        "links": dossiers.LINKS,
        "other_languages": NAMING,
        "credit_system": "Nguyễn-Tremblay",
        "prerequisites": dict.fromkeys(draft.prerequisites, course),
        "no_job": False,
        "jobs": [
            {
                "role": NAMING,
                "employer": NAMING,
                "task": NAMING,
                "start_year": 2020,
                "current": True,
            }
        ],
    }
    Application.objects.filter(pk=draft.pk).update(**values)
    draft.documents.update(label="Nguyen-Tremblay.pdf")
    draft.refresh_from_db()
    factories.submit(draft)
    dossiers.letter(draft, NAMING)
    draft.referees.update(title=f"Professor of {NAMING}")
    factories.check()
    return Submission.objects.get(application=draft)


def test_a_blind_reader_never_learns_who_it_is(
    client: Client, cycle: Cycle, person: Settle, david: User, claire: User
) -> None:
    submission = planted(person("elonguyen", full_name="Élodie Nguyễn-Tremblay"), cycle)
    application = submission.application
    received(asked(application, by=claire, title=f"Piece of {NAMING}"))
    Request.objects.update(status="accepted")
    row = judging.assigned(application, david, by=claire)
    client.force_login(david)
    desk = f"/queue/{row.pk}/"
    texts = []
    for address in ("/queue/", "/queue/?show=sent", desk, f"{desk}conflict/"):
        texts += [text_of(client.get(f"{language}{address}")) for language in ("", "/en")]
    judging.saved(row, 4, 4, 4, comment="Good", recommendation="accept")
    texts.append(text_of(client.get(f"/en{desk}")))
    sent = {"revision": "1", "comment": "Good", "confidence": "4", "recommendation": "accept"}
    sent |= {f"score_{criterion.pk}": "4" for criterion in cycle.criteria.all()}
    texts.append(text_of(client.post(f"/en{desk}hand-in/", sent, follow=True)))
    texts.append(text_of(client.get(f"/en{desk}")))
    texts.append(text_of(client.get("/en/queue/?show=sent")))
    whole = "\n".join(texts).lower()
    assert f"handed in: {application.number.lower()}" in whole
    assert whole.count("[…]") > 50
    assert HIDDEN.findall(whole) == []
    assert "canary" not in whole


def test_what_may_show_shows_to_the_reader(
    client: Client, scanned: Submission, david: User, claire: User
) -> None:
    settling.let_show(Redaction.objects.filter(words="Élodie"), by=claire)
    row = judging.assigned(scanned.application, david, by=claire)
    client.force_login(david)
    assert "Je m’appelle Élodie" in text_of(client.get(f"/en/queue/{row.pk}/"))


def test_the_queue_of_a_blind_cycle_costs_one_more_query(
    client: Client, scanned: Submission, david: User, claire: User
) -> None:
    judging.assigned(scanned.application, david, by=claire)
    client.force_login(david)
    client.get("/en/queue/")
    counts = []
    for blind in (True, False):
        Cycle.objects.update(is_blind=blind)
        with CaptureQueriesContext(connection) as queries:
            client.get("/en/queue/")
        counts.append(len(queries))
    assert counts[0] == counts[1] + 1


def test_the_task_searches(submission: Submission) -> None:
    from dossiers import tasks

    tasks.scan_names()
    assert not scanning.due().exists()
