"""Which tests coverage is measured in. Loaded by `-p tests.measuring`.

A tracer makes a browser's journey or a walk through every page a third slower and learns nothing there that the
tests of each room do not teach: it rests during journeys, walks and faults, and so do the processes that they start.
What starts and watches the
product itself (`tests/config`) is seen by no other test.
"""

import os
from collections.abc import Generator

import pytest
from coverage import Coverage

RESTS = ("journey", "walk", "fault")
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
