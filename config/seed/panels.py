"""A scholarship panel at work: three people, a round that has closed, some readings handed in and one begun."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from accounts.demo import Character, settle
from accounts.models import Language, Role, User
from applications.models import Application
from applications.models.application import FILED
from config.seed import pretence
from cycles.clock import day_of
from cycles.models import Cycle
from scholarships import judging
from scholarships.models import Candidacy, Category, Measure, Round, Seat, Standing

WITH = (
    Character("pieter.achterberg", "Pieter Achterberg", Language.ENGLISH, (Role.PANELIST,)),
    Character("ines.roy-belaid", "Inès Roy-Belaïd", Language.FRENCH, (Role.PANELIST,)),
)
RUBRIC = (
    ("Excellence au vu du parcours", "Excellence for the path travelled", 40),
    ("Apport aux autres", "Contribution to others", 35),
    ("Projet et faisabilité", "Project and feasibility", 25),
)
ANCHORS = (
    ("Peu de chose le montre.", "Little shows it."),
    ("Solide : des faits, quelques effets.", "Sound: facts, some effects."),
    ("Remarquable : bien au-delà des moyens à disposition.", "Outstanding: far beyond the means."),
)
STATEMENTS = (
    (
        "J’ai appris à programmer par une radio communautaire. Nous avions un émetteur, un vieil ordinateur et quarante "
        "heures d’enregistrements dans trois langues que personne ne pouvait interroger. J’ai écrit un repérage de mots "
        "avec le peu de Python que je savais.\n\nCette question est devenue mon projet de fin d’études : combien de parole "
        "transcrite faut-il à une petite langue pour qu’un système l’aide au lieu de lui nuire?"
    ),
    (
        "At the plant where I worked I trained two colleagues and started a monthly reading group, open to the technicians "
        "next door. Four of the nine members had never read a paper.\n\nWith the scholarship I would finish a small public "
        "corpus with the station’s consent, so that the next person starts further than I did."
    ),
    (
        "Je veux que les données de santé de ma région servent les personnes qui les donnent. Mon mémoire portait sur la "
        "qualité des dossiers de trois cliniques rurales; j’ai formé six infirmières à s’en servir elles-mêmes."
    ),
)
MARKS = ((5, 4, 4), (3, 4, 3), (4, 5, 3), (2, 3, 3))


def panel(cycle: Cycle, noor: User) -> Round:
    """Who judges whom; nothing is decided yet."""
    row = _round(cycle)
    people = [noor, *(settle(one) for one in WITH)]
    for index, person in enumerate(people):
        Seat.objects.get_or_create(
            round=row, person=person, defaults={"of_edi_committee": index == 0}
        )
    found = _candidacies(row)
    for index, candidacy in enumerate(found):
        for turn, reader in enumerate(people):
            if index + turn < len(found) - 1:
                _read(candidacy, reader, MARKS[(index + turn) % len(MARKS)])
    if found:
        begun = judging.Judged({row.measures.all()[0].pk: 4})
        judging.save_reading(found[-1], begun, revision=0, by=noor)
    return row


def _round(cycle: Cycle) -> Round:
    """The round of Category 2, with its rubric where it has none."""
    now, closed = timezone.now(), cycle.closes_at + timedelta(days=4)
    values = {
        "name_fr": "Bourses d’excellence ÉDI en recherche",
        "name_en": "Excellence scholarships, EDI in research",
        "text_fr": "Pour toute personne qui demande l’admission, sans question sur l’identité.",
        "text_en": "For everyone who applies, without a question about identity.",
        "opens_at": cycle.opens_at,
        "closes_at": min(closed, now - timedelta(days=2)),
        "results_on": day_of(now) + timedelta(days=20),
        "reading_due_on": day_of(now) + timedelta(days=9),
        "amount": Decimal("6000.00"),
        "awards": 2,
        "budget": Decimal("12000.00"),
        "is_published": True,
    }
    row, _made = Round.objects.get_or_create(
        cycle=cycle, category=Category.EDI_RESEARCH, defaults=values
    )
    if not row.measures.exists():
        anchors = {
            f"anchor_{value}_{language}": text
            for value, pair in zip((1, 3, 5), ANCHORS, strict=True)
            for language, text in zip(("fr", "en"), pair, strict=True)
        }
        for place, (french, english, weight) in enumerate(RUBRIC):
            Measure.objects.create(
                round=row, position=place, name_fr=french, name_en=english, weight=weight, **anchors
            )
    return row


def _candidacies(row: Round) -> list[Candidacy]:
    """Those of the round; a few people of the cycle where there are none."""
    if not row.candidacies.exists():
        files = Application.objects.filter(cycle=row.cycle, status__in=FILED).order_by("number")
        for index, file in enumerate(files[:6]):
            text = STATEMENTS[index % len(STATEMENTS)]
            Candidacy.objects.create(
                round=row,
                application=file,
                number=f"S2-{(index * 7 + 3) % 23 + 1:03}",
                status=Standing.SUBMITTED,
                statement=text,
                sent={"statement": text},
                submitted_at=row.closes_at - timedelta(hours=index + 1),
            )
    return list(Candidacy.objects.judged().filter(round=row).order_by("number"))


def _read(candidacy: Candidacy, reader: User, values: tuple[int, ...]) -> None:
    """Scored and handed in, yesterday."""
    ids = candidacy.round.measures.values_list("pk", flat=True)
    judged = judging.Judged(dict(zip(ids, values, strict=False)), "Clair et précis.")
    with pretence.at(timezone.now() - timedelta(hours=20)):
        judging.save_reading(candidacy, judged, revision=0, by=reader)
        judging.hand_in(candidacy, by=reader)
