"""A product with scholarships in it, and what its people do there in a browser: apply, confide, judge, reply, count money."""

import io
import re
import time
from collections.abc import Iterable
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path

import pikepdf
import psycopg
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from accounts.demo import DEMO_AUTHENTICATOR_SECRET
from tests.journeys import story
from tests.journeys.browser import PHONE, WIDE, reader
from tests.journeys.days import OFFICE, Person, World
from tests.journeys.story import press

MAELLE, PRIYA, SOULEYMANE, ROSALIND = (
    *("maelle.fortin-awashish@example.com", "priya.venkataraman@example.com"),
    *("souleymane.kouyate@example.com", "rosalind.achebe@example.com"),
)
APPLICANTS = {"maelle": MAELLE, "priya": PRIYA, "souleymane": SOULEYMANE, "rosalind": ROSALIND}
# What each one of the staff is called, for the button of the demonstration.
STAFF = {
    "admin": "Alex Fournier-Wong",
    "edi": "Fabienne Leduc-Diallo",
    "panelist": "Noor Bergeron-Sethi",
    "office": "Chantal Desrosiers-Khan",
    "director": "David Mercier-Haddad",
}
# By the name that the round has in each language.
WOMEN = {"fr": "Bourses d’excellence – Femmes en IA", "en": "Excellence Scholarships – Women in AI"}
RESEARCH = {"fr": "Bourses d’excellence – ÉDI en recherche", "en": "EDI in Research"}
SOCIAL = {"fr": "Bourses de diversité socioéconomique", "en": "Socioeconomic Diversity"}
# Offered, committed, paid.
Money = tuple[int, int, int]


class Bursaries(World):
    """The product under a moved clock, which the vault's own columns follow too."""

    who = {**APPLICANTS, "office": OFFICE}

    def move_vault(self) -> None:
        """When something was shown is written by PostgreSQL, with a default that no search path can turn."""
        with psycopg.connect(self.postgres.url(role="postgres"), autocommit=True) as connection:
            connection.execute(
                "CREATE FUNCTION public.vault_now() RETURNS timestamptz LANGUAGE sql STABLE "
                "SECURITY DEFINER SET search_path = public, pg_catalog AS 'SELECT public.now()'"
            )
            connection.execute(
                "ALTER TABLE vault.disclosure ALTER shown_at SET DEFAULT public.vault_now()"
            )

    def sealed(self) -> int:
        """How many entries the vault holds, whoever they are of."""
        with psycopg.connect(self.postgres.url(role="postgres")) as connection:
            row = connection.execute("SELECT count(*) FROM vault.entry").fetchone()
        assert row
        return int(row[0])


class Member(Person):
    """One of the staff, by the button of the demonstration."""

    def __init__(self, world: World, page: Page, language: str, name: str, width: int) -> None:
        super().__init__(world, page, language, width)
        self.name = name

    def come(self) -> None:
        """In, on whatever day it is."""
        self.page.context.clear_cookies()
        story.demo(self.site, self.page, self.name)

    def click(self, selector: str, name: str = "") -> None:
        """A button or a link of the page, and what follows, looked at where it has a name."""
        self.page.locator(f"main {selector}").first.click()
        self.page.wait_for_load_state()
        if name:
            self.site.look(self.page, name)

    def follow(self, words: str, name: str = "") -> None:
        """The link with these words."""
        self.page.locator("main a", has_text=words).first.click()
        self.page.wait_for_load_state()
        if name:
            self.site.look(self.page, name)

    def prove(self) -> None:
        """Who they are, once more, by the authenticator."""
        expect(self.page.locator("[name=code]")).to_be_visible()
        counter = int(time.time() + self.world.clock.ahead) // 30
        code = format_hotp_value(hotp_value(DEMO_AUTHENTICATOR_SECRET, counter))
        self.page.fill("[name=code]", code)
        press(self.page)
        self.page.wait_for_load_state()

    def ledger(self, **rounds: Money) -> None:
        """The page of the money: it adds up, in each line and below, and says what these rounds come to."""
        self.open("/scholarships/ledger/?cycle=A27")
        rows = self.page.locator("main tbody tr, main tfoot tr").all()
        lines = [_cells(row.locator("th, td").all_inner_texts()) for row in rows]
        for name, (budget, free, *spent) in lines:
            assert budget == free + sum(spent), f"{name}: {budget} is not {free} + {spent}"
        *each, (_all, total) = lines
        assert total == [sum(column) for column in zip(*(cells for _n, cells in each), strict=True)]
        told = {name: tuple(map(int, cells[2:])) for name, cells in each}
        known = {"women": WOMEN, "research": RESEARCH, "social": SOCIAL}
        wanted = {known[name][self.site.language]: money for name, money in rounds.items()}
        assert told == wanted


def _cells(texts: list[str]) -> tuple[str, list[Decimal]]:
    """A line of the ledger: its name; then budget, free, offered, committed and paid."""
    name, *money = texts
    return name.strip(), [_dollars(text) for text in money[:5]]


def _dollars(text: str) -> Decimal:
    """`6 000,50 $`, whatever the space."""
    return Decimal(re.sub(r"[^\d,−-]", "", text).replace(",", "."))


class Candidate(Person):
    """Somebody who applies for scholarships; `numbers` by the round's name."""

    def __init__(self, world: World, page: Page, language: str, address: str, width: int) -> None:
        super().__init__(world, page, language, width)
        self.address = address
        self.numbers: dict[str, str] = {}

    def come(self) -> None:
        """In, by a code."""
        self.enter(self.address)

    def begin(self, row: dict[str, str], statement: str, name: str = "", **more: str) -> None:
        """From the list to a statement that is saved."""
        self.open("/scholarships/", f"scholarships-{name}" if name else "")
        self.page.locator("main a", has_text=row[self.site.language]).first.click()
        self.page.wait_for_load_state()
        if name:
            self.site.look(self.page, f"round-{name}")
        press(self.page)
        expect(self.page.locator("[name=statement]")).to_be_visible()
        self.numbers[row["en"]] = self.page.url.rstrip("/").split("/")[-1]
        if name:
            self.site.look(self.page, f"statement-{name}")
        self.fill(statement=statement, **more)

    def number(self, row: dict[str, str]) -> str:
        """Their number in a round."""
        return self.numbers[row["en"]]

    def own(self, row: dict[str, str], page: str = "", name: str = "") -> None:
        """A page of their own application in a round."""
        self.open(f"/scholarships/mine/{self.number(row)}/{page}", name)

    def confide(self, name: str = "", **values: str) -> None:
        """The confidential part, as it is asked; it leads to the last page."""
        expect(self.page.locator("[name=agree]")).to_be_visible()
        if name:
            self.site.look(self.page, name)
        self.page.check("[name=agree]")
        self.fill(**values)

    def send(self, name: str = "") -> None:
        """Every sentence agreed to, and sent."""
        expect(self.page.locator("[name=consent]").first).to_be_visible()
        if name:
            self.site.look(self.page, name)
        for box in self.page.locator("[name=consent]").all():
            box.check()
        press(self.page)
        self.page.wait_for_load_state()
        expect(self.page.locator(".errors")).to_have_count(0)
        expect(self.page).to_have_url(re.compile(r"/scholarships/rounds/\d+/"))

    def award(self, row: dict[str, str], name: str = "") -> None:
        """The page of their award, from the one of their answers."""
        self.open("/scholarships/result/")
        self.page.locator(f"main a[href$='/awards/{self.number(row)}/']").click()
        self.page.wait_for_load_state()
        if name:
            self.site.look(self.page, name)

    def decline(self, name: str) -> None:
        """No, on a page that says what it means."""
        self.page.locator("main a[href$='/decline/']").click()
        self.site.look(self.page, name)
        self.page.locator("main form[action$='/decline/'] button").click()
        self.page.wait_for_load_state()

    def letter_of_award(self, language: str) -> str:
        """Downloaded: a tagged PDF in its language; its words."""
        with self.page.expect_download() as coming:
            self.page.locator(f"main a[href$='/letter/{language}/']").click()
        content = Path(coming.value.path()).read_bytes()
        with pikepdf.open(io.BytesIO(content)) as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert str(pdf.Root.Lang).startswith(language)
        pages = PdfReader(io.BytesIO(content)).pages
        words = " ".join(page.extract_text() for page in pages)
        return " ".join(words.replace("\u00a0", " ").replace("\u202f", " ").split())


SEATS = {
    "maelle": ("fr", PHONE),
    "priya": ("en", WIDE),
    "souleymane": ("fr", PHONE),
    "rosalind": ("en", WIDE),
}


class Cast:
    """Everybody of the story, each with a browser of their own."""

    def __init__(self, world: Bursaries, browser: Browser, stack: ExitStack) -> None:
        def page(width: int) -> Page:
            return stack.enter_context(reader(browser, width=width))

        people = {
            name: Candidate(world, page(width), language, APPLICANTS[name], width)
            for name, (language, width) in SEATS.items()
        }
        staff = {
            name: Member(
                world, page(WIDE), "en" if name in ("admin", "panelist") else "fr", who, WIDE
            )
            for name, who in STAFF.items()
        }
        self.people, self.staff = people, staff
        self.maelle, self.priya = people["maelle"], people["priya"]
        self.souleymane, self.rosalind = people["souleymane"], people["rosalind"]
        self.admin, self.edi, self.panelist = staff["admin"], staff["edi"], staff["panelist"]
        self.office, self.director = staff["office"], staff["director"]


def local(*parts: int) -> str:
    """A moment as Django admin's fields take it."""
    year, month, day, hour, minute = parts
    return f"{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:00"


def same_words(people: Iterable[Candidate], subject: str) -> None:
    """These people's letters of this subject differ in the name at their beginning, and in nothing else."""
    letters = [person.site.letter(person.address, subject)["text"] for person in people]
    assert len({re.sub(r"^(Bonjour|Hello) [^,]*,", r"\1,", text) for text in letters}) == 1
