"""Each document received before the second check existed waits for it."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def ask(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """One check for each content; its pictures were never drawn."""
    rows = apps.get_model("applications", "Document").objects.values_list(
        "sha256", "file", "size", "pages"
    )
    check = apps.get_model("papers", "CheckedFile")
    check.objects.bulk_create(
        (
            check(sha256=sha256, original=name, size=size, pages=pages)
            for sha256, name, size, pages in rows.iterator()
        ),
        batch_size=1000,
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0007_document_slots"),
        ("papers", "0001_checked_files"),
    ]

    operations = [migrations.RunPython(ask, migrations.RunPython.noop)]
