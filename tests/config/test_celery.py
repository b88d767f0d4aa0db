"""The timetable calls tasks that exist, and forgets none."""

from pathlib import Path

import pytest

from config.celery import app

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def ours() -> set[str]:
    app.loader.import_default_modules()
    return {name for name in app.tasks if not name.startswith("celery.")}


def test_the_timetable_calls_tasks_that_exist(ours: set[str]) -> None:
    called = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert called <= ours


def test_no_task_waits_to_be_called_for_ever(ours: set[str]) -> None:
    sources = "".join(path.read_text() for path in ROOT.glob("*/*.py"))
    assert {name for name in ours if f'"{name}"' not in sources} == set()
