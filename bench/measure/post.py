"""A thousand letters: through the outbox and two workers, and by raw smtplib to the same server."""

import smtplib
import time
import uuid

from django.db import transaction

from answers.letters import DECISION_AVAILABLE
from bench.figures import Figure, Row, ratios, short
from bench.measure.house import House, shares, used
from bench.measure.seed import World
from config.processes import wait_for
from notifications.models import OutgoingEmail
from notifications.outbox import Addressed, queue_all
from notifications.transport import as_message
from rehearsal.visitor import Unexpected

RUNS = 3
THOUSAND = 1000
PATIENCE = 120.0


def raw(house: House, letter: OutgoingEmail) -> float:
    """Letters a second over one kept connection, with nothing but smtplib."""
    content = as_message(letter).message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
    before = house.letters()
    with smtplib.SMTP("127.0.0.1", house.smtp_port, timeout=30) as line:
        line.ehlo()
        began = time.perf_counter()
        for number in range(THOUSAND):
            line.sendmail("admissions@admissions.example", [f"raw-{number}@example.org"], content)
        took = time.perf_counter() - began
    if house.letters() - before != THOUSAND:
        raise Unexpected("The mailbox did not count the raw letters right.")
    return THOUSAND / took


def through_the_outbox(house: House, world: World) -> tuple[float, float]:
    """Letters a second from the commit to the last arrival; and how long writing them took, in seconds."""
    run = uuid.uuid4().hex[:8]
    context = {"called": "Élise", "number": "A27-8JH3KD", "cycle": world.cycle}
    copies = [
        Addressed(
            f"out-{run}-{index}@example.org", "fr", world.cycle, f"bench:{run}:{index}", context
        )
        for index in range(THOUSAND)
    ]
    before, committed = house.letters(), [0.0]

    def commit() -> None:
        committed[0] = time.perf_counter()

    began = time.perf_counter()
    with transaction.atomic():
        transaction.on_commit(commit)
        queue_all(DECISION_AVAILABLE, copies)
    all_there = wait_for(lambda: house.letters() - before >= THOUSAND, PATIENCE, pause=0.02)
    took = time.perf_counter() - committed[0]
    if not all_there:
        raise Unexpected(
            f"{house.letters() - before} of {THOUSAND} letters came in {PATIENCE:.0f} s."
        )
    return THOUSAND / took, committed[0] - began


def is_quiet() -> bool:
    """Whether no letter waits or is going out."""
    return not OutgoingEmail.objects.filter(status__in=["pending", "sending"]).exists()


def letters(house: House, world: World) -> list[Row]:
    """Raw and through the outbox, in turns."""
    if not wait_for(is_quiet, PATIENCE, pause=0.1):
        raise Unexpected("Letters of before are still waiting.")
    through_the_outbox(house, world)
    model = OutgoingEmail.objects.filter(letter=DECISION_AVAILABLE.name).latest("pk")
    bare, ours, writing, seconds = [], [], [], 0.0
    before, after = {}, {}
    for _run in range(RUNS):
        bare.append(raw(house, model))
        wait_for(is_quiet, PATIENCE, pause=0.1)
        before, began = used(), time.monotonic()
        rate, wrote = through_the_outbox(house, world)
        after, seconds = used(), time.monotonic() - began
        ours.append(rate)
        writing.append(wrote)
    wait_for(is_quiet, PATIENCE, pause=0.1)
    twice = OutgoingEmail.objects.filter(key__startswith="bench:").exclude(attempts=1).count()
    floor, figure = Figure.of(bare), Figure.of(ours)
    ratio = ratios(figure, floor)
    return [
        Row("floor: raw smtplib over one connection", floor.text("letters/s"), peer="160 /s"),
        Row(
            "1,000 letters through the outbox, two workers",
            f"{figure.text('letters/s')}",
            floor=f"{short(floor.median)} /s",
            ratio=ratio.text(""),
            aim="≥ 1",
            peer="66 /s with Celery, 47 without",
            met=ratio.median >= 1,
            beats=figure.median >= 66,
            limit=(
                f"The processors: {shares(before, after, seconds)}. Writing the rows took "
                f"{short(Figure.of(writing).median)} s before; {twice} letters needed a second attempt."
            ),
        ),
    ]
