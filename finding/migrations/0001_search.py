"""Names, institutions, referees and addresses found on indexes, misspelt or not: a search of 100,000 files reads a few hundred."""

from typing import ClassVar

from django.db import migrations

FILES = "mila_fold(first_names || ' ' || last_names || ' ' || preferred_name || ' ' || number)"
BEFORE = "mila_fold(first_names || ' ' || last_names || ' ' || number)"
# Name of the index, its table, and what it holds.
INDEXES = (
    ("finding_files", "applications_application", FILES),
    (
        "finding_referees",
        "applications_referee",
        "mila_fold(name || ' ' || organisation || ' ' || email)",
    ),
    ("finding_institutions", "applications_degree", "mila_fold(institution)"),
    ("finding_receipts", "applications_submission", "mila_fold(receipt)"),
    ("finding_people", "accounts_user", "mila_fold(full_name || ' ' || email)"),
)


def trigrams(name: str, table: str, text: str) -> str:
    """The index that finds parts of a text and what is nearly it."""
    return f"CREATE INDEX {name} ON {table} USING gin ({text} gin_trgm_ops)"


class Migration(migrations.Migration):
    """Expression indexes are not part of the models' state; the columns belong to rooms on the left."""

    dependencies: ClassVar = [
        ("reviews", "0002_search"),
        ("applications", "0006_whole_form"),
        ("accounts", "0001_people"),
    ]
    operations: ClassVar = [
        *(
            migrations.RunSQL(trigrams(*index), f"DROP INDEX IF EXISTS {index[0]}")
            for index in INDEXES
        ),
        # What a person is called is looked for in the same index as their names.
        migrations.RunSQL(
            "DROP INDEX reviews_board_words",
            trigrams("reviews_board_words", "applications_application", BEFORE),
        ),
        # Names of one or two letters, as many Chinese and Korean ones are.
        migrations.RunSQL(
            'CREATE INDEX finding_last_names ON applications_application ((mila_fold(last_names) COLLATE "C"))',
            "DROP INDEX finding_last_names",
        ),
    ]
