"""The people of the main job, in a browser: what each one does, by the words and fields of the pages."""

import json
import re
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from config.processes import wait_for
from tests import factories
from tests.journeys.browser import axe, complaints, overflow, picture

DEGREE = {
    "institution": "Université de la Teranga",
    "title": "Licence en informatique",
    "start_year": "2021",
    "end_year": "2024",
    "average": "15.2",
    "scale_max": "20",
    "scale_pass": "10",
    "field": "Informatique",
}


COURSE = {
    "course": "Analyse 1",
    "institution": "Université de la Teranga",
    "year": "2022",
    "credits": "6",
    "grade": "14/20",
}


@dataclass
class Site:
    """The running product, seen in one language; `wrong` collects what axe and the scripts complain of."""

    record: dict[str, Any]
    language: str
    width: int
    folder: Path
    wrong: dict[str, list[str]] = field(default_factory=dict)
    excused: dict[Page, int] = field(default_factory=dict)

    def url(self, path: str) -> str:
        """The full address of a page in this language."""
        return f"{self.record['base']}{'/en' if self.language == 'en' else ''}{path}"

    def look(self, page: Page, name: str) -> None:
        """Judge the page as it stands, and keep its picture when pictures are asked for."""
        page.wait_for_load_state("networkidle")
        # Taking the picture and judging the page put styles in it, which its policy complains of: not its fault.
        found = complaints(page)[self.excused.get(page, 0) :]
        picture(page, f"{name}-{self.language}-{self.width}")
        found += [str(violation) for violation in axe(page)]
        self.excused[page] = len(complaints(page))
        if overflow(page) > 0:
            found.append(f"scrolls sideways by {overflow(page)} px")
        if found:
            self.wrong[name] = found

    def mails(self, address: str) -> list[dict[str, str]]:
        """What the mailbox holds for an address, newest first."""
        query = urllib.parse.urlencode({"to": address})
        with urllib.request.urlopen(f"{self.record['mailbox_json']}?{query}") as answer:
            found: list[dict[str, str]] = json.load(answer)
            return found

    def letter(self, address: str, words: str) -> dict[str, str]:
        """The letter whose subject has these words, once it has come; exactly one."""
        found: list[dict[str, str]] = []

        def came() -> bool:
            found[:] = [mail for mail in self.mails(address) if words in mail["subject"]]
            return bool(found)

        assert wait_for(came, 60), f"no letter about {words!r} came"
        assert len(found) == 1
        return found[0]


def press(page: Page) -> None:
    """The main button of the page."""
    page.locator("main button.btn-primary[type=submit]").first.click()


def sign_up(site: Site, page: Page, address: str) -> None:
    """From the home page: one field, a code by mail, and one is in."""
    page.goto(site.url("/"))
    site.look(page, "home")
    page.goto(
        site.url(
            "/account/sign-in/?next=" + site.url("/applications/mine/")[len(site.record["base"]) :]
        )
    )
    site.look(page, "sign-in")
    page.fill("input[type=email]", address)
    press(page)
    site.look(page, "code")
    code = re.search(r"\b[A-Z0-9]{3}-?[A-Z0-9]{3}\b", site.letter(address, "Mila")["text"])
    assert code
    page.fill("input[name=code]", code[0])
    press(page)
    expect(page).to_have_url(re.compile("applications/mine"))
    site.look(page, "mine-empty")


def demo(site: Site, page: Page, name: str) -> None:
    """One click on a demonstration account."""
    page.goto(site.url("/account/sign-in/"))
    page.locator(
        f"form:has(button):has-text('{name}') button, li:has-text('{name}') button"
    ).first.click()
    page.wait_for_load_state()


def begin(site: Site, page: Page) -> str:
    """The first click; gives the file's number."""
    page.goto(site.url("/applications/mine/"))
    press(page)
    expect(page.locator("[name=first_names]")).to_be_visible()
    return page.url.rstrip("/").split("/")[-2]


def fill_first_steps(site: Site, page: Page) -> None:
    """You, program, studies: with one mistake that is said and put right."""
    page.fill("[name=first_names]", "Awa")
    page.fill("[name=last_names]", "N’Diaye")
    page.fill("[name=phone]", "514")
    page.select_option("[name=country]", "SN")
    page.check("[name=canada_status][value=none]")
    press(page)
    expect(page.locator(".errors")).to_be_focused()
    site.look(page, "you-error")
    page.fill("[name=phone]", "")
    press(page)
    page.locator("[name=first_choice]").first.check()
    site.look(page, "program")
    press(page)
    for name, value in DEGREE.items():
        page.fill(f"[name=degrees-0-{name}]", value)
    page.select_option("[name=degrees-0-country]", "SN")
    page.select_option("[name=degrees-0-level]", "bachelor")
    page.select_option("[name=degrees-0-language]", "fr")
    page.check("[name=degrees-0-progress][value=done]")
    page.check("[name=degrees-0-scale_direction][value=up]")
    site.look(page, "studies")
    press(page)


def tell_prerequisites(site: Site, page: Page) -> None:
    """One course taken, the others not; what is short flags and refuses nothing."""
    expect(page.locator("[name=credits]")).to_be_visible()
    lines = page.locator("details.line")
    for place in range(lines.count()):
        line = lines.nth(place)
        if not line.evaluate("line => line.open"):
            line.locator("summary").click()
        if place:
            line.locator("[value=not_taken]").check()
            continue
        line.locator("[value=taken]").check()
        for name, value in COURSE.items():
            line.locator(f"[name$=-{name}]").fill(value)
    page.fill("[name=credits]", "36")
    page.fill("[name=credit_system]", "ECTS")
    site.look(page, "prerequisites")
    press(page)


def tell_experience(site: Site, page: Page) -> None:
    """What the person can do, one job, the languages."""
    page.check("[name=python_level][value=intermediate]")
    page.select_option("[name=french_level]", "c2")
    page.select_option("[name=english_level]", "b2")
    page.locator("details#add summary").click()
    page.fill("[name=jobs-0-role]", "Programmeuse")
    page.fill("[name=jobs-0-employer]", "Coopérative des Deux-Rives")
    page.fill("[name=jobs-0-start_year]", "2024")
    page.check("[name=jobs-0-current]")
    site.look(page, "experience")
    press(page)
    expect(page.locator("[name=statement]")).to_be_visible()


def write_letter(site: Site, page: Page, number: str) -> None:
    """Type, see it saved by itself, leave without any button."""
    page.goto(site.url(f"/applications/{number}/statement/"))
    before = page.locator("#seen").input_value()
    page.fill("[name=statement]", "Je veux apprendre.\n" * 12)
    page.fill("[name=internship_goals]", "La santé publique.")
    page.locator("[name=internship_goals]").blur()
    expect(page.locator("#seen")).not_to_have_value(before)
    site.look(page, "statement")


def come_back(site: Site, page: Page, number: str) -> None:
    """Another day: what was typed is there."""
    page.goto(site.url(f"/applications/{number}/statement/"))
    expect(page.locator("[name=statement]")).to_have_value("Je veux apprendre.\n" * 12)


def send_documents(site: Site, page: Page, number: str) -> None:
    """A file that is no PDF is refused with its reason; two sound ones are kept."""
    wrong, right = site.folder / "photo.pdf", site.folder / "cv.pdf"
    wrong.write_bytes(b"\x89PNG")
    right.write_bytes(factories.pdf(2))
    page.goto(site.url(f"/applications/{number}/documents/"))
    page.set_input_files("#id_cv", wrong)
    expect(page.locator("#err_cv")).to_contain_text("PDF")
    site.look(page, "documents-refused")
    for kind in ("cv", "transcript"):
        one = f"[id^=id_{kind}]"
        page.set_input_files(one, right)
        expect(page.locator(f"li:has({one}) a bdi")).to_have_text("cv.pdf")
    site.look(page, "documents")


def name_referees(site: Site, page: Page, number: str) -> list[str]:
    """Two people are named, each address is looked at once more, and our letters leave; gives the addresses."""
    addresses = [f"elise{index}.{site.language}@example.org" for index in (1, 2)]
    page.goto(site.url(f"/applications/{number}/referees/"))
    for index, address in enumerate(addresses, 1):
        page.fill("[name=name]", f"Élise Fortin {index}")
        page.fill("[name=organisation]", "Université de la Teranga")
        page.locator("[name=relation]").first.check()
        page.fill("[name=email]", address)
        page.check(f"[name=language][value={site.language}]")
        site.look(page, f"referees-{index}")
        page.locator("form[action*='/check/'] button").click()
        expect(page.locator("main")).to_contain_text(address)
        site.look(page, "referee-check")
        press(page)
        expect(page.locator("li.referee")).to_have_count(index)
    site.look(page, "referees")
    return addresses


def follow_link(site: Site, page: Page, address: str) -> None:
    """From the letter that asks for a reference to the page of its personal link."""
    asked = site.letter(address, {"fr": "recommandation", "en": "reference"}[site.language])
    link = re.search(r"https?://\S+(/reference/\S+/)", asked["text"])
    assert link
    page.goto(site.url(link[1]))


def answer_references(site: Site, page: Page, addresses: list[str]) -> None:
    """One sends a letter, the other declines."""
    send_reference(site, page, addresses[0])
    decline_reference(site, page, addresses[1])


def send_reference(site: Site, page: Page, address: str) -> None:
    """The referee opens the link of the letter, is told what was wrong with a first file, and sends the letter."""
    follow_link(site, page, address)
    site.look(page, "reference")
    letter = site.folder / "lettre.pdf"
    letter.write_bytes(b"\x89PNG")
    page.set_input_files("#id_letter", letter)
    page.locator("form[action*='/send/'] button").click()
    expect(page.locator(".errors")).to_be_focused()
    site.look(page, "reference-refused")
    letter.write_bytes(factories.pdf(1, "Elise"))
    page.set_input_files("#id_letter", letter)
    page.locator("form[action*='/send/'] button").click()
    expect(page.locator("main")).to_contain_text("lettre.pdf")
    site.look(page, "reference-received")


def decline_reference(site: Site, page: Page, address: str) -> None:
    """Another referee says no, in two clicks."""
    follow_link(site, page, address)
    page.locator("a[href*='/decline/']").click()
    site.look(page, "reference-decline")
    press(page)
    site.look(page, "reference-declined")


def see_references(site: Site, page: Page, number: str) -> None:
    """The applicant sees at once who answered what."""
    page.goto(site.url(f"/applications/{number}/referees/"))
    rows = page.locator("li.referee")
    expect(rows.nth(0).locator(".t-ok")).to_be_visible()
    expect(rows.nth(1).locator(".st.t-bad")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("lettre.pdf")
    site.look(page, "referees-answered")


def submit(site: Site, page: Page, number: str) -> str:
    """Check, declare, submit; gives the receipt's number."""
    page.goto(site.url(f"/applications/{number}/check/"))
    site.look(page, "check")
    for box in page.locator("[name=declaration]").all():
        box.check()
    press(page)
    expect(page).to_have_url(re.compile(r"/receipt/"))
    site.look(page, "receipt")
    return page.url.rstrip("/").split("/")[-1]


def assign(site: Site, page: Page, number: str, reader: str) -> None:
    """The coordinator gives the file to a professor."""
    page.goto(site.url("/files/"))
    site.look(page, "board")
    page.goto(site.url(f"/files/{number}/"))
    option = page.locator("select[name=reviewer] option", has_text=reader)
    page.select_option("select[name=reviewer]", option.get_attribute("value"))
    page.locator("form[action*='/assign/'] button").click()
    expect(page.locator("main")).to_contain_text(reader)
    site.look(page, "file")


def review(site: Site, page: Page, number: str) -> None:
    """The professor finds it in the queue, reads, scores, hands in."""
    page.goto(site.url("/queue/"))
    site.look(page, "queue")
    page.locator(f"tr:has-text('{number}') a, li:has-text('{number}') a").first.click()
    expect(page.locator("main")).to_contain_text("Je veux apprendre.")
    for scale in page.locator("fieldset.crit").all():
        scale.locator("label").nth(3).click()
    page.fill("[name=comment]", "Solide.")
    site.look(page, "review")
    page.locator("[data-hand-in]").click()
    page.goto(site.url("/queue/"))
    expect(page.locator("main .empty, main h1").first).to_be_visible()
    site.look(page, "queue-done")


def propose(site: Site, page: Page, number: str) -> None:
    """The coordinator proposes to accept."""
    page.goto(site.url(f"/files/{number}/"))
    page.select_option("select[name=outcome]", "accept")
    page.select_option("select[name=program]", index=1)
    page.locator("form[action*='/propose/'] button").click()
    page.wait_for_load_state()


def approve(site: Site, page: Page, number: str) -> None:
    """The director approves what another person proposed."""
    page.goto(site.url("/decisions/"))
    site.look(page, "decisions")
    keep_findings(site, page)
    page.goto(site.url(f"/files/{number}/"))
    page.locator("form[action*='/approve/'] button").click()
    page.wait_for_load_state()


def keep_findings(site: Site, page: Page) -> None:
    """What looks inconsistent stands, says the director, with a reason."""
    page.goto(site.url("/decisions/gate/"))
    site.look(page, "gate")
    for box in page.locator("[name=finding]").all():
        box.check()
    page.fill("[name=reason]", "Une seule lecture suffit ici.")
    page.locator("form[action*='/keep/'] button").click()
    expect(page.locator("main")).to_contain_text("Une seule lecture suffit ici.")


def prepare_release(site: Site, page: Page) -> str:
    """The coordinator freezes the list; gives the page of the release."""
    page.goto(site.url("/releases/"))
    for box in page.locator("[name=while_open]").all():
        box.check()
    page.locator("form[action*='/prepare/'] button").click()
    expect(page).to_have_url(re.compile(r"/releases/\d+/"))
    site.look(page, "release")
    return page.url


def release(site: Site, page: Page, address: str) -> None:
    """The director lets everything out at once."""
    page.goto(address)
    page.locator("details:has(form[action*='/go/']) summary").click()
    page.fill("[name=typed]", page.locator("#typed-help .code").inner_text())
    page.locator("form[action*='/go/'] button").click()
    page.wait_for_load_state()
    site.look(page, "released")


def accept_and_report(site: Site, page: Page) -> None:
    """The applicant reads the answer, accepts, applies to UdeM and reports the number."""
    page.goto(site.url("/applications/mine/"))
    site.look(page, "answer")
    page.locator("form[action*='/accept/'] button").click()
    page.wait_for_load_state()
    expect(page.locator("main")).to_contain_text(re.compile(r"217[- ]?510"))
    site.look(page, "accepted")
    page.fill("[name=number]", "20481234")
    if not page.locator("[name=filed_on]").input_value():
        page.fill("[name=filed_on]", page.evaluate("new Date().toISOString().slice(0, 10)"))
    site.look(page, "udem-form")
    page.locator("form:has([name=number]) button[type=submit]").click()
    page.wait_for_load_state()
    page.goto(site.url("/applications/mine/"))
    expect(page.locator("main")).to_contain_text("20481234")
    site.look(page, "udem-reported")
