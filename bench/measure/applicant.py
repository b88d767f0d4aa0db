"""The story that is timed: a new person signs up with a code, fills the form, sends three PDFs, submits."""

import re
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bench.measure.papers import pdf
from rehearsal.visitor import Answer, Browser, Files, Unexpected, hidden, offered

SIGN_IN = "/account/sign-in/"
SIZES = {"cv": 100_000, "transcript": 300_000, "diploma": 200_000}
LETTER = "J’ai appris à programmer en aidant mes voisins à tenir leurs comptes. " * 30


@dataclass
class Applicant:
    """One new person. `times`: seconds of each page, by step."""

    browser: Browser
    read_letter: Callable[[str], str]
    cycle: int
    papers: int = 3
    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    waited: float = 0.0

    def submit_everything(self) -> str:
        """From the sign-in page to the receipt; its number."""
        self.address = f"bench-{uuid.uuid4().hex[:16]}@example.org"
        page = self._sign_in()
        page = self._begin(page)
        page = self._fill(page)
        page = self._upload(page)
        return self._submit(page)

    def _get(self, step: str, path: str) -> Answer:
        page = self.browser.get(path)
        self.times[step].append(page.seconds)
        while page.status in (301, 302, 303):
            page = self.browser.get(page.location)
            self.times[step].append(page.seconds)
        if page.status != 200:
            raise Unexpected(f"{path} answered {page.status}.")
        return page

    def _post(
        self,
        step: str,
        path: str,
        fields: Mapping[str, str | list[str]],
        files: Files | None = None,
    ) -> str:
        """Send a form; the page that it leads to."""
        page = self.browser.post(path, fields, files)
        self.times[step].append(page.seconds)
        if page.status not in (302, 303):
            problems = re.findall(r'class="errors".*?</div>', page.text, re.DOTALL)
            raise Unexpected(f"{step}: {path} answered {page.status}. {problems}")
        return page.location

    def _sign_in(self) -> Answer:
        page = self._get("sign-in page", SIGN_IN)
        after = self._post("ask for a code", SIGN_IN, {**hidden(page.text), "email": self.address})
        page = self._get("code page", after)
        began = time.perf_counter()
        found = re.search(r"^(\d{6})\s*$", self.read_letter(self.address), re.MULTILINE)
        self.waited += time.perf_counter() - began
        if found is None:
            raise Unexpected("The letter holds no code.")
        after = self._post("enter the code", after, {**hidden(page.text), "code": found[1]})
        return self._get("my page", after)

    def _begin(self, page: Answer) -> Answer:
        fields = {**hidden(page.text), "cycle": str(self.cycle)}
        return self._get("open a step", self._post("begin", "/applications/start/", fields))

    def _fill(self, page: Answer) -> Answer:
        for step in ("you", "program", "studies", "prerequisites", "experience", "statement"):
            answers = getattr(self, f"_{step}")(page.text)
            path = self._address(page)
            after = self._post(f"save {step}", f"{path}{step}/", {**hidden(page.text), **answers})
            page = self._get("open a step", after)
        return page

    def _address(self, page: Answer) -> str:
        """`/applications/A27-8JH3KD/`, from a page of the form."""
        found = re.search(r"/applications/[A-Z0-9]+-[A-Z0-9]+/", page.text)
        if found is None:
            raise Unexpected("This is no page of the form.")
        return found[0]

    def _you(self, text: str) -> dict[str, str]:
        return {
            "first_names": "Élise",
            "last_names": "Tremblay-N’Diaye",
            "country": "CA",
            "canada_status": "citizen",
            "phone": "+1 514 555 0123",
            "language": "fr",
        }

    def _program(self, text: str) -> dict[str, str]:
        first, second = offered(text, "first_choice")[:2]
        return {"first_choice": first, "second_choice": second, "attendance": "full"}

    def _studies(self, text: str) -> dict[str, str]:
        degree = {
            "institution": "Université du Québec à Chicoutimi",
            "country": "CA",
            "level": "bachelor",
            "title": "Baccalauréat en informatique",
            "start_year": "2020",
            "end_year": "2024",
            "average": "3.7",
            "scale_max": "4.3",
            "scale_pass": "2",
            "scale_direction": "up",
            "field": "Informatique",
            "progress": "done",
            "language": "fr",
        }
        return {f"degrees-0-{name}": value for name, value in degree.items()}

    def _prerequisites(self, text: str) -> dict[str, str]:
        lines = set(re.findall(r'name="(course-\d+)-how"', text))
        told = {f"{line}-how": "equivalent" for line in lines}
        notes = {f"{line}-note": "Deux ans de développement en équipe." for line in lines}
        return {**told, **notes, "credits": "60", "credit_system": "ECTS"}

    def _experience(self, text: str) -> dict[str, str]:
        return {
            "python_level": "intermediate",
            "no_job": "on",
            "french_level": "c2",
            "english_level": "b2",
        }

    def _statement(self, text: str) -> dict[str, str]:
        return {"statement": LETTER, "internship_goals": "La santé, en région."}

    def _upload(self, page: Answer) -> Answer:
        path = self._address(page)
        slots = re.findall(r"/documents/((cv|transcript|diploma)[\w-]*)/upload/", page.text)
        for slot, kind in slots[: self.papers]:
            files = {"file": (f"{kind}.pdf", pdf(SIZES[kind]))}
            where = f"{path}documents/{slot}/upload/"
            after = self._post("send a PDF", where, hidden(page.text), files)
            page = self._get("documents page", after)
        return page

    def _submit(self, page: Answer) -> str:
        path = self._address(page)
        page = self._get("look it over", f"{path}check/")
        declared: dict[str, str | list[str]] = {
            **hidden(page.text),
            "declaration": ["true", "notice", "transfer"],
        }
        after = self._post("submit", f"{path}submit/", declared)
        page = self._get("receipt", after)
        found = re.search(r"MPP-[A-Z0-9-]+", page.text)
        if found is None:
            raise Unexpected("The receipt has no number.")
        return found[0]
