"""Tests: the same engines, a fast password hasher, warnings as errors (see pyproject)."""

from config.settings.base import *  # noqa: F403

SECRET_KEY = "only-for-tests"
SEALING_KEYS = ["only-for-tests-too"]
VAULT_KEYS = ["only-for-the-vault-of-tests"]
DEMO = True
MAILBOX_URL = "http://mailbox.invalid"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# The session's engine keeps nothing after a power cut, on purpose.
CARELESS_DATABASE_ALLOWED = True
# Static files come from the working tree: nothing has to be collected before a test.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
