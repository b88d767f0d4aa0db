"""Messages go with a draft that its author erases; the database has nothing to change."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """One rule of deletion."""

    dependencies = [("desk", "0001_office")]

    operations = [
        migrations.AlterField(
            model_name="message",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="messages",
                to="applications.application",
                verbose_name="application",
            ),
        ),
    ]
