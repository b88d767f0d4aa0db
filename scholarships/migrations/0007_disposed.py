"""How many results of an announcement went since."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("scholarships", "0006_money"),
    ]

    operations = [
        migrations.AddField(
            model_name="announcement",
            name="disposed",
            field=models.PositiveIntegerField(
                db_default=0, default=0, editable=False, verbose_name="destroyed since"
            ),
        ),
    ]
