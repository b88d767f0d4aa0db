"""Readers of the environment that fail loudly: a half-configured server must not start."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str | None = None) -> str:
    """The variable NAME, or the content of the file that NAME_FILE names (a mounted secret).

    Raises ImproperlyConfigured when neither is set and there is no default.
    """
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE: {error}") from error
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set the environment variable {name} (or {name}_FILE).")
    return value


def flag(name: str, *, default: bool) -> bool:
    """A yes or no. Raises ImproperlyConfigured for anything else."""
    raw = text(name, "true" if default else "false").lower()
    if raw in _TRUE:
        return True
    if raw in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be true or false, not {raw!r}.")


def number(name: str, default: int) -> int:
    """A whole number. Raises ImproperlyConfigured for anything else."""
    raw = text(name, str(default))
    try:
        return int(raw)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {raw!r}.") from error


def names(name: str, default: str | None = None) -> list[str]:
    """A comma-separated list, without empty entries."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def database(name: str) -> dict[str, Any]:
    """A `postgresql://` address as a Django DATABASES entry; its query becomes driver options."""
    raw = text(name)
    if urlsplit(raw).scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"{name} must begin with postgresql://")
    parts = dict(conninfo_to_dict(raw))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "OPTIONS": parts,
    }


def files(name: str) -> dict[str, Any]:
    """Where applicants' files are, as a Django STORAGES entry: our own disk unless a bucket is named.

    `s3://bucket/folder?region=ca-central-1&endpoint=https://…`; its keys are AWS_ACCESS_KEY_ID and
    AWS_SECRET_ACCESS_KEY, or what the machine itself may do.
    """
    raw = text(name, "")
    if not raw:
        return {"BACKEND": "papers.storage.AtomicStorage"}
    parts = urlsplit(raw)
    options = dict(parse_qsl(parts.query))
    if parts.scheme != "s3" or not parts.hostname or set(options) - {"region", "endpoint"}:
        raise ImproperlyConfigured(f"{name} must look like s3://bucket?region=…&endpoint=https://…")
    given = {
        "bucket_name": parts.netloc,
        "location": parts.path.strip("/"),
        "region_name": options.get("region"),
        "endpoint_url": options.get("endpoint"),
        "access_key": text("AWS_ACCESS_KEY_ID", "") or None,
        "secret_key": text("AWS_SECRET_ACCESS_KEY", "") or None,
    }
    return {"BACKEND": "papers.bucket.BucketStorage", "OPTIONS": given}


def email(name: str) -> dict[str, Any]:
    """A mail transport as Django settings.

    `smtp://user:password@host:port?tls=1&timeout=10`, `smtps://…`, or `anymail+BACKEND://?KEY=value`
    (any ESP of django-anymail, its options in the query).
    """
    given = _transport(name, text(name))
    options = given["OPTIONS"]
    if "ANYMAIL" in given:
        return {"EMAIL_BACKEND": given["BACKEND"], "ANYMAIL": given["ANYMAIL"]}
    return {
        "EMAIL_BACKEND": given["BACKEND"],
        "EMAIL_HOST": options["host"],
        "EMAIL_PORT": options["port"],
        "EMAIL_HOST_USER": options["username"],
        "EMAIL_HOST_PASSWORD": options["password"],
        "EMAIL_USE_SSL": options["use_ssl"],
        "EMAIL_USE_TLS": options["use_tls"],
        "EMAIL_TIMEOUT": options["timeout"],
    }


def second_email(name: str, first: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """A second mail transport, written like the first, or nothing; and the options of both services.

    Raises ImproperlyConfigured for the service or server of the first: what takes one away takes both.
    """
    services = first.get("ANYMAIL", {})
    if not (raw := text(name, "")):
        return {}, services
    given = _transport(name, raw)
    same_host = given["OPTIONS"].get("host") == first.get("EMAIL_HOST")
    if given["BACKEND"] == first["EMAIL_BACKEND"] and ("ANYMAIL" in given or same_host):
        raise ImproperlyConfigured(f"{name} must be another service or server than EMAIL_URL.")
    second = {"BACKEND": given["BACKEND"], "OPTIONS": given["OPTIONS"]}
    return second, {**given.get("ANYMAIL", {}), **services}


def _transport(name: str, raw: str) -> dict[str, Any]:
    """A backend and what it is made with; a service's options are settings of django-anymail."""
    parts = urlsplit(raw)
    options = dict(parse_qsl(parts.query))
    if parts.scheme.startswith("anymail+"):
        esp = parts.scheme.removeprefix("anymail+").replace("-", "_")  # no "_" in a scheme
        said = {key: _typed(key, value) for key, value in options.items()}
        return {"BACKEND": f"anymail.backends.{esp}.EmailBackend", "OPTIONS": {}, "ANYMAIL": said}
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured(f"{name} must look like smtp://user:password@host:port")
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": parts.port or (465 if parts.scheme == "smtps" else 587),
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_ssl": parts.scheme == "smtps",
            "use_tls": options.get("tls") == "1",
            "timeout": int(options.get("timeout", "10")),
        },
    }


def _typed(key: str, value: str) -> str | bool | float:
    """An option of django-anymail as it wants it: an address has words only."""
    if key.endswith("_TIMEOUT"):
        return float(value)
    return value.lower() == "true" if value.lower() in {"true", "false"} else value
