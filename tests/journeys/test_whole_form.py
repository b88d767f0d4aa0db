"""Every field of a two-program application, by keyboard alone, on a line that breaks and with a session that ends."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from applications.models import Application, Status
from cycles.models import Course, Cycle, Question
from notifications.models import OutgoingEmail
from tests import factories
from tests.journeys.browser import NARROW, PHONE, WIDE, axe, overflow, picture, reader
from tests.journeys.keyboard import Hands, Keys
from tests.journeys.test_poor_line import sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

STATEMENT = "J’apprends parce que… 学习 — تعلّم\n" * 60
STEPS = ["you", "program", "studies", "prerequisites", "experience", "statement", "questions"]
STEPS += ["documents", "referees", "check"]


@pytest.fixture
def cycle() -> Cycle:
    """Both programs, two referees for the M.Sc., two questions of its own."""
    row = factories.cycle(referees=2)
    before = Question.objects.create(
        cycle=row,
        code="before",
        kind=Question.Kind.YES_NO,
        label_fr="Avez-vous déjà étudié à Montréal?",
        label_en="Have you studied in Montréal before?",
        is_required=True,
        position=1,
    )
    Question.objects.create(
        cycle=row,
        code="where",
        kind=Question.Kind.TEXT,
        label_fr="Où?",
        label_en="Where?",
        is_required=True,
        position=2,
        shown_if=before,
        shown_when="yes",
    )
    return row


def width_of(page: Page) -> int:
    """How wide the window is."""
    return int((page.viewport_size or {"width": WIDE})["width"])


@dataclass
class Person:
    """An applicant at a keyboard; `wrong` collects what axe and the widths complain of."""

    page: Page
    keys: Keys | Hands
    scripts: bool
    site: str
    sign_in: Callable[[], None]
    number: str
    files: Path
    wrong: dict[str, list[str]] = field(default_factory=dict)

    def at(self, step: str) -> None:
        """The page of a step is there."""
        expect(self.page).to_have_url(re.compile(rf"/{step}/$"))
        self.page.wait_for_load_state("networkidle")

    def signed_out(self) -> None:
        """The session ends under the person's hands; they sign in beside the page, which goes on by itself."""
        line = self.page.locator("#saved")
        expect(line).to_have_class(re.compile("lost"), timeout=10_000)
        self.sign_in()
        expect(line).not_to_have_class(re.compile("lost"), timeout=20_000)

    def look(self, name: str) -> None:
        """Judge the page, as it is and at 320 px; the judge is a script itself."""
        if not self.scripts:
            return
        found = [str(violation) for violation in axe(self.page)]
        width = width_of(self.page)
        picture(self.page, f"whole-{name}-{width}")
        self.page.set_viewport_size({"width": NARROW, "height": 900})
        if overflow(self.page) > 0:
            found.append(f"scrolls sideways by {overflow(self.page)} px at {NARROW}")
        self.page.set_viewport_size({"width": width, "height": 900})
        if found:
            self.wrong[name] = found

    def go_on(self, name: str) -> None:
        """Judge the step, then save it by its button."""
        self.look(name)
        self.keys.open("main a.btn-primary, .actions .btn-primary")


def you(person: Person) -> None:
    keys = person.keys
    keys.write("[name=first_names]", "Amina Léa")
    keys.write("[name=last_names]", "N’Diaye-Ōtani")
    keys.write("[name=preferred_name]", "Amina")
    keys.write("[name=pronouns]", "elle")
    keys.write("[name=phone]", "+221 33 821 00 00")
    keys.choose("language", "en" if "/en/" in person.page.url else "fr")
    keys.pick("country", "Canada")
    keys.choose("canada_status", "study")


def program(person: Person) -> None:
    first, second = (
        person.page.locator(f"input[name=first_choice] >> nth={n}").get_attribute("value") or ""
        for n in (0, 1)
    )
    person.keys.choose("first_choice", first)
    person.keys.choose("second_choice", second)
    person.keys.choose("attendance", "full")


def studies(person: Person) -> None:
    """Two degrees, the second by the button that adds one."""
    keys = person.keys
    for index, title in enumerate(("Licence", "Master")):
        if index:
            keys.open("button[name=stay]")
            expect(person.page.locator(f"[name=degrees-{index}-institution]")).to_be_attached()
            person.page.wait_for_load_state("networkidle")
            if not person.page.locator(f"[name=degrees-{index}-institution]").is_visible():
                keys.open("details#add > summary")
        name = f"degrees-{index}"
        keys.write(f"[name={name}-institution]", "Université de la Teranga")
        keys.pick(f"{name}-country", "Canada")
        keys.write(f"[name={name}-title]", title)
        keys.pick(f"{name}-level", "B" if "/en/" in person.page.url else "Bac")
        keys.write(f"[name={name}-field]", "Informatique")
        keys.pick(f"{name}-language", "English" if "/en/" in person.page.url else "Anglais")
        keys.choose(f"{name}-progress", "done")
        keys.write(f"[name={name}-start_year]", str(2017 + 3 * index))
        keys.write(f"[name={name}-end_year]", str(2020 + 2 * index))
        keys.write(f"[name={name}-average]", "15.2")
        keys.write(f"[name={name}-scale_max]", "20")
        keys.write(f"[name={name}-scale_pass]", "10")
        keys.choose(f"{name}-scale_direction", "up")


def prerequisites(person: Person) -> None:
    """Each of the ways to answer, at least once; the session ends meanwhile."""
    keys = person.keys
    if person.scripts:
        Session.objects.all().delete()
    hows = ["taken", "planned", "not_taken", "equivalent", "taken", "taken"]
    for course, how in zip(Course.objects.filter(is_asked=True), hows, strict=True):
        name = f"course-{course.pk}"
        part = person.page.locator(f"details:has([name='{name}-how'])")
        if part.get_attribute("open") is None:
            keys.open(f"details:has([name='{name}-how']) > summary")
        keys.choose(f"{name}-how", how)
        if how in {"taken", "planned"}:
            keys.write(f"[name={name}-course]", f"Cours {course.code}")
            keys.write(f"[name={name}-institution]", "Université de la Teranga")
            keys.write(f"[name={name}-year]", "2019")
            keys.write(f"[name={name}-credits]", "3")
            keys.write(f"[name={name}-grade]", "A−")
        if how == "equivalent":
            keys.write(f"[name={name}-note]", "Trois ans de métier.")
    if person.scripts:
        person.signed_out()
    keys.write("[name=credits]", "55")
    keys.write("[name=credit_system]", "ECTS")


def experience(person: Person) -> None:
    keys = person.keys
    keys.choose("python_level", "advanced")
    keys.write("[name=other_languages]", "C++, R")
    keys.write("[name=code_example]", "Un compilateur de recettes.")
    if not person.page.locator("[name=jobs-0-role]").is_visible():
        keys.open("details#add > summary")
    keys.write("[name=jobs-0-role]", "Programmeuse")
    keys.write("[name=jobs-0-employer]", "Coopérative des Deux-Rives")
    keys.write("[name=jobs-0-start_year]", "2022")
    keys.write("[name=jobs-0-end_year]", "2024")
    keys.write("[name=jobs-0-task]", "Des cartes de marées.")
    keys.write("[name=link_1]", "https://example.org/amina")
    keys.pick("french_level", "C2")
    keys.pick("english_level", "B2")
    keys.write("[name=tfi_score]", "905")
    keys.date("[name=tfi_on]", "2025-11-03")


def statement(person: Person) -> None:
    """The line breaks in the middle of the letter; what is typed leaves when it is back."""
    keys, page = person.keys, person.page
    page.context.set_offline(person.scripts)
    keys.write("[name=statement]", STATEMENT)
    if person.scripts:
        expect(page.locator("#saved")).to_have_class(re.compile("lost"))
    keys.write("[name=internship_goals]", "La santé publique.")
    page.context.set_offline(False)
    if person.scripts:
        expect(page.locator("#saved")).not_to_have_class(re.compile("lost"), timeout=20_000)
    keys.write("[name=circumstances]", "Une année d’arrêt.")
    keys.pick("heard_from", "Mila" if "/en/" in page.url else "Le site")


def questions(person: Person) -> None:
    """The second is asked after a yes to the first."""
    person.keys.choose("question-before", "yes")
    person.keys.write("[name=question-where]", "À l’École du Plateau")


def documents(person: Person) -> None:
    """Three PDFs: the CV and a transcript for each degree."""
    slots = person.page.locator("input[type=file]").evaluate_all("all => all.map(e => e.id)")
    for slot in [name for name in slots if re.match("id_(cv|transcript)", name)]:
        file = person.files / f"{slot}.pdf"
        file.write_bytes(factories.pdf(2, slot))
        person.keys.give(f"#{slot}", file)
        held = person.page.locator(f"li:has(#{slot}) a", has_text=file.name)
        expect(held).to_be_visible()
    here = person.page.locator(".steps-full [aria-current]").locator("xpath=ancestor::li")
    expect(here).to_contain_text(re.compile("Complete?t?"))


def referees(person: Person) -> None:
    """Two people, each address looked at once more before the letter leaves."""
    keys = person.keys
    for index in (1, 2):
        keys.write("[name=name]", f"Prof. Ōe {index}")
        keys.write("[name=title]", "Professeure titulaire")
        keys.write("[name=organisation]", "Université de la Teranga")
        keys.choose("relation", "teacher")
        keys.write("[name=email]", f"oe{index}@example.org")
        keys.choose("language", "en")
        keys.open("main form button[type=submit]:not(.sign-out)")
        expect(person.page.locator("main")).to_contain_text(f"oe{index}@example.org")
        person.look(f"referee-check-{index}")
        keys.open("main button.btn-primary[type=submit]")
        person.at("referees")


def check(person: Person) -> None:
    """Nothing is missing: the boxes, and it is in."""
    keys, page = person.keys, person.page
    assert page.locator("main .miss li").all_inner_texts() == []
    for box in page.locator("[name=declaration]").all():
        keys.tick(f"#{box.get_attribute('id')}")
    person.look("check-ticked")
    keys.open("form[action$='/submit/'] button[type=submit]")
    expect(page).to_have_url(re.compile("/receipt/"))


FILL: dict[str, Callable[[Person], None]] = {
    "you": you,
    "program": program,
    "studies": studies,
    "prerequisites": prerequisites,
    "experience": experience,
    "statement": statement,
    "questions": questions,
    "documents": documents,
    "referees": referees,
    "check": check,
}


@pytest.fixture
def draft(amina: User, cycle: Cycle) -> Application:
    return factories.draft(amina, cycle, complete=False)


@contextmanager
def applicant(
    browser: Browser, site: str, user: User, draft: Application, files: Path, **screen: Any
) -> Iterator[Person]:
    """Amina in Dakar, on the first step, in one of the languages."""
    scripts = bool(screen.setdefault("java_script_enabled", True))
    with reader(browser, zone="Africa/Dakar", locale="en-US", **screen) as page:

        def enter() -> None:
            sign_in(page, site.removesuffix("/en"), user)

        enter()
        page.goto(f"{site}/applications/{draft.number}/you/")
        keys = Keys(page) if scripts else Hands(page)
        try:
            yield Person(page, keys, scripts, site, enter, draft.number, files)
        finally:
            picture(page, f"whole-left-{width_of(page)}")


def fill_all(person: Person) -> None:
    """From the first step to the receipt."""
    for step in STEPS:
        person.at(step)
        FILL[step](person)
        if step != "check":
            person.go_on(step)
    person.look("receipt")
    assert person.wrong == {}


def is_in(draft: Application) -> None:
    """The file is submitted, whole, and told once."""
    draft.refresh_from_db()
    assert draft.status == Status.SUBMITTED
    assert draft.statement == STATEMENT
    assert len(draft.prerequisites) == 6
    content = draft.submissions.get().content
    assert [len(content[name]) for name in ("documents", "degrees", "programs")] == [3, 2, 2]
    letters = list(OutgoingEmail.objects.values_list("letter", flat=True))
    assert letters.count("acknowledgement") == 1
    assert len([name for name in letters if name.startswith("reference")]) == 2


@pytest.mark.parametrize(("prefix", "width"), [("", WIDE), ("/en", PHONE)])
def test_every_field_by_keyboard_alone(
    browser: Browser,
    live_server: Any,
    amina: User,
    draft: Application,
    tmp_path: Path,
    prefix: str,
    width: int,
) -> None:
    site = f"{live_server.url}{prefix}"
    with applicant(browser, site, amina, draft, tmp_path, width=width) as person:
        fill_all(person)
        assert isinstance(person.keys, Keys)
        assert person.keys.lost == set()
    is_in(draft)


def test_every_field_without_javascript(
    browser: Browser, live_server: Any, amina: User, draft: Application, tmp_path: Path
) -> None:
    screen = {"width": PHONE, "java_script_enabled": False}
    with applicant(browser, live_server.url, amina, draft, tmp_path, **screen) as person:
        fill_all(person)
    is_in(draft)
