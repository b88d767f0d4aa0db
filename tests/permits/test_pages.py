"""One's own permits and the office's page of them: who, when, in both languages, and what each act does."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, User
from applications import lifecycle
from applications.models import Application
from followup.models import Filing, UdemFile
from permits.models import Kind, PermitGuide, PermitPath, PermitStep, State
from reviews import conflicts
from reviews.models import Reason
from tests.followup.factories import World
from tests.followup.pages import address, signed_in
from tests.permits.factories import accepted, admitted, ago, guides, reported, terms, today, told

pytestmark = pytest.mark.django_db
LANGUAGES = ("fr", "en")


@pytest.fixture
def file(world: World, amina: User) -> Application:
    """Amina, from abroad, who said yes to the M.Sc."""
    return accepted(world, amina)


def page(user: User, name: str, *args: Any, language: str = "fr") -> str:
    answer = signed_in(user).get(address(name, *args, language=language))
    assert answer.status_code == 200, answer.content
    return answer.content.decode().replace("\u00a0", " ")


# One's own page -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ["Mes permis", "Preuve de ressources financières", "attend la lettre", "semaines"]),
        ("en", ["My permits", "Proof of funds", "waits for the university", "weeks"]),
    ],
)
def test_the_whole_way_with_its_days(
    world: World, file: Application, language: str, words: list[str]
) -> None:
    guides(world.cycle)
    terms(world.cycle, funds_one=24617, funds_two=34814, funds_as_of=today())
    text = page(file.applicant, "permits", file.number, language=language)
    amount = "24 617 $" if language == "fr" else "$24,617"
    for word in (*words, amount, f"https://example.org/{language}/caq"):
        assert word in text, word
    # It asks for days only, and says so.
    assert ("ni la copie d’un permis" if language == "fr" else "copy of a permit") in text


def test_without_settings_the_page_is_whole(file: Application) -> None:
    text = page(file.applicant, "permits", file.number)
    assert "de 3 à 6 mois" in text
    assert "Ressources à montrer" not in text
    assert "Délai habituel" not in text
    assert not PermitGuide.objects.exists()


def test_texts_of_the_office_take_the_place_of_ours(world: World, file: Application) -> None:
    PermitGuide.objects.create(
        cycle=world.cycle,
        kind=Kind.CAQ,
        text_fr="Voir Québec.",
        text_en="See Québec.",
        weeks_min=4,
        weeks_max=4,
    )
    text = page(file.applicant, "permits", file.number)
    assert "Voir Québec." in text
    assert "Il faut la lettre de l’université" not in text
    assert "Délai habituel : 4 semaines" in text


@pytest.mark.parametrize("status", ["citizen", "resident"])
def test_who_needs_none_is_told_in_a_line(world: World, amina: User, status: str) -> None:
    file = accepted(world, amina, status)
    text = page(amina, "permits", file.number)
    assert "Il ne vous faut aucun permis" in text
    assert "Votre calendrier" not in text
    assert "Notre lettre" not in text


def test_a_permit_that_ends_too_early_is_said(world: World, amina: User) -> None:
    file = accepted(world, amina, "study")
    told(file, "study", permit_until=today() + timedelta(days=5), allows="yes")
    text = page(amina, "permits", file.number)
    assert "Ce permis prend fin avant le début de vos études" in text
    assert "Permis d’études" in text


def test_what_happened_is_told_in_plain_words(
    world: World, file: Application, claire: User
) -> None:
    told(file, "none")
    reported(file, Kind.CAQ, State.ASKED, asked_on=ago(3))
    reported(file, Kind.CAQ, State.ASKED, asked_on=ago(2))
    data = {"status": "ready", "why": "Téléphone."}
    signed_in(claire).post(address("permit_put_right", file.number, "caq"), data)
    text = page(file.applicant, "permits", file.number)
    caq = "CAQ, le certificat d’acceptation du Québec"
    for words in (
        "Statut au Canada confirmé",
        f"{caq} : Demandé",
        f"{caq}, jours corrigés",
        f"{caq}, rectifié par le bureau : Prêt",
    ):
        assert words in text, words
    # The office's reason is the office's.
    assert "Téléphone" not in text


def test_an_end_before_the_start_is_said(world: World, file: Application) -> None:
    url = address("permit_step", file.number, "caq", "obtained")
    data = {"obtained_on": ago(2), "valid_until": today() + timedelta(days=9)}
    answer = signed_in(file.applicant).post(url, data, follow=True)
    assert "Il prend fin avant le début de vos études" in answer.content.decode().replace(
        "\u00a0", " "
    )
    assert PermitStep.objects.get().status == State.OBTAINED


# The forms ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("to", list(State))
def test_each_report_has_its_form(file: Application, language: str, to: State) -> None:
    text = page(file.applicant, "permit_step", file.number, "caq", to, language=language)
    fields = {
        State.ASKED: ["asked_on"],
        State.MORE: ["asked_on", "more_on"],
        State.OBTAINED: ["obtained_on", "valid_until"],
        State.REFUSED: ["refused_on"],
        State.NOT_NEEDED: ["why_not"],
    }.get(to, [])
    named = [
        name
        for name in ("asked_on", "more_on", "obtained_on", "valid_until", "refused_on", "why_not")
        if f'name="{name}"' in text
    ]
    assert named == fields


def test_a_report_is_kept_and_leads_back(file: Application) -> None:
    mine = signed_in(file.applicant)
    url = address("permit_step", file.number, "funds", "ready")
    assert mine.post(url)["Location"] == address("permits", file.number)
    url = address("permit_step", file.number, "caq", "asked")
    assert mine.post(url, {"asked_on": ago(3)})["Location"] == address("permits", file.number)
    assert {(row.kind, row.status) for row in PermitStep.objects.all()} == {
        ("funds", "ready"),
        ("caq", "asked"),
    }


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Indiquez ce jour."),
        ({"asked_on": "demain"}, "2027-05-31"),
        ({"asked_on": ago(-5)}, "Cette date est à venir"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(
    file: Application, data: dict[str, Any], words: str
) -> None:
    answer = signed_in(file.applicant).post(
        address("permit_step", file.number, "caq", "asked"), data
    )
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not PermitStep.objects.exists()


def test_a_rule_of_the_house_is_a_sentence(file: Application) -> None:
    mine = signed_in(file.applicant)
    url = address("permit_step", file.number, "caq", "refused")
    answer = mine.post(url, {"refused_on": ago(1)}, follow=True)
    assert "Ce n’est plus possible" in answer.content.decode()
    assert not PermitStep.objects.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_status_is_confirmed_or_changed(file: Application, language: str) -> None:
    mine, url = signed_in(file.applicant), address("permit_status", file.number, language=language)
    assert mine.get(url).status_code == 200
    answer = mine.post(url, {"canada_status": "study"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"change", "permit_until"}
    until = today() + timedelta(days=900)
    data = {"canada_status": "study", "change": "granted", "permit_until": until, "allows": "yes"}
    assert mine.post(url, data).status_code == 302
    row = PermitPath.objects.get()
    assert (row.canada_status, row.permit_until, row.allows) == ("study", until, "yes")
    assert mine.post(url, {}).status_code == 422


def test_no_field_asks_for_a_number_or_a_copy(file: Application, claire: User) -> None:
    steps = [page(file.applicant, "permit_step", file.number, "caq", to) for to in State]
    pages = [
        *(*steps, page(file.applicant, "permit_status", file.number)),
        page(claire, "permit_put_right", file.number, "caq"),
    ]
    for text in pages:
        assert 'type="file"' not in text
        main = text.partition("<main")[2].partition("</main>")[0]
        assert 'type="text"' not in main
        assert main.count("<textarea") == (pages.index(text) == len(pages) - 1)


# Who, and when ------------------------------------------------------------------------------------
OWN = [
    ("permits", ()),
    ("permit_status", ()),
    ("permit_step", ("caq", "asked")),
    ("permit_letter", ("fr",)),
]
STAFF = [("permits_office", ()), ("permit_put_right", ("caq",))]


@pytest.mark.parametrize(("name", "args"), OWN)
def test_one_s_own_pages_are_nobody_else_s(
    world: World, file: Application, bruno: User, name: str, args: tuple[str, ...]
) -> None:
    for other in (bruno, world.claire, world.dominique):
        assert signed_in(other).get(address(name, file.number, *args)).status_code == 404


@pytest.mark.parametrize(("name", "args"), STAFF)
def test_the_office_s_pages_are_for_coordinators(
    world: World, file: Application, person: Any, name: str, args: tuple[str, ...]
) -> None:
    url = address(name, file.number, *args)
    assert signed_in(world.claire).get(url).status_code == 200
    for role in (Role.DIRECTOR, Role.REVIEWER, Role.ADMINISTRATOR, Role.PANELIST):
        assert signed_in(person(f"zoe-{role}", role)).get(url).status_code == 403
    assert signed_in(file.applicant).get(url).status_code == 403


@pytest.mark.parametrize(("name", "args"), STAFF)
def test_a_conflict_hides_the_permits(
    world: World, file: Application, person: Any, name: str, args: tuple[str, ...]
) -> None:
    zoe = person("zoe", Role.COORDINATOR, Role.REVIEWER)
    conflicts.declare(file, by=zoe, reason=Reason.OTHER, words="x")
    assert signed_in(zoe).get(address(name, file.number, *args)).status_code == 404


@pytest.mark.parametrize(("name", "args"), [*OWN, *STAFF])
def test_before_the_yes_there_is_no_page(
    world: World, bruno: User, name: str, args: tuple[str, ...]
) -> None:
    world.answered(bruno)
    file = Application.objects.get(applicant=bruno)
    user = world.claire if (name, args) in STAFF else bruno
    assert signed_in(user).get(address(name, file.number, *args)).status_code == 404


@pytest.mark.parametrize(
    ("name", "args"),
    [("permit_step", ("visa", "asked")), ("permit_step", ("caq", "lost"))],
)
def test_steps_that_do_not_exist(file: Application, name: str, args: tuple[str, ...]) -> None:
    assert signed_in(file.applicant).get(address(name, file.number, *args)).status_code == 404


def test_the_office_has_no_step_that_does_not_exist(world: World, file: Application) -> None:
    url = address("permit_put_right", file.number, "visa")
    assert signed_in(world.claire).get(url).status_code == 404


@pytest.mark.parametrize("name", ["permits", "permit_status"])
def test_once_it_came_to_nothing_there_is_nothing_to_do(file: Application, name: str) -> None:
    UdemFile.objects.update(status=Filing.CLOSED)
    answer = signed_in(file.applicant).get(address(name, file.number), follow=True)
    assert "rien à faire pour des permis" in answer.content.decode()


def test_a_withdrawn_file_takes_no_report(file: Application) -> None:
    lifecycle.withdraw(file, by=file.applicant)
    url = address("permit_step", file.number, "caq", "ready")
    answer = signed_in(file.applicant).post(url, follow=True)
    assert "étapes à suivre" in answer.content.decode()
    assert not PermitStep.objects.exists()


@pytest.mark.parametrize("name", ["permits", "permits_office"])
def test_pages_to_read_are_not_posted_to(world: World, file: Application, name: str) -> None:
    user = world.claire if name == "permits_office" else file.applicant
    assert signed_in(user).post(address(name, file.number)).status_code == 405


def test_looking_changes_nothing(file: Application) -> None:
    for name, args in OWN[:3]:
        signed_in(file.applicant).get(address(name, file.number, *args))
    assert not PermitStep.objects.exists()
    assert not PermitPath.objects.exists()


# The office ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_office_sees_how_far_it_is(world: World, file: Application, language: str) -> None:
    guides(world.cycle)
    reported(file, Kind.CAQ, State.ASKED, asked_on=ago(3))
    told(file, "none")
    text = page(world.claire, "permits_office", file.number, language=language)
    assert ("Demandé" if language == "fr" else "Asked for") in text
    UdemFile.objects.update(status=Filing.CLOSED)
    text = page(world.claire, "permits_office", file.number, language=language)
    assert ("Rien n’est suivi" if language == "fr" else "Nothing is followed") in text


def test_the_office_sees_who_needs_none(world: World, amina: User) -> None:
    file = accepted(world, amina, "citizen")
    assert "Aucun permis" in page(world.claire, "permits_office", file.number)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_office_puts_right(world: World, file: Application, language: str) -> None:
    url = address("permit_put_right", file.number, "caq", language=language)
    clerk = signed_in(world.claire)
    assert clerk.get(url).status_code == 200
    answer = clerk.post(url, {"status": "obtained", "why": "Vu avec la personne."})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"obtained_on"}
    assert clerk.post(url, {"status": "ready"}).status_code == 422
    # Days of another state fall away.
    data = {"status": "asked", "asked_on": ago(2), "refused_on": ago(1), "why": "Au téléphone."}
    assert clerk.post(url, data).status_code == 302
    row = PermitStep.objects.get()
    assert (row.status, row.asked_on, row.refused_on) == ("asked", ago(2), None)


def test_what_is_gathered_has_no_days(world: World, file: Application) -> None:
    url = address("permit_put_right", file.number, "funds")
    text = page(world.claire, "permit_put_right", file.number, "funds")
    assert "asked_on" not in text
    assert 'value="asked"' not in text
    clerk = signed_in(world.claire)
    assert clerk.post(url, {"status": "asked", "why": "x"}).status_code == 422
    assert clerk.post(url, {"status": "ready", "why": "Vu."}).status_code == 302


# What a page costs --------------------------------------------------------------------------------
@pytest.mark.parametrize("count", [1, 4])
def test_a_page_costs_the_same_however_much_was_reported(
    world: World, file: Application, count: int
) -> None:
    guides(world.cycle)
    admitted(file, world.claire)
    for kind in (Kind.FUNDS, Kind.CAQ, Kind.STUDY, Kind.COOP)[:count]:
        reported(file, kind, State.READY)
    for name, user, cost in (
        ("permits", file.applicant, OWN_COST),
        ("permits_office", world.claire, OFFICE_COST),
    ):
        client = signed_in(user)
        with CaptureQueriesContext(connection) as found:
            assert client.get(address(name, file.number)).status_code == 200
        assert len(found) == cost, name


OWN_COST, OFFICE_COST = 11, 12
