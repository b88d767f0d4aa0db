"""A browser without the browser: pages, forms, cookies, and how long each took."""

import contextlib
import http.client
import itertools
import re
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlencode, urlsplit

HOST = "admissions.example"
_INPUT = re.compile(r"<input\b[^>]*>")
_ATTRIBUTE = re.compile(r'\b(name|value|type)="([^"]*)"')
_places = itertools.count(1)

Files = Mapping[str, tuple[str, bytes]]


@dataclass(frozen=True)
class Answer:
    """One page. `seconds` from the first byte sent to the last one read."""

    status: int
    text: str
    location: str
    seconds: float
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class Browser(Protocol):
    """What a story needs: over the wire, or inside one process to count queries."""

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        ...

    def post(
        self,
        path: str,
        fields: Mapping[str, str | list[str]],
        files: Files | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send a form, without following where it leads."""
        ...


class Unexpected(Exception):
    """A page answered what it should not; the measurement would mean nothing."""


def inputs(text: str) -> list[dict[str, str]]:
    """The name, value and type of each input of a page."""
    return [dict(_ATTRIBUTE.findall(tag)) for tag in _INPUT.findall(text)]


def hidden(text: str) -> dict[str, str]:
    """What the page's forms send along by themselves."""
    return {
        each["name"]: each.get("value", "")
        for each in inputs(text)
        if each.get("type") == "hidden" and "name" in each
    }


def offered(text: str, name: str) -> list[str]:
    """The values that a group of radios offers."""
    return [
        each["value"] for each in inputs(text) if each.get("name") == name and each.get("value")
    ]


@dataclass
class Visitor:
    """A browser over one kept connection, as the front server passes it on: HTTPS, from its own address."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    place: int = field(default_factory=lambda: next(_places))
    now: Callable[[], float] = time.time
    language: str = "fr"
    _line: http.client.HTTPConnection | None = None

    def headers(self) -> dict[str, str]:
        """What the front server and a browser add."""
        address = f"10.{self.place >> 16 & 255}.{self.place >> 8 & 255}.{self.place & 255}"
        made = {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": address,
            "X-Request-Start": f"t={self.now():.3f}",
            "Accept-Language": self.language,
        }
        if self.cookies:
            made["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return made

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask for a page."""
        return self._ask("GET", path, None, dict(headers or {}))

    def post(
        self,
        path: str,
        fields: Mapping[str, str | list[str]],
        files: Files | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send a form, without following where it leads."""
        if files is None:
            kind, body = "application/x-www-form-urlencoded", urlencode(fields, doseq=True).encode()
        else:
            kind, body = multipart(fields, files)
        more = {
            "Content-Type": kind,
            "Origin": f"https://{HOST}",
            "Referer": f"https://{HOST}{path}",
        }
        return self._ask("POST", path, body, {**more, **(headers or {})})

    def hang_up(self, path: str, fields: Mapping[str, str | list[str]]) -> None:
        """Send a form, and lose the connection before any answer comes."""
        body = urlencode(fields, doseq=True).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"https://{HOST}"}
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        with contextlib.closing(line):
            line.request(
                "POST", path, body, {**self.headers(), **kind, "Referer": f"https://{HOST}"}
            )

    def leave(self) -> None:
        """Close the connection."""
        if self._line:
            self._line.close()
        self._line = None

    def _ask(self, method: str, path: str, body: bytes | None, more: dict[str, str]) -> Answer:
        headers = {**self.headers(), **more}
        began = time.perf_counter()
        try:
            response = self._once(method, path, body, headers)
        except (http.client.RemoteDisconnected, ConnectionError):
            self.leave()  # kept for too long; a browser opens another one too
            response = self._again(method, path, body, headers)
        content = response.read()
        seconds = time.perf_counter() - began
        for line in response.headers.get_all("Set-Cookie") or ():
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        where = urlsplit(response.headers.get("Location") or "")
        location = f"{where.path}?{where.query}" if where.query else where.path
        text = content.decode("utf-8", "replace")
        return Answer(response.status, text, location, seconds, dict(response.headers), content)

    def _again(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> http.client.HTTPResponse:
        try:
            return self._once(method, path, body, headers)
        except (http.client.HTTPException, OSError):
            self.leave()
            raise

    def _once(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> http.client.HTTPResponse:
        if self._line is None:
            self._line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        self._line.request(method, path, body, dict(headers))
        return self._line.getresponse()


def multipart(fields: Mapping[str, str | list[str]], files: Files) -> tuple[str, bytes]:
    """The content type and the body of a form with files."""
    mark = uuid.uuid4().hex
    parts: list[bytes] = []
    for name, value in fields.items():
        for each in [value] if isinstance(value, str) else value:
            head = f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
            parts.append(f"{head}{each}\r\n".encode())
    for name, (filename, content) in files.items():
        head = (
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
        )
        parts += [f"{head}Content-Type: application/pdf\r\n\r\n".encode(), content, b"\r\n"]
    parts.append(f"--{mark}--\r\n".encode())
    return f"multipart/form-data; boundary={mark}", b"".join(parts)
