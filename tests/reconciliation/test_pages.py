"""The pages of UdeM's lists: they work, strangers find nothing, other roles are refused, nothing changes by looking."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.models import Role, User
from audit.models import AuditEntry
from cycles.models import Cycle
from followup.models import UdemFile
from reconciliation import applying, choosing
from reconciliation.forms import word_field
from reconciliation.models import Change, Line, UdemList, Word
from reviews import conflicts
from reviews.models import Reason
from tests.reconciliation.factories import (
    HEADERS,
    Somebody,
    compared,
    received,
    row,
    settled,
    table,
)

pytestmark = pytest.mark.django_db
ZOE = Somebody("Lévesque", "Zoé", "20481111", date(1999, 5, 4), filed=True)
LUC = Somebody("Roy", "Luc", "20482222", date(1998, 3, 2), filed=True)
ADMITTED = {"Statut": "Admis", "Date du statut": "2027-02-20"}
PLANTED = ("20481111", "20482222", "1999-05-04", "4 mai 1999")


@pytest.fixture
def files(cycle: Cycle, claire: User) -> list[UdemFile]:
    return settled([ZOE, LUC], cycle, by=claire)


@pytest.fixture
def client(claire: User) -> Client:
    return signed_in(claire)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, name: str, *args: Any, query: str = "", status: int = 200) -> str:
    answer = client.get(f"{reverse(name, args=args)}?{query}")
    assert answer.status_code == status
    return answer.content.decode()


def post(client: Client, name: str, *args: Any, **data: Any) -> Any:
    return client.post(reverse(name, args=args), data, follow=True)


def upload(text: str, name: str = "liste.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode("utf-8-sig"))


def test_a_list_is_brought_in_explained_compared_applied_and_undone(
    client: Client, files: list[UdemFile], cycle: Cycle
) -> None:
    text = table([row(ZOE, **ADMITTED), row(LUC, Matricule="20482223")])
    answer = post(
        client, "udem_list_receive", cycle=cycle.code, as_of="2026-11-02", file=upload(text)
    )
    udem_list = UdemList.objects.get()
    assert "Zoé" in answer.content.decode()
    answer = post(client, "udem_list_encoding", udem_list.pk, encoding="cp1252")
    assert "ZoÃ©" in answer.content.decode()
    post(client, "udem_list_encoding", udem_list.pk, encoding="utf-8")
    meanings = {
        **dict(zip(HEADERS, ("number", "last", "first", "email", "born", "program"), strict=False)),
        "Segment": "segment",
        "Statut": "status",
        "Date du statut": "status_on",
        "Date de la demande": "filed_on",
    }
    said = {f"column-{index}": meanings[header] for index, header in enumerate(HEADERS)}
    asked = client.post(reverse("udem_list_compare", args=[udem_list.pk]), {**said, "order": "dmy"})
    assert asked.status_code == 422
    assert word_field("Admis") in asked.content.decode()
    words = {word_field("Admis"): "admitted", word_field("Déposée"): "filed"}
    post(client, "udem_list_compare", udem_list.pk, **said, **words, order="dmy")
    assert Word.objects.count() == 2
    told = page(client, "udem_list_lines", udem_list.pk)
    assert "20482223" in told
    line = Line.objects.get(verdict="doubtful")
    answer = post(client, "udem_line_choose", line.pk, person=files[1].pk)
    assert answer.status_code == 200
    shown = page(client, "udem_list_changes", udem_list.pk, query="show=conflict")
    change = Change.objects.get(udem_file=files[1])
    assert f"{change.pk}:number" in shown
    post(client, "udem_changes_choose", udem_list.pk, **{f"{change.pk}:number": "theirs"})
    udem_list.refresh_from_db()
    answer = post(client, "udem_list_apply", udem_list.pk, revision=udem_list.revision)
    assert "Les dossiers de 2 personnes" in answer.content.decode()
    assert [one.status for one in UdemFile.objects.order_by("pk")] == ["admitted", "filed"]
    assert UdemFile.objects.get(pk=files[1].pk).number == "20482223"
    assert post(client, "udem_list_undo", udem_list.pk, why="").status_code == 422
    post(client, "udem_list_undo", udem_list.pk, why="La mauvaise liste.")
    assert [one.number for one in UdemFile.objects.order_by("pk")] == [ZOE.number, LUC.number]
    post(client, "udem_list_erase", udem_list.pk)
    assert not Line.objects.exists()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_reads_in_both_languages(
    claire: User, files: list[UdemFile], cycle: Cycle, language: str
) -> None:
    client = signed_in(claire)
    doubtful = row(LUC, Courriel="", Matricule="", **{"Date de naissance": ""})
    stranger = row(Somebody("Wq", "Xz", "20489999"))
    rows = [
        row(ZOE, **ADMITTED, **{"Date de la demande": "2027-01-30"}),
        doubtful,
        stranger,
        stranger,
    ]
    udem_list = compared(cycle, table(rows), by=claire)
    fresh = received(cycle, table(rows[:1]), by=claire)
    with override(language):
        for show in ("doubtful", "certain", "unknown", "folded"):
            page(client, "udem_list_lines", udem_list.pk, query=f"show={show}")
        for show in ("all", "ready", "conflict", "settle", "applied", "nowhere"):
            page(client, "udem_list_changes", udem_list.pk, query=f"show={show}")
        page(client, "udem_list", udem_list.pk)
        page(client, "udem_list_columns", fresh.pk)
        page(client, "udem_list", fresh.pk, status=302)
        page(client, "udem_lists", query="cycle=A27")
        page(client, "udem_words")
        page(client, "udem_export")
        UdemList.objects.filter(pk=udem_list.pk).update(status="queued")
        assert "hx-get" in page(client, "udem_list", udem_list.pk)
        page(client, "udem_list_changes", udem_list.pk)


def test_an_empty_house_says_so(client: Client, cycle: Cycle) -> None:
    assert "Aucune liste encore" in page(client, "udem_lists")
    assert "Aucun mot encore" in page(client, "udem_words")
    Cycle.objects.all().delete()
    page(client, "udem_lists")
    page(client, "udem_export")


def test_bad_files_and_forms_say_what_is_wrong(client: Client, cycle: Cycle, claire: User) -> None:
    for file, said in ((upload(""), "vide"), (upload("Nom;nom\na;b\n"), "même nom")):
        answer = post(client, "udem_list_receive", cycle=cycle.code, as_of="2026-11-02", file=file)
        assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert post(client, "udem_list_receive", cycle=cycle.code).status_code == 422
    assert post(client, "udem_list_receive", cycle="nowhere").status_code == 404
    fresh = received(cycle, table([row(ZOE)]), by=claire)
    twice = {"column-0": "number", "column-1": "number", "order": "dmy"}
    assert post(client, "udem_list_compare", fresh.pk, **twice).status_code == 422
    for name, data in (
        ("udem_list_encoding", {"encoding": "klingon"}),
        ("udem_list_apply", {}),
    ):
        assert 'role="alert"' in post(client, name, fresh.pk, **data).content.decode()
    assert post(client, "udem_words_learn").status_code == 200
    Word.objects.create(word="admis", step="admitted", said_by=claire)
    assert post(client, "udem_words_learn").status_code == 422
    post(client, "udem_words_learn", **{word_field("admis"): "ignored"})
    assert Word.objects.get().step == ""


# Who may ------------------------------------------------------------------------------------------
def test_nobody_else_reads_a_number_or_a_birth_date(
    files: list[UdemFile],
    cycle: Cycle,
    claire: User,
    dominique: User,
    david: User,
    adam: User,
    amina: User,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG")
    udem_list = compared(
        cycle, table([row(ZOE, Courriel=LUC.email, **ADMITTED), row(LUC)]), by=claire
    )
    line = udem_list.lines.get(number=2)
    names = ("udem_list", "udem_list_lines", "udem_list_changes", "udem_list_columns")
    assert PLANTED[0] in page(signed_in(claire), "udem_list_lines", udem_list.pk)
    for user in (dominique, david, adam, amina):
        client = signed_in(user)
        for name in names:
            told = page(client, name, udem_list.pk, status=403)
            assert not [word for word in PLANTED if word in told]
        for name in ("udem_lists", "udem_export", "udem_words"):
            page(client, name, status=403)
        for name in ("udem_list_apply", "udem_list_undo", "udem_list_erase", "udem_changes_choose"):
            assert post(client, name, udem_list.pk).status_code == 403
        assert post(client, "udem_line_choose", line.pk, person="nobody").status_code == 403
        assert post(client, "udem_export_file", cycle=cycle.code, kind="csv").status_code == 403
    held = " ".join(str(one) for one in AuditEntry.objects.values_list("details", "why", "subject"))
    assert not [word for word in PLANTED if word in caplog.text or word in held]
    rows = [*Line.objects.values(), *UdemList.objects.values()]
    assert all("payload" in one or "content" in one for one in rows)


def test_what_is_kept_from_a_coordinator_shows_as_that(
    files: list[UdemFile], cycle: Cycle, claire: User, person: Callable[..., User]
) -> None:
    corinne = person("corinne", Role.COORDINATOR)
    udem_list = compared(
        cycle, table([row(ZOE, Courriel=LUC.email, **ADMITTED), row(LUC)]), by=claire
    )
    line = udem_list.lines.get(number=2)
    choosing.choose_person(line, files[0], by=claire)
    change = Change.objects.get(udem_file=files[0])
    application = UdemFile.objects.get(pk=files[0].pk).offer.decision.application
    conflicts.declare(application, by=corinne, reason=Reason.OTHER, words="x")
    client = signed_in(corinne)
    told = page(client, "udem_list_lines", udem_list.pk)
    assert "Vous est cachée" in told
    assert not [word for word in (*PLANTED[:1], "Zoé", application.number) if word in told]
    told = page(client, "udem_list_changes", udem_list.pk)
    assert "Le dossier d’une personne vous est caché." in told
    assert "Zoé" not in told
    assert post(client, "udem_line_choose", line.pk, person=files[0].pk).status_code == 404
    assert post(client, "udem_change_again", change.pk).status_code == 404
    fresh = received(cycle, table([row(ZOE)]), by=claire)
    assert "Zoé" not in page(client, "udem_list_columns", fresh.pk)
    assert (
        ZOE.number not in post(client, "udem_export_file", cycle="A27", kind="csv").content.decode()
    )


def test_acts_are_posts_and_strangers_find_nothing(client: Client, cycle: Cycle) -> None:
    for name in ("apply", "undo", "erase", "encoding", "compare"):
        assert client.get(reverse(f"udem_list_{name}", args=[1])).status_code == 405
        assert client.post(reverse(f"udem_list_{name}", args=[1])).status_code == 404
    for name in ("udem_list", "udem_list_lines", "udem_list_changes", "udem_list_columns"):
        page(client, name, 1, status=404)
    assert client.post(reverse("udem_line_choose", args=[1])).status_code == 404


# Leaving ------------------------------------------------------------------------------------------
def test_people_leave_in_the_columns_of_udem(
    client: Client, files: list[UdemFile], cycle: Cycle, claire: User
) -> None:
    compared(cycle, table([row(ZOE)]).replace("Matricule", "No Matricule"), by=claire)
    UdemFile.objects.filter(pk=files[0].pk).update(condition="=HYPERLINK(1)")
    answer = post(client, "udem_export_file", cycle=cycle.code, kind="csv")
    text = answer.content.decode("utf-8-sig")
    assert text.splitlines()[0].startswith('"No Matricule";"Nom";"Prénom";"Courriel"')
    assert '"20481111";"Lévesque";"Zoé"' in text
    assert '"\'=HYPERLINK(1)"' in text
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "attachment" in answer.headers["Content-Disposition"]
    entry = AuditEntry.objects.get(verb="export_udem")
    assert entry.details == {"people": 2, "kind": "csv"}
    answer = post(
        client, "udem_export_file", cycle=cycle.code, kind="xlsx", status="filed", program="msc"
    )
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        cells = b"".join(book.read(name) for name in book.namelist()).decode()
    assert "20482222" in cells
    assert "<f>" not in cells
    assert post(client, "udem_export_file", cycle=cycle.code, kind="exe").status_code == 422
    assert "0 personne" in page(client, "udem_export", query="cycle=A27&status=refused")


def test_what_moved_or_was_touched_is_told(
    client: Client, files: list[UdemFile], cycle: Cycle, claire: User
) -> None:
    udem_list = compared(cycle, table([row(ZOE, **ADMITTED), row(LUC, **ADMITTED)]), by=claire)
    UdemFile.objects.filter(pk=files[0].pk).update(condition="Autre chose.")
    answer = post(client, "udem_list_apply", udem_list.pk, revision=udem_list.revision)
    assert "à régler à la main" in answer.content.decode()
    change = Change.objects.get(udem_file=files[0])
    post(client, "udem_change_again", change.pk)
    udem_list.refresh_from_db()
    applying.apply(udem_list, revision=udem_list.revision, by=claire)
    UdemFile.objects.filter(pk=files[1].pk).update(condition="Depuis.")
    answer = post(client, "udem_list_undo", udem_list.pk, why="Erreur.")
    assert "changé depuis" in answer.content.decode()
