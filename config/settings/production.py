"""Production. Every address and secret must be given; nothing falls back to a laptop's default.

A process with one of them missing, weak or contradictory does not start, and says which in one sentence.
"""

from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import EmailValidator

from config.settings.base import *  # noqa: F403
from config.settings.base import (
    DATABASES,
    OUTBOX_EVIDENCE,
    OUTBOX_EVIDENCE_URL,
    SEALING_KEYS,
    SECRET_KEY,
    STORAGES,
    TRUSTED_PROXIES,
    VAULT_KEYS,
    env,
)


def need(holds: bool, otherwise: str) -> None:
    """Refuse to start, with the sentence, unless it holds."""
    if not holds:
        raise ImproperlyConfigured(otherwise)


# Secrets ------------------------------------------------------------------------------------------
SECRET_KEY_FALLBACKS = env.names("SECRET_KEY_FALLBACKS", "")
for key in (SECRET_KEY, *SECRET_KEY_FALLBACKS):
    need(
        len(key) >= 50 and len(set(key)) >= 10 and not key.startswith("django-insecure-"),
        "SECRET_KEY (and each of SECRET_KEY_FALLBACKS) must be at least 50 random characters.",
    )
need(SECRET_KEY not in SECRET_KEY_FALLBACKS, "SECRET_KEY_FALLBACKS holds earlier keys only.")
need(
    bool(SEALING_KEYS)
    and all(len(key) >= 50 and len(set(key)) >= 10 for key in SEALING_KEYS)
    and SECRET_KEY not in SEALING_KEYS,
    "SEALING_KEYS must hold at least 50 random characters each, and not SECRET_KEY.",
)

need(
    bool(VAULT_KEYS)
    and all(len(key) >= 50 and len(set(key)) >= 10 for key in VAULT_KEYS)
    and not {SECRET_KEY, *SEALING_KEYS} & {*VAULT_KEYS},
    "VAULT_KEYS must hold at least 50 random characters each, and no key that is used elsewhere.",
)
need(
    "vault" in DATABASES and DATABASES["vault"]["USER"] != DATABASES["default"]["USER"],
    "VAULT_DATABASE_URL must name the same database under a role of the vault's own.",
)

# Addresses ----------------------------------------------------------------------------------------
SITE_URL = env.text("SITE_URL")
site = urlsplit(SITE_URL)
need(
    site.scheme == "https" and bool(site.hostname) and f"https://{site.netloc}" == SITE_URL,
    "SITE_URL must look like https://admissions.example.org, without a path or a final slash.",
)
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS")
need(
    bool(ALLOWED_HOSTS) and not any("*" in host for host in ALLOWED_HOSTS),
    "ALLOWED_HOSTS must name each host that the site answers to.",
)
need(
    any(
        site.hostname == host or (host.startswith(".") and f".{site.hostname}".endswith(host))
        for host in ALLOWED_HOSTS
    ),
    "ALLOWED_HOSTS must hold the host of SITE_URL.",
)
need(
    TRUSTED_PROXIES >= 1,
    "TRUSTED_PROXIES must say how many proxies of yours stand in front: TLS ends at one of them.",
)

# Engines ------------------------------------------------------------------------------------------
REDIS_URL = CELERY_BROKER_URL = env.text("REDIS_URL")
broker = urlsplit(REDIS_URL)
need(
    broker.scheme in {"redis", "rediss"} and bool(broker.password),
    "REDIS_URL must look like redis://:PASSWORD@host:6379/0.",
)

# Mail ---------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("DEFAULT_FROM_EMAIL")
try:
    EmailValidator(allowlist=[])(parseaddr(DEFAULT_FROM_EMAIL)[1])
except ValidationError as error:
    raise ImproperlyConfigured(
        "DEFAULT_FROM_EMAIL must be the address that letters come from."
    ) from error
relay = urlsplit(env.text("EMAIL_URL"))
for name, way in (("EMAIL_URL", relay), ("EMAIL_URL_2", urlsplit(env.text("EMAIL_URL_2", "")))):
    need(
        way.scheme != "smtp"
        or "tls=1" in way.query.split("&")
        or way.hostname in {"localhost", "127.0.0.1", "::1"},
        f"{name}: letters carry sign-in codes; use smtps:// or add ?tls=1, unless the relay is local.",
    )
# Asking the wrong mailbox would call every letter "never taken" and send it twice.
need(
    not OUTBOX_EVIDENCE.endswith("MailboxEvidence")
    or urlsplit(OUTBOX_EVIDENCE_URL).hostname == relay.hostname,
    "OUTBOX_EVIDENCE: the mailbox knows the letters of its own SMTP server only.",
)

# Files --------------------------------------------------------------------------------------------
STATIC_ROOT = env.text("STATIC_ROOT")
in_a_bucket = "OPTIONS" in STORAGES["default"]
MEDIA_ROOT = env.text("MEDIA_ROOT", "/nowhere" if in_a_bucket else None)
need(
    Path(MEDIA_ROOT).is_absolute() and Path(STATIC_ROOT).is_absolute(),
    "MEDIA_ROOT and STATIC_ROOT must be whole paths.",
)
need(
    not Path(MEDIA_ROOT).resolve().is_relative_to(Path(STATIC_ROOT).resolve()),
    "MEDIA_ROOT must not lie inside STATIC_ROOT: everybody may read what is there.",
)

# Everything by TLS ----------------------------------------------------------------------------------
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
