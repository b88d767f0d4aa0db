"""Which tests coverage is measured in, and which come first. Loaded by `-p tests.measuring`.

A tracer makes a browser's journey or a walk through every page a third slower and learns nothing there that the
tests of each room do not teach: it rests during journeys, walks and faults, and so do the processes that they start.
What starts and watches the
product itself (`tests/config`) is seen by no other test.

What takes longest comes first, spread over the workers: else one of them ends alone, minutes after the others.
"""

import os
from collections.abc import Generator
from itertools import chain, islice

import pytest
from coverage import Coverage

RESTS = ("journey", "walk", "fault")
LONGEST = (
    "journeys/test_main_job.py",
    "journeys/test_whole_form.py",
    "config/test_run.py",
    "access/test_canaries.py",
    "access/test_table.py",
    "followup/test_never_early.py",
)
INHERITED = ("COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG")


def rests(item: pytest.Item) -> bool:
    """Whether the tracer rests during this test."""
    marked = any(item.get_closest_marker(name) for name in RESTS)
    return marked and "config" not in item.path.parts


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Stop the tracer before such a test, and start it again after."""
    tracer = Coverage.current()
    if tracer is None or not rests(item):
        return (yield)
    told = {name: os.environ.pop(name) for name in INHERITED if name in os.environ}
    tracer.stop()
    try:
        return (yield)
    finally:
        os.environ.update(told)
        tracer.start()


def spread(longest: list[pytest.Item], others: list[pytest.Item], parts: int) -> list[pytest.Item]:
    """As many equal parts as there are workers, each with its share of the longest at its beginning."""
    whole = len(longest) + len(others)
    cuts = [whole * part // parts for part in range(parts + 1)]
    rest = iter(others)
    spread_over = [longest[part::parts] for part in range(parts)]
    return list(
        chain.from_iterable(
            [*first, *islice(rest, cuts[part + 1] - cuts[part] - len(first))]
            for part, first in enumerate(spread_over)
        )
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where several workers share the tests; one alone takes them as they come."""
    parts = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    longest = [item for item in items if item.path.as_posix().endswith(LONGEST)]
    if parts > 1 and len(longest) * parts < len(items):
        first = set(longest)
        others = [item for item in items if item not in first]
        items[:] = spread(longest, others, parts)
