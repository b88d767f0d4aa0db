"""One page looked at from the inside: how many queries, and where its time goes."""

import cProfile
import io
import pstats
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from django.db import connection
from django.template.backends.django import Template
from django.test import Client
from django.utils import translation

from bench.figures import short
from rehearsal.visitor import HOST, Answer, Files

TIMES = 7


@dataclass
class Look:
    """What one request did. Seconds; `template` without the queries that it made."""

    total: float = 0.0
    template: float = 0.0
    queries: list[tuple[str, Any, float]] = field(default_factory=list)

    @property
    def database(self) -> float:
        """Seconds that we waited for answers of the database."""
        return sum(seconds for _sql, _values, seconds in self.queries)

    @property
    def slowest(self) -> tuple[str, Any, float]:
        """The statement that took longest."""
        return max(self.queries, key=lambda query: query[2], default=("", None, 0.0))

    def sentence(self) -> str:
        """`Of 21 ms in one process: 6 ms in 9 queries (the slowest 2 ms), 11 ms in templates, 4 ms in Python.`"""
        rest = self.total - self.template - self.database
        _sql, _values, longest = self.slowest
        return (
            f"Of {short(self.total * 1000)} ms inside one process: {short(self.database * 1000)} ms waiting for "
            f"{len(self.queries)} queries (the slowest {short(longest * 1000)} ms), "
            f"{short(self.template * 1000)} ms drawing templates, {short(rest * 1000)} ms in the rest."
        )


@contextmanager
def looking() -> Iterator[Look]:
    """Count and time the queries and templates of what happens inside."""
    seen = Look()
    drawing = [0.0, 0.0]  # time in templates, and in queries meanwhile
    depth = [0]

    def query(execute: Callable[..., Any], sql: str, values: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, values, many, context)
        finally:
            took = time.perf_counter() - began
            seen.queries.append((sql, values, took))
            drawing[1] += took if depth[0] else 0.0

    render = Template.render

    def timed(self: Template, *arguments: Any, **options: Any) -> Any:
        began = time.perf_counter()
        depth[0] += 1
        try:
            return render(self, *arguments, **options)
        finally:
            depth[0] -= 1
            drawing[0] += time.perf_counter() - began if not depth[0] else 0.0

    with connection.execute_wrapper(query), patch.object(Template, "render", timed):
        began = time.perf_counter()
        yield seen
        seen.total = time.perf_counter() - began
    seen.template = drawing[0] - drawing[1]


def best(act: Callable[[], Any], times: int = TIMES) -> Look:
    """The quickest look of several: the others were disturbed."""
    act()
    looks = []
    for _index in range(times):
        with looking() as seen:
            act()
        looks.append(seen)
    return min(looks, key=lambda look: look.total)


class Insider:
    """The browser of a story that runs in this very process, so that its queries can be counted."""

    def __init__(self, client: Client | None = None) -> None:
        self.client = client or Client(HTTP_HOST=HOST, HTTP_X_FORWARDED_FOR="10.255.0.1")
        self.looks: list[Look] = []

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        return self._answered(lambda: self.client.get(path, secure=True))

    def post(
        self,
        path: str,
        fields: Mapping[str, str | list[str]],
        files: Files | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send a form."""
        data: dict[str, Any] = dict(fields)
        for name, (filename, content) in (files or {}).items():
            data[name] = io.BytesIO(content)
            data[name].name = filename
        return self._answered(
            lambda: self.client.post(path, data, secure=True, headers=dict(headers or {}))
        )

    def _answered(self, ask: Callable[[], Any]) -> Answer:
        with looking() as seen:
            response = ask()
            body = b"".join(response) if response.streaming else response.content
        translation.activate("fr")
        self.looks.append(seen)
        text = body.decode("utf-8", "replace")
        return Answer(response.status_code, text, response.headers.get("Location", ""), seen.total)


def explained(sql: str, values: Any) -> str:
    """The plan of a statement, as it really ran."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {sql}", values)
        return "\n".join(line for (line,) in cursor.fetchall())


def profile(name: str, act: Callable[[], Any]) -> None:
    """Print the functions that take the time, and the plan of the slowest statement that only reads."""
    act()
    with looking() as seen:
        profiler = cProfile.Profile()
        profiler.runcall(act)
    out = io.StringIO()
    stats = pstats.Stats(profiler, stream=out)
    stats.sort_stats("cumulative").print_stats(45)
    stats.sort_stats("tottime").print_stats(15)
    print(f"\n=== {name}\n{out.getvalue()}")
    for sql, _values, seconds in sorted(seen.queries, key=lambda query: -query[2])[:8]:
        print(f"  {seconds * 1000:7.2f} ms  {sql[:300]}")
    reads = [
        query
        for query in seen.queries
        if query[0].startswith("SELECT") and "FOR UPDATE" not in query[0]
    ]
    if reads:
        sql, values, _seconds = max(reads, key=lambda query: query[2])
        print(f"\n{sql}\n{explained(sql, values)}")
