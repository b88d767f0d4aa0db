"""The three cycles, in the order in which they were lived."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from accounts.demo import settle_all
from accounts.models import Language, User
from applications import lifecycle
from applications.models import Application
from config.seed import (
    awards,
    calendar,
    calling,
    files,
    following,
    identification,
    judging,
    panels,
    permits,
    pretence,
    scholarships,
    texts,
    udem,
    udem_lists,
)
from config.seed.people import APPLICANTS, Applicant
from cycles.clock import day_of, end_of, start_of
from cycles.models import Cycle, Program
from desk import closing
from followup import filing, offers
from followup.models import UdemFile
from reviews.models import Decision, Outcome

LAST_YEAR, WINTER = 12, 5
SEED = 2027  # the same world every time; nothing here is a secret
# Who has an offer to reply to, and who is left without an application to try the form with.
OFFERED = "mateus.oliveira-roy"


@dataclass
class Seeding:
    """What every part of the world shares."""

    now: datetime
    dice: Random
    programs: list[Program]
    staff: judging.Staff
    accounts: dict[str, User] = field(default_factory=dict)

    def asked(self) -> list[Program]:
        """One program or both, ranked."""
        msc, dess = self.programs
        return self.dice.choice(([msc], [msc], [msc, dess], [dess], [dess, msc]))

    def submitted(
        self, cycle: Cycle, who: Applicant, programs: list[Program], *, at: datetime
    ) -> Application:
        """A file that is in."""
        user = self.accounts[who.key]
        return files.submitted(cycle, user, who, programs, self.dice, at=at, now=self.now)

    def between(self, start: datetime, end: datetime) -> datetime:
        """Some moment between two."""
        return start + (end - start) * self.dice.random()


@transaction.atomic
def build_bare(*, now: datetime | None = None) -> Seeding:
    """The people of the demonstration and the programs; nobody has applied."""
    settle_all()
    dice = Random(SEED)  # noqa: S311
    return Seeding(now or timezone.now(), dice, calendar.programs(), judging.staff())


@transaction.atomic
def build_empty_cycle(*, now: datetime | None = None) -> Cycle:
    """An open cycle to play the whole story in, from the first application to the answer."""
    seeding = build_bare(now=now)
    return calendar.cycle(calendar.this_year(seeding.now).fields, seeding.programs)


@transaction.atomic
def build(applicants: int, *, now: datetime | None = None) -> None:
    """The whole world or none of it; `applicants` is how many apply to the open cycle."""
    seeding = build_bare(now=now)
    seeding.accounts = files.accounts(crowd(LAST_YEAR + WINTER + applicants))
    last_year(seeding)
    winter(seeding)
    this_year(seeding, applicants)


def crowd(count: int, *, skip: int = 0) -> list[Applicant]:
    """So many different people; beyond the list, they come back under another address."""
    people = []
    for index in range(skip, skip + count):
        who, again = APPLICANTS[index % len(APPLICANTS)], index // len(APPLICANTS)
        latin = f"{who.latin} {again + 1}" if again else who.latin
        people.append(Applicant(**{**vars(who), "latin": latin}))
    return people


def last_year(seeding: Seeding) -> Cycle:
    """A cycle that was lived to the end: answers, replies, applications to UdeM."""
    this = calendar.this_year(seeding.now)
    year = calendar.Year(this.year - 1, this.shift)
    cycle = calendar.cycle(year.fields, seeding.programs)
    applications = [
        seeding.submitted(
            cycle,
            who,
            seeding.asked(),
            at=seeding.between(cycle.opens_at + timedelta(days=3), cycle.closes_at),
        )
        for who in crowd(LAST_YEAR)
    ]
    levels = judging.read_all(
        applications, seeding.staff, seeding.dice, since=cycle.closes_at + timedelta(days=9)
    )
    released = start_of(cycle.release_on) + timedelta(hours=14)
    judging.answer_all(applications, levels, seeding.staff, at=released - timedelta(days=3))
    judging.release_all(cycle, seeding.staff, at=released)
    for index, decision in enumerate(_offered(cycle)):
        _reply(seeding, decision, index, released + timedelta(hours=5 + index))
    with pretence.at(end_of(cycle.udem_official_on)) as moment:
        offers.lapse_all(at=moment)
    # UdeM's list says who filed, before the people themselves say more.
    udem_lists.bring(cycle, seeding.staff.coordinator, end_of(cycle.udem_official_on))
    udem.follow(cycle, seeding.staff)
    permits.settings(cycle)
    permits.permits(cycle, released=released, office=seeding.staff.coordinator)
    calling.call_one(cycle, seeding.staff)
    following.look_after(cycle, seeding.staff)
    identification.identify(cycle)
    awards.award(cycle, seeding.staff, now=seeding.now)
    return cycle


def _offered(cycle: Cycle) -> list[Decision]:
    rows = Decision.objects.released().filter(application__cycle=cycle, outcome=Outcome.ACCEPT)
    return list(rows.select_related("application__applicant").order_by("pk"))


def _reply(seeding: Seeding, decision: Decision, index: int, at: datetime) -> None:
    """Of five people, three say yes and two of them apply to UdeM; one says no, one nothing."""
    person, turn = decision.application.applicant, index % 5
    if turn == 3:
        reason = texts.REASONS[person.language]
        with pretence.at(at):
            offers.decline(decision, by=person, at=at, reason=reason)
    if turn > 2:
        return
    with pretence.at(at):
        udem_file = offers.accept(decision, by=person, at=at).udem_file
    UdemFile.objects.filter(pk=udem_file.pk).update(created_at=at)
    if turn < 2:
        report(seeding, udem_file, person, at + timedelta(days=1))


def report(seeding: Seeding, udem_file: UdemFile, person: User, at: datetime) -> None:
    """The person gives the number of their application to UdeM."""
    number = f"20{seeding.dice.randint(400_000, 499_999)}"
    with pretence.at(at):
        filing.report_filing(udem_file, by=person, number=number, filed_on=day_of(at))


def winter(seeding: Seeding) -> Cycle:
    """Answers that came out yesterday: one person has an offer to reply to, the others show the rest."""
    cycle = calendar.cycle(calendar.winter(seeding.now), seeding.programs)
    msc, _dess = seeding.programs
    first = Applicant(
        *("Mateus", "Oliveira-Roy", "Mateus Oliveira-Roy", Language.ENGLISH, "BR", "none"),
        *("Universidade do Capibaribe", "B.Sc. in computer engineering", "8.40", "10"),
    )
    people = [first, *crowd(WINTER, skip=LAST_YEAR)]
    applications = [
        seeding.submitted(cycle, who, [msc], at=cycle.closes_at - timedelta(days=3, minutes=index))
        for index, who in enumerate(people)
    ]
    judging.read_all(
        applications, seeding.staff, seeding.dice, since=cycle.closes_at + timedelta(days=9)
    )
    released = min(start_of(cycle.release_on) + timedelta(hours=14), seeding.now)
    answers = {Outcome.ACCEPT: slice(0, 3), Outcome.WAITLIST: slice(3, 4)}
    for outcome, some in answers.items():
        judging.propose(
            applications[some], outcome, msc, seeding.staff, at=released - timedelta(days=2)
        )
    judging.propose(
        applications[4:], Outcome.DECLINE, None, seeding.staff, at=released - timedelta(days=2)
    )
    judging.release_all(cycle, seeding.staff, at=released)
    others = [
        row for row in _offered(cycle) if not row.application.applicant.email.startswith(OFFERED)
    ]
    for index, decision in enumerate(others):
        _reply(seeding, decision, index + 2, released + timedelta(minutes=30))
    panels.panel(cycle, seeding.staff.panelist)
    awards.call_next(cycle, applications, seeding.staff, now=seeding.now)
    return cycle


def this_year(seeding: Seeding, applicants: int) -> Cycle:
    """The open cycle: drafts, files that are in, some of them read, a few answers on their way."""
    cycle = calendar.cycle(calendar.this_year(seeding.now).fields, seeding.programs)
    people = crowd(applicants, skip=LAST_YEAR + WINTER)
    drafts = [who for index, who in enumerate(people) if index % 4 == 3]
    for index, who in enumerate(drafts):
        _draft(seeding, cycle, who, index)
    applications = [
        seeding.submitted(cycle, who, seeding.asked(), at=_some_day(seeding, cycle))
        for who in people
        if who not in drafts
    ]
    applications.sort(key=lambda row: row.submitted_at or seeding.now)
    *counted, unfinished, changing, leaving = applications
    with pretence.at(seeding.now - timedelta(hours=1)) as moment:
        lifecycle.withdraw(leaving, by=leaving.applicant)
        lifecycle.reopen(changing, by=changing.applicant, at=moment)
        why = "Le relevé de notes demandé n’est pas arrivé."
        closing.close_incomplete(unfinished, by=seeding.staff.coordinator, why=why)
    _read_some(seeding, counted)
    judging.say_what_readers_take(cycle, len(counted), seeding.staff)
    judging.say_ties(seeding.staff, cycle, at=seeding.now - timedelta(hours=20))
    judging.calibrate(cycle, seeding.staff, seeding.dice)
    made = scholarships.offer(cycle, seeding.staff.administrator, now=seeding.now)
    scholarships.apply(made, counted[-9:], at=seeding.now - timedelta(minutes=50))
    return cycle


def _some_day(seeding: Seeding, cycle: Cycle) -> datetime:
    """A moment at which somebody submits: after the opening, up to two hours ago."""
    return seeding.between(cycle.opens_at + timedelta(days=3), seeding.now - timedelta(hours=2))


def _draft(seeding: Seeding, cycle: Cycle, who: Applicant, index: int) -> None:
    """A file that is not in: from the first click alone to everything but the last one."""
    at = _some_day(seeding, cycle)
    application = files.begin(cycle, seeding.accounts[who.key], at=at - timedelta(hours=5))
    steps = (2, files.ALL, 0, 3, 1)[index % 5]
    files.fill(
        application, who, seeding.asked(), seeding.dice, at=at, steps=steps, papers=1 + index % 2
    )


def _read_some(seeding: Seeding, applications: list[Application]) -> None:
    """Half of the files have readers: handed in, under way, untouched; and some answers proposed."""
    at = seeding.now - timedelta(hours=30)
    judged = applications[: len(applications) // 4]
    levels = {row.pk: seeding.dice.uniform(2.0, 4.8) for row in applications}
    started = applications[len(judged) : len(applications) // 2]
    for index, application in enumerate([*judged, *started]):
        for turn in (0, 1):
            readers = seeding.staff.readers
            reader = readers[(index + turn) % len(readers)]
            row = judging.assign(application, reader, seeding.staff, at=at)
            moment = at + timedelta(minutes=30 + 7 * index + turn)
            if application == started[-1] and turn:
                judging.declare_conflict(row, at=moment)
            elif application in judged or turn < index % 3:
                hand_in = application in judged or index % 4 > 0
                judging.review(
                    row, levels[application.pk], seeding.dice, at=moment, hand_in=hand_in
                )
    best = sorted(judged, key=lambda row: -levels[row.pk])
    judging.propose_some(best, started[0], seeding.staff, at=seeding.now - timedelta(hours=6))
