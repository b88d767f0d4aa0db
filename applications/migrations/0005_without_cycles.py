"""Cycles and programs are no longer of this app; the state changes, the tables do not."""

from django.db import migrations


class Migration(migrations.Migration):
    """Follows the move."""

    dependencies = [
        ("applications", "0004_to_cycles"),
        ("followup", "0002_to_cycles"),
        ("reviews", "0003_to_cycles"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(
                    name="Cycle",
                ),
                migrations.DeleteModel(
                    name="Intake",
                ),
                migrations.DeleteModel(
                    name="Program",
                ),
            ]
        )
    ]
