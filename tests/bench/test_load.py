"""The load generator and the visitor, against a small server that answers as gunicorn does."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bench.flood import flood, get
from rehearsal.visitor import Visitor, hidden, inputs, multipart, offered

PAGE = """<form><input type="hidden" name="seen" value="a1">
<input type="radio" name="first_choice" id="x" value="7"><input name="first_choice" type="radio" value="9" checked>
<input type="text" name="city" value="Trois-Rivi&egrave;res"></form>"""


class Small(BaseHTTPRequestHandler):
    """Pages, a cookie, a redirect; hangs up after /once/."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(503 if self.path == "/away/" else 200)

    def do_POST(self) -> None:
        self.server.got = self.rfile.read(int(self.headers["Content-Length"]))  # type: ignore[attr-defined]
        self.server.seen = dict(self.headers)  # type: ignore[attr-defined]
        self._answer(302)

    def _answer(self, status: int) -> None:
        body = PAGE.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Set-Cookie", "__Host-session=k; Path=/; Secure")
        if status == 302:
            self.send_header("Location", "https://admissions.example/next/?a=1")
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = self.path == "/once/"

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    small = ThreadingHTTPServer(("127.0.0.1", 0), Small)
    small.daemon_threads = True
    serving = threading.Thread(target=small.serve_forever, args=(0.02,))
    serving.start()
    yield small
    small.shutdown()
    serving.join()
    small.server_close()


@pytest.mark.parametrize("path", ["/", "/once/"])
def test_a_flood_counts_good_answers(server: ThreadingHTTPServer, path: str) -> None:
    seen = flood(server.server_port, get(path, {"Host": "x"}), clients=3, seconds=0.2)
    assert len(seen.times) > 3
    assert seen.rate > 0
    assert 0 < seen.p95 < 1
    if path == "/":
        assert seen.wrong == 0


def test_a_flood_counts_wrong_answers(server: ThreadingHTTPServer) -> None:
    seen = flood(server.server_port, get("/away/", {"Host": "x"}), clients=2, seconds=0.1)
    assert seen.wrong > 0
    assert not seen.times


def test_a_visitor_keeps_cookies_and_says_where_a_form_leads(server: ThreadingHTTPServer) -> None:
    visitor = Visitor(server.server_port)
    assert visitor.get("/").status == 200
    answer = visitor.post("/", {"name": "Élise", "declaration": ["a", "b"]})
    assert (answer.status, answer.location) == (302, "/next/?a=1")
    assert server.got == b"name=%C3%89lise&declaration=a&declaration=b"  # type: ignore[attr-defined]
    assert server.seen["Cookie"] == "__Host-session=k"  # type: ignore[attr-defined]
    assert server.seen["X-Forwarded-Proto"] == "https"  # type: ignore[attr-defined]
    visitor.leave()


def test_visitors_come_from_places_of_their_own() -> None:
    places = {Visitor(1).headers()["X-Forwarded-For"] for _index in range(300)}
    assert len(places) == 300


def test_a_page_tells_its_fields() -> None:
    assert hidden(PAGE) == {"seen": "a1"}
    assert offered(PAGE, "first_choice") == ["7", "9"]
    assert len(inputs(PAGE)) == 4


def test_files_travel_as_a_browser_sends_them() -> None:
    kind, body = multipart({"a": "1"}, {"file": ("cv.pdf", b"%PDF-")})
    mark = kind.partition("boundary=")[2].encode()
    assert body.count(mark) == 3
    assert (
        b'name="file"; filename="cv.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF-\r\n' in body
    )
