"""Whether a program asks for work experience: so far, the one that can be followed part time."""

from typing import Any

from django.db import migrations, models
from django.db.models import F


def ask_where_it_was_asked(apps: Any, schema_editor: Any) -> None:
    """The D.E.S.S. asks for both."""
    apps.get_model("cycles", "Program").objects.update(asks_experience=F("asks_attendance"))


class Migration(migrations.Migration):
    """Adds the column and fills it."""

    dependencies = [("cycles", "0002_configuration")]

    operations = [
        migrations.AddField(
            model_name="program",
            name="asks_experience",
            field=models.BooleanField(default=False, verbose_name="asks for work experience"),
        ),
        migrations.RunPython(ask_where_it_was_asked, migrations.RunPython.noop),
    ]
