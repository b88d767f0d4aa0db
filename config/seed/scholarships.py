"""Scholarships of the open cycle: a round of each category, and a few people in each. Amounts are invented, like the people."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from accounts.models import User
from applications.models import Application
from config.seed import pretence
from cycles.models import Cycle
from scholarships import applying, budgets, consents, declaring, rounds
from scholarships.models import Candidacy, Category, Measure, Round, Stacking

TEXTS: dict[str, dict[str, str]] = {
    Category.WOMEN_IN_AI: {
        "name_fr": "Bourses d’excellence – Femmes en IA",
        "name_en": "Excellence Scholarships – Women in AI",
        "text_fr": "Aux femmes, aux personnes trans, non binaires et bispirituelles, et à toute personne qui vit la "
        "misogynie, dont le parcours fait avancer l’IA et ouvre la porte à d’autres.",
        "text_en": "For women, trans, non-binary and Two-Spirit people, and anyone who lives with misogyny, whose path "
        "moves AI forward and opens the door to others.",
    },
    Category.EDI_RESEARCH: {
        "name_fr": "Bourses d’excellence – ÉDI en recherche",
        "name_en": "Excellence Scholarships – EDI in Research",
        "text_fr": "À toute personne dont les travaux ou l’engagement rendent la recherche plus juste et plus ouverte.",
        "text_en": "For anyone whose work or commitment makes research fairer and more open.",
    },
    Category.SOCIOECONOMIC: {
        "name_fr": "Bourses de diversité socioéconomique",
        "name_en": "Socioeconomic Diversity Scholarships",
        "text_fr": "Aux personnes pour qui le coût d’une année d’études est un obstacle.",
        "text_en": "For people for whom the cost of a year of studies stands in the way.",
    },
}
MONEY: dict[str, dict[str, Any]] = {
    Category.WOMEN_IN_AI: {"amount": Decimal(6000), "awards": 3, "budget": Decimal(18000)},
    # Shown to nobody until they are entered.
    Category.EDI_RESEARCH: {},
    Category.SOCIOECONOMIC: {
        "amount": Decimal(4000),
        "awards": 2,
        "budget": Decimal(8000),
        "stacking": Stacking.TOP_UP,
        "top_up_above": Decimal(10000),
        "top_up_amount": Decimal(1500),
    },
}
MEASURES = (
    ("Parcours et obstacles franchis", "Path, and obstacles overcome", 2),
    ("Apport à l’équité, à la diversité et à l’inclusion", "Contribution to EDI", 2),
    ("Clarté du projet", "Clarity of the project", 1),
)
STATEMENTS = {
    "fr": "J’ai grandi loin des laboratoires. J’ai appris à programmer à la bibliothèque de mon quartier, puis j’y ai "
    "ouvert un atelier du samedi où quarante jeunes sont venus en deux ans. Je veux que ce que j’apprendrai ici y revienne.",
    "en": "I grew up far from any laboratory. I learnt to program in my neighbourhood’s library, then opened a Saturday "
    "workshop there: forty young people came in two years. I want what I learn here to go back there.",
}
OWN_WORDS = {"fr": "Femme noire en informatique", "en": "Woman of colour in computing"}


def offer(cycle: Cycle, administrator: User, *, now: datetime) -> list[Round]:
    """The three rounds, published; they close after admission does."""
    made = []
    for category, texts in TEXTS.items():
        row = Round.objects.create(
            cycle=cycle,
            category=category,
            opens_at=min(cycle.opens_at + timedelta(days=5), now - timedelta(days=1)),
            closes_at=cycle.closes_at + timedelta(days=10),
            results_on=cycle.release_on + timedelta(days=21),
            reading_due_on=cycle.release_on + timedelta(days=14),
            **texts,
            **MONEY[category],
        )
        for position, (french, english, weight) in enumerate(MEASURES, 1):
            Measure.objects.create(
                round=row, position=position, name_fr=french, name_en=english, weight=weight
            )
        made.append(rounds.publish(row, by=administrator))
    return made


def apply(made: Sequence[Round], applications: Sequence[Application], *, at: datetime) -> None:
    """Each of these people in one round, or two; one of them leaves a draft, one withdraws."""
    files = [row for row in applications if row.is_filed]
    for index, application in enumerate(files):
        first = made[index % len(made)]
        mine = _written(first, application, at=at)
        if index == len(files) - 1:
            continue
        _send(mine, at=at)
        if index == len(files) - 2:
            with pretence.at(at + timedelta(minutes=20)) as moment:
                applying.withdraw(mine, by=application.applicant, at=moment)
        if index % 4 == 0:
            _send(_written(made[1], application, at=at), at=at)


def _written(row: Round, application: Application, *, at: datetime) -> Candidacy:
    """Begun, its statement written, and confided what is asked in confidence."""
    by = application.applicant
    with pretence.at(at):
        mine = applying.begin(row, application, by=by, at=at)
        typed: dict[str, Any] = {"statement": STATEMENTS[by.language]}
        if row.stacking == Stacking.TOP_UP:
            typed["other_awards"] = Decimal(0)
        seen = applying.mark_of(mine)
        applying.save(mine, typed, seen=seen, page="", by=by, at=at)
        if row.category == Category.WOMEN_IN_AI:
            said = OWN_WORDS[by.language]
            declaring.declare(mine, chosen=["woman"], words=said, by=by, at=at)
        if row.category == Category.SOCIOECONOMIC:
            income = {"work": Decimal(7200), "family": Decimal(1500)}
            expenses = {"tuition": Decimal(4800), "housing": Decimal(9600), "food": Decimal(4200)}
            words = "Je soutiens ma mère." if by.language == "fr" else "I support my mother."
            budgets.keep(mine, income=income, expenses=expenses, circumstances=words, by=by, at=at)
    return mine


def _send(mine: Candidacy, *, at: datetime) -> None:
    """Every sentence agreed to."""
    agreed = [one.code for one in consents.asked(mine.round)]
    with pretence.at(at + timedelta(minutes=5)) as moment:
        applying.send(mine, agreed=agreed, by=mine.application.applicant, at=moment)
