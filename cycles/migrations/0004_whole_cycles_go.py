"""A cycle that nobody saw goes with its questions, conditions included."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cycles", "0003_experience"),
    ]

    operations = [
        migrations.AlterField(
            model_name="question",
            name="shown_if",
            field=models.ForeignKey(
                blank=True,
                help_text="An earlier question, answered by yes or no or by a choice. Empty: always asked.",
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="followers",
                to="cycles.question",
                verbose_name="only asked after",
            ),
        ),
    ]
