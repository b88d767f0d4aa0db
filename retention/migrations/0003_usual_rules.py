"""The usual rules, to be validated by the privacy officer."""

from typing import Any

from django.db import migrations

USUAL = {
    "draft": {"days": 90},
    "ended": {"months": 24},
    "registered": {"months": 24},
    "account": {"months": 24},
    "identification": {"months": 12, "disposition": "aggregate"},
    "trail": {"months": 60},
    "incident": {"months": 60},
}


def write(apps: Any, _schema: Any) -> None:
    """One row a class, unless it is there."""
    rule = apps.get_model("retention", "Rule")
    for kind, values in USUAL.items():
        rule.objects.get_or_create(kind=kind, defaults=values)


class Migration(migrations.Migration):
    """Writes them."""

    dependencies = [("retention", "0002_by_two")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
