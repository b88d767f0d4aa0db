"""Programs, rubric, and three cycles around today: last year's, this year's, and a winter one with open offers."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from config.seed.notice import NOTICES
from cycles import defaults
from cycles.clock import MONTREAL, day_of
from cycles.models import Cycle, Intake, Program
from reviews.models import Criterion

ROOM = timedelta(days=2)
MIDDLE = timedelta(days=24)
NOTICE = "2026-10"

# name_fr, name_en, weight, then what 1, 3 and 5 mean in French and in English.
RUBRIC = (
    (
        *("Préparation universitaire", "Academic preparation", 30),
        *("Lacunes dans plusieurs préalables.", "Gaps in several prerequisites."),
        *(
            "Suffisante : les préalables y sont, les notes varient.",
            "Sound: prerequisites there, grades vary.",
        ),
        *(
            "Remarquable : préalables complets, notes hautes et régulières.",
            "Outstanding: all prerequisites, high and steady grades.",
        ),
    ),
    (
        *("Programmation et projets", "Programming and projects", 25),
        *("Peu de pratique montrée.", "Little practice shown."),
        *("Bonne : projets de cours menés à bien.", "Sound: course projects brought to an end."),
        *(
            "Remarquable : projets personnels qui servent à d’autres.",
            "Outstanding: own working projects that others use.",
        ),
    ),
    (
        *("Motivation pour la pratique", "Motivation for professional work", 20),
        *("But peu clair.", "No clear aim."),
        *(
            "Claire, mais le lien au programme reste général.",
            "Clear aim; the link to the program is general.",
        ),
        *(
            "But précis, programme bien choisi pour y parvenir.",
            "Precise aim, and a program well chosen for it.",
        ),
    ),
    (
        *("Préparation au stage", "Internship readiness", 15),
        *("Rien n’indique une préparation.", "Nothing shows readiness."),
        *("Prête à apprendre en équipe avec de l’aide.", "Ready to learn in a team, with help."),
        *("Autonomie et travail d’équipe déjà éprouvés.", "Proven autonomy and team work."),
    ),
    (
        *("Parcours en contexte", "Path in context", 10),
        *("Le dossier n’éclaire pas le parcours.", "The file does not explain the path."),
        *("Parcours régulier dans son contexte.", "A steady path in its context."),
        *("Beaucoup accompli avec les moyens disponibles.", "Much done with the means at hand."),
    ),
)


@dataclass(frozen=True)
class Year:
    """The dates of a cycle, all from the year and a shift that keeps one cycle open whatever the day."""

    year: int
    shift: timedelta

    def day(self, month: int, day: int, *, next_year: bool = False) -> date:
        """A day of the cycle's calendar, shifted."""
        return date(self.year + next_year, month, day) + self.shift

    @property
    def opens_at(self) -> datetime:
        """15 October, 9:00 in Montréal."""
        return datetime.combine(self.day(10, 15), time(9), tzinfo=MONTREAL)

    @property
    def closes_at(self) -> datetime:
        """1 December, 23:59:59 in Montréal."""
        return datetime.combine(self.day(12, 1), time(23, 59, 59), tzinfo=MONTREAL)

    @property
    def fields(self) -> dict[str, Any]:
        """Everything that the cycle's row says."""
        start = self.year + 1
        return {
            "code": f"A{start % 100}",
            "name_fr": f"Automne {start}",
            "name_en": f"Fall {start}",
            "opens_at": self.opens_at,
            "closes_at": self.closes_at,
            "documents_due_on": self.day(12, 8),
            "reviews_due_on": self.day(1, 15, next_year=True),
            "release_on": self.day(1, 27, next_year=True),
            "reply_by": self.day(1, 30, next_year=True),
            "udem_safe_on": self.day(1, 31, next_year=True),
            "udem_official_on": self.day(2, 1, next_year=True),
            "waitlist_ends_on": self.day(4, 15, next_year=True),
            "starts_on": self.day(9, 1, next_year=True),
        }


def this_year(now: datetime | None = None) -> Year:
    """The year whose window holds today with room to spare; else the same dates moved around today."""
    moment = now or timezone.now()
    today = day_of(moment)
    real = Year(today.year, timedelta(0))
    if real.opens_at < moment < real.closes_at - ROOM:
        return real
    return Year(today.year, today - MIDDLE - date(today.year, 10, 15))


def winter(now: datetime | None = None) -> dict[str, Any]:
    """A smaller cycle whose answers are just out, so that an offer waits for a reply."""
    today = day_of(now or timezone.now())

    def moment(days: int, clock: time) -> datetime:
        return datetime.combine(today + timedelta(days=days), clock, tzinfo=MONTREAL)

    start = (today + timedelta(days=45)).year
    days = {
        "documents_due_on": -63,
        "reviews_due_on": -25,
        "release_on": -1,
        "reply_by": 6,
        "udem_safe_on": 8,
        "udem_official_on": 9,
        "waitlist_ends_on": 25,
        "starts_on": 45,
    }
    return {
        "code": f"H{start % 100}",
        "name_fr": f"Hiver {start}",
        "name_en": f"Winter {start}",
        "opens_at": moment(-110, time(9)),
        "closes_at": moment(-70, time(23, 59, 59)),
        **{name: today + timedelta(days=count) for name, count in days.items()},
    }


def programs() -> list[Program]:
    """The two programs."""
    msc, _made = Program.objects.get_or_create(
        code="msc",
        defaults={
            "name_fr": "Maîtrise en informatique, parcours professionnel en apprentissage automatique",
            "name_en": "M.Sc. in computer science, professional path in machine learning",
            "short_fr": "M. Sc.",
            "short_en": "M.Sc.",
            "description_fr": "Pour qui veut joindre un stage en milieu de travail à des études avancées.",
            "description_en": "For those who want advanced studies and an internship at work.",
            "udem_code": "217-510",
            "udem_segment": "77",
            "internship_required": True,
            "position": 1,
        },
    )
    dess, _made = Program.objects.get_or_create(
        code="dess",
        defaults={
            "name_fr": "D.E.S.S. en apprentissage automatique",
            "name_en": "D.E.S.S. in machine learning",
            "short_fr": "D.E.S.S.",
            "short_en": "D.E.S.S.",
            "description_fr": "Pour qui travaille déjà et veut des bases solides en une année.",
            "description_en": "For those who already work and want solid ground in one year.",
            "udem_code": "217512",
            "asks_attendance": True,
            "asks_experience": True,
            "position": 2,
        },
    )
    return [msc, dess]


def cycle(fields: dict[str, Any], offered: list[Program]) -> Cycle:
    """A published cycle with its programs and its rubric."""
    sender = {"sender_fr": "Mila, admissions", "sender_en": "Mila admissions"}
    row = Cycle.objects.create(
        **fields, **sender, notice_version=NOTICE, **NOTICES, is_published=True
    )
    defaults.fill(row)
    for program, seats in zip(offered, (60, 30), strict=True):
        referees = 2 if program.internship_required else 0
        Intake.objects.create(cycle=row, program=program, seats=seats, referees_asked=referees)
    for position, line in enumerate(RUBRIC):
        names = (
            "anchor_1_fr",
            "anchor_1_en",
            "anchor_3_fr",
            "anchor_3_en",
            "anchor_5_fr",
            "anchor_5_en",
        )
        texts = {
            name: text.replace(" : ", "\u00a0: ") if name.endswith("fr") else text
            for name, text in zip(names, line[3:], strict=True)
        }
        Criterion.objects.create(
            cycle=row, position=position, name_fr=line[0], name_en=line[1], weight=line[2], **texts
        )
    return row
