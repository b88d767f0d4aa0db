"""The staff's pages at any size: the list of files, a reader's queue, one review; then a thousand decisions."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.core.cache import caches
from django.test import Client

from accounts.models import User
from answers import gate
from applications.sought import sealed
from bench.figures import Figure, Row, short
from bench.measure.house import House, shares, used
from bench.measure.inside import Insider, Look, best, profile
from bench.measure.seed import World, past
from cycles.models import Cycle
from rehearsal.visitor import HOST, Unexpected, Visitor, hidden, inputs
from reviews.models import Assignment, Decision, Release

RUNS = 5
TURNS = 12
THOUSAND = 1000
# Others of the same list, told beside the first page.
BOARDS = {
    "to assign": "?state=to_assign",
    "proposed": "?state=proposed",
    "a name": "?q=tremblay",
    "a number": "?q=A27-00004",
    "page 20": "?page=20",
}
# What is looked for beside a common name.
SOUGHT = ("tremblay amina", "trembley", "A27-00004", "nobody zzzz")


def signed_in(user: User) -> Client:
    """This person's session, without the pages that open one."""
    client = Client(HTTP_HOST=HOST, HTTP_X_FORWARDED_FOR="10.255.0.2")
    client.force_login(user)
    return client


def visitor_of(house: House, user: User) -> Visitor:
    """The same over the wire."""
    name = settings.SESSION_COOKIE_NAME
    return Visitor(house.port, cookies={name: signed_in(user).cookies[name].value})


@dataclass(frozen=True)
class Timing:
    """One request after another. Milliseconds: the median of each run, the slowest, the processors' share."""

    figure: Figure
    slowest: float
    processors: dict[str, float]

    def sentence(self) -> str:
        """What a busy machine does not change much, and what it does."""
        web, database = self.processors["web workers"], self.processors["PostgreSQL"]
        return (
            f"Processor time of a request: {short(web)} ms in the web worker, {short(database)} ms in PostgreSQL. "
            f"Slowest of all: {short(self.slowest)} ms."
        )


def timed(ask: Callable[[int], float], *, runs: int = RUNS, turns: int = TURNS) -> Timing:
    """Ask again and again, over one connection."""
    ask(0)
    before = used()
    times = [[ask(turn) for turn in range(turns)] for _run in range(runs)]
    after = used()
    spent = {part: (after[part] - before[part]) * 1000 / (runs * turns) for part in after}
    figure = Figure.of(Figure.of(run).median for run in times)
    return Timing(figure, max(max(run) for run in times), spent)


@dataclass
class Desk:
    """What the staff's pages are measured with."""

    house: House
    world: World

    def __post_init__(self) -> None:
        self.coordinator = visitor_of(self.house, self.world.coordinator)
        self.reader = visitor_of(self.house, self.world.reader)
        rows = Assignment.objects.of(self.world.reader).filter(status="assigned")
        self.assignments = list(rows.order_by("pk").values_list("pk", flat=True)[:TURNS])

    def rows(self, *, profiled: bool = False) -> list[Row]:
        """The pages of judging at the size that the world has now."""
        if profiled:
            self._profile()
        reading = [self.open_one(), self.save_one(), self.hand_in_one()]
        office = [self.board(), self.dashboard(), self.completeness(), self.search()]
        return [*office, self.queue(), *reading]

    def _profile(self) -> None:
        coordinator, reader = signed_in(self.world.coordinator), signed_in(self.world.reader)
        pages = {"board": (coordinator, "/files/"), "queue": (reader, "/queue/")}
        pages["dashboard"] = (coordinator, "/dashboard/")
        pages["review"] = (reader, f"/queue/{self.assignments[0]}/")
        for name, (client, path) in pages.items():
            profile(name, partial(client.get, path, secure=True))

    def board(self) -> Row:
        """The coordination's list, fifty rows a page."""
        timing = timed(lambda turn: opened(self.coordinator, "/files/"))
        others = []
        for name, query in BOARDS.items():
            other = timed(partial(self._board_turn, query), runs=1)
            others.append(f"{name} {short(other.figure.median)}")
        insider = Insider(signed_in(self.world.coordinator))
        look = best(lambda: insider.get("/files/"))
        more = f"Other views of it, in ms: {', '.join(others)}."
        return self._row("staff list, 50 rows", timing, look, 60, 12, 2100, more)

    def completeness(self) -> Row:
        """The office's list of what each file lacks."""
        timing = timed(lambda turn: opened(self.coordinator, "/desk/?state=all"))
        insider = Insider(signed_in(self.world.coordinator))
        look = best(lambda: insider.get("/desk/?state=all"))
        return self._row("completeness board, 50 rows", timing, look, 60, 12, None)

    def search(self) -> Row:
        """The one search: a common name; beside it, two words, a letter wrong, a number, nobody."""
        path = f"/search/?q={sealed('tremblay')}"
        timing = timed(lambda turn: opened(self.coordinator, path))
        others = []
        for words in SOUGHT:
            turn = partial(self._search_turn, f"/search/?q={sealed(words)}")
            others.append(f"“{words}” {short(timed(turn, runs=1).figure.median)}")
        insider = Insider(signed_in(self.world.coordinator))
        look = best(lambda: insider.get(path))
        return self._row("search", timing, look, 60, 12, None, f"In ms: {', '.join(others)}.")

    def _search_turn(self, path: str, turn: int) -> float:
        return opened(self.coordinator, path)

    def _board_turn(self, query: str, turn: int) -> float:
        return opened(self.coordinator, f"/files/{query}")

    def dashboard(self) -> Row:
        """The coordination's first page, and what it takes where no number of files is kept."""
        timing = timed(lambda turn: opened(self.coordinator, "/dashboard/"))
        insider = Insider(signed_in(self.world.coordinator))
        look = best(lambda: insider.get("/dashboard/"))
        caches["pages"].clear()
        insider.get("/dashboard/")
        cold = insider.looks[-1]
        more = f"Every half minute, in each process, the files are counted anew: {short(cold.total * 1000)} ms, {len(cold.queries)} queries."
        return self._row("dashboard", timing, look, 60, 12, None, more)

    def queue(self) -> Row:
        """A reader's queue, fifty rows a page."""
        timing = timed(lambda turn: opened(self.reader, "/queue/"))
        insider = Insider(signed_in(self.world.reader))
        look = best(lambda: insider.get("/queue/"))
        held = Assignment.objects.of(self.world.reader).count()
        more = f"This reader holds {held:,} files."
        return self._row("a reader’s queue, 50 rows", timing, look, 60, 12, 11_400, more)

    def open_one(self) -> Row:
        """One review: the dossier, the rubric, the rail of the queue."""
        paths = [f"/queue/{pk}/" for pk in self.assignments]
        timing = timed(lambda turn: opened(self.reader, paths[turn % len(paths)]))
        insider = Insider(signed_in(self.world.reader))
        look = best(lambda: insider.get(paths[0]))
        return self._row("open one review", timing, look, 50, 16, 660)

    def save_one(self) -> Row:
        """The same with its scores, saved as a draft while the reader writes."""
        reader = visitor_of(self.house, self.world.reader)
        forms = {pk: filled(reader.get(f"/queue/{pk}/").text) for pk in self.assignments}

        def save(browser: Visitor | Insider, pk: int) -> float:
            form = forms[pk]
            page = browser.post(f"/queue/{pk}/", form, headers={"X-Autosave": "1"})
            if page.status != 200:
                raise Unexpected(f"Saving a review answered {page.status}: {page.text[:200]}")
            form["revision"] = str(int(form["revision"]) + 1)
            return page.seconds * 1000

        pks = self.assignments
        timing = timed(lambda turn: save(reader, pks[turn % len(pks)]))
        insider = Insider(signed_in(self.world.reader))
        for _turn in range(7):
            save(insider, pks[0])
        look = min(insider.looks[1:], key=lambda look: look.total)
        return self._row("save one review", timing, look, 30, None, 500)

    def hand_in_one(self) -> Row:
        """A review handed in, and the next one found; taken back after each turn, which is not timed."""
        reader = visitor_of(self.house, self.world.reader)
        forms = {pk: filled(reader.get(f"/queue/{pk}/").text) for pk in self.assignments}

        def hand_in(browser: Visitor | Insider, pk: int) -> float:
            form = forms[pk]
            page = browser.post(f"/queue/{pk}/hand-in/", form)
            if page.status != 302:
                raise Unexpected(f"Handing in answered {page.status}: {page.text[:200]}")
            form["revision"] = str(int(form["revision"]) + 1)
            browser.post(f"/queue/{pk}/take-back/", form)
            return page.seconds * 1000

        pks = self.assignments
        timing = timed(lambda turn: hand_in(reader, pks[turn % len(pks)]))
        insider = Insider(signed_in(self.world.reader))
        for _turn in range(7):
            hand_in(insider, pks[0])
        # Every other request is the taking back.
        look = min(insider.looks[2::2], key=lambda look: look.total)
        return self._row("hand in one review", timing, look, 100, None, None)

    def _row(
        self,
        name: str,
        timing: Timing,
        look: Look,
        aim: float,
        most: int | None,
        peer: float | None,
        more: str = "",
    ) -> Row:
        count = len(look.queries)
        fits = most is None or count <= most
        queries = {"staff": 133, "a rea": 554, "open ": 71, "save ": 27}.get(name[:5])
        return Row(
            f"{name}, {self.world.size:,} files",
            timing.figure.text("ms"),
            aim=f"≤ {aim:.0f} ms" + (f", ≤ {most} queries" if most else ""),
            queries=str(count),
            peer=f"{short(peer / 1000)} s, {queries} queries at 10,000" if peer else "–",
            met=timing.figure.median <= aim and fits,
            beats=timing.figure.median <= peer if peer else None,
            limit=f"{timing.sentence()} {look.sentence()} {more}".strip(),
        )


def opened(browser: Visitor, path: str) -> float:
    """Milliseconds of one page. Raises Unexpected when it is not shown."""
    page = browser.get(path)
    if page.status != 200:
        raise Unexpected(f"{path} answered {page.status}.")
    return page.seconds * 1000


def filled(text: str) -> dict[str, str]:
    """A review's form with each criterion scored 4 and an advice for each program."""
    names = {each.get("name", "") for each in inputs(text)}
    scores = dict.fromkeys((name for name in names if name.startswith("score_")), "4")
    asked = (name for name in names if name.startswith("advice_") or name == "recommendation")
    form = {**hidden(text), **scores}
    advice = {**dict.fromkeys(asked, "accept"), "confidence": "4", "comment": "Solide. " * 40}
    return {**form, **advice, "private_notes": ""}


def decide(house: House, world: World) -> list[Row]:
    """A thousand proposals approved by one click, then released by another; of three cycles of the past."""
    director, coordinator = (
        visitor_of(house, world.director),
        visitor_of(house, world.coordinator),
    )
    few = len(_looked_at(world, 9, 10).queries)
    look = _looked_at(world, 8, THOUSAND)
    approved, released = [], []
    before, began = used(), time.monotonic()
    for number in (1, 2, 3):
        cycle = looked_over(world, past(world, number, THOUSAND))
        approved.append(_approve_all(director, cycle.code, THOUSAND))
        page = coordinator.get("/releases/")
        sent = coordinator.post("/releases/prepare/", {**hidden(page.text), "cycle": cycle.code})
        release = Release.objects.get(cycle=cycle)
        page = director.get(sent.location)
        done = director.post(f"/releases/{release.pk}/go/", hidden(page.text))
        shown = Decision.objects.filter(release=release, status="released").count()
        if shown != THOUSAND:
            raise Unexpected(f"{shown} answers are visible after the release ({done.status}).")
        released.append(done.seconds)
    who = shares(before, used(), time.monotonic() - began)
    first, second = Figure.of(approved), Figure.of(released)
    return [
        Row(
            "approve 1,000 decisions, one request, one transaction",
            first.text("s"),
            aim="≤ 2 s",
            queries=f"{len(look.queries)} ({few} for 10)",
            peer="51 s in four requests, 4,557 queries each",
            met=first.median <= 2 and len(look.queries) == few,
            beats=first.median <= 51,
            limit=look.sentence(),
        ),
        Row(
            "release 1,000 answers and queue their letters, one transaction",
            second.text("s"),
            limit=f"While cycles were seeded, decided and released: {who}.",
        ),
    ]


def looked_over(world: World, cycle: Cycle) -> Cycle:
    """What stops an approval among made-up answers was looked at, and stands."""
    found = gate.findings(cycle, world.director, most=gate.ALL, grave=True)
    if found:
        gate.keep(cycle, [row.fingerprint for row in found], "Made up.", by=world.director)
    return cycle


def _approve_all(browser: Visitor | Insider, code: str, size: int) -> float:
    """Seconds that the click takes."""
    page = browser.get(f"/decisions/?cycle={code}")
    fields = {**hidden(page.text), "program": "", "cycle": code, "expected": str(size)}
    done = browser.post("/decisions/approve-all/", fields)
    left = Decision.objects.filter(application__cycle__code=code, status="proposed").count()
    if left:
        raise Unexpected(f"{left} proposals are left after the approval ({done.status}).")
    return done.seconds


def _looked_at(world: World, number: int, size: int) -> Look:
    """The same click from the inside, on a cycle of this size."""
    cycle = looked_over(world, past(world, number, size))
    insider = Insider(signed_in(world.director))
    _approve_all(insider, cycle.code, size)
    return insider.looks[-1]
