"""UdeM files point at the programs where they live now; the state changes, the tables do not."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Follows the move."""

    dependencies = [
        ("cycles", "0001_from_applications"),
        ("followup", "0001_offers_and_udem_files"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="udemfile",
                    name="program",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="cycles.program",
                        verbose_name="program",
                    ),
                ),
            ]
        )
    ]
