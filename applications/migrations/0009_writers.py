"""Which page wrote each step of a draft last."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds a column."""

    dependencies = [
        ("applications", "0008_documents_are_checked"),
    ]

    operations = [
        migrations.AddField(
            model_name="application",
            name="writers",
            field=models.JSONField(default=dict, editable=False),
        ),
    ]
