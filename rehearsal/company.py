"""The people of a rehearsal: the office of the demonstration, and applicants who do not exist, each with a temper."""

from random import Random

from accounts.demo import CAST
from accounts.models import Role
from config.seed.people import APPLICANTS
from rehearsal.person import Person
from rehearsal.stage import Stage

PARTS = {
    Role.COORDINATOR: "coordinator",
    Role.DIRECTOR: "director",
    Role.REVIEWER: "reader",
    Role.PANELIST: "panelist",
    Role.EDI_OFFICER: "edi_officer",
    Role.ADMINISTRATOR: "administrator",
}
DOMAIN = "rehearsal.example"
# How people go about it, of every twelve: four are honest, four hasty, three late, one tries what must not work.
TEMPERS = (
    *("honest", "hasty", "late", "hostile", "honest", "late"),
    *("hasty", "honest", "late", "hasty", "honest", "hasty"),
)


def office(stage: Stage) -> dict[str, list[Person]]:
    """The staff, by what they are."""
    found: dict[str, list[Person]] = {part: [] for part in PARTS.values()}
    for one in CAST:
        for role in one.roles:
            person = Person(
                one.key, str(one.language), one.email, stage.port, PARTS[role], one.full_name
            )
            found[PARTS[role]].append(person.follow(stage))
    return found


def crowd(stage: Stage, count: int, dice: Random) -> list[Person]:
    """So many applicants, half of them in each language, of every temper."""
    people = []
    for index in range(count):
        who = APPLICANTS[index % len(APPLICANTS)]
        about = {
            "first_names": who.first,
            "last_names": who.last,
            "country": who.country,
            "canada_status": who.canada,
            "institution": who.school,
            "title": who.degree,
            "field": who.field,
            "average": who.average,
            "scale_max": who.highest,
            "scale_pass": who.passing,
        }
        key = f"{who.key}.{index + 1}"
        person = Person(
            key,
            ("fr", "en")[(index + index // len(TEMPERS)) % 2],
            f"{key}@{DOMAIN}",
            stage.port,
            name=f"{who.first} {who.last}",
            about=about,
            temper=TEMPERS[index % len(TEMPERS)],
        )
        people.append(person.follow(stage))
    dice.shuffle(people)
    return people
