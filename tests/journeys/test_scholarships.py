"""The scholarships, from an empty form to the second payment: four people, three categories, the whole product under a moved clock.

Maëlle declares and gets the first, changes her words on the way. Priya gets the second and declines it. Souleymane confides a
budget, is asked for a proof, and gets the third. Rosalind declares and takes it back, and is called in Priya's place. What the
mailbox holds is compared with what is told on that day, and the ledger is read after each step.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests import factories
from tests.journeys.days import montreal
from tests.journeys.rounds_by_hand import make_all
from tests.journeys.scholarship_days import (
    RESEARCH,
    SOCIAL,
    WOMEN,
    Bursaries,
    Cast,
    Member,
    same_words,
)
from tests.journeys.story import press
from tests.running import ready

pytestmark = pytest.mark.journey

RECEIVED = {"fr": "Votre demande de bourse est reçue", "en": "Your scholarship application is in"}
RESULT = {
    "fr": "Votre réponse au sujet des bourses est disponible",
    "en": "Your answer about scholarships is available",
}
REPLIED = {"fr": "Votre réponse est enregistrée", "en": "Your reply is recorded"}
OPENED = "Une de vos réponses confidentielles a été consultée"
FIRST_WORDS = "J’ai appris à programmer à la bibliothèque de mon quartier."
WORDS = "J’y ai ouvert un atelier du samedi : quarante jeunes en deux ans."
ENGLISH = "I taught two colleagues, then started a reading group open to everybody."


@pytest.fixture
def world(short_path: Path) -> Iterator[Bursaries]:
    """Four people have applied for admission; there is no round of scholarships yet."""
    one = Bursaries(short_path)
    try:
        ready(one.run)
        one.move_vault()
        one.beside("-m", "tests.journeys.scholars", "submit")
        one.clock.settle()
        one.letters()
        yield one
    finally:
        one.end()


@pytest.fixture
def cast(browser: Browser, world: Bursaries) -> Iterator[Cast]:
    """Two read French on a telephone, two English on a wide screen; the staff has wide ones."""
    with ExitStack() as stack:
        yield Cast(world, browser, stack)


def test_from_the_first_round_to_the_second_payment(world: Bursaries, cast: Cast) -> None:
    """Every step, in the order of the days."""
    make_all(cast.admin)
    applying(world, cast)
    taking_a_declaration_back(world, cast)
    cast.office.come()
    cast.office.ledger(women=(0, 0, 0), research=(0, 0, 0), social=(0, 0, 0))
    after_the_answers(world, cast)
    in_confidence(world, cast)
    the_panel(world, cast)
    two_people_decide(cast)
    at_its_hour(world, cast)
    replies(world, cast)
    the_next_is_called(world, cast)
    to_the_payments(world, cast)
    everybody = {**cast.people, **cast.staff}
    wrong = {name: one.site.wrong for name, one in everybody.items() if one.site.wrong}
    assert not wrong, wrong
    world.beside("manage.py", "check_invariants")


def applying(world: Bursaries, cast: Cast) -> None:
    """20 November: each in their category; what was sent is changed, and sent again."""
    for person in cast.people.values():
        person.come()
    maelle, souleymane, rosalind = cast.maelle, cast.souleymane, cast.rosalind
    maelle.begin(WOMEN, FIRST_WORDS, "women")
    maelle.confide("declaration", words="Femme autochtone en informatique")
    maelle.send("send")
    maelle.own(WOMEN)
    maelle.fill(statement=f"{FIRST_WORDS}\n\n{WORDS}")
    maelle.send()
    maelle.site.look(maelle.page, "sent-again")
    cast.priya.begin(RESEARCH, ENGLISH, "research")
    cast.priya.send("send")
    souleymane.begin(SOCIAL, WORDS, other_awards="12000")
    souleymane.confide(
        "budget",
        **{
            "income-work": "7200",
            "expenses-tuition": "4800",
            "expenses-housing": "9600",
            "circumstances": "Je soutiens ma mère.",
        },
    )
    souleymane.send()
    rosalind.begin(WOMEN, ENGLISH)
    rosalind.page.check("[name=chosen][value=non_binary]")
    rosalind.confide(words="I will say it once.")
    rosalind.send()
    rosalind.begin(RESEARCH, ENGLISH)
    rosalind.send()
    fr, en = RECEIVED["fr"], RECEIVED["en"]
    world.told(maelle=[fr, fr], priya=en, souleymane=fr, rosalind=[en, en])


def taking_a_declaration_back(world: Bursaries, cast: Cast) -> None:
    """Erased from the vault at once, said in a letter, and nobody else learns why the person is not eligible."""
    rosalind, before = cast.rosalind, world.sealed()
    rosalind.own(WOMEN, "in-confidence/erase/", "erase")
    rosalind.page.locator("main button.btn-outline-danger").click()
    rosalind.page.wait_for_load_state()
    rosalind.site.look(rosalind.page, "erased")
    assert world.sealed() == before - 1
    world.told(rosalind="Your scholarship application has changed")
    rosalind.open("/account/confidential/", "nothing-kept")
    expect(rosalind.page.locator("main")).to_contain_text("Nothing is kept.")


def after_the_answers(world: Bursaries, cast: Cast) -> None:
    """27 January: until admission is decided nobody who judges sees anybody; then all are accepted, and say yes."""
    world.clock.move_to(montreal(1, 27, 9, 40), world.pages)
    world.letters()
    cast.office.come()
    cast.office.open("/scholarships/judging/?cycle=A27", "before-the-decisions")
    for cell in cast.office.page.locator("main tbody tr td:nth-of-type(3)").all():
        expect(cell).to_have_text("0")
    cast.panelist.come()
    cast.panelist.open("/scholarships/panel/", "panel-nothing")
    expect(cast.panelist.page.locator("main")).to_contain_text("Nothing to read yet")
    cast.edi.come()
    world.beside("-m", "tests.journeys.scholars", "decide", montreal(1, 27, 10, 0).isoformat())
    assert world.letters() == {}
    world.clock.move_to(montreal(1, 27, 10, 1), world.pages)
    fr, en = "Votre réponse est disponible", "Your answer is available"
    world.told(maelle=fr, priya=en, souleymane=fr, rosalind=en)
    world.beside("-m", "tests.journeys.scholars", "admit")
    fr_yes, en_yes = "Votre réponse est enregistrée", "Your reply is recorded"
    fr_udem, en_udem = "Votre demande à l’UdeM est enregistrée", "Your UdeM application is recorded"
    french, english = [fr_yes, fr_udem], [en_yes, en_udem]
    world.told(maelle=french, priya=english, souleymane=french, rosalind=english)


def in_confidence(world: Bursaries, cast: Cast) -> None:
    """The officer signs in again, says what for, reads, judges, asks for a proof; its person sees each time it was opened."""
    edi, souleymane = cast.edi, cast.souleymane
    number = souleymane.number(SOCIAL)
    edi.open("/confidential/")
    edi.page.locator(".chips a", has_text=SOCIAL["fr"]).click()
    edi.site.look(edi.page, "requests")
    edi.click(f"a[href$='/confidential/{number}/open/budget/']")
    edi.prove()
    _open(edi, "Juger le besoin pour cette bourse.", "open-budget")
    expect(edi.page.locator("main")).to_contain_text("Je soutiens ma mère.")
    edi.site.look(edi.page, "opened-budget")
    edi.page.check("[name=need][value='5']")
    press(edi.page)
    edi.page.wait_for_load_state()
    edi.click(f"form[action$='/confidential/{number}/shortlist/'] button", "shortlisted")
    world.told(souleymane=[OPENED, "Il nous manque une pièce confidentielle"])
    souleymane.come()
    proof = world.folder / "avis.pdf"
    proof.write_bytes(factories.pdf(1, "Avis"))
    souleymane.own(SOCIAL, "proof/", "proof")
    souleymane.page.set_input_files("[name=file]", proof)
    press(souleymane.page)
    souleymane.page.wait_for_load_state()
    expect(souleymane.page.locator("main")).to_contain_text("avis.pdf")
    souleymane.site.look(souleymane.page, "proof-kept")
    edi.open("/confidential/")
    edi.page.locator(".chips a", has_text=SOCIAL["fr"]).click()
    edi.click(f"a[href$='/confidential/{number}/open/proof/']")
    with edi.page.expect_download() as coming:
        _open(edi, "Comparer la preuve avec le budget.", "")
    assert Path(coming.value.path()).read_bytes().startswith(b"%PDF")
    world.told(souleymane=OPENED)
    for page in ("/account/confidential/", "/account/my-file/"):
        souleymane.open(page, f"disclosures-{page.strip('/').replace('/', '-')}")
        main = souleymane.page.locator("main")
        expect(main).to_contain_text("Juger le besoin pour cette bourse.")
        expect(main).to_contain_text("Comparer la preuve avec le budget.")
        expect(main).to_contain_text("27 janvier")
    _not_eligible(cast)


def _open(edi: Member, purpose: str, name: str) -> None:
    """What for, and then it is shown."""
    if name:
        edi.site.look(edi.page, name)
    edi.page.fill("[name=purpose]", purpose)
    press(edi.page)


def _not_eligible(cast: Cast) -> None:
    """Of a declaration that was taken back, the officer reads no, and there is nothing to open."""
    cast.edi.page.goto(cast.edi.site.url("/confidential/"))
    cast.edi.page.locator(".chips a", has_text=WOMEN["fr"]).click()
    row = cast.edi.page.locator(f"main tr:has-text('{cast.rosalind.number(WOMEN)}')")
    expect(row).to_contain_text("Non")
    expect(row.locator("a")).to_have_count(0)


def the_panel(world: Bursaries, cast: Cast) -> None:
    """Noor reads all of them by the keyboard alone; the two others hand in what they think."""
    noor = cast.panelist
    noor.open("/scholarships/panel/")
    read: set[str] = set()
    for _turn in range(4):
        noor.open("/scholarships/panel/", "" if read else "panel-queue")
        noor.page.keyboard.press("n")
        noor.page.wait_for_url("**/scholarships/panel/S*/**")
        number = noor.page.url.split("?")[0].rstrip("/").split("/")[-1]
        _score(noor, "54" if number == cast.priya.number(RESEARCH) else "33", not read)
        read.add(number)
    people = (cast.maelle, WOMEN), (cast.priya, RESEARCH), (cast.rosalind, RESEARCH)
    assert read == {
        *(person.number(row) for person, row in people),
        cast.souleymane.number(SOCIAL),
    }
    noor.site.look(noor.page, "panel-done")
    world.beside("-m", "tests.journeys.scholars", "read")


def _score(noor: Member, digits: str, is_first: bool) -> None:
    """A digit a measure; handed in by Control and Enter."""
    for digit in digits:
        noor.page.keyboard.press(digit)
    expect(noor.page.locator("[data-scored]")).to_contain_text("2 of 2")
    expect(noor.page.locator("[data-state]")).to_contain_text("Saved at")
    if is_first:
        noor.site.look(noor.page, "panel-reading")
    noor.page.keyboard.press("Control+Enter")
    noor.page.wait_for_url(re.compile(r"\?done="))
    noor.page.wait_for_load_state()


def two_people_decide(cast: Cast) -> None:
    """The coordinator proposes each round as it is ranked, the director approves; so with the day of the results."""
    office, director = cast.office, cast.director
    office.come()
    director.come()
    for name, row in (("women", WOMEN), ("research", RESEARCH), ("social", SOCIAL)):
        for one, button, seen in (
            (office, "form[action$='/propose/'] button", f"ranking-{name}"),
            (director, "form[action$='/approve/'] button", f"approved-{name}"),
        ):
            one.open("/scholarships/judging/?cycle=A27", "judging" if name == "women" else "")
            one.follow(row["fr"])
            one.click(button, seen)
    office.open("/scholarships/announcements/A27/")
    office.click("form[action$='/prepare/'] button", "frozen")
    director.open("/scholarships/announcements/A27/", "to-approve")
    director.page.fill("[name=at]", "2027-01-28T10:00")
    director.click("form[action$='/approve/'] button", "approved")
    expect(director.page.locator("main")).to_contain_text("10 h")
    office.ledger(women=(0, 0, 0), research=(0, 0, 0), social=(0, 0, 0))


def at_its_hour(world: Bursaries, cast: Cast) -> None:
    """Until 28 January at ten nobody sees anything; then all do at once, told in the same words."""
    world.clock.move_to(montreal(1, 28, 9, 45), world.pages)
    assert world.letters() == {}
    got = {"maelle": WOMEN, "priya": RESEARCH, "souleymane": SOCIAL, "rosalind": RESEARCH}
    waits = {"fr": "La réponse n’est pas encore là.", "en": "The answer is not there yet."}
    for name, person in cast.people.items():
        person.come()
        person.open("/scholarships/result/", "result-before")
        rows = person.page.locator("main section", has_text=waits[person.site.language])
        expect(rows).to_have_count(len(person.numbers))
        path = f"/scholarships/awards/{person.number(got[name])}/"
        answer = person.page.request.get(person.site.url(path))
        assert answer.status == 404
    world.clock.move_to(montreal(1, 28, 10, 1), world.pages)
    world.told(
        maelle=RESULT["fr"],
        priya=RESULT["en"],
        souleymane=RESULT["fr"],
        rosalind=RESULT["en"],
    )
    same_words((cast.maelle, cast.souleymane), RESULT["fr"])
    same_words((cast.priya, cast.rosalind), RESULT["en"])
    rosalind = cast.rosalind
    rosalind.open("/scholarships/result/", "result-waitlist")
    expect(rosalind.page.locator("main section", has_text="You are on the waitlist")).to_have_count(
        1
    )
    expect(rosalind.page.locator("main section", has_text="You are not offered")).to_have_count(1)
    cast.office.come()
    cast.office.ledger(women=(6000, 0, 0), research=(4000, 0, 0), social=(1500, 0, 0))


def replies(world: Bursaries, cast: Cast) -> None:
    """One yes with its letter of award, one no; the money is kept, or free again."""
    maelle, priya, office = cast.maelle, cast.priya, cast.office
    maelle.award(WOMEN, "award-offered")
    maelle.page.locator("main form[action$='/accept/'] button").click()
    maelle.page.wait_for_load_state()
    maelle.site.look(maelle.page, "award-accepted")
    world.told(maelle=REPLIED["fr"])
    said = maelle.letter_of_award("fr")
    for words in ("Lettre d’attribution de bourse", "6 000 $", "500 $", "12 mois", maelle.file):
        assert words in said, said
    assert "Femmes" not in said
    office.ledger(women=(0, 6000, 0), research=(4000, 0, 0), social=(1500, 0, 0))
    priya.award(RESEARCH, "award-offered")
    priya.decline("award-decline")
    priya.site.look(priya.page, "award-declined")
    world.told(priya=REPLIED["en"])
    office.ledger(women=(0, 6000, 0), research=(0, 0, 0), social=(1500, 0, 0))


def the_next_is_called(world: Bursaries, cast: Cast) -> None:
    """The coordinator calls the first of the waitlist, who has two days; the third replies after a reminder."""
    office, rosalind, souleymane = cast.office, cast.rosalind, cast.souleymane
    office.open("/scholarships/ledger/?cycle=A27", "ledger")
    office.follow(RESEARCH["fr"], "round-awards")
    office.click("a[href*='/call/'].btn-primary", "call")
    office.fill(reply_on="2027-01-30")
    office.site.look(office.page, "called")
    world.told(rosalind="A reply is awaited")
    office.ledger(women=(0, 6000, 0), research=(4000, 0, 0), social=(1500, 0, 0))
    rosalind.award(RESEARCH, "award-called")
    expect(rosalind.page.locator("main")).to_contain_text("30 January")
    rosalind.page.locator("main form[action$='/accept/'] button").click()
    rosalind.page.wait_for_load_state()
    world.told(rosalind=REPLIED["en"])
    said = rosalind.letter_of_award("en")
    for words in ("Letter of award", "$4,000", "$333.33", "12 months"):
        assert words in said, said
    office.ledger(women=(0, 6000, 0), research=(0, 4000, 0), social=(1500, 0, 0))
    world.clock.move_to(montreal(2, 2), world.pages)
    world.told(souleymane="Une réponse de votre part est encore attendue")
    souleymane.come()
    souleymane.award(SOCIAL, "award-offered")
    souleymane.page.locator("main form[action$='/accept/'] button").click()
    souleymane.page.wait_for_load_state()
    world.told(souleymane=REPLIED["fr"])
    office.come()
    office.ledger(women=(0, 6000, 0), research=(0, 4000, 0), social=(0, 1500, 0))


def to_the_payments(world: Bursaries, cast: Cast) -> None:
    """20 August: who registered is recorded; awards are confirmed, payments planned, two of them made."""
    office, maelle = cast.office, cast.maelle
    world.clock.move_to(montreal(8, 20), world.pages)
    assert world.letters() == {}
    office.come()
    office.open("/follow-up/?cycle=A27")
    here = [cast.people[name].file for name in ("maelle", "priya", "souleymane", "rosalind")]
    for number in here:
        office.page.locator(f"tr:has-text('{number}') input[type=checkbox]").check()
    office.page.locator("button[formaction*='/follow-up/endings/']").click()
    office.page.wait_for_load_state()
    office.fill(on="2027-08-20")
    # What becomes of awards is settled every five minutes.
    world.clock.move_to(montreal(8, 20, 9, 20), world.pages)
    fr = ["Du nouveau à l’UdeM", "Du nouveau sur votre page"]
    en = ["News from UdeM", "Something has changed on your page"]
    world.told(maelle=fr, souleymane=fr, rosalind=en, priya=en[:1])
    money = {"research": (0, 4000, 0), "social": (0, 1500, 0)}
    office.ledger(women=(0, 6000, 0), **money)
    office.follow(WOMEN["fr"], "awards-confirmed")
    boxes = office.page.locator("form[action$='/payments/paid/'] [name=payments]")
    expect(boxes).to_have_count(12)
    boxes.nth(0).check()
    boxes.nth(1).check()
    office.click("form[action$='/payments/paid/'] button", "two-paid")
    office.ledger(women=(0, 5000, 1000), **money)
    maelle.come()
    maelle.award(WOMEN, "award-confirmed")
    expect(maelle.page.locator("main tbody tr", has_text="Versé le 20 août 2027")).to_have_count(2)
