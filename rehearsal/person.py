"""Somebody of the rehearsal: an address, a language, a browser that reads pages and sends the forms it finds on them."""

import base64
import hashlib
import hmac
import http.client
import re
import struct
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode, urljoin

from accounts.demo import DEMO_AUTHENTICATOR_SECRET
from config.mailbox import Kept
from config.processes import wait_for
from rehearsal.forms import Form, forms
from rehearsal.stage import Stage
from rehearsal.visitor import Answer, Files, Unexpected, Visitor

SIGN_IN = "/account/sign-in/"
CODE = re.compile(r"^(\d{6})\s*$", re.MULTILINE)
STEP = 30
MOST_HOPS = 5

PATIENCE = 120.0
PAUSE = 0.3

Values = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class Page:
    """A page that somebody reads, and where it stands."""

    path: str
    answer: Answer

    @property
    def status(self) -> int:
        """Its HTTP status."""
        return self.answer.status

    @property
    def text(self) -> str:
        """Its HTML."""
        return self.answer.text

    @property
    def body(self) -> bytes:
        """What was sent, byte for byte."""
        return self.answer.body

    @property
    def forms(self) -> list[Form]:
        """Its forms."""
        return forms(self.text)

    @property
    def errors(self) -> list[str]:
        """What the page says is to be corrected."""
        return re.findall(r'<div class="errors".*?</div>', self.text, re.DOTALL)

    def notices(self, slot: str) -> list[str]:
        """What the page says of a file that it did not take."""
        return re.findall(rf'id="err_{slot}".*?</div></div>', self.text, re.DOTALL)

    def form(self, action: str) -> Form:
        """The first form whose address matches. Raises Unexpected when there is none."""
        for form in self.forms:
            if re.search(action, form.action or self.path):
                return form
        raise Unexpected(f"{self.path} ({self.status}) has no form for {action}.")


@dataclass
class Person:
    """One person with a browser of their own; `role` is applicant, referee or what they are in the office."""

    key: str
    language: str
    email: str
    port: int
    role: str = "applicant"
    name: str = ""
    about: dict[str, str] = field(default_factory=dict)
    number: str = ""  # of their file, once they have begun one
    receipt: str = ""
    temper: str = ""
    last_code: str = ""
    # Told of each page that the person met while something was away; they then wait and try once more.
    outage: "Callable[[Person, Answer, Values], None] | None" = None

    def __post_init__(self) -> None:
        self.visitor = Visitor(self.port, language=self.language)

    def follow(self, stage: Stage) -> "Person":
        """Their requests are stamped by the stage's clock."""
        self.visitor.now = lambda: time.time() + stage.clock.ahead
        return self

    # Reading and sending ----------------------------------------------------------------------------
    def address(self, path: str) -> str:
        """A path in their language: English pages stand under /en/."""
        if self.language == "fr" or path.startswith(("/en/", "/healthz")):
            return path
        return f"/en{path}"

    def get(self, path: str) -> Page:
        """Open a page, and follow where it leads."""
        where = self.address(path)
        return self._arrive(where, self._insist(lambda: self.visitor.get(where), {}))

    def press(
        self,
        at: str | Page,
        action: str,
        fields: Values | None = None,
        files: Files | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Page:
        """Send the form of a page whose address matches, with what it holds and these fields; the page it leads to."""
        page = self.get(at) if isinstance(at, str) else at
        return self.send(page, page.form(action), fields, files, headers)

    def send(
        self,
        page: Page,
        form: Form,
        fields: Values | None = None,
        files: Files | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Page:
        """Send a form as it stands on a page, with these fields changed; the page it leads to."""
        given = {
            name: [value] if isinstance(value, str) else list(value)
            for name, value in (fields or {}).items()
        }
        values: dict[str, str | list[str]] = {**form.values, **given}
        where = urljoin(page.path, form.action or page.path)
        if form.method == "get":
            return self.get(f"{where.partition('?')[0]}?{urlencode(values, doseq=True)}")
        answer = self._insist(lambda: self.visitor.post(where, values, files, headers), given)
        return self._arrive(where, answer)

    def _arrive(self, path: str, answer: Answer) -> Page:
        for _hop in range(MOST_HOPS):
            if answer.status not in (301, 302, 303):
                break
            path = where = answer.location
            answer = self._insist(lambda where=where: self.visitor.get(where), {})  # type: ignore[misc]
        return Page(path, answer)

    def _insist(self, ask: Callable[[], Answer], typed: Values) -> Answer:
        """As people do whose browser shows that a site is away: wait a little, and send the same once more."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                answer = ask()
            except (OSError, http.client.HTTPException):
                self.visitor.leave()
                if self.outage is None or time.monotonic() > end:
                    raise
            else:
                if answer.status < 500 or self.outage is None or time.monotonic() > end:
                    return answer
                self.outage(self, answer, typed)
            time.sleep(PAUSE)

    def twin(self) -> "Person":
        """The same person in a second tab, who waits for nothing."""
        return self.twin_at(self.port)

    def twin_at(self, port: int) -> "Person":
        """The same person with the same session, at another door."""
        other = replace(self, port=port, outage=None)
        other.visitor = replace(
            self.visitor, port=port, cookies=dict(self.visitor.cookies), _line=None
        )
        return other

    # Signing in -------------------------------------------------------------------------------------
    def sign_in(self, stage: Stage) -> Page:
        """With an empty browser: the address, the code that comes by mail, and for staff the second factor.

        A code lives for minutes, and an engine that is away may cost them: like anybody, they then ask for another one.
        """
        self.follow(stage)
        page = self._try(stage)
        if "/sign-in/" in page.path:
            page = self._try(stage)
        if page.status != 200 or "/sign-in/" in page.path:
            raise Unexpected(f"Signing in led to {page.path} ({page.status}). {page.errors}")
        return page

    def _try(self, stage: Stage) -> Page:
        """Once through the doors; the page behind them, or the one that sends them back."""
        self.visitor.cookies.clear()
        before = len(stage.letters.to(self.email))
        page = self.press(SIGN_IN, r"/sign-in/$", {"email": self.email})
        letter = stage.letter(self.email, holds_code, after=before)
        found = CODE.search(letter.part("plain"))
        assert found
        page = self.press(page, r"/sign-in/code/$", {"code": found[1]})
        if "/second-step/" in page.path:
            page = self.press(page, r"/second-step/$", {"code": self._second_code(stage)})
        return page

    def _second_code(self, stage: Stage) -> str:
        """What the authenticator shows now; each code opens once, so the next one is waited for."""

        def shows() -> str:
            return one_time_code(stage.clock.now.timestamp())

        wait_for(lambda: shows() != self.last_code, 2 * STEP, pause=1)
        self.last_code = shows()
        return self.last_code


def holds_code(letter: Kept) -> bool:
    """Whether this letter brings a code to sign in with."""
    return bool(CODE.search(letter.part("plain")))


def one_time_code(moment: float, secret: str = DEMO_AUTHENTICATOR_SECRET) -> str:
    """The six digits that an authenticator with this secret shows at a moment (RFC 6238)."""
    counter = struct.pack(">Q", int(moment) // STEP)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"
