"""Who reads what, as a flow of least cost. Pure: numbers in, pairs and reasons out (docs/assignment.md).

The only module that knows the solver and its arrays. Only the worker imports it: a web process would carry
their memory for nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from committee.problem import Pair, Problem, Reader, Solution, Unmet, Unsolvable, Why

Grid = NDArray[np.bool_]
Numbers = NDArray[np.int64]

CHANCES = 8
NOT_FIRST_PROGRAM, NOT_OWN_LANGUAGE = 2, 1
LEAST_LIKED = NOT_FIRST_PROGRAM + NOT_OWN_LANGUAGE


@dataclass(frozen=True)
class Weights:
    """What one step of each cost weighs; each outweighs all that the lighter ones can change at once.

    An optimum is reached when no cycle of changes improves it, and a cycle meets each reader at most once:
    so a step has to outweigh (readers + 1) times the most that one pair can differ by, not the sum over all
    pairs. That is what keeps the numbers within 64 bits.
    """

    liking: int
    keeping: int
    balance: int
    order: int
    unmet: int

    @classmethod
    def of(cls, readers: int, steps: int, places: int, *, moving: bool) -> "Weights":
        """For so many readers, steps of balance and places in the order."""
        turns = readers + 1
        liking = turns * CHANCES
        pair = liking * LEAST_LIKED + CHANCES
        keeping = turns * pair if moving else 0
        balance = turns * (keeping + pair)
        order = (steps + 2) * balance
        return cls(liking, keeping, balance, order, (places + 2) * order)


@dataclass(frozen=True)
class Field:
    """Who may read what: arrays of shape (files, readers), true where the rules let them meet.

    `present` has shape (readers,); `free`, `language`, `program` and `apart` are the rules one by one, for
    the reasons; `movable` are the pairs that exist and may move.
    """

    present: Grid
    free: Grid
    language: Grid
    program: Grid
    apart: Grid
    movable: Grid
    allowed: Grid


def solve(problem: Problem) -> Solution:
    """The best plan by docs/assignment.md; the same problem has the same answer. Raises Unsolvable."""
    if not problem.files or not problem.readers:
        return Solution(pairs=(), unmet=_short(problem, _field(problem), {}))
    field = _field(problem)
    rows, columns = np.nonzero(field.allowed)
    network = Network(problem, field, rows, columns)
    chosen = network.flow()
    files = [file.id for file in problem.files]
    readers = [reader.id for reader in problem.readers]
    made = [(files[row], readers[column]) for row, column in zip(*chosen, strict=True)]
    pairs = tuple(pair for pair in made if pair not in problem.movable)
    kept = tuple(pair for pair in made if pair in problem.movable)
    moved = tuple(sorted(problem.movable - set(kept)))
    got: dict[int, int] = {}
    for file, _reader in made:
        got[file] = got.get(file, 0) + 1
    return Solution(pairs, kept, moved, _short(problem, field, got))


def _field(problem: Problem) -> Field:
    """The hard rules, as arrays."""
    files, readers = problem.files, problem.readers
    shape = (len(files), len(readers))
    movable = _grid(problem, problem.movable, shape)
    apart = _grid(problem, problem.apart, shape)
    language = np.array([[f.language in r.languages for r in readers] for f in files], bool)
    kinds = sorted({file.programs for file in files})
    reads = np.array([[_reads(kind, r) for r in readers] for kind in kinds], bool)
    kind_of = {kind: index for index, kind in enumerate(kinds)}
    program = reads.reshape(len(kinds), len(readers))[[kind_of[file.programs] for file in files]]
    free = ~_grid(problem, problem.held, shape)
    holds = movable.sum(axis=0)
    room = np.array([reader.room for reader in readers])
    # Somebody away or beyond their capacity gets nothing new, though they may keep what they have.
    takes = (room > 0) & (room >= holds)
    allowed = free & language.reshape(shape) & program & ~apart & takes
    # What exists was somebody's decision: language and program do not undo it, a conflict does.
    allowed |= movable & ~apart
    present = np.array([reader.capacity > 0 for reader in readers], bool)
    return Field(present, free, language.reshape(shape), program, apart, movable, allowed)


def _reads(programs: tuple[int, ...], reader: Reader) -> bool:
    """Whether the reader reads one of the programs that a file asks for."""
    return not programs or not reader.programs or not reader.programs.isdisjoint(programs)


def _grid(problem: Problem, pairs: Iterable[Pair], shape: tuple[int, int]) -> Grid:
    """True at these pairs; those of other files or readers are passed over."""
    row_of = {file.id: index for index, file in enumerate(problem.files)}
    column_of = {reader.id: index for index, reader in enumerate(problem.readers)}
    grid = np.zeros(shape, bool)
    for file, reader in pairs:
        if file in row_of and reader in column_of:
            grid[row_of[file], column_of[reader]] = True
    return grid


def steps_of(readers: Iterable[Reader], holds: Iterable[int]) -> list[list[int]]:
    """For each reader, what each further reading costs the balance: its place among all such costs.

    Going from k - 1 to k readings adds (2k - 1) / capacity to the sum of load² / capacity, which is least
    when everybody is as full as everybody else. Only the order of these fractions decides, so whole numbers
    stand for them, exactly. A movable reading beyond the capacity costs more than any within it.
    """
    rows: list[list[Fraction]] = []
    for reader, held in zip(readers, holds, strict=True):
        loads = range(reader.load + 1, reader.load + reader.room + 1)
        within = [Fraction(2 * load - 1, reader.capacity) for load in loads]
        beyond = [Fraction(10**9 + extra) for extra in range(max(held - reader.room, 0))]
        rows.append(within + beyond)
    places = {cost: place for place, cost in enumerate(sorted({c for row in rows for c in row}))}
    return [[places[cost] for cost in row] for row in rows]


class Network:
    """Source → files → readers → sink, and an arc from source to sink for what nobody can take."""

    def __init__(
        self, problem: Problem, field: Field, rows: NDArray[np.intp], columns: NDArray[np.intp]
    ) -> None:
        self.problem, self.field, self.rows, self.columns = problem, field, rows, columns
        self.steps = steps_of(problem.readers, field.movable.sum(axis=0).tolist())
        self.places = max(file.place + file.wanted for file in problem.files)
        self.weights = Weights.of(
            len(problem.readers),
            max((row[-1] for row in self.steps if row), default=0),
            self.places,
            moving=bool(field.movable.any()),
        )
        self.source = len(problem.files) + len(problem.readers)
        self.sink = self.source + 1

    def costs(self) -> Numbers:
        """What each allowed pair costs by itself; shape (pairs,)."""
        files, readers = self.problem.files, self.problem.readers
        first = sorted({file.programs[:1] for file in files})
        of_first = {kind: index for index, kind in enumerate(first)}
        reads = np.array([[_reads(kind, reader) for reader in readers] for kind in first], bool)
        other_program = ~reads[[of_first[file.programs[:1]] for file in files]]
        spoken = np.array([file.language for file in files])
        own = np.array([reader.own for reader in readers])
        rows, columns = self.rows, self.columns
        disliked = NOT_FIRST_PROGRAM * other_program[rows, columns].astype(np.int64)
        disliked += NOT_OWN_LANGUAGE * (spoken[rows] != own[columns])
        new = ~self.field.movable[rows, columns]
        return self.weights.liking * disliked + self.weights.keeping * new + self.chances()

    def chances(self) -> Numbers:
        """A small number for each pair that depends on its ids alone: it mixes who reads with whom."""
        files = np.array([file.id for file in self.problem.files], np.uint64)[self.rows]
        readers = np.array([reader.id for reader in self.problem.readers], np.uint64)[self.columns]
        mixed = files * np.uint64(0x9E3779B97F4A7C15) ^ readers * np.uint64(0xBF58476D1CE4E5B9)
        for shift in (30, 27, 31):
            mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(0x94D049BB133111EB)
        return (mixed >> np.uint64(61)).astype(np.int64)

    def flow(self) -> tuple[list[int], list[int]]:
        """The rows and columns of the chosen pairs. Raises Unsolvable."""
        graph = SimpleMinCostFlow()
        count = len(self.problem.files)
        pairs = self._arcs(graph, self.rows, self.columns + count, self.costs())
        serving = [
            (index, (file.place + turn) * self.weights.order)
            for index, file in enumerate(self.problem.files)
            for turn in range(file.wanted)
        ]
        if serving:
            heads, costs = (np.array(part) for part in zip(*serving, strict=True))
            self._arcs(graph, np.full(len(heads), self.source), heads, costs)
        taking = [
            (count + index, step * self.weights.balance)
            for index, row in enumerate(self.steps)
            for step in row
        ]
        if taking:
            tails, costs = (np.array(part) for part in zip(*taking, strict=True))
            self._arcs(graph, tails, np.full(len(tails), self.sink), costs)
        wanted = self.problem.wanted
        graph.add_arc_with_capacity_and_unit_cost(
            self.source, self.sink, wanted, self.weights.unmet
        )
        graph.set_node_supply(self.source, wanted)
        graph.set_node_supply(self.sink, -wanted)
        status = graph.solve()
        if status != graph.OPTIMAL:
            raise Unsolvable(status.name)
        used = np.asarray(graph.flows(pairs)) > 0
        return self.rows[used].tolist(), self.columns[used].tolist()

    def _arcs(
        self,
        graph: SimpleMinCostFlow,
        tails: NDArray[np.intp],
        heads: NDArray[np.intp],
        costs: Numbers,
    ) -> NDArray[np.int32]:
        """Arcs that one unit may take; their numbers."""
        found: NDArray[np.int32] = graph.add_arcs_with_capacity_and_unit_cost(
            tails.astype(np.int32),
            heads.astype(np.int32),
            np.ones(len(tails), np.int64),
            costs.astype(np.int64),
        )
        return found


def _short(problem: Problem, field: Field, got: dict[int, int]) -> tuple[Unmet, ...]:
    """The files that got less than they wanted, and why.

    With a limit, those that were passed over because others need it more are not short: only who stands
    before the last one served is.
    """
    reached = max((f.place for f in problem.files if got.get(f.id)), default=-1)
    full = problem.most is not None and sum(got.values()) >= problem.most
    unmet = []
    for row, file in enumerate(problem.files):
        missing = file.wanted - got.get(file.id, 0)
        if missing and not (full and file.place >= reached):
            unmet.append(_reason(field, row, file.id, file.wanted, missing))
    return tuple(unmet)


def _reason(field: Field, row: int, file: int, wanted: int, missing: int) -> Unmet:
    """The first rule after which fewer readers were left than are wanted."""
    mask = (field.present & field.free[row]) | field.movable[row]
    left = []
    for rule in (True, field.language[row], field.program[row], ~field.apart[row]):
        mask = mask & rule
        left.append(int(mask.sum()))
    reasons = (Why.NOBODY, Why.LANGUAGE, Why.PROGRAM, Why.APART)
    short = (why for why, count in zip(reasons, left, strict=True) if count < wanted)
    a, b, c, d = left
    return Unmet(file, missing, next(short, Why.FULL), (a, b, c, d))
