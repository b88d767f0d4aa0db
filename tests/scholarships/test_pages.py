"""The applicant's pages: each works in both languages, is nobody else's, and keeps on screen what it could not receive."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from applications.models import Application
from scholarships import abouts, confidences, proofs, replying
from scholarships.models import Candidacy, Category, Round, Standing
from scholarships.templatetags.money import dollars
from scholarships.vault import entries
from tests import factories
from tests.followup.factories import World
from tests.scholarships.awards_world import Bursary
from tests.scholarships.factories import SAID, STATEMENT, a_draft, a_round, an_award, closed, sent

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
FIRST, SECOND, THIRD = Category.WOMEN_IN_AI, Category.EDI_RESEARCH, Category.SOCIOECONOMIC
OWN = (
    *("scholarship_statement", "scholarship_send", "scholarship_withdraw"),
    *("scholarship_confidential", "scholarship_confidential_erase"),
)
DECLARED = {"chosen": ["woman", "two_spirit"], "words": "zqxmine", "agree": "on"}
TABLE = {
    "income-work": "9 000,25",
    "expenses-housing": "11000.50",
    "circumstances": "zqxmine",
    "agree": "on",
}


def entered(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def to(name: str, *args: Any) -> str:
    return reverse(name, args=args)


@pytest.fixture
def browser(amina: User) -> Client:
    return entered(amina)


def late(row: Round) -> None:
    """Closed since the page was opened."""
    closed(row)


def test_every_page_in_both_languages(world: World, file: Application, browser: Client) -> None:
    mine = sent(
        a_round(world.cycle, THIRD, stacking="top_up", top_up_above=1, top_up_amount=1),
        file,
        other_awards=0,
    )
    mine.shortlisted_at = timezone.now()
    mine.save()
    proofs.keep(mine, factories.upload_of(), by=file.applicant)
    first = a_draft(a_round(world.cycle, FIRST), file)
    a_round(world.cycle, SECOND, opens_at=timezone.now() + timedelta(days=2))
    closed(a_round(world.cycle, SECOND, amount=None, awards=None))
    for language in ("fr", "en"):
        with override(language):
            pages = [to("scholarships"), to("scholarship", mine.round_id), to("my_application")]
            pages += [to("scholarship", row.pk) for row in Round.objects.all()]
            pages += [to(name, one.number) for name in OWN for one in (mine, first)]
            pages += [to("scholarship_proof", mine.number)]
            pages += [to("scholarship_consent_withdraw", mine.number, "panel")]
            for page in pages:
                said = browser.get(page)
                assert said.status_code == 200, page
                assert said["Cache-Control"] == "no-store"


def test_nobody_elses(world: World, file: Application, bruno: User, person: Any) -> None:
    mine = sent(a_round(world.cycle, THIRD), file)
    posts = ("scholarship_restore", "scholarship_proof_erase")
    gets = (*OWN, "scholarship_proof", "scholarship_proof_file")
    for user in (bruno, world.claire, world.dominique):
        client = entered(user)
        for name in gets:
            assert client.get(to(name, mine.number)).status_code == 404, name
        for name in (*OWN, *posts):
            assert client.post(to(name, mine.number)).status_code == 404, name
        consent = to("scholarship_consent_withdraw", mine.number, "panel")
        assert client.post(consent).status_code == 404
    client = entered(world.claire)
    assert client.get(to("scholarships")).status_code == 403
    assert client.get(to("scholarship", mine.round_id)).status_code == 403
    assert client.post(to("scholarship_begin", mine.round_id)).status_code == 403


def test_what_changes_something_takes_no_get(
    world: World, file: Application, browser: Client
) -> None:
    mine = sent(a_round(world.cycle, SECOND), file)
    pages = [to("scholarship_begin", mine.round_id)]
    pages += [to(name, mine.number) for name in ("scholarship_restore", "scholarship_proof_erase")]
    for page in pages:
        assert browser.get(page).status_code == 405
    assert browser.post(to("scholarships")).status_code == 405
    for name in ("scholarship_withdraw", "scholarship_send"):
        browser.get(to(name, mine.number))
    mine.refresh_from_db()
    assert mine.status == Standing.SUBMITTED


def test_a_whole_way_of_category_2(world: World, file: Application, browser: Client) -> None:
    row = a_round(world.cycle, SECOND)
    page = browser.get(to("scholarship", row.pk)).content.decode()
    assert "6\xa0000\xa0$" in page
    begun = browser.post(to("scholarship_begin", row.pk))
    mine = Candidacy.objects.get()
    assert begun.url == to("scholarship_statement", mine.number)
    form = browser.get(begun.url)
    assert "Relevé" in form.content.decode()
    sent_in = {"statement": STATEMENT, "seen": form.context["seen"], "page": form.context["page"]}
    assert browser.post(begun.url, sent_in).url == to("scholarship_send", mine.number)
    look = browser.get(to("scholarship_send", mine.number))
    agreed = {"wording": look.context["wording"], "consent": ["panel", "cv", "transcripts"]}
    assert browser.post(to("scholarship_send", mine.number), agreed).url == to(
        "scholarship", row.pk
    )
    mine.refresh_from_db()
    assert mine.status == Standing.SUBMITTED
    assert browser.get(to("scholarship_confidential", mine.number)).status_code == 404
    assert browser.post(to("scholarship_withdraw", mine.number)).status_code == 302
    assert browser.post(to("scholarship_restore", mine.number)).status_code == 302
    consent = to("scholarship_consent_withdraw", mine.number, "cv")
    assert browser.post(consent).status_code == 302
    assert browser.post(consent).status_code == 404
    mine.refresh_from_db()
    assert mine.status == Standing.WITHDRAWN
    assert browser.get(to("scholarship_statement", mine.number)).status_code == 302


def test_sentences_that_changed_are_read_once_more(
    world: World, file: Application, browser: Client
) -> None:
    mine = a_draft(a_round(world.cycle, SECOND), file)
    page = to("scholarship_send", mine.number)
    said = browser.post(page, {"wording": "other", "consent": ["panel", "cv", "transcripts"]})
    assert said.status_code == 409
    wording = browser.get(page).context["wording"]
    said = browser.post(page, {"wording": wording, "consent": ["panel"]})
    assert said.status_code == 409
    assert said.content.decode().count(" checked") == 1


def test_the_statement_saves_itself_and_says_what_is_wrong(
    world: World, file: Application, browser: Client
) -> None:
    mine = a_draft(a_round(world.cycle, SECOND, statement_words=50), file)
    page = to("scholarship_statement", mine.number)
    shown = browser.get(page).context
    typed = {"seen": shown["seen"], "page": shown["page"], "statement": "Un, deux"}
    said = browser.post(page, typed, headers={"HX-Request": "true"})
    assert said.status_code == 200
    assert 'id="seen"' in said.content.decode()
    said = browser.post(page, {**typed, "page": "other"}, headers={"HX-Request": "true"})
    assert 'class="save push bad"' in said.content.decode()
    said = browser.post(page, {**typed, "page": "other"})
    assert said.status_code == 409
    assert said.context["theirs"] == "Un, deux"
    said = browser.post(page, {**typed, "statement": "mot " * 51})
    assert said.status_code == 422
    assert "51 mots" in said.content.decode()
    mine.refresh_from_db()
    assert mine.statement == "Un, deux"


@pytest.mark.parametrize("category", [FIRST, THIRD])
def test_late_everything_stays_on_screen(
    world: World, file: Application, browser: Client, category: str
) -> None:
    mine = a_draft(a_round(world.cycle, category), file)
    typed = DECLARED if category == FIRST else TABLE
    late(mine.round)
    said = browser.post(to("scholarship_confidential", mine.number), typed)
    assert said.status_code == 409
    assert "zqxmine" in said.content.decode()
    said = browser.post(to("scholarship_statement", mine.number), {"statement": "Trop tard."})
    assert said.status_code == 409
    assert "Trop tard." in said.content.decode()
    kept = confidences.own(mine, by=file.applicant)
    assert "zqxmine" not in str(kept)
    send = to("scholarship_send", mine.number)
    assert browser.get(send).status_code == 200
    assert browser.post(send, {"wording": "x"}).status_code == 409


def test_the_deadline_is_the_moment_of_arrival(
    world: World, file: Application, browser: Client, settings: Any
) -> None:
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    row = a_round(world.cycle, SECOND)
    mine = a_draft(row, file)
    row.closes_at = timezone.now() - timedelta(minutes=1)
    row.save()
    seen = browser.get(to("scholarship_send", mine.number)).context["wording"]
    told = {"wording": seen, "consent": ["panel", "cv", "transcripts"]}
    page = to("scholarship_send", mine.number)
    assert browser.post(page, told).status_code == 409
    early = f"t={(row.closes_at - timedelta(seconds=1)).timestamp():.3f}"
    assert browser.post(page, told, headers={"X-Request-Start": early}).status_code == 302


def test_a_declaration_is_made_changed_and_taken_back(
    world: World, file: Application, browser: Client, amina: User
) -> None:
    mine = a_draft(a_round(world.cycle, FIRST), file)
    page = to("scholarship_confidential", mine.number)
    assert SAID["words"] in browser.get(page).content.decode()  # type: ignore[operator]
    wrong = browser.post(page, {"words": "zqxmine"})
    assert wrong.status_code == 422
    assert "zqxmine" in wrong.content.decode()
    assert browser.post(page, {"agree": "on"}).status_code == 422
    assert browser.post(page, DECLARED).status_code == 302
    assert confidences.own(mine, by=amina) == {
        "chosen": ["two_spirit", "woman"],
        "words": "zqxmine",
    }
    erase = to("scholarship_confidential_erase", mine.number)
    assert browser.post(erase).status_code == 302
    assert browser.post(erase).status_code == 302
    assert confidences.own(mine, by=amina) is None
    assert "effacé" in browser.get(to("scholarship", mine.round_id)).content.decode()


def test_a_budget_adds_up_on_the_page(
    world: World, file: Application, browser: Client, amina: User
) -> None:
    mine = a_draft(a_round(world.cycle, THIRD), file)
    page = to("scholarship_confidential", mine.number)
    wrong = browser.post(page, {**TABLE, "expenses-housing": "beaucoup"})
    assert wrong.status_code == 422
    assert "beaucoup" in wrong.content.decode()
    assert browser.post(page, {"agree": "on", "income-work": "1"}).status_code == 422
    assert browser.post(page, TABLE).status_code == 302
    shown = browser.get(page)
    assert shown.context["form"].balance == Decimal("-2000.25")
    assert "−2\xa0000,25\xa0$" in shown.content.decode()
    kept = confidences.own(mine, by=amina)
    assert kept is not None
    assert kept["income"] == {"work": "9000.25"}


def test_what_is_confided_waits_in_no_session(world: World, file: Application) -> None:
    mine = a_draft(a_round(world.cycle, THIRD), file)
    client = Client()
    client.post(to("scholarship_confidential", mine.number), TABLE)
    assert "kept" not in client.session
    client.post(to("scholarship_statement", mine.number), {"statement": "Mon texte"})
    assert client.session["kept"]["fields"]["statement"] == ["Mon texte"]
    assert "zqxmine" not in str([row.get_decoded() for row in Session.objects.all()])


def test_a_proof_is_sent_read_and_erased_by_its_person(
    world: World, file: Application, browser: Client
) -> None:
    mine = sent(a_round(world.cycle, THIRD), file)
    page, pdf = to("scholarship_proof", mine.number), to("scholarship_proof_file", mine.number)
    assert browser.get(page).status_code == 404
    assert browser.get(pdf).status_code == 404
    mine.shortlisted_at = timezone.now()
    mine.save()
    assert browser.post(page).status_code == 422
    bad = browser.post(page, {"file": factories.upload_of(b"GIF8", name="x.pdf")})
    assert bad.status_code == 422
    assert browser.post(page, {"file": factories.upload_of(name="avis.pdf")}).status_code == 302
    said = browser.get(pdf)
    assert said.content.startswith(b"%PDF-")
    assert "avis.pdf" in said["Content-Disposition"]
    assert "sandbox" in said["Content-Security-Policy"]
    erase = to("scholarship_proof_erase", mine.number)
    assert browser.post(erase).status_code == 302
    assert browser.get(pdf).status_code == 404
    assert browser.post(erase).status_code == 302


def test_nothing_is_begun_without_an_application(world: World, bruno: User, amina: User) -> None:
    row = a_round(world.cycle, SECOND)
    client = entered(bruno)
    assert client.get(to("scholarships")).status_code == 200
    assert client.get(to("scholarship", row.pk)).status_code == 200
    client.post(to("scholarship_begin", row.pk))
    assert not Candidacy.objects.exists()
    row.is_published = False
    row.save()
    assert client.get(to("scholarship", row.pk)).status_code == 404


def test_who_looks_as_the_applicant_does_not_see_it(world: World, file: Application) -> None:
    row = a_round(world.cycle, SECOND)
    mine = sent(row, file)
    page = to("as_applicant", file.number)
    said = entered(world.claire).post(page, {"why": "Elle a demandé de l’aide."}).content.decode()
    assert file.number in said
    assert mine.number not in said
    assert row.name_fr not in said
    assert "ourse" not in said.partition("<main")[2]
    assert row.name_fr in entered(file.applicant).get(to("my_application")).content.decode()


def test_the_ledger_of_mail_says_nothing_of_it(world: World, file: Application) -> None:
    sent(a_round(world.cycle, SECOND), file)
    claire = entered(world.claire)
    for page in (to("letters"), to("desk_file", file.number)):
        said = claire.get(page)
        assert said.status_code == 200
        assert "ourse est reçue" not in said.content.decode()
        assert "emande de bourse est" not in said.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_whatever_its_length(
    world: World, file: Application, browser: Client, django_assert_num_queries: Any, count: int
) -> None:
    for _number in range(count):
        a_draft(a_round(world.cycle, SECOND), file)
    browser.get(to("scholarships"))
    with django_assert_num_queries(11):
        browser.get(to("scholarships"))


def test_a_scholarship_that_has_closed_says_so_in_the_past(
    world: World, file: Application, browser: Client
) -> None:
    mine = a_draft(a_round(world.cycle, SECOND), file)
    with override("en"):
        page = to("scholarships")
    assert "Closes " in browser.get(page).content.decode()
    closed(mine.round)
    text = browser.get(page).content.decode()
    assert "Closed <time" in text
    assert "Closes " not in text


def test_money_is_written_as_each_language_does() -> None:
    assert dollars(None) == ""
    assert dollars(Decimal("1234.50")) == "1\xa0234,50\xa0$"
    with override("en"):
        assert dollars(Decimal(-1234)) == "−$1,234"


def test_a_session_that_ended_says_that_nothing_confidential_was_kept(
    world: World, file: Application
) -> None:
    mine = a_draft(a_round(world.cycle), file)
    client = Client()
    address = reverse("scholarship_confidential", args=[mine.number])
    shown = client.post(address, DECLARED, follow=True).content.decode()
    assert "rien n’en a été gardé" in shown
    assert "zqxmine" not in shown
    assert "kept" not in client.session


def test_withdrawing_an_accepted_award_says_first_what_it_takes_away(person: Any) -> None:
    bursary, amina = Bursary(person), person("amina")
    award = bursary.awarded(amina)
    page, client = reverse("scholarship", args=[bursary.round.pk]), entered(amina)
    leave = reverse("scholarship_withdraw", args=[award.candidacy.number])
    assert leave not in client.get(page).content.decode()
    replying.accept(award, by=amina, at=timezone.now())
    assert leave in client.get(page).content.decode()
    assert "prend fin aussitôt" in client.get(leave).content.decode()
    client.post(leave)
    award.refresh_from_db()
    assert award.status == "lapsed"
    shown = client.get(page).content.decode()
    assert leave not in shown
    assert "a pris fin" in shown


@pytest.mark.parametrize(
    ("category", "said"), [(FIRST, "prend fin aussitôt"), (THIRD, "a rempli son but")]
)
def test_erasing_a_declaration_says_first_that_the_award_ends_and_a_budget_that_nothing_changes(
    person: Any, category: str, said: str
) -> None:
    (result,) = Bursary(person, category=category).results(person("amina"))
    entries.declare(abouts.declaration(result.candidacy), SAID, by=person("amina"))
    award = an_award(result)
    client = entered(award.candidacy.application.applicant)
    address = reverse("scholarship_confidential_erase", args=[award.candidacy.number])
    assert said in client.get(address).content.decode()
