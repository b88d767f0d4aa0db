"""What to prepare for UdeM: the office's list, begun with what the university publishes, and each person's ticks."""

import django.db.models.deletion
import django.utils.timezone
from django.apps.registry import Apps
from django.core.validators import URLValidator
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

HTTPS = URLValidator(schemes=["https"])
SEND = "https://admission.umontreal.ca/admission/depot-de-la-demande/faire-parvenir-les-documents/"
PAY = "https://admission.umontreal.ca/en/admissions/filing/pay-the-application-fees/"
CAQ = "https://www.quebec.ca/education/etudier-quebec/documents"
# Title, text and official page, French then English (the French page where there is no other); the last thing is for people who need permits.
THINGS = [
    (
        "Relevés de notes de tous vos diplômes, originaux",
        "Transcripts of all your degrees, originals",
        (
            "Un PDF par tâche, de moins de 10\xa0Mo, au nom de moins de 64\xa0caractères, pages dans l’ordre. "
            "Demandez dès maintenant les originaux à vos établissements."
        ),
        (
            "One PDF a task, under 10\xa0MB, with a name under 64\xa0characters, pages in order. "
            "Ask your institutions for the originals now."
        ),
        SEND,
        "",
    ),
    (
        "Copie de votre acte de naissance",
        "Copy of your birth certificate",
        (
            "L’université en tire votre code permanent si vous n’avez jamais étudié au Québec. "
            "Mila ne la demande pas."
        ),
        (
            "The university makes your permanent code from it if you never studied in Québec. "
            "Mila does not ask for it."
        ),
        SEND,
        "",
    ),
    (
        "Traductions certifiées vers le français",
        "Certified translations into French",
        "Pour chaque document qui n’est ni en français ni en anglais, dans le même PDF que l’original.",
        "For each document in neither French nor English, in the same PDF as the original.",
        SEND,
        "",
    ),
    (
        "Preuve de votre statut au Canada",
        "Proof of your status in Canada",
        "Preuve de citoyenneté, ou carte de résidence permanente recto verso, si cela vous concerne.",
        "Proof of citizenship, or permanent resident card, both sides, if this concerns you.",
        SEND,
        "",
    ),
    (
        "Preuve de français, si vous en avez une",
        "Proof of French, if you have one",
        (
            "Pour la maîtrise, l’université peut demander le TFI (605 sur 990). "
            "Rien à passer tant qu’elle ne le demande pas."
        ),
        (
            "For the M.Sc., the university may ask for the TFI (605 out of 990). "
            "There is no test to take until it asks."
        ),
        "https://admission.umontreal.ca/exigence-de-francais",
        "",
    ),
    (
        "Une carte Visa ou Mastercard",
        "A Visa or Mastercard",
        "Pour les frais de la demande, au moment de la déposer\xa0: pas avant notre réponse.",
        "For the application fee, when you file: not before our answer.",
        "",
        PAY,
    ),
    (
        "Le temps d’ouvrir votre accès à l’UdeM",
        "The time to open your UdeM access",
        (
            "La première fois, l’accès prend de 24 à 48\xa0heures. Les documents se téléversent ensuite "
            "au Centre étudiant, sous «\xa0Tâches\xa0»; ceux envoyés par courriel ne comptent pas."
        ),
        (
            "The first time, access takes 24 to 48\xa0hours. Documents are then uploaded in the Student Centre, "
            "under “Tasks”; those sent by e-mail do not count."
        ),
        SEND,
        "",
    ),
    (
        "Lire sur les permis (CAQ, permis d’études)",
        "Read about the permits (CAQ, study permit)",
        "Comptez de 3 à 6\xa0mois. On commence le jour où la lettre de l’université arrive\xa0: elle seule compte.",
        "Allow 3 to 6\xa0months. Begin the day the university’s letter arrives: it alone counts.",
        CAQ,
        "",
    ),
]


def begin_the_list(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write what the university's public pages say; administrators keep it true afterwards."""
    preparation = apps.get_model("followup", "Preparation")
    fields = ("title_fr", "title_en", "text_fr", "text_en", "link_fr", "link_en")
    for position, texts in enumerate(THINGS, 1):
        preparation.objects.create(
            position=position,
            for_permits=position == len(THINGS),
            **dict(zip(fields, texts, strict=True)),
        )


class Migration(migrations.Migration):
    """Two tables, and the first list."""

    dependencies = [("followup", "0002_to_cycles"), ("applications", "0006_whole_form")]
    operations = [
        migrations.CreateModel(
            name="Preparation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "for_permits",
                    models.BooleanField(
                        default=False,
                        help_text="Shown to those who are neither Canadian citizens nor permanent residents.",
                        verbose_name="only for people who need permits",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "title_fr",
                    models.CharField(max_length=120, verbose_name="what to do, in French"),
                ),
                (
                    "title_en",
                    models.CharField(max_length=120, verbose_name="what to do, in English"),
                ),
                (
                    "text_fr",
                    models.TextField(blank=True, max_length=600, verbose_name="how, in French"),
                ),
                (
                    "text_en",
                    models.TextField(blank=True, max_length=600, verbose_name="how, in English"),
                ),
                (
                    "link_fr",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        validators=[HTTPS],
                        verbose_name="official page in French",
                    ),
                ),
                (
                    "link_en",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        validators=[HTTPS],
                        verbose_name="official page in English",
                    ),
                ),
                ("is_shown", models.BooleanField(default=True, verbose_name="shown")),
                (
                    "program",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: for every program.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cycles.program",
                        verbose_name="program",
                    ),
                ),
            ],
            options={
                "verbose_name": "thing to prepare for UdeM",
                "verbose_name_plural": "things to prepare for UdeM",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Done",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="ticked"),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="applications.application",
                    ),
                ),
                (
                    "preparation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="followup.preparation",
                    ),
                ),
            ],
            options={
                "verbose_name": "thing prepared",
                "verbose_name_plural": "things prepared",
            },
        ),
        migrations.AddConstraint(
            model_name="preparation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("text_en", ""), ("text_fr", "")),
                    models.Q(
                        models.Q(("text_fr", ""), _negated=True),
                        models.Q(("text_en", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="followup_preparation_in_both_languages",
                violation_error_message="Write the text in both languages, or in neither.",
            ),
        ),
        migrations.AddConstraint(
            model_name="preparation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("link_fr", ""), ("link_fr__startswith", "https://"), _connector="OR"),
                    models.Q(("link_en", ""), ("link_en__startswith", "https://"), _connector="OR"),
                ),
                name="followup_preparation_link_safe",
                violation_error_message="A link begins with https://.",
            ),
        ),
        migrations.AddConstraint(
            model_name="done",
            constraint=models.UniqueConstraint(
                fields=("application", "preparation"),
                name="followup_done_once",
                violation_error_message="This is ticked already.",
            ),
        ),
        migrations.RunPython(begin_the_list, migrations.RunPython.noop),
    ]
