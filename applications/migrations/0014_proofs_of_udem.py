"""One more kind of document: the proof of a step at UdeM."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0013_finer_grades"),
    ]

    operations = [
        migrations.AlterField(
            model_name="document",
            name="kind",
            field=models.CharField(
                choices=[
                    ("cv", "Curriculum vitæ"),
                    ("transcript", "Transcript"),
                    ("translation", "Certified translation"),
                    ("diploma", "Diploma"),
                    ("other", "Other document"),
                    ("answer", "File sent as an answer"),
                    ("request", "Piece asked for later"),
                    ("proof", "Proof of a step at UdeM"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
    ]
