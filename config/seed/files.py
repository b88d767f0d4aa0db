"""One invented applicant's file, from the first click to the receipt, by the verbs of the product."""

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.demo import CAST, settle
from accounts.models import User
from applications import documents, lifecycle
from applications.models import Application, Choice, Degree, Document
from applications.models.application import Source
from applications.models.degree import Direction, Level, Progress
from applications.prerequisites import asked_courses
from applications.wanted import Wanted, wanted
from config.seed import pretence, referees, texts
from config.seed.papers import pages_of, paper
from config.seed.people import Applicant
from cycles.models import Cycle, Program

ALL = 7


def accounts(people: list[Applicant]) -> dict[str, User]:
    """The verified accounts of these people by key, in two queries; they sign in by code."""
    known = {character.key: settle(character) for character in CAST}
    users = [
        User(
            email=f"{who.key}@example.com",
            password=make_password(None),
            full_name=f"{who.first} {who.last}",
            language=who.language,
        )
        for who in people
        if who.key not in known
    ]
    User.objects.bulk_create(users)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    return {**known, **{user.email.partition("@")[0]: user for user in users}}


def begin(cycle: Cycle, user: User, *, at: datetime) -> Application:
    """The first click."""
    with pretence.at(at):
        application = lifecycle.start(cycle, by=user)
    Application.objects.filter(pk=application.pk).update(created_at=at)
    return Application.objects.select_related("cycle", "applicant").get(pk=application.pk)


@transaction.atomic
def fill(
    application: Application,
    who: Applicant,
    programs: list[Program],
    dice: Random,
    *,
    at: datetime,
    steps: int = ALL,
    papers: int = 2,
) -> None:
    """The first so many steps; so many documents and all the referees when all are done.

    The row is written at once and not form by form: the world must be there in seconds.
    """
    with pretence.at(at):
        held = lifecycle.editable(application, by=application.applicant, at=at)
        for write in STEPS[:steps]:
            write(held, who, programs, dice)
        held.save()
        lifecycle.touch(held)
    if steps == ALL:
        for row in wanted(application)[:papers]:
            attach(application, row, who, dice, at=at)
        referees.ask(Application.objects.get(pk=application.pk), who, at=at)


def attach(
    application: Application, row: Wanted, who: Applicant, dice: Random, *, at: datetime
) -> Document:
    """One PDF on the draft."""
    with pretence.at(at):
        document = documents.upload(
            application,
            row.kind,
            paper(row.kind, who, dice),
            slot=row.slot,
            pages=pages_of(row.kind),
            by=application.applicant,
            at=at,
        )
    Document.objects.filter(pk=document.pk).update(uploaded_at=at)
    return document


def submit(application: Application, *, at: datetime) -> Application:
    """The receipt."""
    application = Application.objects.select_related("cycle", "applicant").get(pk=application.pk)
    with pretence.at(at):
        lifecycle.submit(
            application, by=application.applicant, revision=application.revision, at=at
        )
    application.refresh_from_db()
    return application


def submitted(
    cycle: Cycle,
    user: User,
    who: Applicant,
    programs: list[Program],
    dice: Random,
    *,
    at: datetime,
    now: datetime,
) -> Application:
    """A whole file: begun, filled over two days, submitted; then letters of reference come, until now."""
    application = begin(cycle, user, at=at - timedelta(days=2))
    papers = dice.choice((2, 2, 3))
    fill(application, who, programs, dice, at=at - timedelta(hours=3), papers=papers)
    done = submit(application, at=at)
    referees.answer(done, who, now=now)
    return done


def _you(row: Application, who: Applicant, programs: list[Program], dice: Random) -> None:
    row.first_names, row.last_names = who.first, who.last
    row.country, row.canada_status = who.country, who.canada
    row.phone = f"+15145550{dice.randint(100, 199)}" if who.country == "CA" else ""


def _program(row: Application, who: Applicant, programs: list[Program], dice: Random) -> None:
    row.start_on = row.cycle.starts_on
    row.attendance = dice.choice(("full", "full", "part"))
    Choice.objects.bulk_create(
        Choice(application=row, program=program, rank=rank)
        for rank, program in enumerate(programs, start=1)
    )


def _studies(row: Application, who: Applicant, programs: list[Program], dice: Random) -> None:
    end = dice.randint(2019, 2025)
    Degree.objects.create(
        application=row,
        institution=who.school,
        country=who.country,
        level=Level.BACHELOR,
        title=who.degree,
        field=who.field,
        progress=Progress.DONE,
        language=who.language,
        start_year=end - dice.choice((3, 4)),
        end_year=end,
        average=Decimal(who.average),
        scale_max=Decimal(who.highest),
        scale_pass=Decimal(who.passing),
        scale_direction=Direction.UP,
    )


def _prerequisites(row: Application, who: Applicant, programs: list[Program], dice: Random) -> None:
    row.prerequisites = {
        course.code: texts.course(course.code, who.language, who.school, who.highest, dice)
        for course in asked_courses()
    }
    yearly = dice.choice((60, 30))
    row.credits = dice.randint(36, 110 if yearly == 60 else 75)
    row.credit_system = texts.SYSTEM[who.language][yearly]


def _experience(row: Application, who: Applicant, programs: list[Program], dice: Random) -> None:
    row.python_level = dice.choice(("beginner", "intermediate", "intermediate", "advanced"))
    row.other_languages = dice.choice(("C++, SQL", "R", "Java, JavaScript", "MATLAB, C", ""))
    row.code_example = texts.example(who.language, dice)
    row.jobs = texts.jobs(who.language, dice)
    row.no_job = not row.jobs
    levels = ["c2", dice.choice(("b2", "c1"))]
    row.french_level, row.english_level = levels if who.language == "fr" else levels[::-1]
    if who.language == "en":
        row.french_level = dice.choice(("a1", "a2", "b1", "b2"))
        row.tfi_score = dice.choice((None, None, 585, 640))


def _statement(row: Application, who: Applicant, programs: list[Program], dice: Random) -> None:
    row.statement = texts.statement(who.language, dice)
    row.internship_goals = texts.goals(who.language, dice)
    row.circumstances = texts.circumstances(who.language, dice)
    row.heard_from = dice.choice(Source.values)


STEPS = (_you, _program, _studies, _prerequisites, _experience, _statement)
