"""Filters are kept in one way for every list (`finding.SavedView`): their first table goes."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """After `finding` took the rows."""

    dependencies: ClassVar = [
        ("enrolment", "0001_board_and_handing_over"),
        ("finding", "0003_filters_become_views"),
    ]
    operations: ClassVar = [migrations.DeleteModel(name="SavedFilter")]
