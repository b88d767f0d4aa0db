"""Begin the list of what to know when filing with the university's own site: a person has to find it from here."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SITE = "https://admission.umontreal.ca/"
THING = {
    "moment": "file",
    "position": 49,
    "title_fr": "Ouvrir le site d’admission de l’UdeM",
    "title_en": "Open UdeM’s admission site",
    "text_fr": "La demande s’y fait, au programme dont le numéro est sur cette page.",
    "text_en": "The application is made there, to the program whose number is on this page.",
    "link_fr": SITE,
    "link_en": SITE,
}


def begin(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write it before what is there; administrators keep it true afterwards."""
    apps.get_model("followup", "Preparation").objects.create(**THING)


def end(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take it away, where it is still as it was written."""
    apps.get_model("followup", "Preparation").objects.filter(**THING).delete()


class Migration(migrations.Migration):
    dependencies = [("followup", "0009_what_to_know_at_udem")]

    operations = [migrations.RunPython(begin, end)]
