"""One search: names as people type them, best first; with the eyes of who looks, and in no other way."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role, User
from applications.models import Application, Degree, Submission
from applications.sought import sealed, sought
from cycles.models import Cycle
from finding import kinds
from finding.hits import Group, shown
from finding.search import look_for
from reviews import conflicts
from reviews.models import Reason
from tests import factories
from tests.followup import factories as answered
from tests.reviews import factories as judging

pytestmark = pytest.mark.django_db
PEOPLE = {
    "eloise": ("Éloïse", "Côté-Tremblay", ""),
    "marc": ("Marc", "Tremblay", ""),
    "linh": ("Thị Linh", "Trần", "Lily"),
    "john": ("John", "Ng", ""),
    "lukasz": ("Łukasz", "Wiśniewski", ""),
    "olena": ("Олена", "Шевченко", ""),
    "ali": ("علي", "محمد", ""),
    "ming": ("明", "李", ""),
    "yuna": ("유나", "김", ""),
    "oscar": ("Oscar", "O’Neill", ""),
    "percent": ("Ana", "100% _Sure", ""),
}

# What somebody types, and whom it finds, the best first.
TYPED: dict[str, list[str]] = {
    # Accents, case, the order of words, parts of words; the shorter name first.
    "tremblay": ["marc", "eloise"],
    "TRÉMBLAY": ["marc", "eloise"],
    "cote eloise": ["eloise"],
    "Éloïse CÔTÉ": ["eloise"],
    "trembl": ["marc", "eloise"],
    "oneill": ["oscar"],
    "o'neill": ["oscar"],
    "100%": ["percent"],
    "%": [],
    "_": [],
    # A preferred name finds too.
    "lily": ["linh"],
    # One letter wrong, missing, too many, or two changed places.
    "trembley": ["marc", "eloise"],
    "tremlbay": ["marc", "eloise"],
    "tremblayy marc": ["marc"],
    "elise cote": ["eloise"],
    "jon ng": ["john"],
    "wisnewski": ["lukasz"],
    "lukas": ["lukasz"],
    # Scripts.
    "tran thi": ["linh"],
    "шевченко": ["olena"],
    "ОЛЕНА": ["olena"],
    "шевченка": ["olena"],
    "محمد": ["ali"],
    "علي محمد": ["ali"],
    "李明": ["ming"],
    "李": ["ming"],
    "明 李": ["ming"],
    "김유나": ["yuna"],
    "김 유나": ["yuna"],
    "ng": ["john"],
    # Nobody.
    "zzzzzz": [],
    "marc zzzzzz": [],
    "": [],
    "\0 \t": [],
}


@pytest.fixture
def cycle(db: None) -> Cycle:
    """One that takes applications."""
    return judging.cycle()


@pytest.fixture
def people(cycle: Cycle) -> dict[str, Application]:
    """Names that try the alphabets."""
    files = judging.filed(len(PEOPLE), cycle)
    for file, (first, last, called) in zip(files, PEOPLE.values(), strict=True):
        file.first_names, file.last_names, file.preferred_name = first, last, called
        file.save(update_fields=["first_names", "last_names", "preferred_name"])
    return dict(zip(PEOPLE, files, strict=True))


def groups(words: str, user: User) -> dict[str, Group]:
    """The hits by the key of their group."""
    keys = {group: key for key, group in kinds.GROUPS.items()}
    return {keys[group.title]: group for group in shown(look_for(words, user), user)}


def titles(words: str, user: User) -> dict[str, list[str]]:
    """What each hit is called, by group."""
    return {key: [hit.title for hit in group.hits] for key, group in groups(words, user).items()}


# Accuracy ------------------------------------------------------------------------------------------------------------
def test_names_are_found_as_people_type_them(people: dict[str, Application], claire: User) -> None:
    codes = {file.number: name for name, file in people.items()}
    found = {
        words: [codes[hit.code] for group in groups(words, claire).values() for hit in group.hits]
        for words in TYPED
    }
    assert found == TYPED


def test_numbers_addresses_receipts_referees_and_institutions_lead_to_the_file(
    cycle: Cycle, amina: User, claire: User, david: User
) -> None:
    file = factories.submitted(amina, cycle)
    factories.referee(file, name="Élise Fortin-Roy", email="elise@uni.example")
    Degree.objects.filter(application=file).update(institution="École Polytechnique de Thiès")
    receipt = Submission.objects.get(application=file).receipt
    page = reverse("file", args=[file.number])
    for words, key, why in (
        (file.number, "files", "par le numéro"),
        (file.number.lower(), "files", "par le numéro"),
        ("amina@example", "files", "(amina@example.com)"),
        (receipt, "files", f"({receipt})"),
        ("fortin roy", "referees", "une personne répondante"),
        ("uni.example", "referees", "une personne répondante"),
        ("polytechnique thies", "studies", "un établissement des études"),
        ("politechnique", "studies", "presque"),
    ):
        (hit,) = groups(words, claire)[key].hits
        assert (hit.url, hit.code) == (page, file.number), words
        assert why in " ".join(hit.why), words
    (reader,) = groups("chen", claire)["readers"].hits
    assert reader.url == reverse("progress_reader", args=[david.pk])


def test_a_number_at_udem_is_found_whole_by_coordinators_alone(
    person: Callable[..., User], amina: User
) -> None:
    world = answered.World(person)
    number = world.filed(amina).number
    (hit,) = groups(number, world.claire)["files"].hits
    assert (hit.title, hit.why) == ("Amina Benali", ["par le numéro à l’UdeM"])
    assert titles(number[:-1], world.claire) == titles(number, world.dominique) == {}


def test_a_common_name_says_that_there_are_more(cycle: Cycle, claire: User) -> None:
    files = judging.filed(12, cycle)
    Application.objects.filter(pk__in=[row.pk for row in files]).update(last_names="Nguyen")
    found = groups("nguyen", claire)["files"]
    assert (len(found.hits), found.is_cut) == (10, True)


# Sight ---------------------------------------------------------------------------------------------------------------
def test_a_conflict_hides_a_file_from_every_kind(
    cycle: Cycle, amina: User, claire: User, dominique: User
) -> None:
    file = factories.submitted(amina, cycle)
    factories.referee(file, name="Zacharie Quenneville", email="zq@uni.example")
    Degree.objects.filter(application=file).update(institution="Université Xanadu")
    receipt = Submission.objects.get(application=file).receipt
    asked = ["amina", "benali", file.number, "amina@example.com", receipt, "quenneville", "xanadu"]
    before = {words: titles(words, claire) for words in asked}
    assert all(before.values())
    conflicts.declare(file, by=claire, reason=Reason.OTHER, words="x")
    assert {words: titles(words, claire) for words in asked} == {words: {} for words in asked}
    assert {words: titles(words, dominique) for words in asked} == before


def test_a_reader_finds_what_they_were_given_and_nothing_by_name_in_a_blind_cycle(
    cycle: Cycle, amina: User, bruno: User, claire: User, david: User
) -> None:
    mine, other = factories.submitted(amina, cycle), factories.submitted(bruno, cycle)
    given = judging.assigned(mine, david, by=claire)
    page = reverse("review", args=[given.pk])
    # What the draft says since was never handed in.
    Application.objects.filter(pk=mine.pk).update(last_names="Quenneville")
    for words in ("benali", "benalli", mine.number):
        assert [hit.url for hit in groups(words, david)["mine"].hits] == [page], words
    for words in ("quenneville", "costa", other.number, "amina@example.com", "david"):
        assert titles(words, david) == {}, words
    Cycle.objects.update(is_blind=True)
    for words in ("benali", "benalli", "amina", "amina@example.com"):
        assert titles(words, david) == {}, words
    assert titles(mine.number, david) == {"mine": [mine.number]}
    conflicts.declare(mine, by=david, reason=Reason.OTHER, words="x")
    assert titles(mine.number, david) == {}


def test_others_find_only_what_their_pages_show(
    cycle: Cycle, amina: User, gilles: User, fatou: User, adam: User
) -> None:
    file = factories.submitted(amina, cycle)
    for who in (amina, gilles, fatou):
        for words in ("benali", file.number, "amina@example.com"):
            assert titles(words, who) == {}, (who, words)
    (account,) = groups("benali", adam)["accounts"].hits
    assert account.url == reverse("admin:accounts_user_change", args=[amina.pk])
    assert titles(file.number, adam) == {}


# The page ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", ["claire", "dominique", "david", "gilles", "adam"])
def test_the_words_never_stand_in_an_address(
    request: pytest.FixtureRequest, client: Client, people: dict[str, Application], role: str
) -> None:
    client.force_login(request.getfixturevalue(role))
    answer = client.post("/search/for/", {"q": "  tremblay  marc "})
    assert answer.status_code == 302
    assert "remblay" not in answer.url
    assert sought({"q": parse_qs(urlsplit(answer.url).query)["q"][0]}) == "tremblay marc"
    page = client.get(answer.url).content.decode()
    assert 'value="tremblay marc"' in page
    assert (people["marc"].number in page) == (role in ("claire", "dominique"))
    other = client.get(f"/en{answer.url}").content.decode()
    assert "remblay" not in other.split('hreflang="fr"')[1].split(">")[0]
    assert client.post("/search/for/", {"q": " "}).url == "/search/"
    hints = client.post("/search/suggest/", {"q": "tremblay"}).content.decode()
    assert (people["marc"].number in hints) == (role in ("claire", "dominique"))
    assert client.get("/search/for/").status_code == 405


def test_who_has_nothing_to_find_has_no_field(client: Client, amina: User, fatou: User) -> None:
    for who in (amina, fatou):
        client.force_login(who)
        for address in ("search", "search_ask", "search_suggest"):
            ask = client.get if address == "search" else client.post
            assert ask(reverse(address), {"q": "x"}).status_code == 403
        assert "data-search" not in client.get("/account/").content.decode()
    client.logout()
    assert "/sign-in/" in client.get("/search/").url


def test_sealed_words_open_again_and_others_look_for_nothing() -> None:
    assert sought({"q": sealed("Éloïse  Côté")}) == "Éloïse Côté"
    assert sought({"q": sealed("x" * 500)}) == "x" * 100
    assert sealed(" ") == ""
    for broken in ("~", "~x", "~" + "A" * 120, sealed("abc")[:-4]):
        assert sought({"q": broken}) == ""
    assert sought({"q": "plain  words\0"}) == "plain words"


@pytest.mark.parametrize("words", ["nobody at all", "tremblay"])
def test_a_search_takes_the_same_few_queries(
    client: Client,
    person: Callable[..., User],
    people: dict[str, Application],
    words: str,
) -> None:
    # Whoever is everything at once looks through every kind.
    everyone = person("zoe", *Role)
    client.force_login(everyone)
    address: Any = reverse("search") + "?q=" + sealed(words)
    client.get(address)
    with CaptureQueriesContext(connection) as taken:
        client.get(address)
    assert len(taken) == 7
