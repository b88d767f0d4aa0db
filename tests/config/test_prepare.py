"""The preparation: twice is as good as once, and what a check refuses is said."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.checks import Error, register, registry

from config import prepare


@pytest.fixture(autouse=True)
def folders(settings: Any, tmp_path: Path) -> None:
    """Static files of this test's own, and few of them."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.css").write_text("a{}")
    settings.VAR_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]


@pytest.mark.django_db(databases=["default", "vault"])
def test_it_prepares_and_does_so_again(tmp_path: Path) -> None:
    assert prepare.main([]) == 0
    assert (tmp_path / "static" / "a.css").exists()
    assert not get_user_model()._default_manager.exists()
    assert prepare.main([]) == 0


@pytest.mark.django_db(databases=["default", "vault"])
def test_a_demonstration_gets_its_world_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEED", "bare")
    assert prepare.main(["--demo"]) == 0
    people = json.loads((tmp_path / "accounts.json").read_text())
    assert {"email", "role", "name"} == set(people[0])
    assert {person["role"] for person in people} >= {"applicant", "coordinator", "director"}
    count = get_user_model()._default_manager.count()
    assert prepare.main(["--demo"]) == 0
    assert get_user_model()._default_manager.count() == count


@pytest.mark.django_db(databases=["default", "vault"])
def test_a_refusal_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry.registry, "registered_checks", set())
    register(lambda app_configs, **kwargs: [Error("The roof leaks.")])
    assert prepare.main([]) == 1
    assert "The roof leaks." in capsys.readouterr().err


def test_static_files_are_collected_when_they_changed(tmp_path: Path) -> None:
    prepare.collect_static()
    collected = tmp_path / "static" / "a.css"
    collected.unlink()
    prepare.collect_static()
    assert not collected.exists()  # nothing had changed, so nothing was done
    (tmp_path / "source" / "a.css").write_text("a{color:red}")
    prepare.collect_static()
    assert collected.read_text() == "a{color:red}"
