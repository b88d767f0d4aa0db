"""Production starts whole or not at all, and says in one sentence what is wrong."""

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.config.production import KEY, WHOLE, manage

MODULES = ("config.settings.base", "config.settings.production")


class Deployment:
    """Loads the production settings afresh from an environment that is whole but for the changes asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch = monkeypatch

    def settings(self, **changes: str | None) -> ModuleType:
        for name, value in {**WHOLE, **changes}.items():
            self.monkeypatch.delenv(f"{name}_FILE", raising=False)
            if value is None:
                self.monkeypatch.delenv(name, raising=False)
            else:
                self.monkeypatch.setenv(name, value)
        for name in MODULES:
            self.monkeypatch.delitem(sys.modules, name, raising=False)
        loaded = importlib.import_module(MODULES[1])
        for name in MODULES:
            self.monkeypatch.delitem(sys.modules, name)
        return loaded


@pytest.fixture
def deployment(monkeypatch: pytest.MonkeyPatch) -> Deployment:
    for name in ("OUTBOX_EVIDENCE", "OUTBOX_EVIDENCE_URL", "SECRET_KEY_FALLBACKS", "VAR_DIR"):
        monkeypatch.delenv(name, raising=False)
    return Deployment(monkeypatch)


def test_a_whole_environment_starts(deployment: Deployment) -> None:
    settings = deployment.settings()
    assert settings.DEBUG is False
    assert settings.DEMO is False
    assert settings.CSRF_TRUSTED_ORIGINS == ["https://admissions.example.org"]
    assert settings.SERVER_EMAIL == settings.DEFAULT_FROM_EMAIL == WHOLE["DEFAULT_FROM_EMAIL"]
    assert WHOLE["REDIS_URL"] == settings.CELERY_BROKER_URL
    assert settings.EMAIL_USE_SSL is True


@pytest.mark.parametrize("name", WHOLE)
def test_each_setting_must_be_given(deployment: Deployment, name: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=name):
        deployment.settings(**{name: None})


@pytest.mark.parametrize("name", WHOLE)
def test_each_setting_may_not_be_empty(deployment: Deployment, name: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=name):
        deployment.settings(**{name: ""})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "too-short"),
        ("SECRET_KEY", KEY[:49]),
        ("SECRET_KEY", "a" * 60),
        ("SECRET_KEY", f"django-insecure-{KEY}"),
        ("SECRET_KEY_FALLBACKS", "too-short"),
        ("SECRET_KEY_FALLBACKS", KEY),
        ("SITE_URL", "http://admissions.example.org"),
        ("SITE_URL", "https://admissions.example.org/"),
        ("SITE_URL", "https://admissions.example.org/fr"),
        ("SITE_URL", "https://"),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "*.example.org"),
        ("ALLOWED_HOSTS", "other.example.org"),
        ("ALLOWED_HOSTS", ".other.org"),
        ("TRUSTED_PROXIES", "0"),
        ("TRUSTED_PROXIES", "one"),
        ("DATABASE_URL", "sqlite:///db.sqlite3"),
        ("REDIS_URL", "redis://broker.example.org:6379/0"),
        ("REDIS_URL", "amqp://mila:password@broker.example.org"),
        ("EMAIL_URL", "smtp://mila:password@smtp.example.org"),
        ("EMAIL_URL", "smtp://mila:password@smtp.example.org?tls=0"),
        ("EMAIL_URL", "smtp.example.org"),
        ("EMAIL_URL_2", "smtp://mila:password@other.example.org"),
        ("DEFAULT_FROM_EMAIL", "Mila admissions <admissions@localhost>"),
        ("DEFAULT_FROM_EMAIL", "Mila"),
        ("MEDIA_ROOT", "files"),
        ("STATIC_ROOT", "static"),
        ("MEDIA_ROOT", "/srv/static/files"),
        ("OUTBOX_EVIDENCE", "notifications.evidence.MailboxEvidence"),
    ],
)
def test_weak_and_wrong_values_are_refused(deployment: Deployment, name: str, value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=name):
        deployment.settings(**{name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALLOWED_HOSTS", "admissions.example.org,web"),
        ("ALLOWED_HOSTS", ".example.org"),
        ("EMAIL_URL", "smtp://mila:password@smtp.example.org?tls=1&timeout=20"),
        ("EMAIL_URL", "smtp://127.0.0.1:25"),
        ("EMAIL_URL", "anymail+amazon-ses://?region=ca-central-1"),
        ("REDIS_URL", "rediss://:password@broker.example.org:6379/0"),
        ("SECRET_KEY_FALLBACKS", KEY[::-1]),
    ],
)
def test_what_is_as_good_is_accepted(deployment: Deployment, name: str, value: str) -> None:
    assert WHOLE["SITE_URL"] == deployment.settings(**{name: value}).SITE_URL


def test_a_mail_service_is_named_by_its_scheme(deployment: Deployment) -> None:
    settings = deployment.settings(EMAIL_URL="anymail+amazon-ses://?region=ca-central-1")
    assert settings.EMAIL_BACKEND == "anymail.backends.amazon_ses.EmailBackend"
    assert settings.ANYMAIL == {"region": "ca-central-1"}


def test_secrets_may_come_as_files(deployment: Deployment, tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{KEY[::-1]}\n")
    settings = deployment.settings(SECRET_KEY=None, SECRET_KEY_FILE=str(tmp_path / "key"))
    assert KEY[::-1] == settings.SECRET_KEY


def test_a_secret_whose_file_is_away_is_named(deployment: Deployment, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY_FILE"):
        deployment.settings(SECRET_KEY=None, SECRET_KEY_FILE=str(tmp_path / "nothing"))


def test_the_deployment_check_is_clean() -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no issues (0 silenced)" in done.stdout


def test_the_deployment_check_can_fail(tmp_path: Path) -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING", OUTBOX_LEASE="60")
    assert done.returncode == 1
    assert "OUTBOX_LEASE" in done.stderr


def test_a_half_configured_process_ends_with_a_sentence() -> None:
    done = manage("check", SITE_URL="http://admissions.example.org")
    assert done.returncode != 0
    assert "SITE_URL must look like https://" in done.stderr
