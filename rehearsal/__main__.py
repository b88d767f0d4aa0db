"""`python -m rehearsal`: `manage.py rehearse` for whoever has configured nothing; `make rehearse` uses it."""

import os
import sys

from django.core.management import execute_from_command_line

# Addresses of nothing: without --cycle no database but the stage's own is asked.
NOTHING = {
    "DJANGO_SETTINGS_MODULE": "config.settings.demo",
    "DATABASE_URL": "postgresql://nobody@/nothing?host=/nonexistent",
    "EMAIL_URL": "smtp://127.0.0.1:9",
    "SECRET_KEY": "nothing-is-signed-with-this-one",
}

if __name__ == "__main__":
    for name, value in NOTHING.items():
        if not os.environ.get(f"{name}_FILE"):
            os.environ.setdefault(name, value)
    execute_from_command_line(["manage.py", "rehearse", *sys.argv[1:]])
