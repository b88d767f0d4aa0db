"""Which page wrote each step of a draft last."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds a column."""

    dependencies = [
        ("applications", "0006_whole_form"),
    ]

    operations = [
        migrations.AddField(
            model_name="application",
            name="writers",
            field=models.JSONField(default=dict, editable=False),
        ),
    ]
