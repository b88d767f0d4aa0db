"""Lists that are taken away: what is in the file, who gets it, how long it stays, and what becomes of a worker that dies."""

import csv
import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from applications.models import Application
from applications.sought import sealed
from audit.models import AuditEntry
from audit.moves import Refused
from cycles.models import Cycle
from finding import exporting, making, sweeping, writing
from finding.lists import LISTS
from finding.models import Export
from reports import trail
from reviews import conflicts
from reviews.models import Reason
from tests import factories
from tests.reviews import factories as judging

pytestmark = pytest.mark.django_db
BOARD = LISTS["board"]
HOSTILE = (
    *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "|calc", "  =1", "\u00a0=1"),
    *("\uff1d1", "\uff0b1", "\uff0d1", "\uff201", "\u200b=1", "\u202e=1", "\ufeff=1"),
)


@pytest.fixture
def cycle(db: None) -> Cycle:
    """One that takes applications."""
    return judging.cycle()


def signed_in(user: User) -> Client:
    """Their browser."""
    client = Client()
    client.force_login(user)
    return client


def made(key: str, by: User, kind: str = "csv", **filters: str) -> Export:
    """Asked for, and made by a worker."""
    export = exporting.ask(LISTS[key], filters, kind, language="en", by=by)
    making.make_due()
    export.refresh_from_db()
    return export


def content(export: Export, by: User) -> bytes:
    """The file, as whoever asked for it downloads it."""
    answer: Any = signed_in(by).post(reverse("export_file", args=[export.pk]))
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def table(export: Export, by: User) -> list[list[str]]:
    """The lines of a CSV."""
    text = content(export, by).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


# What is in it -------------------------------------------------------------------------------------------------------
def test_each_list_leaves_as_it_is_filtered_with_what_the_page_says(
    cycle: Cycle, amina: User, bruno: User, claire: User, dominique: User, david: User
) -> None:
    file = factories.submitted(amina, cycle)
    factories.draft(bruno, cycle)
    judging.reviewed(file, david, 4, 3, 5, by=claire)
    board = table(made("board", claire, state="filed"), claire)
    assert board[0][:4] == ["Number", "Last names", "First names", "Programs"]
    assert [line[0] for line in board[1:]] == [file.number]
    assert board[1][6:9] == ["1", "1", "4.000"]
    assert len(table(made("board", claire, state="draft"), claire)) == 2
    assert len(table(made("board", claire, q="nobody"), claire)) == 1
    assert [line[0] for line in table(made("completeness_board", claire), claire)][1:] == [
        file.number
    ]
    ranked = table(made("decisions", dominique, program="msc"), dominique)
    assert [line[:2] for line in ranked[1:]] == [["1", file.number]]
    assert len(table(made("followup_board", dominique), dominique)) == 1
    letters = table(made("letters", claire, letter="acknowledgement"), claire)
    assert [line[3] for line in letters[1:]] == ["amina@example.com"]
    # A director has neither UdeM's numbers nor the names of who looks after whom.
    heads = table(made("followup_board", dominique), dominique)[0]
    assert "UdeM number" not in heads
    assert "UdeM number" in table(made("followup_board", claire), claire)[0]


def test_no_cell_is_a_formula(cycle: Cycle, claire: User) -> None:
    files = judging.filed(len(HOSTILE), cycle)
    for file, text in zip(files, HOSTILE, strict=True):
        Application.objects.filter(pk=file.pk).update(
            last_names=text, first_names="\x00".strip("\x00")
        )
    for line in table(made("board", claire), claire)[1:]:
        assert line[1].startswith("'"), line
    book = openpyxl.load_workbook(io.BytesIO(content(made("board", claire, "xlsx"), claire)))
    (sheet,) = book.worksheets
    rows = list(sheet.iter_rows(min_row=2))
    assert len(rows) == len(HOSTILE)
    for row in rows:
        assert row[1].data_type == "s"
        assert str(row[1].value).startswith("'")
        assert row[5].is_date
        assert row[6].data_type == "n"
    assert sheet.freeze_panes == "A2"


def test_what_a_conflict_hides_is_not_in_it_nor_can_be_downloaded_once_it_is_known(
    cycle: Cycle, amina: User, bruno: User, claire: User
) -> None:
    mine, other = factories.submitted(amina, cycle), factories.submitted(bruno, cycle)
    before = made("board", claire)
    assert before.applications == sorted([mine.pk, other.pk])
    conflicts.declare(mine, by=claire, reason=Reason.OTHER, words="x")
    browser = signed_in(claire)
    assert browser.post(reverse("export_file", args=[before.pk])).status_code == 302
    after = made("board", claire)
    assert [line[0] for line in table(after, claire)[1:]] == [other.number]
    assert (after.total, after.done, after.applications) == (1, 1, [other.pk])


# Who gets it ---------------------------------------------------------------------------------------------------------
def test_asked_on_the_list_made_by_a_worker_and_downloaded_by_oneself(
    person: Any, cycle: Cycle, amina: User, claire: User
) -> None:
    factories.submitted(amina, cycle)
    browser, corinne = signed_in(claire), person("corinne", Role.COORDINATOR)
    typed = {"kind": "xlsx", "state": "filed", "q": sealed("benali"), "cycle": "A27", "evil": "1"}
    page = browser.post(reverse("export_ask", args=["board"]), typed).url
    export = Export.objects.get()
    assert page == reverse("export_show", args=[export.pk])
    assert export.filters == {"state": "filed", "q": "benali", "cycle": "A27"}
    assert "hx-get" in browser.get(page).content.decode()
    early = browser.post(reverse("export_file", args=[export.pk]), follow=True)
    assert "n’est plus là" in early.content.decode()
    assert making.make_due() == 1
    assert making.make_due() == 0
    shown = browser.get(page).content.decode()
    assert "hx-get" not in shown
    assert reverse("export_file", args=[export.pk]) in shown
    answer: Any = browser.post(reverse("export_file", args=[export.pk]))
    assert answer["Content-Disposition"].startswith('attachment; filename="mila-board-')
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "no-store")
    assert b"".join(answer.streaming_content).startswith(b"PK")
    for name in ("export_show", "export_file", "export_cancel", "export_again"):
        ask = signed_in(corinne).get if name == "export_show" else signed_in(corinne).post
        assert ask(reverse(name, args=[export.pk])).status_code == 404
    assert signed_in(amina).post(reverse("export_ask", args=["board"])).status_code == 403
    assert signed_in(amina).get(reverse("exports")).status_code == 403
    verbs = AuditEntry.objects.about(export).values_list("verb", flat=True)
    assert set(verbs) == {"ask_export", "make_export", "finish_export", "download_export"}
    assert "benali" not in str(list(AuditEntry.objects.about(export).values()))


def test_whoever_loses_the_role_gets_nothing(cycle: Cycle, amina: User, claire: User) -> None:
    factories.submitted(amina, cycle)
    ready = made("board", claire)
    waits = exporting.ask(BOARD, {}, "csv", language="fr", by=claire)
    claire.roles = [Role.REVIEWER]
    claire.save(update_fields=["roles"])
    assert signed_in(claire).post(reverse("export_file", args=[ready.pk])).status_code == 403
    making.make_due()
    waits.refresh_from_db()
    assert (waits.status, waits.problem, str(waits.file)) == ("failed", "role", "")
    with pytest.raises(Refused):
        exporting.again(waits, by=claire)


def test_each_person_in_it_is_told_so_once_a_day(
    person: Any, cycle: Cycle, amina: User, bruno: User, claire: User
) -> None:
    factories.submitted(amina, cycle)
    factories.submitted(bruno, cycle)
    for _turn in range(2):
        made("board", claire, q="benali")
    exporting.ask(BOARD, {}, "csv", language="fr", by=claire)  # never made
    (line,) = trail.openings(amina)
    assert (
        line.who == "un membre du personnel\u00a0: coordination, dans une liste emportée en fichier"
    )
    assert trail.openings(bruno) == []
    with CaptureQueriesContext(connection) as taken:
        trail.openings(amina)
    few = len(taken)
    made("board", claire)
    with CaptureQueriesContext(connection) as taken:
        assert len(trail.openings(amina)) == 1
    assert len(taken) == few


# Its life ------------------------------------------------------------------------------------------------------------
def test_its_day_ends_and_it_can_be_asked_for_again(
    cycle: Cycle, amina: User, claire: User, settings: Any
) -> None:
    settings.EXPORTS_KEPT_HOURS = 2
    factories.submitted(amina, cycle)
    export = made("board", claire)
    assert export.made_at
    assert export.expires_at
    assert export.expires_at - export.made_at == timedelta(hours=2)
    name = str(export.file)
    assert sweeping.sweep() == 0
    assert exporting.expire(export.expires_at + timedelta(seconds=1)) == 1
    export.refresh_from_db()
    assert (export.status, str(export.file)) == ("expired", "")
    assert not default_storage.exists(name)
    with pytest.raises(Refused):
        exporting.download(export, by=claire, at=timezone.now())
    signed_in(claire).post(reverse("export_again", args=[export.pk]))
    making.make_due()
    assert len(table(export, claire)) == 2
    # Before the sweep has come by, too, nothing old is handed out.
    Export.objects.update(expires_at=timezone.now())
    with pytest.raises(Refused):
        exporting.download(export, by=claire, at=timezone.now())


def test_what_is_destroyed_does_not_stay_in_a_file(cycle: Cycle, claire: User) -> None:
    (file,) = judging.filed(1, cycle)
    export = made("board", claire)
    name = str(export.file)
    assert exporting.expire() == 0
    file.delete()
    assert exporting.expire() == 1
    assert not default_storage.exists(name)


@pytest.mark.parametrize("when", ["before", "while"])
def test_a_cancelled_export_leaves_nothing(
    cycle: Cycle, claire: User, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    judging.filed(1, cycle)
    export = exporting.ask(BOARD, {}, "csv", language="fr", by=claire)
    if when == "before":
        signed_in(claire).post(reverse("export_cancel", args=[export.pk]))
        assert making.make_due() == 0
    else:
        kept = default_storage.save

        def cancelled_on_the_way(name: str, stored: Any) -> str:
            exporting.cancel(export, by=claire)
            return kept(name, stored)

        monkeypatch.setattr(default_storage, "save", cancelled_on_the_way)
        making.make_due()
    export.refresh_from_db()
    assert (export.status, str(export.file)) == ("cancelled", "")
    assert not any(name.startswith("exports/") for name, _at in default_storage.kept())


def test_a_worker_that_dies_is_followed_by_another_three_times(cycle: Cycle, claire: User) -> None:
    judging.filed(1, cycle)
    export = exporting.ask(BOARD, {}, "csv", language="fr", by=claire)
    for tries in (1, 2, 3):
        taken = making.take()  # and nothing more is heard of this worker
        assert taken
        assert taken.tries == tries
        assert making.take() is None, "it is looked after"
        Export.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        if tries == 1:
            # The first one wakes up: what it writes is no longer wanted once another has taken over.
            other = making.take()
            assert other
            assert other.tries == 2
            with pytest.raises(making.Stopped):
                making.look_after(taken, 1)
            Export.objects.update(lease_until=timezone.now() - timedelta(seconds=1), tries=1)
    assert making.make_due() == 0
    export.refresh_from_db()
    assert (export.status, export.problem) == ("failed", "killed")
    page = signed_in(claire).get(reverse("export_show", args=[export.pk])).content.decode()
    assert "interrompu trois fois" in page
    exporting.again(export, by=claire)
    assert making.make_due() == 1
    export.refresh_from_db()
    assert export.status == "ready"


def test_a_failure_says_why_and_the_next_one_is_made(
    cycle: Cycle, claire: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    judging.filed(1, cycle)
    bad = exporting.ask(BOARD, {}, "xlsx", language="fr", by=claire)
    good = exporting.ask(BOARD, {}, "csv", language="fr", by=claire)
    monkeypatch.setattr(writing, "CHILD", writing.CHILD.with_name("nothing.py"))
    assert making.make_due() == 2
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.status, bad.problem, good.status) == ("failed", "error", "ready")


def test_five_at_a_time(claire: User) -> None:
    for _turn in range(exporting.MOST_AT_ONCE):
        exporting.ask(BOARD, {}, "csv", language="fr", by=claire)
    with pytest.raises(Refused):
        exporting.ask(BOARD, {}, "csv", language="fr", by=claire)


def test_the_page_takes_the_same_few_queries(claire: User) -> None:
    browser, costs = signed_in(claire), []
    for count in (1, 2):
        for _turn in range(count):
            made("board", claire)
        browser.get(reverse("exports"))
        with CaptureQueriesContext(connection) as taken:
            assert browser.get(reverse("exports")).status_code == 200
        costs.append(len(taken))
    assert costs == [5, 5]
