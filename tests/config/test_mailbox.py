"""The mailbox of demonstrations: a real SMTP server whose letters can be read, and are kept."""

import json
import signal
import smtplib
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from config.mailbox import Store
from config.processes import free_port, wait_for
from tests.mail import TestMailbox, serving


@pytest.fixture
def mailbox() -> object:
    """A mailbox of this test."""
    with serving() as server:
        yield server


def post(mailbox: TestMailbox, to: str, subject: str = "Bonjour", html: str = "") -> EmailMessage:
    """Send one letter as a client does."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Mila <a@mila.example>", to, subject
    message["Message-ID"] = f"<{to}>"
    message.set_content("Élise, voyez https://mila.example/fr/?a=1&b=2.\nFin <b>.")
    if html:
        message.add_alternative(html, subtype="html")
    with smtplib.SMTP("127.0.0.1", mailbox.smtp_port) as line:
        line.send_message(message)
    return message


def read(mailbox: TestMailbox, path: str = "/", **asked: str) -> str:
    """One page."""
    query = f"?{urlencode(asked)}" if asked else ""
    with urlopen(f"http://127.0.0.1:{mailbox.http_port}{path}{query}") as answer:
        return str(answer.read().decode())


def test_letters_are_listed_newest_first_and_filtered(mailbox: TestMailbox) -> None:
    post(mailbox, "amina@example.com", "Premier")
    post(mailbox, "bruno@example.com", "Second")
    page = read(mailbox)
    assert page.index("Second") < page.index("Premier")
    page = read(mailbox, to="AMINA@example.com")
    assert "Premier" in page
    assert "Second" not in page
    assert "Aucun courriel" in read(mailbox, to="nobody@example.com")


def test_a_letter_is_read_with_its_links(mailbox: TestMailbox) -> None:
    post(mailbox, "amina@example.com", "Salut <b>")
    page = read(mailbox, "/messages/1")
    assert '<a href="https://mila.example/fr/?a=1&amp;b=2">' in page
    assert "Fin &lt;b&gt;." in page
    assert "Salut &lt;b&gt;" in page
    assert "<iframe" not in page


def test_the_html_part_is_read_apart_and_runs_nothing(mailbox: TestMailbox) -> None:
    post(mailbox, "amina@example.com", html="<p>Bonjour <script>1</script></p>")
    assert '<iframe sandbox title="HTML" src="/messages/1/html">' in read(mailbox, "/messages/1")
    with urlopen(f"http://127.0.0.1:{mailbox.http_port}/messages/1/html") as answer:
        assert "<p>Bonjour" in answer.read().decode()
        assert "script-src" not in answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_scripts_read_json(mailbox: TestMailbox) -> None:
    post(mailbox, "amina@example.com", "Élève", html="<p>H</p>")
    post(mailbox, "bruno@example.com")
    (letter,) = json.loads(read(mailbox, "/messages.json", message_id="<amina@example.com>"))
    assert letter["id"] == 1
    assert letter["to"] == ["amina@example.com"]
    assert letter["from"] == "a@mila.example"
    assert (letter["subject"], letter["html"].strip()) == ("Élève", "<p>H</p>")
    assert letter["text"].startswith("Élise")
    assert letter["received_at"]
    assert json.loads(read(mailbox, "/messages.json", message_id="<none>")) == []
    (other,) = json.loads(read(mailbox, "/messages.json", to="bruno@example.com"))
    assert other["id"] == 2
    assert read(mailbox, "/healthz") == "2 letters\n"


@pytest.mark.parametrize("path", ["/messages/9", "/messages/0", "/nothing"])
def test_what_is_not_there_is_not_found(mailbox: TestMailbox, path: str) -> None:
    with pytest.raises(HTTPError) as failed:
        read(mailbox, path)
    with failed.value as answer:
        assert answer.code == 404


def test_a_letter_without_a_message_id_is_kept(mailbox: TestMailbox) -> None:
    with smtplib.SMTP("127.0.0.1", mailbox.smtp_port) as line:
        line.sendmail(
            "", ["x@example.com"], b"Subject: =?utf-8?q?=C3=89?=\r\n\r\nMessage-ID: <body>\r\n"
        )
    (letter,) = json.loads(read(mailbox, "/messages.json"))
    assert (letter["message_id"], letter["subject"]) == ("", "É")


def test_letters_survive_a_restart_and_a_crash(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.add("a@b.ca", ["c@d.ca"], "Message-ID: <1>\r\n\r\né\u2028\x85".encode())
    store.add("a@b.ca", ["c@d.ca"], b"Message-ID: <2>\r\n\r\n")
    store.close()
    file = tmp_path / "letters.jsonl"
    file.write_text(file.read_text(encoding="utf-8") + '{"from": "cut', encoding="utf-8")
    again = Store(tmp_path)
    assert [letter.message_id for letter in again.find()] == ["<2>", "<1>"]
    again.add("a@b.ca", ["c@d.ca"], b"Message-ID: <3>\r\n\r\n")
    again.close()
    third = Store(tmp_path)
    assert len(third) == 3
    third.close()


def test_a_first_line_that_was_cut_leaves_an_empty_mailbox(tmp_path: Path) -> None:
    (tmp_path / "letters.jsonl").write_text('{"from": "cut', encoding="utf-8")
    store = Store(tmp_path)
    assert len(store) == 0
    store.close()


def test_the_command_serves_until_it_is_told_to_stop(tmp_path: Path) -> None:
    smtp, http = free_port(), free_port()
    ports = ["--smtp-port", str(smtp), "--http-port", str(http), "--store", str(tmp_path)]
    command = [sys.executable, "-m", "config.mailbox", *ports]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert f"smtp {smtp}" in process.stdout.readline()
        with urlopen(f"http://127.0.0.1:{http}/healthz") as answer:
            assert answer.status == 200
        process.send_signal(signal.SIGTERM)
        assert wait_for(lambda: process.poll() is not None, 10)
    assert process.returncode == 0
