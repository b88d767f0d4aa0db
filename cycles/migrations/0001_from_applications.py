"""Programs and cycles move out of `applications` into a room of their own; no row is touched."""

import django.db.models.deletion
from django.db import migrations, models

TABLES = ("cycle", "program", "intake")
CONSTRAINTS = {
    "cycle": (),
    "intake": ("once",),
}


def renames(old: str, new: str) -> list[str]:
    """The statements that give the tables and what hangs on them the names of another app."""
    tables = [f"ALTER TABLE {old}_{table} RENAME TO {new}_{table}" for table in TABLES]
    keys = [
        f"ALTER SEQUENCE {old}_{table}_id_seq RENAME TO {new}_{table}_id_seq" for table in TABLES
    ]
    rules = [
        f"ALTER TABLE {new}_{table} RENAME CONSTRAINT {old}_{table}_{rule} TO {new}_{table}_{rule}"
        for table, rules in CONSTRAINTS.items()
        for rule in rules
    ]
    return [*tables, *keys, *rules]


class Migration(migrations.Migration):
    """Renames three tables; the other apps point at them by migrations that change the state only."""

    initial = True

    dependencies = [
        ("applications", "0003_short_names"),
        ("reviews", "0002_search"),
        ("followup", "0001_offers_and_udem_files"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    renames("applications", "cycles"), renames("cycles", "applications")
                )
            ],
            state_operations=[
                migrations.CreateModel(
                    name="Cycle",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "code",
                            models.SlugField(
                                help_text="As in A27; it begins each file number.",
                                max_length=10,
                                unique=True,
                                verbose_name="short code",
                            ),
                        ),
                        (
                            "name_fr",
                            models.CharField(max_length=100, verbose_name="name in French"),
                        ),
                        (
                            "name_en",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="name in English"
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="studies begin")),
                        ("opens_at", models.DateTimeField(verbose_name="opens")),
                        ("closes_at", models.DateTimeField(verbose_name="closes")),
                        (
                            "grace_minutes",
                            models.PositiveSmallIntegerField(
                                default=10,
                                help_text="Never announced; for slow lines.",
                                verbose_name="silent grace, in minutes",
                            ),
                        ),
                        (
                            "documents_due_on",
                            models.DateField(verbose_name="references and documents due"),
                        ),
                        ("reviews_due_on", models.DateField(verbose_name="reviews due")),
                        ("release_on", models.DateField(verbose_name="answers released by")),
                        ("reply_by", models.DateField(verbose_name="reply to an offer by")),
                        (
                            "udem_safe_on",
                            models.DateField(verbose_name="UdeM application: safe date"),
                        ),
                        (
                            "udem_official_on",
                            models.DateField(verbose_name="UdeM application: official date"),
                        ),
                        ("waitlist_ends_on", models.DateField(verbose_name="waitlist ends")),
                        (
                            "reviews_per_file",
                            models.PositiveSmallIntegerField(
                                default=2, verbose_name="reviews per file"
                            ),
                        ),
                        (
                            "is_blind",
                            models.BooleanField(
                                default=False, verbose_name="reviewers do not see names"
                            ),
                        ),
                        (
                            "notice_version",
                            models.CharField(
                                max_length=20,
                                verbose_name="version of the privacy notice and declarations",
                            ),
                        ),
                        (
                            "is_published",
                            models.BooleanField(default=False, verbose_name="published"),
                        ),
                    ],
                    options={
                        "verbose_name": "cycle",
                        "verbose_name_plural": "cycles",
                        "ordering": ["-opens_at"],
                    },
                ),
                migrations.CreateModel(
                    name="Program",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("code", models.SlugField(unique=True, verbose_name="short code")),
                        (
                            "name_fr",
                            models.CharField(max_length=200, verbose_name="name in French"),
                        ),
                        (
                            "name_en",
                            models.CharField(max_length=200, verbose_name="name in English"),
                        ),
                        (
                            "short_fr",
                            models.CharField(
                                blank=True, max_length=40, verbose_name="short name in French"
                            ),
                        ),
                        (
                            "short_en",
                            models.CharField(
                                blank=True, max_length=40, verbose_name="short name in English"
                            ),
                        ),
                        (
                            "description_fr",
                            models.TextField(blank=True, verbose_name="who it is for, in French"),
                        ),
                        (
                            "description_en",
                            models.TextField(blank=True, verbose_name="who it is for, in English"),
                        ),
                        (
                            "udem_code",
                            models.CharField(max_length=20, verbose_name="UdeM program number"),
                        ),
                        (
                            "udem_segment",
                            models.CharField(
                                blank=True, max_length=10, verbose_name="UdeM segment"
                            ),
                        ),
                        (
                            "internship_required",
                            models.BooleanField(
                                default=False, verbose_name="internship compulsory"
                            ),
                        ),
                        (
                            "asks_attendance",
                            models.BooleanField(
                                default=False, verbose_name="asks full or part time"
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="order"),
                        ),
                    ],
                    options={
                        "verbose_name": "program",
                        "verbose_name_plural": "programs",
                        "ordering": ["position", "code"],
                    },
                ),
                migrations.CreateModel(
                    name="Intake",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "seats",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="seats"
                            ),
                        ),
                        (
                            "referees_asked",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="referees asked"
                            ),
                        ),
                        (
                            "cycle",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="intakes",
                                to="cycles.cycle",
                            ),
                        ),
                        (
                            "program",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="intakes",
                                to="cycles.program",
                                verbose_name="program",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "program of the cycle",
                        "verbose_name_plural": "programs of the cycle",
                    },
                ),
                migrations.AddField(
                    model_name="cycle",
                    name="programs",
                    field=models.ManyToManyField(
                        through="cycles.Intake", to="cycles.program", verbose_name="programs"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="intake",
                    constraint=models.UniqueConstraint(
                        fields=("cycle", "program"),
                        name="cycles_intake_once",
                        violation_error_message="A program stands once in a cycle.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cycle",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("opens_at__lt", models.F("closes_at"))),
                        name="cycles_cycle_opens_before_closing",
                        violation_error_message="A cycle must open before it closes.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cycle",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("reviews_due_on__gte", models.F("documents_due_on"))),
                        name="cycles_cycle_reading_after_documents",
                        violation_error_message="Reviews cannot be due before the last documents.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cycle",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("release_on__gte", models.F("reviews_due_on"))),
                        name="cycles_cycle_release_after_reviews",
                        violation_error_message="Answers cannot be released before the reviews are due.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cycle",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("reply_by__gte", models.F("release_on"))),
                        name="cycles_cycle_reply_after_release",
                        violation_error_message="People cannot reply before the answers are released.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cycle",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("udem_official_on__gte", models.F("udem_safe_on")),
                            ("udem_safe_on__gte", models.F("release_on")),
                        ),
                        name="cycles_cycle_udem_dates_in_order",
                        violation_error_message="The safe UdeM date comes after the release and not after the official one.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cycle",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("waitlist_ends_on__gte", models.F("reply_by"))),
                        name="cycles_cycle_waitlist_after_reply",
                        violation_error_message="The waitlist cannot end before people have replied.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cycle",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("starts_on__gt", models.F("waitlist_ends_on"))),
                        name="cycles_cycle_starts_last",
                        violation_error_message="Studies cannot begin before the waitlist ends.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cycle",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("reviews_per_file__gte", 1)),
                        name="cycles_cycle_reviewed_at_least_once",
                        violation_error_message="At least one professor reads each file.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cycle",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("is_published", False),
                            models.Q(("name_en", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="cycles_cycle_bilingual_when_published",
                        violation_error_message="Nothing is published until both languages are complete.",
                    ),
                ),
            ],
        )
    ]
