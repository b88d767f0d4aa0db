"""What the invented applicants write, in their language, put together from a few honest sentences."""

from random import Random
from typing import Any

OPENING = {
    "fr": (
        "Je souhaite faire de l’apprentissage automatique mon métier, et non seulement un outil.",
        "Depuis deux ans, je construis des modèles au travail sans en maîtriser les fondements.",
        "Mes études m’ont donné les mathématiques; il me manque la pratique encadrée.",
    ),
    "en": (
        "I want machine learning to be my trade, and not only a tool that I borrow.",
        "For two years I have built models at work without mastering what is under them.",
        "My studies gave me the mathematics; what I lack is practice with people who know it well.",
    ),
}
PROJECT = {
    "fr": (
        (
            "Pour mon projet de fin d’études, j’ai prédit le débit d’une rivière à partir de vingt ans de relevés, "
            "et appris surtout à me méfier de mes données."
        ),
        (
            "J’ai écrit une petite bibliothèque de tri de textes dans une langue peu dotée; trois associations s’en "
            "servent aujourd’hui."
        ),
        (
            "Dans une clinique, j’ai aidé à trier des images. Le modèle comptait moins que la façon de montrer ses "
            "doutes aux personnes qui décident."
        ),
    ),
    "en": (
        (
            "For my final project I predicted the flow of a river from twenty years of readings, and learned above "
            "all to distrust my data."
        ),
        (
            "I wrote a small library that sorts texts in a language with few resources; three associations use it "
            "today."
        ),
        (
            "In a clinic I helped to sort images. The model mattered less than how its doubts were shown to the "
            "people who decide."
        ),
    ),
}
AIM = {
    "fr": (
        "Le stage est ce qui m’attire le plus : voir un modèle tenir, ou non, devant de vraies contraintes.",
        "À Montréal, je veux apprendre auprès de gens qui publient et qui livrent.",
        "Après le programme, je compte travailler en santé publique, là où les données sont rares et sensibles.",
    ),
    "en": (
        "The internship draws me most: to see a model hold, or not, under real constraints.",
        "In Montréal I want to learn from people who publish and who deliver.",
        "After the program I mean to work in public health, where data are scarce and sensitive.",
    ),
}
GOALS = {
    "fr": (
        "Une équipe de santé ou d’énergie, avec des données réelles et une mise en production.",
        "Un organisme public ou une jeune entreprise; le traitement du langage m’intéresse surtout.",
    ),
    "en": (
        "A health or energy team, with real data and something that goes into production.",
        "A public body or a young company; language processing interests me most.",
    ),
}
COMMENTS = (
    "Solid mathematics; the project shows care with data. Ask about team work.",
    "Bon dossier. Les cours d’algorithmique sont à confirmer.",
    "Clear aim, general letter. Programming is the strong point.",
    "Relevés réguliers, projet personnel abouti et utilisé.",
    "Prerequisites nearly all there; one is planned for the spring.",
    "La lettre parle peu du programme; les notes sont bonnes.",
)
EXAMPLES = {
    "fr": (
        "Un programme qui lit des factures numérisées et les range par fournisseur; j’ai écrit les tests.",
        "Un site pour la bibliothèque de mon quartier, avec recherche sans accents. Seule, de bout en bout.",
        "Une simulation de files d’attente pour un cours; ma part était la mesure et les graphiques.",
    ),
    "en": (
        "A program that reads scanned invoices and files them by supplier; I wrote the extraction and the tests.",
        "A timetable for our student clinic, used by forty volunteers. Two of us; I did the scheduling.",
        "A simulation of queues for a course; my part was the measuring and the charts.",
    ),
}
WORK = {
    "fr": (
        (
            "Coopérative des Deux-Rives",
            "Programmation de bases de données",
            "Requêtes, rapports, formation.",
        ),
        (
            "Clinique du Parc",
            "Stage en analyse de données",
            "Nettoyer deux ans de rendez-vous; prévoir les absences.",
        ),
        (
            "Ateliers Boréal",
            "Développement web",
            "Le site et sa mise en ligne, dans une équipe de quatre.",
        ),
    ),
    "en": (
        ("Lakeside Cooperative", "Database programmer", "Queries, reports, training colleagues."),
        (
            "Park Clinic",
            "Data analysis intern",
            "Cleaned two years of appointments; predicted absences.",
        ),
        ("Northern Workshops", "Web developer", "The site and its deployment, in a team of four."),
    ),
}
CIRCUMSTANCES = {
    "fr": (
        "J’ai interrompu mes études un an pour m’occuper de mon père; la session suivante s’en ressent.",
        "J’ai travaillé vingt heures par semaine pendant tout le baccalauréat.",
    ),
    "en": (
        "I stopped for a year to care for my father; the term after it shows.",
        "I worked twenty hours a week through my whole degree.",
    ),
}
COURSES = {
    "MAT1400": ("Analyse 1", "Calculus I"),
    "MAT1600": ("Algèbre linéaire", "Linear algebra"),
    "MAT1978": ("Probabilités et statistique", "Probability and statistics"),
    "IFT1015": ("Introduction à la programmation", "Introduction to programming"),
    "IFT2015": ("Structures de données", "Data structures"),
    "IFT2125": ("Algorithmique", "Design of algorithms"),
}
LEARNED = {
    "fr": "Deux ans de développement en équipe, et un cours en ligne avec examen.",
    "en": "Two years of development in a team, and an online course with an exam.",
}
SYSTEM = {
    "fr": {60: "Crédits ECTS ou LMD (60 par an)", 30: "Crédits nord-américains (30 par an)"},
    "en": {60: "ECTS credits (60 a year)", 30: "North American credits (30 a year)"},
}
REASONS = {
    "fr": "J’ai accepté une place plus près de ma famille.",
    "en": "I accepted a place closer to my family.",
}


def statement(language: str, dice: Random) -> str:
    """A letter of intent of three paragraphs."""
    parts = (OPENING, PROJECT, AIM)
    text = "\n\n".join(dice.choice(part[language]) for part in parts)
    return text.replace(" : ", "\u00a0: ") if language == "fr" else text


def goals(language: str, dice: Random) -> str:
    """Internship goals."""
    return dice.choice(GOALS[language])


def example(language: str, dice: Random) -> str:
    """Something that the person programmed."""
    return dice.choice(EXAMPLES[language])


def jobs(language: str, dice: Random) -> list[dict[str, Any]]:
    """No job, one or two, each as the form keeps it; the last one may go on."""
    year = dice.randint(2019, 2024)
    told = dice.sample(WORK[language], dice.choice((0, 1, 1, 2)))
    return [
        {
            "employer": employer,
            "role": role,
            "start_year": year + place,
            "end_year": None if place else year + 1,
            "current": bool(place),
            "task": task,
        }
        for place, (employer, role, task) in enumerate(told)
    ]


def circumstances(language: str, dice: Random) -> str:
    """What one file in four says of an uneven path."""
    return dice.choice(CIRCUMSTANCES[language]) if dice.random() < 0.25 else ""


def course(code: str, language: str, school: str, highest: str, dice: Random) -> dict[str, Any]:
    """A line of the prerequisites: most took the course; the last two are sometimes planned, missed, learned at work."""
    late = code.startswith("IFT2")
    how = dice.choice(
        ("taken", "taken", "planned", "equivalent", "not_taken") if late else ("taken",)
    )
    if how == "equivalent":
        return {"how": how, "note": LEARNED[language]}
    if how == "not_taken":
        return {"how": how}
    line = {
        "how": how,
        "course": COURSES.get(code, (code, code))[language == "en"],
        "institution": school,
    }
    if how == "planned":
        return line
    grade = f"{float(highest) * dice.uniform(0.7, 0.95):.1f}/{highest}"
    return {
        **line,
        "year": dice.randint(2018, 2023),
        "credits": dice.choice(("3", "6")),
        "grade": grade,
    }


# Institutions and companies, then people, a line each: of the first readers of the demonstration.
TIES = (
    ("Université du Fleuve Rouge\nUniversité des Appalaches = UA", "Awa Ndiaye"),
    ("Linjiang University\nLagoon State University", "Hanna Wójcik\nIngrid Solheim"),
)

DECISION_NOTE = (
    "Demandée par deux programmes ; le lectorat insiste sur le projet, pas sur les notes."
)
REMARKS = (
    "Le projet pèse plus que les notes de première année, à mon avis.",
    "Dossier très solide, rien à ajouter.",
)
