"""docker-compose.yml as a machine without Docker can use it: parsed, filled in, and led to other folders."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.config.production import environment

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = ROOT / "docker-compose.yml"
# What a person writes into .env.
ADDRESSES = {
    "SITE_URL": "https://admissions.example.org",
    "ALLOWED_HOSTS": "admissions.example.org",
    "DEFAULT_FROM_EMAIL": "Admissions Mila <admissions@example.org>",
}
_VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")


class Unset(KeyError):
    """A variable without which `docker compose` stops."""


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with `${NAME}`, `${NAME:-default}` and `${NAME:?message}` replaced. Raises Unset."""

    def value(found: re.Match[str]) -> str:
        name, kind, rest = found.groups()
        if values.get(name):
            return values[name]
        if kind == "-":
            return str(rest)
        raise Unset(rest or name)

    return _VARIABLE.sub(value, text).replace("$$", "$")


@cache
def compose() -> dict[str, Any]:
    """The whole file, as `docker compose config` would read it."""
    whole: dict[str, Any] = yaml.safe_load(filled(COMPOSE.read_text(), ADDRESSES))
    return whole


class Native:
    """A service of the file on this machine: the same command and variables, in folders of our own."""

    def __init__(self, name: str, folder: Path, port: int) -> None:
        self.service: dict[str, Any] = compose()["services"][name]
        self.places = {
            "/run/secrets": str(folder / "secrets"),
            "/srv/files": str(folder / "files"),
            "/srv/static": str(folder / "static"),
            "/tmp": str(folder / "tmp"),
            "0.0.0.0:8000": f"127.0.0.1:{port}",
        }

    def placed(self, text: str) -> str:
        """The same with our folders and port."""
        for theirs, ours in self.places.items():
            if text == theirs or text.startswith(f"{theirs}/"):
                return ours + text.removeprefix(theirs)
        return text

    @property
    def command(self) -> list[str]:
        """The program and its arguments."""
        return [self.placed(part) for part in self.service["command"]]

    @property
    def health(self) -> list[str]:
        """The health check, run from the project's folder."""
        test = self.service["healthcheck"]["test"]
        assert test[0] == "CMD"
        return list(test[1:])

    @property
    def environment(self) -> dict[str, str]:
        """The variables, and of ours only where programs are."""
        theirs = {
            name: self.placed(str(value)) for name, value in self.service["environment"].items()
        }
        beat = {"BEAT_SCHEDULE": self.placed("/tmp/beat")}
        return {**environment({}), **beat, **theirs, "TMPDIR": self.places["/tmp"]}


def secrets(folder: Path, values: Mapping[str, str]) -> None:
    """The files that `docker compose` mounts under /run/secrets."""
    for place in ("secrets", "files", "static", "tmp"):
        (folder / place).mkdir(exist_ok=True)
    for name, value in values.items():
        path = folder / "secrets" / name
        path.write_text(f"{value}\n")
        path.chmod(0o400)
