"""Begin what is told at the steps of the file at UdeM, with what the university's public pages say."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SEND = "https://admission.umontreal.ca/admission/depot-de-la-demande/faire-parvenir-les-documents/"
PAY = "https://admission.umontreal.ca/en/admissions/filing/pay-the-application-fees/"
ANSWER = "https://admission.umontreal.ca/en/admissions/after-you-submit/receive-a-response/"
# Moment, title and text and official page, French then English (the page that there is, where there is no other).
THINGS = [
    (
        "file",
        "Payer les frais de la demande",
        "Pay the application fee",
        "L’université ne rembourse pas ces frais, quelle que soit sa réponse.",
        "The university does not refund this fee, whatever its answer.",
        "",
        PAY,
    ),
    (
        "documents",
        "Faire parvenir les documents",
        "Send the documents",
        "Au Centre étudiant, sous «\xa0Tâches\xa0»\xa0: un PDF par tâche, au nom de moins de 64\xa0caractères.",
        "In the Student Centre, under “Tasks”: one PDF a task, with a name under 64\xa0characters.",
        SEND,
        "",
    ),
    (
        "accept",
        "Répondre à l’offre de l’université",
        "Reply to the university’s offer",
        "Avant la date affichée au Centre étudiant. Après, le dossier est fermé.",
        "Before the date that the Student Centre shows. After it, the file is closed.",
        "",
        ANSWER,
    ),
    (
        "refused",
        "Après un refus de l’université",
        "After the university’s refusal",
        "La raison est dans la lettre. Vous pouvez écrire à la direction du programme si vous avez de nouveaux éléments.",
        "The reason is in the letter. You may write to the head of the program with new elements.",
        "",
        ANSWER,
    ),
]


def begin(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write them after what is there; administrators keep them true afterwards."""
    preparation = apps.get_model("followup", "Preparation")
    fields = ("moment", "title_fr", "title_en", "text_fr", "text_en", "link_fr", "link_en")
    for position, texts in enumerate(THINGS, 50):
        preparation.objects.create(position=position, **dict(zip(fields, texts, strict=True)))


def end(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Without moments these lines would be told before the answer."""
    apps.get_model("followup", "Preparation").objects.exclude(moment="prepare").delete()


class Migration(migrations.Migration):
    dependencies = [("followup", "0008_moments_of_the_list")]

    operations = [migrations.RunPython(begin, end)]
