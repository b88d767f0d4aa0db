"""The filters that people kept of the follow-up board are views of it."""

from typing import Any, ClassVar

from django.db import migrations

BOARD = "followup_board"


def forwards(apps: Any, schema: Any) -> None:
    """Each filter as a view of the board, under its name."""
    view = apps.get_model("finding", "SavedView")
    rows = apps.get_model("enrolment", "SavedFilter").objects.all()
    view.objects.bulk_create(
        view(
            owner_id=row.person_id,
            listed=BOARD,
            name=row.name,
            query=row.query,
            is_default=row.is_default,
        )
        for row in rows.iterator()
    )
    rows.delete()


def backwards(apps: Any, schema: Any) -> None:
    """Each view of the board as a filter; views of other lists have no place there."""
    view = apps.get_model("finding", "SavedView")
    rows = view.objects.filter(listed=BOARD, dropped_at=None)
    kept = apps.get_model("enrolment", "SavedFilter")
    kept.objects.bulk_create(
        kept(
            person_id=row.owner_id,
            name=row.name,
            query=row.query[:300],
            is_default=row.is_default,
        )
        for row in rows.iterator()
    )
    rows.delete()


class Migration(migrations.Migration):
    """Rows only: the table goes in `enrolment`’s own next step."""

    dependencies: ClassVar = [
        ("finding", "0002_views_and_exports"),
        ("enrolment", "0001_board_and_handing_over"),
    ]
    operations: ClassVar = [migrations.RunPython(forwards, backwards)]
