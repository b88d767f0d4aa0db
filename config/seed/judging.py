"""Readers, proposals and a release, as the staff of the demonstration do them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from accounts.demo import CAST
from accounts.models import Role, User
from answers import acts, noting, release
from applications.models import Application
from committee import anchors, calibration, remarks
from committee.readers import Typed, set_readerships
from config.seed import pretence, texts
from cycles.models import Cycle, Program
from reviews import assignment as assigning
from reviews import comparing, conflicts, decisions, scoring, ties
from reviews.models import Assignment, Conflict, Decision, Outcome, Recommendation, Release, Ties


@dataclass(frozen=True)
class Staff:
    """Who judges."""

    readers: list[User]
    coordinator: User
    director: User
    administrator: User
    panelist: User


def staff() -> Staff:
    """The staff among the accounts of the demonstration."""
    by_role: dict[Role, list[User]] = defaultdict(list)
    for character in CAST:
        for role in character.roles:
            by_role[role].append(User.objects.get(email=character.email))
    return Staff(
        by_role[Role.REVIEWER],
        by_role[Role.COORDINATOR][0],
        by_role[Role.DIRECTOR][0],
        by_role[Role.ADMINISTRATOR][0],
        by_role[Role.PANELIST][0],
    )


def calibrate(cycle: Cycle, who: Staff, dice: Random) -> None:
    """The ready anchor files, scored by every reader but the first, whose queue says so."""
    anchors.add_ready(cycle, by=who.administrator)
    criteria = list(cycle.criteria.values_list("pk", flat=True))
    for reader in who.readers[1:]:
        for line in calibration.lines_of(reader, cycle):
            values = {pk: dice.choice((2, 3, 3, 4, 5)) for pk in criteria}
            calibration.save_reading(line.anchor, values, comment="", revision=0, by=reader)


def assign(application: Application, reader: User, who: Staff, *, at: datetime) -> Assignment:
    """Give a file to a reader."""
    with pretence.at(at):
        row = assigning.assign(application, reader, by=who.coordinator)
    Assignment.objects.filter(pk=row.pk).update(assigned_at=at)
    return row


def opinion(row: Assignment, level: float, dice: Random) -> scoring.Typed:
    """Scores around a level from 1 to 5, and the advice that goes with them."""
    criteria = row.application.cycle.criteria.values_list("pk", flat=True)
    scores = {pk: min(5, max(1, round(dice.gauss(level, 0.7)))) for pk in criteria}
    mean = sum(scores.values()) / len(scores)
    choices = row.application.chosen
    advice = (
        Recommendation.STRONG_ACCEPT
        if mean > 4.3
        else Recommendation.ACCEPT
        if mean > 3.4
        else Recommendation.WAITLIST
        if mean > 2.8
        else Recommendation.DECLINE
    )
    return scoring.Typed(
        scores=dict(scores),
        comment=dice.choice(texts.COMMENTS),
        confidence=dice.randint(3, 5),
        recommendation=advice,
        recommended_program=None if advice == Recommendation.DECLINE else choices[0],
        advice={program.code: advice for program in choices} if len(choices) > 1 else {},
    )


def review(
    row: Assignment, level: float, dice: Random, *, at: datetime, hand_in: bool = True
) -> None:
    """Score a file; hand the review in, or leave it as a draft."""
    with pretence.at(at):
        scoring.save_review(row, opinion(row, level, dice), revision=0, by=row.reviewer)
        if hand_in:
            scoring.hand_in(row, by=row.reviewer)


def declare_conflict(row: Assignment, *, at: datetime) -> None:
    """The reader knows the person."""
    with pretence.at(at):
        assigning.declare_conflict(row, by=row.reviewer, why="Ancien cours commun.")


def say_what_readers_take(cycle: Cycle, files: int, who: Staff) -> None:
    """Somewhat more than the files need, in unequal parts; one reads one program, one in English only."""
    fair = -(-files * cycle.reviews_per_file // len(who.readers))
    first = cycle.programs.order_by("position")[0]
    for index, reader in enumerate(who.readers):
        takes = Typed(
            reader=reader.pk,
            capacity=fair + (8, 2, 5, 4)[index % 4],
            programs=frozenset({first.pk} if index == 1 else ()),
            reads_french=index != 3,
            reads_english=True,
            away=False,
        )
        set_readerships(cycle, [takes], by=who.coordinator)


def say_ties(who: Staff, cycle: Cycle, *, at: datetime) -> None:
    """Readers said whom they are close to, and the files were compared; one namesake was told apart."""
    with pretence.at(at):
        for reader, (institutions, people) in zip(who.readers, texts.TIES, strict=False):
            row = Ties(person=reader, institutions=institutions, people=people)
            ties.save(row, by=reader)
        comparing.detect(cycle)
        found = Conflict.objects.proposed().filter(application__cycle=cycle).order_by("pk").first()
        if found:
            conflicts.dismiss(found, by=who.coordinator, why="Diplôme obtenu vingt ans plus tôt.")


def read_all(
    applications: list[Application], who: Staff, dice: Random, *, since: datetime
) -> dict[int, float]:
    """Two readers for each file, both handed in; returns each file's level."""
    levels = {row.pk: dice.uniform(2.0, 4.8) for row in applications}
    for index, application in enumerate(applications):
        for turn in (0, 1):
            reader = who.readers[(index + turn) % len(who.readers)]
            row = assign(application, reader, who, at=since + timedelta(minutes=index))
            at = since + timedelta(days=dice.randint(3, 20), minutes=index)
            review(row, levels[application.pk], dice, at=at)
    return levels


def propose(
    applications: list[Application],
    outcome: str,
    program: Program | None,
    who: Staff,
    *,
    at: datetime,
    approve: bool = True,
) -> list[Decision]:
    """The coordinator proposes, the director approves an hour later."""
    if not applications:
        return []
    with pretence.at(at):
        rows = acts.propose(applications, outcome, program, by=who.coordinator)
    made = Decision.objects.filter(pk__in=[row.pk for row in rows])
    made.update(proposed_at=at)
    if approve:
        with pretence.at(at + timedelta(hours=1)):
            decisions.approve_all(made, by=who.director)
    return list(made)


def answer_all(
    applications: list[Application], levels: dict[int, float], who: Staff, *, at: datetime
) -> None:
    """An answer for everyone by first choice: two in five accepted, the next on the waitlist."""
    asked: dict[Program, list[Application]] = defaultdict(list)
    for application in sorted(applications, key=lambda row: -levels[row.pk]):
        asked[application.chosen[0]].append(application)
    for program, rows in asked.items():
        accepted, listed = -(-len(rows) * 2 // 5), -(-len(rows) * 3 // 5)
        propose(rows[:accepted], Outcome.ACCEPT, program, who, at=at)
        propose(rows[accepted:listed], Outcome.WAITLIST, program, who, at=at)
        propose(rows[listed:], Outcome.DECLINE, None, who, at=at)


def propose_some(best: list[Application], unread: Application, who: Staff, *, at: datetime) -> None:
    """What waits for the director: one approved, most proposed, two that the gate asks about, a few words about some."""
    *ranked, last = best
    answers = {
        Outcome.ACCEPT: [
            *ranked[: len(ranked) // 2],
            last,
        ],  # the last one is accepted below others
        Outcome.WAITLIST: ranked[len(ranked) // 2 : -1],
        Outcome.DECLINE: [*ranked[-1:], unread],  # the other was read by too few
    }
    for outcome, files in answers.items():
        for index, application in enumerate(files):
            program = None if outcome == Outcome.DECLINE else application.chosen[0]
            first = outcome == Outcome.ACCEPT and not index
            moment = at + timedelta(minutes=index)
            propose([application], outcome, program, who, at=moment, approve=first)
    with pretence.at(at):
        noting.note(last, texts.DECISION_NOTE, by=who.coordinator)
        for application, text in zip((last, best[0]), texts.REMARKS, strict=True):
            remarks.say(application, text, by=who.director)


def release_all(cycle: Cycle, who: Staff, *, at: datetime) -> Release:
    """Prepared by the one, released by the other an hour later."""
    with pretence.at(at - timedelta(hours=1)):
        prepared = release.prepare_release(cycle, by=who.coordinator)
    Release.objects.filter(pk=prepared.pk).update(prepared_at=at - timedelta(hours=1))
    with pretence.at(at):
        return release.release(prepared, by=who.director)
