"""The ready pack: one's own checked originals under UdeM's rules, made while they are sent."""

import io
import re
import tracemalloc
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from applications.models import Application, Degree, Document, Kind
from applications.models.degree import Teaching
from followup import pack
from papers.models import CheckedFile
from tests import factories
from tests.followup.factories import World
from tests.followup.pages import address, signed_in

pytestmark = pytest.mark.django_db
UDEM = re.compile(r"[0-9a-z_.\-]{1,63}")


def of(application: Application) -> pack.Pack:
    with override("en"):
        return pack.pack_of(application, application.submissions.last())


def zipped(user: User, application: Application, language: str) -> ZipFile:
    answer = signed_in(user).get(address("preparation_pack", application.number, language=language))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/zip"
    assert answer["Cache-Control"] == "no-store"
    return ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_originals_under_udems_names(world: World, amina: User, language: str) -> None:
    application = world.submitted(amina)
    assert of(application).items == []
    assert {str(one.why) for one in of(application).left_out} == {str(pack.BEING_CHECKED)}
    page = address("preparation_pack", application.number, language=language)
    assert signed_in(amina).get(page).status_code == 302
    factories.check()
    made = zipped(amina, application, language)
    word = "releve" if language == "fr" else "transcript"
    readme, *names = made.namelist()
    assert readme == ("LISEZMOI.txt" if language == "fr" else "README.txt")
    assert names[0] == f"01_{word}_universite-de-la-teranga.pdf"
    assert all(UDEM.fullmatch(name) for name in names)
    words = made.read(readme).decode()
    assert all(name in words for name in names)
    assert ("Centre étudiant" if language == "fr" else "Student Centre") in words
    for item in of(application).items:
        with default_storage.open(str(item.document.file)) as kept:
            original = kept.read()
        assert original in [made.read(name) for name in names], "byte for byte as it was sent"
    shown = signed_in(amina).get(address("preparation", application.number, language=language))
    assert names[0] in shown.content.decode()


def test_what_cannot_go_in_is_said(world: World, amina: User) -> None:
    application = world.submitted(amina)
    factories.check()
    Degree.objects.filter(application=application).update(
        language=Teaching.OTHER, institution="東京大学"
    )
    transcript = Document.objects.get(application=application, kind=Kind.TRANSCRIPT)
    made = of(application)
    assert made.items[0].name == "01_transcript_degree-1.pdf"
    assert [one.what for one in made.left_out] == ["Certified translation: 東京大学"]
    Document.objects.filter(pk=transcript.pk).update(size=pack.MOST_BYTES)
    assert "10" in str(of(application).left_out[0].why)
    Document.objects.filter(pk=transcript.pk).update(size=pack.MOST_BYTES - 1)
    assert len(of(application).left_out) == 1
    check = CheckedFile.objects.filter(sha256=transcript.sha256)
    check.update(state=CheckedFile.State.REFUSED, problem="virus", cleaned="", cleaned_sha256="")
    assert str(of(application).left_out[0].why) == str(pack.REFUSED)


def test_long_names_are_cut(world: World, amina: User) -> None:
    application = world.submitted(amina)
    factories.check()
    Degree.objects.filter(application=application).update(institution="École " + "très " * 30)
    name = of(application).items[0].name
    assert len(name) == 63 or name.endswith("tres.pdf")
    assert UDEM.fullmatch(name)


def test_nobody_elses(world: World, amina: User, bruno: User) -> None:
    application = world.submitted(amina)
    factories.check()
    page = address("preparation_pack", application.number)
    for other in (bruno, world.claire, world.dominique):
        assert signed_in(other).get(page).status_code == 404
    assert signed_in(amina).post(page).status_code == 405
    assert signed_in(amina).head(page).status_code == 200
    draft = factories.draft(bruno, world.cycle)
    assert signed_in(bruno).get(address("preparation_pack", draft.number)).status_code == 404


def test_memory_is_bounded(world: World, amina: User, monkeypatch: Any) -> None:
    """Nine megabytes go through in pieces of 64 kB."""
    application = world.submitted(amina)
    factories.check()
    made = of(application)
    name = str(made.items[0].document.file)
    default_storage.delete(name)
    with default_storage.open(name, "wb") as big:
        for _piece in range(144):
            big.write(b"x" * pack.CHUNK)
    tracemalloc.start()
    total = sum(len(one) for one in pack.archive(made, application, at=timezone.now()))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert total > 9_000_000
    assert peak < 2_000_000


def test_a_translation_stands_with_its_degree() -> None:
    degree = Degree(pk=7)
    row = Document(kind=Kind.TRANSLATION, slot="translation-7")
    place = pack._place(row, [degree])
    assert place == (0, 0, pack.ORDER.index(Kind.TRANSLATION))
    assert pack._Pipe().writable()
