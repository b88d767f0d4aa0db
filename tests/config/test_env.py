"""The readers of the environment: they understand what is right and name what is wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env

Set = Callable[..., None]


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("THING", raising=False)
    monkeypatch.delenv("THING_FILE", raising=False)


def test_a_variable_its_file_or_a_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert env.text("THING", "default") == "default"
    monkeypatch.setenv("THING", "itself")
    assert env.text("THING", "default") == "itself"
    (tmp_path / "secret").write_text("mounted\n")
    monkeypatch.setenv("THING_FILE", str(tmp_path / "secret"))
    assert env.text("THING") == "mounted"


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"Set the environment variable THING"):
        env.text("THING")
    monkeypatch.setenv("THING_FILE", str(tmp_path / "nothing"))
    with pytest.raises(ImproperlyConfigured, match=r"THING_FILE: .*nothing"):
        env.text("THING")


@pytest.mark.parametrize(
    ("raw", "value"), [("1", True), ("Yes", True), ("off", False), ("", False)]
)
def test_yes_or_no(monkeypatch: pytest.MonkeyPatch, raw: str, value: bool) -> None:
    monkeypatch.setenv("THING", raw)
    assert env.flag("THING", default=not value) is value


@pytest.mark.parametrize("default", [True, False])
def test_yes_or_no_has_a_default(default: bool) -> None:
    assert env.flag("THING", default=default) is default


@pytest.mark.parametrize(
    ("read", "raw"),
    [
        (lambda: env.flag("THING", default=True), "maybe"),
        (lambda: env.number("THING", 1), "many"),
        (lambda: env.database("THING"), "mysql://localhost/mila"),
        (lambda: env.email("THING"), "ftp://localhost"),
        (lambda: env.email("THING"), "smtp://"),
    ],
)
def test_what_is_wrong_is_named(
    monkeypatch: pytest.MonkeyPatch, read: Callable[[], object], raw: str
) -> None:
    monkeypatch.setenv("THING", raw)
    with pytest.raises(ImproperlyConfigured, match="THING"):
        read()


def test_numbers_and_names(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.number("THING", 7) == 7
    monkeypatch.setenv("THING", "a, b,,c ")
    assert env.names("THING") == ["a", "b", "c"]


def test_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THING", "postgresql://mila:p%40ss@db:5433/admissions?sslmode=require")
    assert env.database("THING") == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "admissions",
        "USER": "mila",
        "PASSWORD": "p@ss",
        "HOST": "db",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_database_behind_a_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THING", "postgresql://mila@/mila?host=%2Frun%2Fpg")
    read = env.database("THING")
    assert (read["HOST"], read["PORT"], read["NAME"]) == ("/run/pg", "", "mila")


@pytest.mark.parametrize(
    ("raw", "port", "ssl", "tls"),
    [
        ("smtp://mail.example.com", 587, False, False),
        ("smtp://u:p%3A@mail.example.com:25?tls=1", 25, False, True),
        ("smtps://mail.example.com", 465, True, False),
    ],
)
def test_a_mail_server(
    monkeypatch: pytest.MonkeyPatch, raw: str, port: int, ssl: bool, tls: bool
) -> None:
    monkeypatch.setenv("THING", raw)
    read = env.email("THING")
    assert read["EMAIL_HOST"] == "mail.example.com"
    assert (read["EMAIL_PORT"], read["EMAIL_USE_SSL"], read["EMAIL_USE_TLS"]) == (port, ssl, tls)
    assert read["EMAIL_TIMEOUT"] == 10
    assert read["EMAIL_HOST_PASSWORD"] == ("p:" if "u:" in raw else "")


def test_a_mail_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THING", "anymail+postmark://?POSTMARK_SERVER_TOKEN=abc")
    assert env.email("THING") == {
        "EMAIL_BACKEND": "anymail.backends.postmark.EmailBackend",
        "ANYMAIL": {"POSTMARK_SERVER_TOKEN": "abc"},
    }


def test_options_of_a_mail_service_have_their_types(monkeypatch: pytest.MonkeyPatch) -> None:
    query = (
        "RESEND_API_KEY=k%2B1&REQUESTS_TIMEOUT=7&IGNORE_RECIPIENT_STATUS=False&WEBHOOK_SECRET=a:b"
    )
    monkeypatch.setenv("THING", f"anymail+resend://?{query}")
    assert env.email("THING")["ANYMAIL"] == {
        "RESEND_API_KEY": "k+1",
        "REQUESTS_TIMEOUT": 7.0,
        "IGNORE_RECIPIENT_STATUS": False,
        "WEBHOOK_SECRET": "a:b",
    }


FIRST = "smtps://one.example.org"
SERVICE = "anymail+postmark://?POSTMARK_SERVER_TOKEN=t"


@pytest.mark.parametrize(
    ("first", "second", "backend", "services"),
    [
        (FIRST, "", "", set()),
        (SERVICE, "", "", {"POSTMARK_SERVER_TOKEN"}),
        (FIRST, "smtp://two.example.org", "smtp", set()),
        (FIRST, SERVICE, "postmark", {"POSTMARK_SERVER_TOKEN"}),
        (SERVICE, FIRST, "smtp", {"POSTMARK_SERVER_TOKEN"}),
        (SERVICE, "anymail+resend://?A=b", "resend", {"POSTMARK_SERVER_TOKEN", "A"}),
    ],
)
def test_a_second_transport(
    monkeypatch: pytest.MonkeyPatch, first: str, second: str, backend: str, services: set[str]
) -> None:
    monkeypatch.setenv("THING", first)
    settings = env.email("THING")
    monkeypatch.setenv("THING", second)
    other, options = env.second_email("THING", settings)
    assert backend in other.get("BACKEND", "")
    assert bool(other) is bool(second)
    assert set(options) == services


@pytest.mark.parametrize("same", ["smtp://one.example.org", SERVICE])
def test_a_second_transport_is_another_one(monkeypatch: pytest.MonkeyPatch, same: str) -> None:
    monkeypatch.setenv("THING", FIRST if same.startswith("smtp") else SERVICE)
    settings = env.email("THING")
    monkeypatch.setenv("THING", same)
    with pytest.raises(ImproperlyConfigured, match="THING must be another service or server"):
        env.second_email("THING", settings)
