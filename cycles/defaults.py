"""What every new cycle begins with: the documents and the declarations that nobody should have to think of."""

from django.db import transaction

from cycles.models import Cycle, Declaration, Piece

# kind, required, name and advice in French, name and advice in English.
PIECES = (
    (
        *(Piece.Kind.CV, True),
        *("Curriculum vitæ", "Trois pages suffisent."),
        *("Curriculum vitæ", "Three pages are enough."),
    ),
    (
        *(Piece.Kind.TRANSCRIPT, True),
        *("Relevé de notes", "Une copie non officielle suffit à cette étape."),
        *("Transcript", "An unofficial copy is enough at this stage."),
    ),
    (
        *(Piece.Kind.TRANSLATION, True),
        *("Traduction certifiée", "Pour un relevé qui n’est ni en français ni en anglais."),
        *("Certified translation", "For a transcript that is neither in French nor in English."),
    ),
    (
        *(Piece.Kind.DIPLOMA, False),
        *("Diplôme", "Si vous l’avez déjà; il sera demandé à l’UdeM."),
        *("Diploma", "If you have it already; UdeM will ask for it."),
    ),
)
DECLARATIONS = (
    ("true", "Ce que j’ai écrit est vrai et complet.", "What I wrote is true and complete."),
    (
        "notice",
        "J’ai lu comment Mila utilise et protège ces renseignements (avis de confidentialité, version {version}).",
        "I have read how Mila uses and protects this information (privacy notice, version {version}).",
    ),
    (
        "transfer",
        (
            "Mila peut transmettre mon dossier au Département d’informatique et de recherche opérationnelle (DIRO) "
            "de l’Université de Montréal."
        ),
        "Mila may pass my file to the computer science department (DIRO) of Université de Montréal.",
    ),
)


@transaction.atomic
def fill(cycle: Cycle) -> None:
    """Give a new cycle the usual documents and declarations."""
    Piece.objects.bulk_create(
        Piece(
            cycle=cycle,
            kind=kind,
            slug=kind,
            is_required=required,
            name_fr=name_fr,
            help_fr=help_fr,
            name_en=name_en,
            help_en=help_en,
            position=position,
        )
        for position, (kind, required, name_fr, help_fr, name_en, help_en) in enumerate(PIECES, 1)
    )
    Declaration.objects.bulk_create(
        Declaration(cycle=cycle, code=code, text_fr=french, text_en=english, position=position)
        for position, (code, french, english) in enumerate(DECLARATIONS, 1)
    )
