"""The figures of a plan, for the person who judges it. Pure: a problem and its answer in, plain data out."""

from collections import Counter
from typing import Any

from committee.problem import Problem, Solution


def figures(problem: Problem, solution: Solution, *, seconds: float) -> dict[str, Any]:
    """What is kept with a plan, as JSON.

    `wanted`, `given`, `missing`: readings. `first_program`, `own_language`: of the pairs given, how many meet
    these wishes. `loads`: a row for each reader, of readings before and after. `unmet`: a row for each file
    that is left short.
    """
    files = {file.id: file for file in problem.files}
    readers = {reader.id: reader for reader in problem.readers}
    first = own = 0
    for file, reader in solution.pairs:
        reads, asked = readers[reader].programs, files[file].programs[:1]
        first += not reads or not asked or asked[0] in reads
        own += files[file].language == readers[reader].own
    return {
        "wanted": problem.wanted,
        "files": len(problem.files),
        "given": len(solution.pairs),
        "kept": len(solution.kept),
        "moved": len(solution.moved),
        "missing": sum(row.missing for row in solution.unmet),
        "first_program": first,
        "own_language": own,
        "seconds": round(seconds, 1),
        "loads": _loads(problem, solution),
        "unmet": [
            {
                "file": row.file,
                "missing": row.missing,
                "why": str(row.why),
                "left": list(row.left),
            }
            for row in solution.unmet
        ],
    }


def _loads(problem: Problem, solution: Solution) -> list[dict[str, int]]:
    """Each reader's load before and after, and what comes and goes."""
    more = Counter(reader for _file, reader in solution.pairs)
    less = Counter(reader for _file, reader in solution.moved)
    stay = Counter(reader for _file, reader in solution.kept)
    return [
        {
            "reader": reader.id,
            "capacity": reader.capacity,
            "before": reader.load + stay[reader.id] + less[reader.id],
            "more": more[reader.id],
            "less": less[reader.id],
            "after": reader.load + stay[reader.id] + more[reader.id],
        }
        for reader in problem.readers
    ]
