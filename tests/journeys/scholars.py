"""What happens out of sight of a browser in the story of the scholarships, by the verbs, in the product's own environment.

Run beside the product and by its clock: `python -m tests.journeys.scholars submit`, then `… decide HOUR`, `… admit`, `… read`.
"""

import sys
from datetime import datetime
from random import Random

import django

django.setup()

from django.utils import timezone  # noqa: E402

from accounts.demo import settle  # noqa: E402
from accounts.models import User  # noqa: E402
from answers import release  # noqa: E402
from applications.models import Application  # noqa: E402
from config.seed import files, judging, panels  # noqa: E402
from config.seed.people import Applicant  # noqa: E402
from cycles.clock import day_of  # noqa: E402
from cycles.models import Cycle, Program  # noqa: E402
from followup import filing, offers  # noqa: E402
from reviews.models import Decision, Outcome  # noqa: E402
from scholarships import judging as panel  # noqa: E402
from scholarships.eligible import eligible  # noqa: E402
from scholarships.models import Candidacy, Category  # noqa: E402

MAELLE = Applicant(
    *("Maëlle", "Fortin-Awashish", "Maelle Fortin-Awashish", "fr", "CA", "citizen"),
    *("Université du Fjord", "Baccalauréat en informatique", "3.9", "4.3"),
)
PRIYA = Applicant(
    *("Priya", "Venkataraman", "Priya Venkataraman", "en", "CA", "resident"),
    *("Kaveri Institute of Science", "B.Sc. in computer science", "8.7", "10"),
)
SOULEYMANE = Applicant(
    *("Souleymane", "Kouyaté", "Souleymane Kouyate", "fr", "CA", "resident"),
    *("Université du Djoliba", "Licence en informatique", "15.4", "20"),
)
ROSALIND = Applicant(
    *("Rosalind", "Achebe", "Rosalind Achebe", "en", "CA", "citizen"),
    *("Lagoon State University", "B.Sc. in mathematics", "4.5", "5"),
)
PEOPLE = (MAELLE, PRIYA, SOULEYMANE, ROSALIND)
# In the round that two people are in, the panel is of one mind about who comes first.
FIRST, OTHERS = (5, 4), (3, 3)


def submit() -> None:
    """Everybody's file is in for the M.Sc.; two more people can sit on panels."""
    now, dice, cycle = timezone.now(), Random(7), Cycle.objects.get()
    accounts, msc = files.accounts(list(PEOPLE)), Program.objects.get(code="msc")
    for who in PEOPLE:
        files.submitted(cycle, accounts[who.key], who, [msc], dice, at=now, now=now)
    for one in panels.WITH:
        settle(one)


def decide(hour: str) -> None:
    """Read by two, accepted, approved by another, and let out at that hour."""
    staff, cycle, msc = judging.staff(), Cycle.objects.get(), Program.objects.get(code="msc")
    rows, now = list(Application.objects.order_by("pk")), timezone.now()
    judging.read_all(rows, staff, Random(7), since=now)
    judging.propose(rows, Outcome.ACCEPT, msc, staff, at=now)
    prepared = release.prepare_release(cycle, by=staff.coordinator)
    release.approve_release(prepared, by=staff.director, at=datetime.fromisoformat(hour))


def admit() -> None:
    """All say yes to Mila and apply to UdeM on the same day."""
    now = timezone.now()
    for place, decision in enumerate(Decision.objects.released().order_by("pk")):
        by = decision.application.applicant
        udem_file = offers.accept(decision, by=by, at=now).udem_file
        filing.report_filing(udem_file, by=by, number=f"2048123{place}", filed_on=day_of(now))


def read() -> None:
    """The two other people of the panel hand in what they think of everybody who is eligible."""
    for one in panels.WITH:
        reader = User.objects.get(email=one.email)
        rows = list(Candidacy.objects.panel_of(reader).select_related("round", "application"))
        able = eligible(rows)
        for candidacy in rows:
            if candidacy.pk in able:
                _read(candidacy, reader)


def _read(candidacy: Candidacy, reader: User) -> None:
    measures = candidacy.round.measures.values_list("pk", flat=True)
    is_first = candidacy.application.applicant.email.startswith(PRIYA.key)
    values = FIRST if is_first and candidacy.round.category == Category.EDI_RESEARCH else OTHERS
    judged = panel.Judged(dict(zip(measures, values, strict=True)), "Clair et précis.")
    panel.save_reading(candidacy, judged, revision=0, by=reader)
    panel.hand_in(candidacy, by=reader)


if __name__ == "__main__":
    {"submit": submit, "decide": decide, "admit": admit, "read": read}[sys.argv[1]](*sys.argv[2:])
