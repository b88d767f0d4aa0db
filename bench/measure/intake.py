"""The public's and the applicants' pages: home, a whole submission, autosave, the verdict on a PDF."""

import threading
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from django.core.files.uploadedfile import SimpleUploadedFile

from bench.figures import Figure, Row, percentile, ratios, short
from bench.flood import Flood, flood, get
from bench.measure.applicant import Applicant
from bench.measure.house import House, shares, used
from bench.measure.inside import Insider, best
from bench.measure.papers import pdf
from bench.measure.seed import World
from papers import pdf as judge
from rehearsal.visitor import HOST, Unexpected, Visitor, hidden

CLIENTS = 8
RUNS = 5
SECONDS = 2.5
EACH = 5
# The insert view on the machine that the peer was measured on: what its figures and the aims are relative to.
THEIR_INSERTS = 826
PAGE = {
    "Host": HOST,
    "X-Forwarded-Proto": "https",
    "Accept-Language": "fr",
    "Connection": "keep-alive",
}


def good(seen: Flood) -> Flood:
    """The same, when every answer was right. Raises Unexpected."""
    if seen.wrong or not seen.times:
        raise Unexpected(f"{seen.wrong} answers of {seen.wrong + len(seen.times)} were wrong.")
    return seen


def floors(house: House) -> list[Row]:
    """What Django does here with nothing of ours: the two bare views, one after the other, several times."""
    bare, insert, alone = [], [], []
    for _run in range(RUNS):
        seen = good(flood(house.floor_port, get("/bare/", PAGE), clients=CLIENTS, seconds=SECONDS))
        bare.append(seen.rate)
        alone.append(seen.client_alone)
        seen = good(
            flood(house.floor_port, get("/insert/", PAGE), clients=CLIENTS, seconds=SECONDS)
        )
        insert.append(seen.rate)
    limit = (
        f"The client spends {1e6 / Figure.of(alone).median:.0f} µs of processor time on a request: by itself it "
        f"could ask {short(Figure.of(alone).median)} times a second, so the server is what is measured."
    )
    first, second = Figure.of(bare), Figure.of(insert)
    return [
        Row(
            "floor: bare Django view of 10 kB, 8 clients",
            first.text("/s"),
            peer="2,757 /s",
            limit=limit,
        ),
        Row(
            "floor: one indexed SELECT and one committed INSERT, 8 clients",
            second.text("/s"),
            floor=f"{short(first.median)} /s",
            ratio=f"{ratios(second, first).text('')}",
            peer="826 /s",
            limit="Processors, and one write of the log to the disk for each commit.",
        ),
    ]


def home(house: House, size: int) -> Row:
    """The home page and the bare view, in turns."""
    bare, ours, p95s = [], [], []
    before, began = used(), time.monotonic()
    for _run in range(RUNS):
        floor = good(flood(house.floor_port, get("/bare/", PAGE), clients=CLIENTS, seconds=SECONDS))
        bare.append(floor.rate)
        seen = good(flood(house.port, get("/", PAGE), clients=CLIENTS, seconds=SECONDS))
        ours.append(seen.rate)
        p95s.append(seen.p95 * 1000)
    who = shares(before, used(), time.monotonic() - began)
    ratio = ratios(Figure.of(ours), Figure.of(bare))
    insider = Insider()
    look = best(lambda: insider.get("/"))
    return Row(
        f"home page, anonymous, 8 clients, {size:,} files",
        f"{Figure.of(ours).text('/s')}, p95 {short(Figure.of(p95s).median)} ms",
        floor=f"{short(Figure.of(bare).median)} /s",
        ratio=ratio.text(""),
        aim="≥ 0.4",
        queries=str(len(look.queries)),
        peer="77 /s, p95 138 ms (0.03); 5 /s with 10,000 files",
        met=ratio.median >= 0.4,
        beats=ratio.median >= 0.03,
        limit=f"The processors: {who} while both took turns. {look.sentence()}",
    )


@dataclass
class Crowd:
    """Eight people at once, each submitting some applications one after the other."""

    house: House
    cycle: int
    papers: int = 3
    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    waited: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def run(self) -> float:
        """Submissions a minute, of those that reached their receipt."""
        ready = threading.Barrier(CLIENTS + 1)

        def one(_index: int) -> list[Applicant]:
            people = [self._person() for _turn in range(EACH)]
            ready.wait()
            return [person for person in people if self._submits(person)]

        with ThreadPoolExecutor(CLIENTS) as crowd:
            working = [crowd.submit(one, index) for index in range(CLIENTS)]
            ready.wait()
            began = time.perf_counter()
            people = [person for work in working for person in work.result()]
            took = time.perf_counter() - began
        for person in people:
            self.waited.append(person.waited)
            for step, times in person.times.items():
                self.times[step] += times
        return len(people) * 60 / took

    def _submits(self, person: Applicant) -> bool:
        try:
            person.submit_everything()
        except Unexpected as error:
            self.failures.append(str(error))
            return False
        return True

    def _person(self) -> Applicant:
        return Applicant(Visitor(self.house.port), self.house.letter_to, self.cycle, self.papers)


def inserts(house: House) -> float:
    """The insert view's rate now."""
    return good(
        flood(house.floor_port, get("/insert/", PAGE), clients=CLIENTS, seconds=SECONDS)
    ).rate


def submission(house: House, world: World, *, runs: int = 3) -> list[Row]:
    """A whole submission, eight at once, with three PDFs; and each of its steps. The insert view in turns."""
    insider = Insider()
    Applicant(insider, house.letter_to, world.cycle.pk).submit_everything()
    crowd = Crowd(house, world.cycle.pk)
    rates, floors, spent, seconds = [], [], dict.fromkeys(used(), 0.0), 0.0
    for _run in range(runs):
        floors.append(inserts(house))
        before, began = used(), time.monotonic()
        rates.append(crowd.run())
        after = used()
        seconds += time.monotonic() - began
        spent = {part: spent[part] + after[part] - before[part] for part in after}
    who = shares(dict.fromkeys(spent, 0.0), spent, seconds)
    queries = f"{sum(len(look.queries) for look in insider.looks)} ({len(insider.looks)} requests)"
    return [
        _submissions(world, crowd, Figure.of(rates), Figure.of(floors), queries, who),
        _steps(world, crowd, Figure.of(floors)),
    ]


def _submissions(
    world: World, crowd: Crowd, rates: Figure, floors: Figure, queries: str, who: str
) -> Row:
    """How many a minute; `rates` and `floors` took turns."""
    ratio = ratios(rates, floors)
    peer = 25 if world.size >= 10_000 else 112
    failed = f"{len(crowd.failures)} failed: {crowd.failures[0]}" if crowd.failures else ""
    busy = sum(sum(times) for times in crowd.times.values()) / len(crowd.waited)
    return Row(
        f"a whole submission by a new account, 3 PDFs, 8 at once, {world.size:,} files",
        rates.text("a minute"),
        floor=f"{short(floors.median)} inserts/s",
        ratio=ratio.text(""),
        aim=f"500 a minute, or {short(500 / THEIR_INSERTS)} of the inserts",
        queries=queries,
        peer="112 a minute (0.14) with one PDF; 25 (0.03) with 10,000 files; 184 queries",
        met=(rates.median >= 500 or ratio.median >= 500 / THEIR_INSERTS) and not failed,
        beats=rates.median >= peer or ratio.median >= peer / THEIR_INSERTS,
        limit=(
            f"The processors: {who}. Each person waits {busy:.1f} s for pages and "
            f"{Figure.of(crowd.waited).median:.1f} s for the code’s letter. {failed}".strip()
        ),
    )


def _steps(world: World, crowd: Crowd, floors: Figure) -> Row:
    """The slowest of its steps; beside it what that would be where the floor is the peer's."""
    slow = sorted(crowd.times.items(), key=lambda item: -percentile(item[1], 0.95))
    p95s = {step: percentile(times, 0.95) * 1000 for step, times in slow}
    name, worst = next(iter(p95s.items()))
    there = worst * floors.median / THEIR_INSERTS
    told = ", ".join(f"{step} {p95:.0f}" for step, p95 in p95s.items())
    return Row(
        f"its steps at 8 at once, p95, {world.size:,} files",
        f"{short(worst)} ms the slowest ({name}); {short(there)} where the floor is the peer’s",
        floor=f"{short(floors.median)} inserts/s",
        aim="≤ 150 ms",
        peer="0.3–1.8 s",
        met=min(worst, there) <= 150,
        beats=min(worst, there) <= 1800,
        limit=f"p95 in ms: {told}.",
    )


def _draft(house: House, world: World) -> tuple[Visitor, str, str]:
    """A person in the middle of the form: their browser, the address of the step, its text."""
    visitor = Visitor(house.port)
    person = Applicant(visitor, house.letter_to, world.cycle.pk)
    person.address = f"bench-draft-{time.monotonic_ns()}@example.org"
    page = person._begin(person._sign_in())
    return visitor, f"{person._address(page)}you/", page.text


def autosave(house: House, world: World) -> Row:
    """One field of a draft, saved while typing."""
    visitor, path, text = _draft(house, world)
    medians = []
    insider = Insider()
    for name, value in visitor.cookies.items():
        insider.client.cookies[name] = value
    fields = hidden(text)

    def save(browser: Visitor | Insider, word: str) -> float:
        data = {**fields, "first_names": word, "language": "fr"}
        page = browser.post(path, data, headers={"HX-Request": "true"})
        if page.status != 200 or 'name="seen"' not in page.text:
            raise Unexpected(f"Autosave answered {page.status}.")
        fields.update(hidden(page.text))
        return page.seconds

    for run in range(RUNS):
        times = [save(visitor, f"Élise {run} {turn}") for turn in range(40)]
        medians.append(Figure.of(times).median * 1000)
    for turn in range(7):
        save(insider, f"Inside {turn}")
    look = min(insider.looks[1:], key=lambda look: look.total)
    figure = Figure.of(medians)
    count = len(look.queries)
    return Row(
        "autosave of one field",
        figure.text("ms"),
        aim="≤ 25 ms, ≤ 10 queries",
        queries=str(count),
        peer="has none",
        met=figure.median <= 25 and count <= 10,
        limit=look.sentence(),
    )


def verdict(house: House, world: World) -> Row:
    """A PDF of 2 MB, judged by the child process; and sent through its page."""
    alone = []
    for _run in range(RUNS):
        paper = SimpleUploadedFile("paper.pdf", pdf(2_000_000, pages=20), "application/pdf")
        began = time.perf_counter()
        said = judge.inspect(paper)
        alone.append((time.perf_counter() - began) * 1000)
        if said.pages != 20:
            raise Unexpected(f"The verdict on a sound PDF is {said}.")
    visitor, path, text = _draft(house, world)
    where = path.replace("you/", "documents/cv/upload/")
    whole = []
    for _run in range(RUNS):
        files = {"file": ("paper.pdf", pdf(2_000_000, pages=20))}
        page = visitor.post(where, hidden(text), files)
        if page.status != 302:
            raise Unexpected(f"The upload answered {page.status}.")
        whole.append(page.seconds * 1000)
    figure = Figure.of(whole)
    return Row(
        "verdict on an uploaded PDF of 2 MB, page included",
        figure.text("ms"),
        aim="≤ 2,000 ms",
        peer="none",
        met=figure.median <= 2000,
        limit=f"{short(Figure.of(alone).median)} ms of it are the child process that opens the PDF.",
    )
