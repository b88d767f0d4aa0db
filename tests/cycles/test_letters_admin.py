"""Administrators write a cycle's letters in Django admin: list, draft, look, test, publish, back; nobody else does."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role, User
from audit.models import AuditEntry
from audit.moves import Refused
from config.middleware import CONTENT_SECURITY_POLICY
from cycles.admin.letters import WITH_FRAMES
from cycles.letters import previewing, writing
from cycles.models import Cycle
from notifications.catalogue import Asked
from notifications.letter_text import LetterText
from notifications.models import OutgoingEmail
from tests import factories
from tests.conftest import Settle
from tests.cycles.letters.words import NAME, WORDS, drafted, entry, published

pytestmark = pytest.mark.django_db
ACTS = ("cycle_letter_test", "cycle_letter_publish", "cycle_letter_usual", "cycle_letter_discard")


@pytest.fixture
def cycle() -> Cycle:
    return factories.cycle()


def at(cycle: Cycle, view: str = "cycle_letter", *more: str, name: str = NAME) -> str:
    """A page of the letter."""
    return reverse(f"admin:{view}", args=[cycle.pk, name, *more])


def post(admin: Client, address: str, **asked: Any) -> str:
    """Do it, and read the page after."""
    answer = admin.post(address, asked, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_says_whose_words_each_letter_has(admin: Client, cycle: Cycle, adam: User) -> None:
    address = reverse("admin:cycle_letters", args=[cycle.pk])
    with CaptureQueriesContext(connection) as none:
        assert "Le texte habituel" in admin.get(address).content.decode()
    published(cycle, adam)
    drafted(cycle, adam)
    drafted(cycle, adam, name="withdrawn", text_fr="{link}", text_en="{link}")
    with CaptureQueriesContext(connection) as three:
        page = admin.get(address).content.decode()
    assert len(three) == len(none)
    assert "Le vôtre, version 1" in page
    assert "Brouillon\u00a0: version 2" in page
    assert "sign_in_code" not in page
    change = reverse("admin:cycles_cycle_change", args=[cycle.pk])
    assert f'href="{address}"' in admin.get(change).content.decode()


def test_a_letter_goes_from_the_usual_text_to_ones_own_and_back(
    admin: Client, cycle: Cycle
) -> None:
    page = admin.get(at(cycle)).content.decode()
    assert "{unsubmitted} ({number})" in page
    assert "En usage\u00a0: le texte habituel" in page
    seen = writing.mark_of(None)
    assert "Le brouillon est gardé" in post(admin, at(cycle), **WORDS, seen=seen)
    assert "From now on" not in post(admin, at(cycle, "cycle_letter_publish"))
    assert "En usage\u00a0: votre texte, version 1" in admin.get(at(cycle)).content.decode()
    post(admin, at(cycle, "cycle_letter_usual"))
    page = admin.get(f"{at(cycle)}?version=1").content.decode()
    assert "En usage\u00a0: le texte habituel" in page
    assert WORDS["subject_fr"] in page
    assert "a mis fin à la version 1" in page
    assert LetterText.objects.get().status == "replaced"


def test_what_lacks_stands_on_the_page_and_what_is_wrong_at_its_field(
    admin: Client, cycle: Cycle
) -> None:
    seen = writing.mark_of(None)
    wrong = {**WORDS, "subject_fr": "Un {inconnu}", "text_fr": "Bonjour"}
    page = post(admin, at(cycle), **wrong, seen=seen)
    assert "{inconnu}" in page
    assert not LetterText.objects.exists()
    page = post(admin, at(cycle), **{**WORDS, "text_en": "Hello", "text_fr": "L'un"}, seen=seen)
    assert "Il manque {link} à l’anglais" in page
    assert "apostrophe droite" in page
    assert at(cycle, "cycle_letter_publish") not in page
    assert LetterText.objects.get().status == "draft"


def test_a_draft_changed_meanwhile_is_not_written_over(
    admin: Client, cycle: Cycle, adam: User
) -> None:
    drafted(cycle, adam, subject_fr="Autre ({number})")
    page = post(admin, at(cycle), **WORDS, seen=writing.mark_of(None))
    assert "a changé ce brouillon" in page
    assert LetterText.objects.get().subject_fr == "Autre ({number})"


def test_keeping_may_lead_to_the_look(admin: Client, cycle: Cycle) -> None:
    asked = {**WORDS, "seen": writing.mark_of(None), "look": ""}
    answer = admin.post(at(cycle), asked)
    assert answer["Location"] == at(cycle, "cycle_letter_look")


def test_the_draft_goes_away(admin: Client, cycle: Cycle, adam: User) -> None:
    drafted(cycle, adam)
    assert "supprimé" in post(admin, at(cycle, "cycle_letter_discard"))
    post(admin, at(cycle, "cycle_letter_discard"))
    assert not LetterText.objects.exists()


@pytest.mark.parametrize("act", ["cycle_letter_publish", "cycle_letter_usual"])
def test_there_must_be_something_to_publish_or_to_end(
    admin: Client, cycle: Cycle, act: str
) -> None:
    assert admin.post(at(cycle, act)).status_code == 302
    assert not AuditEntry.objects.filter(verb__contains="letter text").exists()


def test_the_look_shows_both_languages_and_writes_nothing(
    admin: Client, cycle: Cycle, adam: User
) -> None:
    drafted(cycle, adam, text_en="")
    before = [OutgoingEmail.objects.count(), AuditEntry.objects.count()]
    answer = admin.get(at(cycle, "cycle_letter_look"))
    page = answer.content.decode()
    publish = f'action="{at(cycle, "cycle_letter_publish")}"'
    assert publish not in page  # a language lacks
    assert "Bonjour Alex," in page
    assert "pas de texte, dans cette langue" in page
    assert answer["Content-Security-Policy"] == WITH_FRAMES
    assert f"{CONTENT_SECURITY_POLICY}; frame-src 'self'" == WITH_FRAMES
    usual = admin.get(f"{at(cycle, 'cycle_letter_look')}?version=0").content.decode()
    assert "Hello Alex," in usual
    assert "Dernier moment pour soumettre à Mila" in usual
    assert publish not in usual
    assert [OutgoingEmail.objects.count(), AuditEntry.objects.count()] == before
    drafted(cycle, adam)
    assert publish in admin.get(at(cycle, "cycle_letter_look")).content.decode()


def test_a_version_with_a_part_that_is_gone_says_so(
    admin: Client, cycle: Cycle, adam: User
) -> None:
    published(cycle, adam)
    LetterText.objects.update(text_fr="{gone} {link}")
    page = admin.get(at(cycle, "cycle_letter_look")).content.decode()
    assert "{gone}" in page
    frame = admin.get(at(cycle, "cycle_letter_html", "fr"))
    assert (frame.status_code, frame.content) == (200, b"")


def test_the_frame_holds_the_letter_and_nothing_that_runs(admin: Client, cycle: Cycle) -> None:
    answer = admin.get(at(cycle, "cycle_letter_html", "en"))
    assert 'lang="en-CA"' in answer.content.decode()
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert admin.get(at(cycle, "cycle_letter_html", "de")).status_code == 404
    assert admin.get(f"{at(cycle, 'cycle_letter_html', 'fr')}?file=NO").status_code == 404


def test_a_real_file_is_one_that_this_person_may_see(
    client: Client, cycle: Cycle, amina: User, adam: User, person: Settle
) -> None:
    file = factories.submitted(amina, cycle)
    address = f"{at(cycle, 'cycle_letter_look')}?file=%20{file.number.lower()}"
    client.force_login(adam)
    page = client.get(address).content.decode()
    assert "Amina" not in page
    assert "Votre compte ne voit aucun vrai dossier" in page
    assert 'name="file" value="" maxlength' not in page  # asking would be in vain
    client.force_login(person("both", Role.ADMINISTRATOR, Role.COORDINATOR))
    assert "Vous ne voyez aucun dossier" in client.get(f"{address}X").content.decode()
    page = client.get(address).content.decode()
    assert "Bonjour Amina," in page
    html = f"{at(cycle, 'cycle_letter_html', 'fr')}?file={file.number}"
    assert "Bonjour Amina," in client.get(html).content.decode()
    other = factories.cycle(code="A28")
    page = client.get(f"{at(other, 'cycle_letter_look')}?file={file.number}").content.decode()
    assert "Amina" not in page


def test_the_link_of_a_real_referee_is_shown_to_nobody(
    client: Client, cycle: Cycle, amina: User, person: Settle
) -> None:
    file = factories.submitted(amina, cycle)
    token = factories.referee(file).token
    client.force_login(person("both", Role.ADMINISTRATOR, Role.COORDINATOR))
    page = client.get(
        f"{at(cycle, 'cycle_letter_look', name='reference_request')}?file={file.number}"
    ).content.decode()
    assert "Amina Benali vous demande" in page
    assert token not in page


def test_a_test_goes_to_oneself_once_a_click_and_says_so(
    admin: Client, cycle: Cycle, adam: User
) -> None:
    Cycle.objects.filter(pk=cycle.pk).update(reply_to="reponses@mila.quebec", sender_en="Mila")
    drafted(cycle, adam)
    click = uuid.uuid4().hex
    for _time in range(2):
        page = post(admin, at(cycle, "cycle_letter_test"), click=click, version="1", file="")
        assert f"En route vers {adam.email}" in page
    french, english = OutgoingEmail.objects.filter(letter="letter_test").order_by("-language")
    assert (french.address, french.language, english.language) == (adam.email, "fr", "en")
    assert french.subject.startswith("[Essai] Il reste peu de temps")
    assert english.subject.startswith("[Test] Little time is left")
    assert english.secret
    assert (english.reply_to, english.sender, french.sender) == ("reponses@mila.quebec", "Mila", "")
    assert [entry["uid"] for entry in french.dates] == [f"closes-{cycle.code}-MODELO"]
    post(admin, at(cycle, "cycle_letter_test"), click=uuid.uuid4().hex)
    assert OutgoingEmail.objects.filter(letter="letter_test").count() == 4


def test_a_test_needs_a_click_and_a_text(admin: Client, cycle: Cycle, adam: User) -> None:
    drafted(cycle, adam, subject_fr="", subject_en="")
    act = at(cycle, "cycle_letter_test")
    assert "encore rien à envoyer" in post(admin, act, click=uuid.uuid4().hex)
    admin.post(act, {"click": "x"})
    assert admin.post(act, {"click": uuid.uuid4().hex, "file": "NO"}).status_code == 404
    assert not OutgoingEmail.objects.filter(letter="letter_test").exists()


def test_an_administrator_alone_sends_a_test(cycle: Cycle, claire: User) -> None:
    with pytest.raises(Refused):
        previewing.send_to_oneself(
            entry(), writing.usual(NAME), Asked(cycle), by=claire, click=uuid.uuid4().hex
        )


def test_what_is_not_there_is_not_found(admin: Client, cycle: Cycle) -> None:
    for name in ("sign_in_code", "letter_test", "nothing"):
        assert admin.get(at(cycle, name=name)).status_code == 404
    assert admin.get(f"{at(cycle)}?version=7").status_code == 404


def test_acts_are_posted(admin: Client, cycle: Cycle) -> None:
    for act in ACTS:
        assert admin.get(at(cycle, act)).status_code == 405


@pytest.mark.parametrize("who", ["claire", "dominique", "david", "amina", None])
def test_nobody_else_comes_in(
    client: Client, cycle: Cycle, who: str | None, request: pytest.FixtureRequest
) -> None:
    if who:
        client.force_login(request.getfixturevalue(who))
    pages = [reverse("admin:cycle_letters", args=[cycle.pk]), at(cycle)]
    pages += [at(cycle, "cycle_letter_look"), at(cycle, "cycle_letter_html", "fr")]
    for address in pages:
        assert client.get(address).status_code in (302, 403, 404)
    for act in ACTS:
        assert client.post(at(cycle, act)).status_code in (302, 403, 404)
    assert not AuditEntry.objects.filter(verb__contains="letter").exists()


def test_the_sender_is_a_name_and_both_languages_or_none(
    admin: Client, cycle: Cycle, posted: Any
) -> None:
    page = f"/en/admin/cycles/cycle/{cycle.pk}/change/"
    one = admin.post(page, posted(page, sender_fr="Admissions de Mila"))
    assert "sender_en" in one.context["adminform"].form.errors
    forged = admin.post(page, posted(page, sender_fr="a@b.ca <x>", sender_en="x", reply_to="no"))
    assert {"sender_fr", "reply_to"} <= set(forged.context["adminform"].form.errors)
    right = {"sender_fr": "Admissions de Mila", "sender_en": "Mila admissions"}
    answer = admin.post(page, posted(page, **right, reply_to="admissions@mila.quebec"))
    assert answer.status_code == 302
    cycle.refresh_from_db()
    assert (cycle.sender_en, cycle.reply_to) == ("Mila admissions", "admissions@mila.quebec")
