"""Who the people of last year said they are, and the first figures of it: some shown, some hidden as too few.

What is invented here says nothing of anybody: the answers follow the order of the files.
"""

from typing import Any

from accounts.models import Role, User
from applications.models import Application
from cycles.clock import end_of
from cycles.models import Cycle
from scholarships import aggregates, identifying
from scholarships.dimensions import PREFER_NOT

AGES = ("from_25", "from_25", "from_35", "from_25", "under_25", "from_25")
GROUPS = (["white"], ["black"], ["arab", "white"], ["white"], ["latin_american"], ["white"])
LANGUAGES = (["french"], ["language_other"], ["french", "language_other"], ["english"])


def answers(place: int) -> dict[str, Any]:
    """What the person at this place said; one in five left a question or two out."""
    said: dict[str, Any] = {
        "age": AGES[place % len(AGES)],
        "gender": ["woman"] if place % 2 else ["man"],
        "population_group": GROUPS[place % len(GROUPS)],
        "language": LANGUAGES[place % len(LANGUAGES)],
        "visible_minority": ("yes", "no")[place % 2],
        "disability": ["no"] if place % 4 else ["pain"],
        "indigenous": ["no"],
    }
    if place % 5 == 4:
        said |= {"gender": [PREFER_NOT], "disability": [PREFER_NOT]}
        del said["population_group"]
    return said


def identify(cycle: Cycle) -> None:
    """Everyone but one in twelve answered; the officer gave out the figures of those who submitted."""
    rows = Application.objects.filter(cycle=cycle, submissions__isnull=False).distinct()
    for place, application in enumerate(rows.select_related("applicant").order_by("pk")):
        if place % 12 != 11:
            identifying.say(application, answers(place), by=application.applicant)
    officer = User.objects.filter(roles__contains=[Role.EDI_OFFICER]).first()
    if officer and not aggregates.given(cycle, by=officer)["age"]:
        aggregates.give_out(cycle, by=officer, at=end_of(cycle.release_on))
