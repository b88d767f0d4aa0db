"""A production environment, whole and right, from which the tests take one thing away at a time."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEY = "x9_Qd4vT7bLm2Rk8sWz1Yp6Hc3Nf5Jg0uEaXoViBtMlKqZrSwDyPhGj"
WHOLE = {
    "SECRET_KEY": KEY,
    "SEALING_KEYS": KEY[5:] + KEY[:5],
    "VAULT_KEYS": KEY[9:] + KEY[:9],
    "VAULT_DATABASE_URL": "postgresql://mila_vault:longer-password@db.example.org/mila",
    "SITE_URL": "https://admissions.example.org",
    "ALLOWED_HOSTS": "admissions.example.org",
    "TRUSTED_PROXIES": "1",
    "DATABASE_URL": "postgresql://mila:long-password@db.example.org/mila",
    "REDIS_URL": "redis://:long-password@broker.example.org:6379/0",
    "EMAIL_URL": "smtps://mila:long-password@smtp.example.org",
    "DEFAULT_FROM_EMAIL": "Admissions <admissions@example.org>",
    "MEDIA_ROOT": "/srv/files",
    "STATIC_ROOT": "/srv/static",
}


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """What a process of production gets: these settings, and of ours only where programs are."""
    return {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.defpath]),
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        **settings,
    }


def manage(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run `manage.py` as production would, to its end."""
    return subprocess.run(
        [sys.executable, "-W", "error", "manage.py", *arguments],
        cwd=ROOT,
        env=environment({**WHOLE, **settings}),
        capture_output=True,
        text=True,
        timeout=60,
    )
