"""Makes a database and a folder ready to serve: `python -m config.prepare [--demo]`. Safe to run again.

Migrations, the cache's table, French texts, static files, system checks; with `--demo`, a believable world
when the database is empty, and the list of its accounts in $VAR_DIR/accounts.json.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable
from pathlib import Path

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import CommandError, SystemCheckError
from django.db import connection
from django.utils.module_loading import import_string

from config import env
from config.translations import compile_all


def fingerprint(folders: Iterable[Path], *files: Path) -> str:
    """A digest that changes when a file under the folders, or one of the files, does."""
    digest = hashlib.sha256()
    for path in [*files, *(path for folder in folders for path in sorted(folder.rglob("*")))]:
        if path.is_file():
            stat = path.stat()
            digest.update(f"{path}:{stat.st_size}:{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect_static() -> None:
    """Collect the static files where they or the packages changed; compressing them takes seconds."""
    root = Path(settings.STATIC_ROOT)
    stamp = root.with_name(f"{root.name}.stamp")
    ours = [Path(folder) for folder in settings.STATICFILES_DIRS]
    now = fingerprint(ours, Path(settings.BASE_DIR) / "requirements.lock")
    if root.is_dir() and stamp.is_file() and stamp.read_text() == now:
        return
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(now)


def lighten_cache() -> None:
    """Keep the cache's table out of the write-ahead log: a dozen writes of a sign-in then wait for no disk.

    It is empty after a crash of the database: the limits of signing in begin anew, and nothing else is in it.
    """
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cache_entries SET UNLOGGED")


def seed() -> None:
    """Fill an empty database with the demonstration's world; with SEED=bare, staff and an open cycle only."""
    if not get_user_model()._default_manager.exists():
        call_command("seed", bare=env.text("SEED", "world") == "bare", verbosity=0)


def list_accounts() -> None:
    """Write who can sign in, for the supervisor to print and for scripts to read."""
    people = [
        {
            "email": person.email,
            "role": person.roles[0].value if person.roles else "applicant",
            "name": person.full_name,
        }
        for person in import_string("accounts.demo.CAST")
    ]
    path = Path(settings.VAR_DIR) / "accounts.json"
    path.write_text(json.dumps(people, ensure_ascii=False, indent=1) + "\n")


def main(arguments: list[str] | None = None) -> int:
    """Do all of it in order; what a system check refuses is said in its own words."""
    parser = argparse.ArgumentParser(prog="python -m config.prepare", description=__doc__)
    parser.add_argument("--demo", action="store_true", help="seed an empty database")
    demo = parser.parse_args(arguments).demo
    compile_all()
    django.setup()
    try:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("migrate_vault", verbosity=0)
        call_command("createcachetable", verbosity=0)
        lighten_cache()
        call_command("check", databases=["default"])
        collect_static()
        if demo:
            seed()
            list_accounts()
    except (CommandError, SystemCheckError) as refused:
        print(refused, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
