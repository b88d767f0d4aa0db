"""People with a place, made through the verbs."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from applications.models import Application
from cycles.clock import day_of
from enrolment.listing import Board, Entry, read
from followup import student_centre
from followup.models import Filing, Offer, UdemFile
from followup.student_centre import Facts
from reviews.models import Conflict, Decision
from tests.followup.factories import World

TODAY = day_of(timezone.now())


class Enrolled(World):
    """A cycle with people after the answer; each method brings one more to a step at UdeM."""

    def board(self, *, by: User | None = None, after: timedelta = timedelta(0)) -> Board:
        """As a coordinator sees it, some time from now."""
        return read(self.cycle, by or self.claire, timezone.now() + after)

    def entry(self, person: User, *, after: timedelta = timedelta(0)) -> Entry:
        """One person's line."""
        rows = [row for row in self.board(after=after).entries if _whose(row) == person.pk]
        (row,) = rows
        return row

    def at(self, person: User, step: Filing, **facts: Any) -> UdemFile:
        """Filed, and as far as that step, by the office's word."""
        udem_file = self.filed(person)
        return student_centre.record_step(udem_file, step, Facts(**facts), by=self.claire)

    def called(self, person: User, *, days: int = 5) -> Offer:
        """Called from the released waitlist, with some days to reply."""
        decision = self.answered(person, "waitlist")
        now = timezone.now()
        return Offer.objects.create(
            decision=decision, reply_by=now + timedelta(days=days), called_at=now
        )


def _whose(row: Entry) -> int:
    decision = Decision.objects.select_related("application").get(pk=row.place.decision)
    return decision.application.applicant_id


def in_days(days: int) -> date:
    """A day from today."""
    return TODAY + timedelta(days=days)


def conflict(application: Application, person: User, *, by: User) -> None:
    """A confirmed conflict of interest: the file hides from that person."""
    Conflict.objects.create(
        application=application,
        person=person,
        origin="degree",
        where="degree",
        status="confirmed",
        judged_by=by,
        judged_at=timezone.now(),
    )
