"""Random problems of assignment, and slow honest judges of their answers that share no code with the solver."""

from collections import Counter
from fractions import Fraction
from itertools import product

from hypothesis import strategies as st

from committee.problem import File, Pair, Problem, Reader, Solution

PROGRAMS = st.sampled_from([(), (1,), (2,), (1, 2), (2, 1)])
READS = st.sampled_from([frozenset(), frozenset({1}), frozenset({2}), frozenset({1, 2})])
SPEAKS = st.sampled_from([frozenset({"fr", "en"}), frozenset({"fr"}), frozenset({"en"})])
TONGUE = st.sampled_from(["fr", "en"])


@st.composite
def problems(draw: st.DrawFn, files: int = 12, readers: int = 6) -> Problem:
    """A cycle in any state: readings that exist, that may move, conflicts, limits, people away."""
    people = draw(st.integers(1, readers))
    rows = draw(st.integers(1, files))
    pairs = [(file, reader) for file in range(rows) for reader in range(100, 100 + people)]
    # Apart, held, movable, or movable although a conflict is known since.
    marks = st.sampled_from(["", "", "", "", "", "a", "h", "m", "am"])
    kinds = draw(st.lists(marks, min_size=len(pairs), max_size=len(pairs)))
    by_kind = {
        kind: frozenset(pair for pair, mark in zip(pairs, kinds, strict=True) if kind in mark)
        for kind in "ahm"
    }
    held = Counter(reader for _file, reader in by_kind["h"])
    movable = Counter(file for file, _reader in by_kind["m"])
    has = Counter(file for file, _reader in by_kind["h"])
    return Problem(
        files=tuple(
            File(
                id=file,
                programs=draw(PROGRAMS),
                language=draw(TONGUE),
                wanted=max(draw(st.integers(0, 3)), movable[file]),
                place=draw(st.sampled_from([has[file], has[file], 4])),
            )
            for file in range(rows)
        ),
        readers=tuple(
            Reader(
                id=100 + index,
                capacity=draw(st.integers(0, 9)),
                load=held[100 + index],
                programs=draw(READS),
                languages=draw(SPEAKS),
                own=draw(TONGUE),
            )
            for index in range(people)
        ),
        apart=by_kind["a"],
        held=by_kind["h"],
        movable=by_kind["m"],
        most=draw(st.none() | st.integers(1, 8)),
    )


def broken_rules(problem: Problem, solution: Solution) -> list[str]:
    """Every hard rule that the answer breaks, in words."""
    files = {file.id: file for file in problem.files}
    readers = {reader.id: reader for reader in problem.readers}
    made = [*solution.pairs, *solution.kept]
    wrong = [f"{pair}: twice" for pair, count in Counter(made).items() if count > 1]
    for file, reader in solution.pairs:
        pair, who, what = (file, reader), readers[reader], files[file]
        if pair in problem.apart:
            wrong.append(f"{pair}: kept apart")
        if pair in problem.held | problem.movable:
            wrong.append(f"{pair}: they have it already")
        if what.language not in who.languages:
            wrong.append(f"{pair}: language")
        if what.programs and who.programs and not who.programs & set(what.programs):
            wrong.append(f"{pair}: program")
    wrong += [
        f"{pair}: stays in spite of a conflict" for pair in solution.kept if pair in problem.apart
    ]
    given = Counter(reader for _file, reader in made)
    new = {reader for _file, reader in solution.pairs}
    wrong += [
        f"{reader}: {given[reader]} of {readers[reader].room}"
        for reader in new
        if given[reader] > readers[reader].room
    ]
    got = Counter(file for file, _reader in made)
    wrong += [f"{file}: more than wanted" for file in got if got[file] > files[file].wanted]
    if len(made) > problem.wanted:
        wrong.append("more than asked for")
    if set(solution.kept) | set(solution.moved) != problem.movable:
        wrong.append("a reading that may move is lost")
    return wrong


def may_meet(problem: Problem) -> dict[int, list[int]]:
    """File's id → readers whom the rules let read it."""
    beyond = Counter(reader for _file, reader in problem.movable)

    def lets(file: File, reader: Reader) -> bool:
        pair = (file.id, reader.id)
        if pair in problem.apart or pair in problem.held:
            return False
        if pair in problem.movable:
            return True
        room = max(reader.capacity - reader.load, 0)
        programs = not file.programs or not reader.programs or reader.programs & set(file.programs)
        takes = room > 0 and room >= beyond[reader.id]
        return bool(takes and file.language in reader.languages and programs)

    return {
        file.id: [reader.id for reader in problem.readers if lets(file, reader)]
        for file in problem.files
    }


def room_of(problem: Problem) -> dict[int, int]:
    """Reader's id → how many pairs they can be in: their room, or what they may keep beyond it."""
    beyond = Counter(reader for _file, reader in problem.movable)
    return {
        reader.id: max(reader.capacity - reader.load, 0, beyond[reader.id])
        for reader in problem.readers
    }


def most_readings(problem: Problem) -> int:
    """The most readings that can be given, by augmenting paths; the limit of the problem included."""
    allowed, room = may_meet(problem), room_of(problem)
    holds: dict[int, list[int]] = {reader: [] for reader in room}

    def take(file: int, tried: set[int]) -> bool:
        for reader in allowed[file]:
            if reader in tried or file in holds[reader]:
                continue
            tried.add(reader)
            if len(holds[reader]) < room[reader]:
                holds[reader].append(file)
                return True
            for other in holds[reader]:
                if take(other, tried):
                    holds[reader].remove(other)
                    holds[reader].append(file)
                    return True
        return False

    given = sum(take(file.id, set()) for file in problem.files for _turn in range(file.wanted))
    return min(given, problem.wanted)


def every_answer(problem: Problem) -> list[set[Pair]]:
    """Every set of pairs that the rules allow; for very small problems."""
    allowed, room = may_meet(problem), room_of(problem)
    choices = []
    for file in problem.files:
        readers = allowed[file.id]
        masks = product((False, True), repeat=len(readers))
        some = [{r for r, on in zip(readers, mask, strict=True) if on} for mask in masks]
        choices.append([(file.id, one) for one in some if len(one) <= file.wanted])
    found = []
    for answer in product(*choices):
        load = Counter(reader for _file, readers in answer for reader in readers)
        if all(load[reader] <= room[reader] for reader in load):
            pairs = {(file, reader) for file, readers in answer for reader in readers}
            if problem.most is None or len(pairs) <= problem.most:
                found.append(pairs)
    return found


def imbalance(problem: Problem, pairs: set[Pair]) -> tuple[int, Fraction]:
    """How many readings are beyond a capacity, and the sum of load² / capacity within it."""
    given = Counter(reader for _file, reader in pairs)
    beyond, total = 0, Fraction(0)
    for reader in problem.readers:
        room = max(reader.capacity - reader.load, 0)
        beyond += max(given[reader.id] - room, 0)
        load = reader.load + min(given[reader.id], room)
        total += Fraction(load * load, reader.capacity or 1) if given[reader.id] else 0
        if not given[reader.id] and reader.capacity:
            total += Fraction(reader.load * reader.load, reader.capacity)
    return beyond, total


def places(problem: Problem, pairs: set[Pair]) -> list[int]:
    """The places in the order that were served, sorted."""
    got = Counter(file for file, _reader in pairs)
    served = [file.place + turn for file in problem.files for turn in range(got[file.id])]
    return sorted(served)
