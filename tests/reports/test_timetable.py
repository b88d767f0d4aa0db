"""The timetable's page: the same table as Celery's, what it would send, and whether it lives."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from celery.schedules import crontab
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import Role, User
from answers.release import hold_release
from applications.models import Application
from audit.models import AuditEntry, ErrandState, Slot
from audit.timetable import registered
from audit.turns import pause, run
from config.celery import app
from config.seed import pretence
from cycles.clock import at_hour, day_of
from cycles.models import Cycle
from notifications.letters import render
from notifications.models import OutgoingEmail
from reports.dates import dates
from reports.dry_run import tallies
from reports.timetable import Line, Pulse, every, pulse, said_of, states
from reviews.models import Conflict
from tests import factories
from tests.answers import factories as made
from tests.reports.timetable_world import LETTERED, Due, build, errand, everything, moments

pytestmark = pytest.mark.django_db
NOW = timezone.now


@pytest.fixture
def due(person: Any) -> Due:
    return build(person)


def page(user: User, name: str = "timetable", *args: Any) -> Any:
    """A page as this person gets it, in English."""
    client = Client()
    client.force_login(user)
    with translation.override("en"):
        return client.get(reverse(name, args=args))


# One table ----------------------------------------------------------------------------------------
def test_celery_and_the_table_of_errands_say_the_same() -> None:
    said = {line["task"]: line["schedule"] for line in app.conf.beat_schedule.values()}
    assert len(said) == len(app.conf.beat_schedule)
    # What goes by turns is called when its turn begins, never some minutes into it.
    assert said == {
        one.task: crontab(minute=f"*/{one.every // 60}") if one.by_turns else one.every
        for one in registered().values()
    }


def test_each_errand_is_told_in_both_languages() -> None:
    for one in registered().values():
        for text in (one.title, one.says):
            told = []
            for language in ("fr", "en"):
                with translation.override(language):
                    told.append(str(text))
            assert told[0] != told[1], text


def test_the_verb_of_each_errand_exists() -> None:
    assert all(callable(one.verb) for one in registered().values())


def test_every_errand_with_letters_goes_by_turns_and_may_be_paused() -> None:
    with_letters = {name: one for name, one in registered().items() if one.letters}
    assert set(with_letters) == set(LETTERED)
    assert all(one.by_turns and one.may_pause for one in with_letters.values())


# The dry run --------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", LETTERED)
def test_what_it_would_send_is_what_it_sends(due: Due, name: str) -> None:
    """At each moment to come, one after the other: the same rows, letters and languages; the text word for word."""
    one, sent = errand(name), 0
    assert one.letters is not None
    for moment in moments(name):
        would = one.letters.due(moment)
        texts = [
            render(letter, language=language, context=context).subject
            for letter, language, context in filter(
                None, (one.letters.read(each.row, moment) for each in would)
            )
        ]
        before = OutgoingEmail.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        assert run(one, at=moment) == len(would)
        queued = OutgoingEmail.objects.filter(pk__gt=before).order_by("pk")
        assert [(row.letter, row.language) for row in queued] == [
            (each.letter, each.language) for each in would
        ]
        assert [row.subject for row in queued] == texts
        assert one.letters.due(moment) == []
        sent += len(would)
    assert sent > 0


def test_a_row_that_is_gone_has_no_letter() -> None:
    for name in LETTERED:
        letters = errand(name).letters
        assert letters is not None
        assert letters.read(0, NOW()) is None
        assert letters.due(NOW()) == []


def test_looking_changes_nothing(due: Due, adam: User) -> None:
    page(due.claire)
    page(adam)
    before = everything()
    page(due.claire)
    for name in LETTERED:
        for tally in tallies(errand(name), NOW(), user=due.claire):
            for example in tally.examples:
                assert page(due.claire, "errand_letter", name, example.row).status_code == 200
        assert page(adam, "errand", name).status_code == 200
    assert everything() == before


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_however_many_files(person: Any, count: int) -> None:
    # Which letters come next, and so what is asked, hangs on the day of the week and on the hour.
    with pretence.at(wednesday()):
        claire = build(person, count=count).claire
        client = Client()
        client.force_login(claire)
        costs = {"": _cost(client, reverse("timetable"))}
        costs |= {name: _cost(client, reverse("errand", args=[name])) for name in LETTERED}
    assert costs == COSTS


def wednesday() -> datetime:
    """The next Wednesday, in the middle of its morning."""
    today = day_of(NOW())
    return at_hour(today + timedelta(days=(2 - today.weekday()) % 7 or 7), 10)


def _cost(client: Client, address: str) -> int:
    """How many queries a page takes."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


# The page of all, then each errand's own. Permits ask eight for each of their moments: who may still come, the six of
# all that dates a step, the letters that are queued.
COSTS = {
    "": 123,
    "remind_drafts": 18,
    "remind_referees": 10,
    "remind_of_pieces": 9,
    "write_to_readers": 16,
    "remind_of_replies": 16,
    "remind_of_udem": 17,
    "remind_of_udem_documents": 17,
    "remind_of_udem_offer": 20,
    "end_waitlists": 14,
    "remind_of_permits": 36,
    "warn_of_late_permits": 28,
    "remind_panels": 17,
    "remind_of_awards": 14,
}


def test_a_referee_s_own_link_is_not_shown(due: Due) -> None:
    answer = page(due.claire, "errand_letter", "remind_referees", due.referees[0].pk)
    text = answer.content.decode()
    assert "/en/reference/" in text or "/reference/" in text
    assert due.referees[0].token not in text


def test_a_reminder_of_a_reply_never_tells_the_answer(due: Due) -> None:
    row = due.waiting[0].pk
    text = page(due.claire, "errand_letter", "remind_of_replies", row).content.decode()
    for word in ("offre", "accept", "sélection", "félicit", "place"):
        assert word not in text.partition("<article")[2].partition("</article>")[0].lower()


# Who sees what ------------------------------------------------------------------------------------
def test_a_conflict_hides_the_number_and_the_letter_not_the_count(due: Due, person: Any) -> None:
    both = person("zoe", Role.COORDINATOR, Role.REVIEWER)
    file = due.drafts[0]
    assert file.number in page(both, "errand", "remind_drafts").content.decode()
    Conflict.objects.create(
        application=file,
        person=both,
        origin="declared",
        status="confirmed",
        judged_by=both,
        judged_at=NOW(),
    )
    shown = page(both, "errand", "remind_drafts").content.decode()
    assert file.number not in shown
    assert "You may see none of these files" in shown
    assert page(both, "errand_letter", "remind_drafts", file.pk).status_code == 404


def test_administrators_see_counts_and_no_file(due: Due, adam: User) -> None:
    shown = page(adam, "errand", "remind_drafts").content.decode()
    assert "1 letter" in shown
    assert due.drafts[0].number not in shown
    assert page(adam, "errand_letter", "remind_drafts", due.drafts[0].pk).status_code == 404
    reading = due.readings[0].reviewer_id
    assert page(adam, "errand_letter", "write_to_readers", reading).status_code == 200


def test_only_what_would_leave_can_be_read(due: Due) -> None:
    for name, row in (("remind_drafts", 0), ("nothing", 1), ("lapse_offers", 1)):
        assert page(due.claire, "errand_letter", name, row).status_code == 404
    assert page(due.claire, "errand", "nothing").status_code == 404


# The dates ----------------------------------------------------------------------------------------
def test_the_dates_of_a_cycle_stand_in_order_with_what_leaves() -> None:
    cycle = factories.cycle(
        opens_at=datetime(2026, 10, 15, 13, tzinfo=UTC),
        closes_at=datetime(2026, 12, 2, 4, 59, 59, tzinfo=UTC),
        documents_due_on="2026-12-08",
        reviews_due_on="2027-01-15",
        release_on="2027-01-27",
        reply_by="2027-01-30",
        udem_safe_on="2027-01-31",
        udem_official_on="2027-02-01",
        waitlist_ends_on="2027-04-15",
        starts_on="2027-08-30",
    )
    cycle.refresh_from_db()
    with translation.override("en"):
        told = [
            f"{timezone.localtime(one.at):%m-%d %H:%M} {one.errand.name if one.errand else one.title}"
            for one in dates(cycle)
        ]
    assert told == DATES


DATES = [
    "10-15 09:00 Applications open",
    "11-24 23:59 remind_drafts",
    "11-29 23:59 remind_drafts",
    "12-01 11:59 remind_drafts",
    "12-01 23:59 Applications close",
    "12-01 23:59 remind_referees",
    "12-07 23:59 remind_referees",
    "12-08 23:59 References and documents due",
    "01-15 23:59 Reviews due",
    "01-24 09:00 remind_of_udem",
    "01-27 00:00 Answers released by",
    "01-28 09:00 remind_of_replies",
    "01-29 09:00 remind_of_udem",
    "01-30 09:00 remind_of_replies",
    "01-30 23:59 Last moment to reply to an offer",
    "01-31 00:14 lapse_offers",
    "01-31 09:00 remind_of_udem",
    "01-31 23:59 UdeM application: safe date",
    "02-01 09:00 remind_of_udem",
    "02-01 23:59 UdeM application: official date",
    "04-15 23:59 Waitlist ends",
]


# Whether it lives ---------------------------------------------------------------------------------
def beaten(**ago: float) -> Pulse:
    """As these errands last ended, so many minutes ago."""
    ErrandState.objects.all().delete()
    for name, minutes in ago.items():
        ErrandState.objects.create(name=name, ended_at=NOW() - timedelta(minutes=minutes))
    return pulse(states(), NOW())


def test_a_stopped_worker_or_scheduler_is_evident(claire: User) -> None:
    assert beaten().is_stopped
    assert "Nothing has ever run" in page(claire).content.decode()
    assert not beaten(settle=1).is_stopped
    assert "It is running" in page(claire).content.decode()
    silent = beaten(settle=10, deliver=9)
    assert (silent.is_stopped, silent.caller_is_away) == (True, False)
    assert "“worker” or “beat”" in page(claire).content.decode()
    alone = beaten(settle=10, deliver=1)
    assert (alone.is_stopped, alone.caller_is_away) == (True, True)
    assert "“beat” is stopped" in page(claire).content.decode()


def test_an_errand_that_is_late_or_failed_says_so(claire: User) -> None:
    hours = NOW() - timedelta(hours=2)
    late = ErrandState.objects.create(name="lapse_offers", began_at=hours, ended_at=hours)
    assert "Late" in page(claire).content.decode()
    assert "longer than it should" in page(claire, "errand", "lapse_offers").content.decode()
    ErrandState.objects.filter(pk=late.pk).update(error="OperationalError", failed_at=NOW())
    Slot.objects.create(errand="lapse_offers", turn=hours, error="OperationalError")
    shown = page(claire, "errand", "lapse_offers").content.decode()
    assert "The database did not answer" in shown
    assert "Failed" in page(claire).content.decode()


def test_a_turn_that_was_missed_or_taken_late_says_so(claire: User) -> None:
    at = datetime(2026, 11, 26, 23, 4, tzinfo=UTC)
    drafts = errand("remind_drafts")
    began = at - timedelta(minutes=8)
    assert Line(drafts, ErrandState(began_at=began), at).missed == at - timedelta(minutes=4)
    assert Line(drafts, ErrandState(), at).missed == at - timedelta(minutes=4)
    assert Line(drafts, ErrandState(began_at=at), at).missed is None
    assert Line(drafts, ErrandState(paused_at=at), at).missed is None
    assert Line(drafts, ErrandState(), at - timedelta(minutes=3, seconds=10)).missed is None
    assert Line(errand("release_due"), ErrandState(), at).missed is None
    late = NOW().replace(minute=6, second=49) - timedelta(hours=2)
    ErrandState.objects.create(name=drafts.name, began_at=late, ended_at=late, did=9, did_at=late)
    Slot.objects.create(
        errand=drafts.name, turn=late.replace(minute=0, second=0), did=9, ended_at=late
    )
    for where in ((), ("errand", drafts.name)):
        assert "6 minutes late" in page(claire, *where).content.decode()


def test_an_approved_release_stands_in_the_timetable(due: Due, adam: User) -> None:
    director = due.accepted[0].approved_by
    assert director is not None
    file = due.referees[0].application
    made.answered(file, "decline", proposer=due.claire, director=director)
    release = made.approved(file.cycle, preparer=due.claire, director=director)
    for user in (due.claire, adam):
        shown = page(user).content.decode()
        assert "Answers become visible</a>, 1 letter" in shown
        shown = page(user, "errand", "release_due").content.decode()
        assert "Answers become visible, 1 letter" in shown
        assert file.number not in shown
    hold_release(release, by=due.claire, why="A doubt.")
    for where in ((), ("errand", "release_due")):
        assert "Answers become visible" not in page(adam, *where).content.decode()


def test_words() -> None:
    with translation.override("en"):
        told = [every(seconds) for seconds in (1, 3, 60, 600, 3600, 21600)]
        assert said_of("KeyError").startswith("Something unexpected (KeyError)")
    assert told == [
        *("every second", "every 3 seconds", "every minute"),
        *("every 10 minutes", "every hour", "every 6 hours"),
    ]


# Pause --------------------------------------------------------------------------------------------
def test_an_administrator_pauses_with_a_reason_and_resumes(adam: User, claire: User) -> None:
    client = Client()
    client.force_login(adam)
    address = reverse("errand_pause", args=["remind_drafts"])
    assert client.post(address, {"why": ""}).status_code == 422
    assert client.post(address, {"why": "Wrong text."}).status_code == 302
    shown = page(claire, "errand", "remind_drafts").content.decode()
    assert "Wrong text." in shown
    assert "Adam Novak" in shown
    assert "Resume this errand" not in shown
    assert "Paused since" in page(claire).content.decode()
    assert client.post(reverse("errand_resume", args=["remind_drafts"])).status_code == 302
    assert AuditEntry.objects.filter(verb="resume errand", actor=adam).exists()
    assert client.post(reverse("errand_pause", args=["nothing"])).status_code == 404


# For operators ------------------------------------------------------------------------------------
def told(*options: str) -> str:
    out = StringIO()
    call_command("timetable", *options, stdout=out)
    return out.getvalue()


def test_the_command_prints_it_and_fails_when_nothing_runs(due: Due, adam: User) -> None:
    with pytest.raises(CommandError, match=r"Nothing has run since ever\."):
        told("--check")
    pause(errand("remind_drafts"), why="Wrong text.", by=adam)
    run(errand("settle"))
    hours = NOW() - timedelta(hours=9)
    ErrandState.objects.create(
        name="lapse_offers", ended_at=hours, error="KeyError", failed_at=NOW()
    )
    ErrandState.objects.create(name="remind_of_udem", ended_at=hours)
    text = told()
    assert "It is running: last sign of life" in text
    assert "paused since" in text
    assert "failed" in text
    assert "never ran" in text
    assert ", late" in text
    assert "1 letters (1 fr, 0 en)" in text
    assert "Applications close" in text
    assert "Applications" not in told("--check")


def test_without_a_cycle_there_are_no_dates(claire: User) -> None:
    assert "No cycle is published" in page(claire).content.decode()
    assert not Cycle.objects.exists()
    assert not Application.objects.exists()
