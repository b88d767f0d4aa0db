"""What comes before the answer, by the verbs and without a browser: four people's files, their readings, the committee's yes.

Run beside the product, in its environment and by its clock: `python -m tests.journeys.arrivals submit`, then `… decide HOUR`.
"""

import sys
from datetime import datetime
from random import Random

import django

django.setup()

from django.utils import timezone  # noqa: E402

from answers import release  # noqa: E402
from applications.models import Application  # noqa: E402
from config.seed import files, judging, permits  # noqa: E402
from config.seed.people import Applicant  # noqa: E402
from cycles.models import Cycle, Intake, Program  # noqa: E402
from reviews.models import Outcome  # noqa: E402

CITIZEN = Applicant(
    *("Amélie", "Côté-Tremblay", "Amelie Cote-Tremblay", "fr", "CA", "citizen"),
    *("Université du Fjord", "Baccalauréat en informatique", "3.8", "4.3"),
)
ABROAD = Applicant(
    *("Nandini", "Raghunathan", "Nandini Raghunathan", "en", "IN", "none"),
    *("Kaveri Institute of Science", "B.Sc. in computer science", "8.9", "10"),
)
WAITING = Applicant(
    *("Ousmane", "Diabaté", "Ousmane Diabate", "fr", "ML", "none"),
    *("Université du Djoliba", "Licence en informatique", "15.1", "20"),
)
SILENT = Applicant(
    *("Ingrid", "Solheim", "Ingrid Solheim", "en", "NO", "resident"),
    *("Universitetet i Fjordane", "B.Sc. in mathematics", "4.4", "5"),
)
PEOPLE = (CITIZEN, ABROAD, WAITING, SILENT)


def submit() -> None:
    """Everybody's file is in, with its papers and its letters; there is one seat in the M.Sc. beside Nandini's."""
    now, dice, cycle = timezone.now(), Random(6), Cycle.objects.get()
    accounts = files.accounts(list(PEOPLE))
    for who in PEOPLE:
        program = Program.objects.get(code="dess" if who is CITIZEN else "msc")
        files.submitted(cycle, accounts[who.key], who, [program], dice, at=now, now=now)
    Intake.objects.filter(program__code="msc").update(seats=2)
    permits.settings(cycle)


def decide(hour: datetime) -> None:
    """Read by two, answered, approved by another, and let out at that hour."""
    staff, cycle, msc = judging.staff(), Cycle.objects.get(), Program.objects.get(code="msc")
    rows = {row.applicant.email.partition("@")[0]: row for row in Application.objects.all()}
    now = timezone.now()
    judging.read_all(list(rows.values()), staff, Random(6), since=now)
    dess = Program.objects.get(code="dess")
    answers = ((CITIZEN, Outcome.ACCEPT, dess), (ABROAD, Outcome.ACCEPT, msc))
    for who, outcome, program in (
        *answers,
        (SILENT, Outcome.ACCEPT, msc),
        (WAITING, Outcome.WAITLIST, msc),
    ):
        judging.propose([rows[who.key]], outcome, program, staff, at=now)
    prepared = release.prepare_release(cycle, by=staff.coordinator)
    release.approve_release(prepared, by=staff.director, at=hour)


if __name__ == "__main__":
    if sys.argv[1] == "submit":
        submit()
    else:
        decide(datetime.fromisoformat(sys.argv[2]))
