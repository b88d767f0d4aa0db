"""Grades with three decimals: a transcript may show 3.895, and nothing is rounded."""

from django.db import migrations, models

NAMES = {"average": "Average", "scale_max": "Best possible grade", "scale_pass": "Pass mark"}


class Migration(migrations.Migration):
    """Widens three columns."""

    dependencies = [("applications", "0012_closed")]

    operations = [
        migrations.AlterField(
            model_name="degree",
            name=name,
            field=models.DecimalField(
                blank=True, decimal_places=3, max_digits=7, null=True, verbose_name=label
            ),
        )
        for name, label in NAMES.items()
    ]
