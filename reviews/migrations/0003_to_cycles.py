"""Reviews point at the cycles where they live now; the state changes, the tables do not."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Follows the move."""

    dependencies = [
        ("cycles", "0001_from_applications"),
        ("reviews", "0002_search"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="criterion",
                    name="cycle",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="criteria",
                        to="cycles.cycle",
                        verbose_name="cycle",
                    ),
                ),
                migrations.AlterField(
                    model_name="decision",
                    name="program",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cycles.program",
                        verbose_name="program",
                    ),
                ),
                migrations.AlterField(
                    model_name="release",
                    name="cycle",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="releases",
                        to="cycles.cycle",
                        verbose_name="cycle",
                    ),
                ),
                migrations.AlterField(
                    model_name="review",
                    name="recommended_program",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cycles.program",
                        verbose_name="For which program",
                    ),
                ),
                migrations.AlterField(
                    model_name="standing",
                    name="cycle",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cycles.cycle",
                    ),
                ),
            ]
        )
    ]
