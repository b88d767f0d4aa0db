"""What every deployment shares. Secrets and addresses come from the environment."""

from email.utils import parseaddr
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from config import env

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var"))).resolve()

DEBUG = False
DEMO = False
SECRET_KEY = env.text("SECRET_KEY")
# What personal facts are sealed with (`followup.sealing`): the first seals, all of them open.
SEALING_KEYS = env.names("SEALING_KEYS", "")
# The same for EDI answers (`scholarships.vault`), which nothing else can open.
VAULT_KEYS = env.names("VAULT_KEYS", "")
# In the yearly statistics, no number of people below this is told, nor what would give it away (`finding.small`).
STATISTICS_FEWEST = 5
# How long a list that somebody took away waits for them; then its file is erased (`finding.exporting`).
EXPORTS_KEPT_HOURS = env.number("EXPORTS_KEPT_HOURS", 24)
# How long what UdeM's lists said of people is kept; then it is erased (`reconciliation.forgetting`).
UDEM_LISTS_KEPT_DAYS = env.number("UDEM_LISTS_KEPT_DAYS", 400)
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS", "localhost,127.0.0.1")
SITE_URL = env.text("SITE_URL", "http://localhost:8000")

# Apps, from the ground up: each imports only from those above it in this list.
INSTALLED_APPS = [
    "audit",
    "notifications",
    "accounts",
    "papers",
    "cycles",
    "applications",
    "desk",
    "dossiers",
    "reviews",
    "committee",
    "answers",
    "followup",
    "permits",
    "reconciliation",
    "enrolment",
    "scholarships",
    "scholarships.vault",
    "retention",
    "finding",
    "reports",
    "rehearsal",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "config.apps.AdminConfig",
    "config.apps.WiringConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "anymail",
]

MIDDLEWARE = [
    "config.middleware.arrival",
    # Before all that may answer by itself: a redirect to https and a style sheet have our headers too.
    "config.middleware.headers",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.KeepTypedTextLoginRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.second_factor",
    "config.middleware.Refusals",
    "finding.middleware.OpensFirst",
    "config.middleware.leads_back",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.site",
            ],
            "builtins": ["config.templatetags.face", "notifications.templatetags.placeholder"],
            "libraries": {"face": "config.templatetags.face"},
        },
    }
]

# Engines ------------------------------------------------------------------------------------------
DATABASES = {
    "default": {
        **env.database("DATABASE_URL"),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
# EDI answers: another role of the same database, whose schema the ordinary role cannot read.
if env.text("VAULT_DATABASE_URL", ""):
    vault = env.database("VAULT_DATABASE_URL")
    vault["OPTIONS"] = {**vault["OPTIONS"], "options": "-c search_path=vault"}
    DATABASES["vault"] = {**vault, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
DATABASE_ROUTERS = ["scholarships.vault.routing.VaultRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.text("REDIS_URL", "redis://127.0.0.1:6379/0")
# Sign-in limits must hold when the broker is down, so the cache is a table. Pages are kept in each process.
CACHES = {
    "default": {
        "BACKEND": "config.cache.TableCache",
        "LOCATION": "cache_entries",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages"},
}

CELERY_BROKER_URL = REDIS_URL
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": 5,
    "socket_connect_timeout": 0.5,
    "visibility_timeout": 3600,
}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# Mail ---------------------------------------------------------------------------------------------
first_mail = env.email("EMAIL_URL")
globals().update(first_mail)
# What takes letters while the first is away, or when the staff says so; empty where there is none.
second_mail = env.second_email("EMAIL_URL_2", first_mail)
EMAIL_SECOND: dict[str, Any] = second_mail[0]
ANYMAIL: dict[str, Any] = second_mail[1]
# Seconds that the first must have been away before the second takes letters.
OUTBOX_SECOND_AFTER = env.number("OUTBOX_SECOND_AFTER", 300)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Mila admissions <admissions@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Whom people write to: the office, and the person in charge of privacy.
CONTACT_EMAIL = env.text("CONTACT_EMAIL", parseaddr(DEFAULT_FROM_EMAIL)[1])
PRIVACY_EMAIL = env.text("PRIVACY_EMAIL", CONTACT_EMAIL)
# Seconds. The lease is at least three times the hard deadline of one delivery (a system check holds it).
OUTBOX_LEASE = env.number("OUTBOX_LEASE", 180)
OUTBOX_DEADLINE = env.number("OUTBOX_DEADLINE", 60)
OUTBOX_BATCH = env.number("OUTBOX_BATCH", 50)
# Where a delivery whose outcome is unknown is looked up, as a dotted path, and its address. A mail service
# tells by itself; a plain SMTP server never does.
OUTBOX_EVIDENCE = env.text(
    "OUTBOX_EVIDENCE",
    "notifications.evidence.EventEvidence"
    if "ANYMAIL" in first_mail
    else "notifications.evidence.NoEvidence",
)
OUTBOX_EVIDENCE_URL = env.text("OUTBOX_EVIDENCE_URL", "")

# The release of the answers ------------------------------------------------------------------------
# The hour, in Montréal, that the page offers for the day of the answers.
RELEASE_HOUR = env.number("RELEASE_HOUR", 10)
# So many letters leave first; the others follow once these arrived, but for this share of them.
RELEASE_CANARY = env.number("RELEASE_CANARY", 20)
RELEASE_CANARY_FAILURES = env.number("RELEASE_CANARY_FAILURES_PERCENT", 10) / 100
# After so many hours, accepted people who have not looked at their answer are listed to be called.
RELEASE_UNREAD_HOURS = env.number("RELEASE_UNREAD_HOURS", 48)

# People -------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home_for_me"
LOGOUT_REDIRECT_URL = "home"

# Language and time --------------------------------------------------------------------------------
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/Toronto"

# Files --------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(VAR_DIR / "files")))
STORAGES = {
    "default": env.files("FILES_URL"),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# The virus scanner: unix:///run/clamav/clamd.ctl or tcp://host:3310. Empty: files are cleaned, not scanned.
CLAMAV_URL = env.text("CLAMAV_URL", "")
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# Forms --------------------------------------------------------------------------------------------
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# Security -----------------------------------------------------------------------------------------
SESSION_ENGINE = "accounts.session_store"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "config.views.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# How many proxies of ours stand in front; 0 trusts no forwarded header.
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)

# Whoever makes Django mail its errors gets no word of what was typed.
DEFAULT_EXCEPTION_REPORTER = "config.error_reports.Discreet"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}

ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
from accounts.allauth_settings import *  # noqa: E402, F403
