"""A plan of who reads what for a large cycle: worked out, then applied."""

import time
from random import Random

from django.utils import timezone

from accounts.models import User
from applications.models import Application, Choice
from bench.figures import Figure, Row
from bench.measure import seed
from bench.measure.seed import READERS, World
from committee import planning, solving
from committee.models import Plan
from committee.readers import Typed, set_readerships
from cycles.models import Cycle
from rehearsal.visitor import Unexpected
from reviews.models import Assignment

FILES, EACH = 5_000, 2
CAPACITY = (70, 110)
SECONDS = 30


def assigning(world: World) -> list[Row]:
    """5,000 files × 2 readings × 120 readers, with languages, programs, conflicts and what each takes."""
    solved, applied = [], []
    for turn in (1, 2, 3):
        cycle = _cycle(world, turn)
        began = time.monotonic()
        plan = planning.ask_plan(cycle, by=world.coordinator, kind=Plan.Kind.FIRST)
        _wait(plan)
        solved.append(time.monotonic() - began)
        if not plan.is_ready or plan.figures["given"] != FILES * EACH:
            raise Unexpected(f"The plan is {plan.status}: {plan.figures}"[:200])
        began = time.monotonic()
        planning.apply_plan(plan, by=world.coordinator)
        applied.append(time.monotonic() - began)
    first, second = Figure.of(solved), Figure.of(applied)
    full = [row["after"] / row["capacity"] for row in plan.figures["loads"]]
    return [
        Row(
            f"assignment, {FILES:,} files × {EACH} × {READERS}",
            first.text("s"),
            aim=f"≤ {SECONDS} s",
            met=first.median <= SECONDS,
            limit=f"Readers are from {min(full):.1%} to {max(full):.1%} full; nothing is left over.",
        ),
        Row(f"apply it: give {FILES * EACH:,} readings, one transaction", second.text("s")),
    ]


def _wait(plan: Plan) -> None:
    """Until the plan is there: worked out by us, or by the worker when its timetable was quicker."""
    while plan.is_asked:
        solving.solve_due()
        time.sleep(0.02)
        plan.refresh_from_db()


def _cycle(world: World, turn: int) -> Cycle:
    """A cycle with bare files, and readers who differ in all that counts."""
    dice = Random(turn)
    cycle = seed.cycle(f"Q{turn}", world.programs)
    msc, dess = (world.programs[code].pk for code in ("msc", "dess"))
    people = User.objects.bulk_create(
        User(
            email=f"plan{turn}-{index}@example.com",
            password="!",
            language=dice.choice(["fr", "en"]),
        )
        for index in range(FILES)
    )
    files = Application.objects.bulk_create(
        Application(
            number=f"{cycle.code}-{index:06}",
            applicant=person,
            cycle=cycle,
            status="submitted",
            submitted_at=timezone.now(),
        )
        for index, person in enumerate(people)
    )
    Choice.objects.bulk_create(
        Choice(application=file, program_id=program, rank=rank)
        for file in files
        for rank, program in enumerate(dice.choice([(msc,), (msc, dess), (dess,)]), 1)
    )
    Assignment.objects.bulk_create(
        Assignment(
            application=file,
            reviewer=dice.choice(world.readers),
            assigned_by=world.coordinator,
            due_on=cycle.reviews_due_on,
            status=Assignment.Status.CONFLICT,
        )
        for file in files[::10]
    )
    set_readerships(
        cycle, [_takes(reader, dice, msc, dess) for reader in world.readers], by=world.coordinator
    )
    return cycle


def _takes(reader: User, dice: Random, msc: int, dess: int) -> Typed:
    """Two in three read all programs, three in four both languages."""
    programs = dice.choice([(), (), (), (), (msc,), (dess,)])
    french, english = dice.choice([(True, True)] * 6 + [(True, False), (False, True)])
    return Typed(
        reader.pk, dice.randint(*CAPACITY), frozenset(programs), french, english, away=False
    )
