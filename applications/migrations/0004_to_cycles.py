"""Applications point at the cycles where they live now; the state changes, the tables do not."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Follows the move."""

    dependencies = [
        ("applications", "0003_short_names"),
        ("cycles", "0001_from_applications"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(
                    model_name="cycle",
                    name="programs",
                ),
                migrations.RemoveField(
                    model_name="intake",
                    name="cycle",
                ),
                migrations.AlterField(
                    model_name="application",
                    name="cycle",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="cycles.cycle",
                        verbose_name="cycle",
                    ),
                ),
                migrations.RemoveField(
                    model_name="intake",
                    name="program",
                ),
                migrations.AlterField(
                    model_name="choice",
                    name="program",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="cycles.program"
                    ),
                ),
                migrations.AlterField(
                    model_name="application",
                    name="programs",
                    field=models.ManyToManyField(
                        through="applications.Choice", to="cycles.program", verbose_name="programs"
                    ),
                ),
            ]
        )
    ]
