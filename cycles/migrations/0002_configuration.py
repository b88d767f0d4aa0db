"""The configuration of a year: courses, documents asked, declarations, extra questions, the privacy notice.

Cycles that exist get the documents and the declarations that were written into the templates until now.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

COURSES = (
    ("MAT1400", "Calcul 1", "Calculus 1"),
    ("MAT1600", "Algèbre linéaire 1", "Linear Algebra 1"),
    ("MAT1978", "Probabilités et statistique", "Probability and Statistics"),
    ("IFT1015", "Programmation 1", "Programming 1"),
    ("IFT2015", "Structures de données", "Data Structures"),
    ("IFT2125", "Introduction à l’algorithmique", "Introduction to Algorithms"),
)
PIECES = (
    ("cv", True, "Curriculum vitæ", "Curriculum vitæ"),
    ("transcript", True, "Relevé de notes", "Transcript"),
    ("translation", True, "Traduction certifiée", "Certified translation"),
    ("diploma", False, "Diplôme", "Diploma"),
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
        "Mila peut transmettre mon dossier au Département d’informatique et de recherche opérationnelle (DIRO) de l’Université de Montréal.",
        "Mila may pass my file to the computer science department (DIRO) of Université de Montréal.",
    ),
)


def fill(apps, editor):
    """Write the prerequisite courses, and what every existing cycle asks for already."""
    course, cycle, piece, declaration = (
        apps.get_model("cycles", name) for name in ("Course", "Cycle", "Piece", "Declaration")
    )
    for position, (code, french, english) in enumerate(COURSES, 1):
        course.objects.create(code=code, name_fr=french, name_en=english, position=position)
    for row in cycle.objects.all():
        for position, (kind, required, french, english) in enumerate(PIECES, 1):
            piece.objects.create(
                cycle=row,
                kind=kind,
                slug=kind,
                is_required=required,
                name_fr=french,
                name_en=english,
                position=position,
            )
        for position, (code, french, english) in enumerate(DECLARATIONS, 1):
            declaration.objects.create(
                cycle=row, code=code, text_fr=french, text_en=english, position=position
            )


class Migration(migrations.Migration):
    dependencies = [
        ("cycles", "0001_from_applications"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Course",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(max_length=20, unique=True, verbose_name="course number"),
                ),
                ("name_fr", models.CharField(max_length=120, verbose_name="name in French")),
                ("name_en", models.CharField(max_length=120, verbose_name="name in English")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "is_asked",
                    models.BooleanField(
                        default=True,
                        help_text="Untick it instead of deleting: earlier files keep their answers.",
                        verbose_name="asked now",
                    ),
                ),
            ],
            options={
                "verbose_name": "prerequisite course",
                "verbose_name_plural": "prerequisite courses",
                "ordering": ["position", "code"],
            },
        ),
        migrations.CreateModel(
            name="Declaration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=30, verbose_name="short code")),
                ("text_fr", models.CharField(max_length=400, verbose_name="sentence in French")),
                (
                    "text_en",
                    models.CharField(
                        blank=True,
                        help_text="Write {version} where the version of the privacy notice stands.",
                        max_length=400,
                        verbose_name="sentence in English",
                    ),
                ),
                (
                    "version",
                    models.PositiveSmallIntegerField(
                        default=1, editable=False, verbose_name="version"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
            ],
            options={
                "verbose_name": "declaration",
                "verbose_name_plural": "declarations",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Piece",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("cv", "Curriculum vitæ"),
                            ("transcript", "Transcript, once for each degree"),
                            (
                                "translation",
                                "Certified translation, for each degree taught neither in French nor in English",
                            ),
                            ("diploma", "Diploma"),
                            ("other", "Another document"),
                        ],
                        default="other",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("slug", models.SlugField(max_length=30, verbose_name="short code")),
                ("name_fr", models.CharField(max_length=120, verbose_name="name in French")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=120, verbose_name="name in English"),
                ),
                (
                    "help_fr",
                    models.CharField(blank=True, max_length=300, verbose_name="advice in French"),
                ),
                (
                    "help_en",
                    models.CharField(blank=True, max_length=300, verbose_name="advice in English"),
                ),
                ("is_required", models.BooleanField(default=True, verbose_name="required")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
            ],
            options={
                "verbose_name": "document asked",
                "verbose_name_plural": "documents asked",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.SlugField(
                        help_text="Names the answer in exports; it stays the same from year to year.",
                        max_length=30,
                        verbose_name="short code",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "A line of text"),
                            ("long_text", "A longer text"),
                            ("number", "A whole number"),
                            ("choice", "One choice among several"),
                            ("yes_no", "Yes or no"),
                            ("file", "A PDF"),
                        ],
                        max_length=20,
                        verbose_name="kind of answer",
                    ),
                ),
                ("label_fr", models.CharField(max_length=300, verbose_name="question in French")),
                (
                    "label_en",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="question in English"
                    ),
                ),
                (
                    "help_fr",
                    models.CharField(blank=True, max_length=500, verbose_name="advice in French"),
                ),
                (
                    "help_en",
                    models.CharField(blank=True, max_length=500, verbose_name="advice in English"),
                ),
                (
                    "choices_fr",
                    models.TextField(
                        blank=True,
                        help_text="One a line, at least two.",
                        verbose_name="choices in French",
                    ),
                ),
                (
                    "choices_en",
                    models.TextField(
                        blank=True,
                        help_text="The same ones, in the same order, one a line.",
                        verbose_name="choices in English",
                    ),
                ),
                (
                    "is_required",
                    models.BooleanField(default=False, verbose_name="an answer is required"),
                ),
                (
                    "limit",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: 200 for a line, 1,500 for a longer text.",
                        null=True,
                        verbose_name="longest answer, in characters",
                    ),
                ),
                (
                    "lowest",
                    models.IntegerField(blank=True, null=True, verbose_name="lowest number"),
                ),
                (
                    "highest",
                    models.IntegerField(blank=True, null=True, verbose_name="highest number"),
                ),
                (
                    "shown_when",
                    models.CharField(blank=True, max_length=20, verbose_name="when the answer is"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "version",
                    models.PositiveSmallIntegerField(
                        default=1, editable=False, verbose_name="version"
                    ),
                ),
                (
                    "is_retired",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="no longer asked"
                    ),
                ),
            ],
            options={
                "verbose_name": "extra question",
                "verbose_name_plural": "extra questions",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="QuestionVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                ("content", models.JSONField(verbose_name="wording")),
                (
                    "at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="until"),
                ),
            ],
            options={
                "verbose_name": "earlier wording",
                "verbose_name_plural": "earlier wordings",
                "ordering": ["question", "version"],
            },
        ),
        migrations.AddField(
            model_name="cycle",
            name="notice_en",
            field=models.TextField(blank=True, verbose_name="privacy notice in English"),
        ),
        migrations.AddField(
            model_name="cycle",
            name="notice_fr",
            field=models.TextField(blank=True, verbose_name="privacy notice in French"),
        ),
        migrations.AddField(
            model_name="cycle",
            name="second_start_on",
            field=models.DateField(
                blank=True,
                help_text="For cycles that also take people in a later term.",
                null=True,
                verbose_name="second start",
            ),
        ),
        migrations.AlterField(
            model_name="cycle",
            name="notice_version",
            field=models.CharField(max_length=20, verbose_name="version of the privacy notice"),
        ),
        migrations.AddConstraint(
            model_name="cycle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("second_start_on__isnull", True),
                    ("second_start_on__gt", models.F("starts_on")),
                    _connector="OR",
                ),
                name="cycles_cycle_second_start_later",
                violation_error_message="The second start comes after the first one.",
            ),
        ),
        migrations.AddField(
            model_name="declaration",
            name="cycle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="declarations",
                to="cycles.cycle",
                verbose_name="cycle",
            ),
        ),
        migrations.AddField(
            model_name="piece",
            name="cycle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="pieces",
                to="cycles.cycle",
                verbose_name="cycle",
            ),
        ),
        migrations.AddField(
            model_name="piece",
            name="program",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty: for every program.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cycles.program",
                verbose_name="only for",
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="cycle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="questions",
                to="cycles.cycle",
                verbose_name="cycle",
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="program",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty: for every program.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cycles.program",
                verbose_name="only for",
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="shown_if",
            field=models.ForeignKey(
                blank=True,
                help_text="An earlier question, answered by yes or no or by a choice. Empty: always asked.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followers",
                to="cycles.question",
                verbose_name="only asked after",
            ),
        ),
        migrations.AddField(
            model_name="questionversion",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="questionversion",
            name="question",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="versions",
                to="cycles.question",
                verbose_name="question",
            ),
        ),
        migrations.AddConstraint(
            model_name="declaration",
            constraint=models.UniqueConstraint(
                fields=("cycle", "code"),
                name="cycles_declaration_once",
                violation_error_message="This cycle already has a declaration with this code.",
            ),
        ),
        migrations.AddConstraint(
            model_name="piece",
            constraint=models.UniqueConstraint(
                fields=("cycle", "slug"),
                name="cycles_piece_once",
                violation_error_message="This cycle already has a document with this code.",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.UniqueConstraint(
                fields=("cycle", "code"),
                name="cycles_question_once",
                violation_error_message="This cycle already has a question with this code.",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("lowest__isnull", True),
                    ("highest__isnull", True),
                    ("lowest__lte", models.F("highest")),
                    _connector="OR",
                ),
                name="cycles_question_bounds_in_order",
                violation_error_message="The lowest number cannot exceed the highest one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("shown_if__isnull", True), ("shown_when", "")),
                    models.Q(
                        ("shown_if__isnull", False), models.Q(("shown_when", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="cycles_question_condition_whole",
                violation_error_message="A condition names a question and its answer.",
            ),
        ),
        migrations.AddConstraint(
            model_name="questionversion",
            constraint=models.UniqueConstraint(
                fields=("question", "version"), name="cycles_questionversion_once"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
