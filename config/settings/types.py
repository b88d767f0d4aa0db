"""For the type checker, which reads settings but connects to nothing."""

import os

for name, value in {
    "DATABASE_URL": "postgresql:///nowhere",
    "EMAIL_URL": "smtp://127.0.0.1:9",
    "SECRET_KEY": "only-for-the-type-checker",
}.items():
    os.environ.setdefault(name, value)

from config.settings.test import *  # noqa: E402, F403
