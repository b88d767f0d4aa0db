"""A file that comes in parts: in order, twice, late, lying about itself; it becomes one thing, once."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit.models import subject_of
from audit.moves import Refused
from papers import tasks, uploads
from papers.fit import Unfit, problem_of
from papers.labels import LONGEST, printable, shortened
from papers.models import Upload, UploadPart
from papers.pdf import LARGEST

pytestmark = pytest.mark.django_db

CONTENT = b"%PDF-1.7\n" + bytes(range(256)) * 8


def begin(owner: User, content: bytes = CONTENT, **changes: Any) -> Upload:
    given = {
        "owner": owner,
        "purpose": "test",
        "name": "a.pdf",
        "size": len(content),
        "head": content[:16],
        "sha256": hashlib.sha256(content).hexdigest(),
        "at": timezone.now(),
    }
    return uploads.begin(**{**given, **changes})


def send(upload: Upload, content: bytes = CONTENT, step: int = 500) -> None:
    for start in range(upload.received, len(content), step):
        uploads.append(upload, start=start, content=content[start : start + step])


@pytest.fixture
def taken() -> list[bytes]:
    """What was handed over, each time."""
    return []


def keeper(owner: User, taken: list[bytes]) -> Any:
    def keep(file: UploadedFile) -> models.Model:
        taken.append(file.read())
        return owner

    return keep


def test_parts_become_the_file_once(amina: User, taken: list[bytes]) -> None:
    upload = begin(amina)
    send(upload)
    done = uploads.finish(upload, keep=keeper(amina, taken))
    assert taken == [CONTENT]
    assert (done.subject, done.received, done.parts.count()) == (subject_of(amina), len(CONTENT), 0)
    again = uploads.finish(upload, keep=keeper(amina, taken))
    assert (len(taken), again.subject) == (1, done.subject)


def test_a_part_that_came_twice_changes_nothing(amina: User) -> None:
    upload = begin(amina)
    assert uploads.append(upload, start=0, content=CONTENT[:500]) == 500
    assert uploads.append(upload, start=0, content=CONTENT[:500]) == 500
    assert uploads.append(upload, start=0, content=CONTENT[:200]) == 500
    assert upload.parts.count() == 1


@pytest.mark.parametrize(
    ("start", "length"),
    [(501, 10), (499, 10), (0, 501), (len(CONTENT), 1), (500, len(CONTENT)), (10**9, 1)],
)
def test_a_part_that_goes_elsewhere_says_where_to_go_on(
    amina: User, start: int, length: int
) -> None:
    upload = begin(amina)
    uploads.append(upload, start=0, content=CONTENT[:500])
    with pytest.raises(uploads.OutOfPlace) as place:
        uploads.append(upload, start=start, content=b"x" * length)
    assert place.value.received == upload.received == 500


def test_a_part_is_never_larger_than_agreed(amina: User) -> None:
    content = CONTENT + b"x" * uploads.PART
    with pytest.raises(uploads.OutOfPlace):
        uploads.append(begin(amina, content), start=0, content=content[: uploads.PART + 1])


def test_what_is_not_whole_is_not_handed_over(amina: User, taken: list[bytes]) -> None:
    upload = begin(amina)
    uploads.append(upload, start=0, content=CONTENT[:500])
    with pytest.raises(uploads.OutOfPlace):
        uploads.finish(upload, keep=keeper(amina, taken))
    assert taken == []


def test_parts_lost_with_the_power_are_sent_again(amina: User, taken: list[bytes]) -> None:
    upload = begin(amina)
    send(upload)
    UploadPart.objects.all().delete()  # what PostgreSQL does to such a table when it recovers
    assert upload.received == 0
    send(begin(amina))
    assert uploads.finish(upload, keep=keeper(amina, taken)).subject


def test_the_parts_have_no_write_ahead_log() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'papers_uploadpart'")
        assert cursor.fetchone() == ("u",)


def test_the_same_file_goes_on_and_another_takes_its_place(amina: User) -> None:
    upload = begin(amina)
    uploads.append(upload, start=0, content=CONTENT[:500])
    assert (begin(amina), begin(amina).received) == (upload, 500)
    other = begin(amina, sha256="")
    assert other != upload
    upload.refresh_from_db()
    assert (upload.problem, upload.parts.count()) == (uploads.DROPPED, 0)
    assert begin(amina, sha256="") != other


def test_what_arrived_altered_is_refused(amina: User, taken: list[bytes]) -> None:
    upload = begin(amina, sha256="0" * 64)
    send(upload)
    assert uploads.finish(upload, keep=keeper(amina, taken)).problem == "altered"
    assert taken == []


def test_a_refusal_stays_and_a_slow_check_is_tried_again(amina: User, taken: list[bytes]) -> None:
    said = ["slow", "password"]

    def keep(_file: UploadedFile) -> models.Model:
        raise Unfit(said.pop(0))

    upload = begin(amina)
    send(upload)
    with pytest.raises(Unfit):
        uploads.finish(upload, keep=keep)
    assert upload.received == len(CONTENT)
    assert uploads.finish(upload, keep=keep).problem == "password"
    assert uploads.finish(upload, keep=keep).problem == "password"
    assert said == []


def test_a_refusal_of_the_rules_leaves_everything(amina: User) -> None:
    def keep(_file: UploadedFile) -> models.Model:
        raise Refused("closed")

    upload = begin(amina)
    send(upload)
    with pytest.raises(Refused):
        uploads.finish(upload, keep=keep)
    assert upload.parts.count() > 0


@pytest.mark.django_db(transaction=True)
def test_fifty_ends_are_one(amina: User, taken: list[bytes]) -> None:
    upload = begin(amina)
    send(upload)

    def end(_turn: int) -> str:
        try:
            return uploads.finish(upload, keep=keeper(amina, taken)).subject
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(end, range(50))) == {subject_of(amina)}
    assert taken == [CONTENT]


@pytest.mark.parametrize(
    ("name", "size", "head", "problem"),
    [
        ("a.pdf", 0, b"", "empty"),
        ("a.pdf", 10, b"%PDF-1.7", ""),
        ("a.pdf", LARGEST, b"%PDF-1.7", "size"),
        ("a.pdf", LARGEST - 1, b"%PDF-1.7", ""),
        ("x" * 64, 10, b"%PDF-1.7", "name"),
        ("x" * 63, 10, b"%PDF-1.7", ""),
        ("a.pdf", 10, b"\xff\xd8\xff\xe0", "image"),
        ("a.pdf", 10, b"\x00\x00\x00\x18ftypheic", "image"),
        ("a.pdf", 10, b"RIFF\x00\x00\x00\x00WEBP", "image"),
        ("a.docx", 10, b"PK\x03\x04", "written"),
        ("a.pdf", 10, b" %PDF-1.7", "not_pdf"),
        ("a.pdf", 10, b"<html>", "not_pdf"),
    ],
)
def test_what_is_said_before_the_first_byte_is_stored(
    amina: User, name: str, size: int, head: bytes, problem: str
) -> None:
    assert problem_of(name, size, head) == problem
    if problem:
        with pytest.raises(Unfit, match=problem):
            begin(amina, name=name, size=size, head=head)
        assert not Upload.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        "relevé " * 12 + ".pdf",
        "成績証明書" * 20 + ".PDF",
        "كشف الدرجات " * 9,
        "ट्रांसक्रिप्ट" * 9 + ".pdf",
        "\u202efdp." * 20 + ".pdf",
        "../../" + "a" * 90 + ".pdf",
        "🎓" * 70,
    ],
)
def test_a_shorter_name_is_a_good_one(name: str) -> None:
    short = shortened(name)
    assert len(short) <= LONGEST
    assert short == printable(short)
    assert short.endswith(".pdf")
    assert short[:3] == printable(name)[:3]


def test_few_are_under_way_and_not_too_many_a_day(
    amina: User, bruno: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_UNDER_WAY", 2)
    begin(amina, purpose="1")
    begin(amina, purpose="2")
    with pytest.raises(Refused):
        begin(amina, purpose="3")
    begin(bruno)
    uploads.drop(begin(amina, purpose="1"))
    begin(amina, purpose="3")
    monkeypatch.setattr(uploads, "MOST_A_DAY", 3)
    uploads.drop(begin(amina, purpose="3"))
    with pytest.raises(Refused):
        begin(amina, purpose="4")


def test_what_was_begun_a_day_ago_is_forgotten(amina: User, bruno: User) -> None:
    old, new = begin(amina), begin(bruno)
    send(old)
    Upload.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(hours=25))
    tasks.sweep_uploads()
    tasks.sweep_uploads()
    assert list(Upload.objects.all()) == [new]
    assert not UploadPart.objects.exists()


# The doors ----------------------------------------------------------------------------------------
def post(client: Client, upload: Upload, start: object, content: bytes, **extra: Any) -> Any:
    url = reverse("upload_part", args=[upload.pk])
    headers = {"Upload-Offset": str(start)} if start is not None else {}
    return client.post(url, content, "application/octet-stream", headers=headers, **extra)


def test_the_door_takes_parts_and_says_how_far_it_is(client: Client, amina: User) -> None:
    client.force_login(amina)
    upload = begin(amina)
    assert post(client, upload, 0, CONTENT[:500]).json()["received"] == 500
    wrong = post(client, upload, 9, CONTENT[:500])
    assert (wrong.status_code, wrong.json()["received"]) == (409, 500)
    state = client.get(reverse("upload_state", args=[upload.pk]))
    assert state.json() == {"received": 500, "size": len(CONTENT), "over": False}
    gone = client.post(reverse("upload_drop", args=[upload.pk]))
    assert gone.json()["over"] is True
    assert post(client, upload, 500, b"x").status_code == 200  # over: there is nothing to add
    assert not UploadPart.objects.exists()


@pytest.mark.parametrize("start", [None, "", "-1", "x", "१", "1e3", "9" * 20])
def test_a_place_that_is_no_number_is_refused(client: Client, amina: User, start: object) -> None:
    client.force_login(amina)
    assert post(client, begin(amina), start, b"x").status_code == 400


def test_a_part_that_is_too_large_is_not_even_read(client: Client, amina: User) -> None:
    client.force_login(amina)
    upload = begin(amina)
    big = post(client, upload, 0, b"x" * (uploads.PART + 1))
    assert big.status_code == 413
    lying = post(client, upload, 0, b"x", CONTENT_LENGTH=str(uploads.PART * 9))
    assert lying.status_code == 413
    assert upload.received == 0


def test_nobody_else_sees_it(client: Client, amina: User, bruno: User, claire: User) -> None:
    upload = begin(amina)
    for other in (bruno, claire):
        client.force_login(other)
        assert post(client, upload, 0, CONTENT[:9]).status_code == 404
        for name in ("upload_state", "upload_drop"):
            url = reverse(name, args=[upload.pk])
            assert (client.get if name == "upload_state" else client.post)(url).status_code == 404
    assert upload.received == 0


def test_the_token_against_forgery_is_asked(amina: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(amina)
    assert post(strict, begin(amina), 0, b"x").status_code == 403


def test_a_part_costs_a_few_queries(
    client: Client, amina: User, django_assert_num_queries: Any
) -> None:
    client.force_login(amina)
    upload = begin(amina)
    post(client, upload, 0, CONTENT[:10])
    with django_assert_num_queries(9):
        post(client, upload, 10, CONTENT[10:20])
