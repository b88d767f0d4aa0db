"""Referees of invented files: asked while the form is filled in, most of them answering before the last day."""

from datetime import datetime, timedelta
from random import Random

from applications import referees
from applications.models import Application, Referee
from config.seed import pretence
from config.seed.papers import pages_of, paper
from config.seed.people import Applicant

# Name, title in French and in English, how they know the applicant.
PEOPLE = (
    ("Odile Marchand", "Professeure", "Professor", "teacher"),
    ("Rashid Karimov", "Directeur de recherche", "Research supervisor", "supervisor"),
    ("Ifeoma Balogun", "Professeure", "Professor", "teacher"),
    ("Rafael Villanueva", "Chef d’équipe", "Team lead", "manager"),
    ("Mei-Ling Zhao", "Professeure adjointe", "Assistant professor", "supervisor"),
)


def ask(application: Application, who: Applicant, *, at: datetime) -> list[Referee]:
    """Invite as many people of the applicant's school as the programs ask."""
    # Apart from the world's own dice: whoever is asked here changes nothing elsewhere.
    dice = Random(who.key)  # noqa: S311
    people = dice.sample(PEOPLE, application.referees_asked)
    with pretence.at(at):
        return [
            referees.invite(
                application,
                by=application.applicant,
                at=at,
                name=name,
                title=french if who.language == "fr" else english,
                organisation=who.school,
                email=f"{name.split()[0].lower()}.{who.key}@referees.example",
                relation=relation,
                language=who.language,
            )
            for name, french, english, relation in people
        ]


def answer(application: Application, who: Applicant, *, now: datetime) -> None:
    """The first letter came, the second most often; of what lies ahead nothing has happened yet."""
    dice = Random(who.key)  # noqa: S311
    for index, referee in enumerate(application.referees.kept()):
        at = referee.invited_at + timedelta(hours=dice.randint(20, 90))
        if at > now or (index and dice.random() < 0.4):
            continue
        with pretence.at(at):
            if index and dice.random() < 0.2:
                referees.decline(referee, reason="", at=at)
            else:
                letter = paper("reference", who, dice)
                referees.receive(referee, letter, pages=pages_of("reference"), at=at)
