"""UdeM’s lists: what was received, said, matched, changed and learned."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import followup.sealing


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cycles", "0005_sender"),
        ("followup", "0006_numbers_are_marked"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Mapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(editable=False, max_length=64, unique=True)),
                ("columns", models.JSONField(default=dict, verbose_name="columns")),
                (
                    "said_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="said"),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="said by",
                    ),
                ),
            ],
            options={
                "verbose_name": "columns of UdeM’s lists",
                "verbose_name_plural": "columns of UdeM’s lists",
                "ordering": ["-said_at"],
            },
        ),
        migrations.CreateModel(
            name="UdemList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("compared", "Compared"),
                            ("queued", "Being applied"),
                            ("applied", "Applied"),
                            ("undone", "Undone"),
                            ("erased", "Erased"),
                        ],
                        default="received",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "received_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="received"
                    ),
                ),
                ("as_of", models.DateField(verbose_name="date of the list")),
                ("label", models.CharField(blank=True, max_length=100, verbose_name="file name")),
                ("sha256", models.CharField(editable=False, max_length=64)),
                (
                    "content",
                    followup.sealing.SealedField(
                        blank=True, editable=False, verbose_name="the file"
                    ),
                ),
                ("encoding", models.CharField(blank=True, max_length=10, verbose_name="encoding")),
                (
                    "date_order",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("dmy", "Day, month, year: 31/01/2027"),
                            ("mdy", "Month, day, year: 01/31/2027"),
                        ],
                        max_length=3,
                        verbose_name="how days are written",
                    ),
                ),
                ("columns", models.JSONField(blank=True, default=dict, verbose_name="columns")),
                (
                    "revision",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="revision"),
                ),
                (
                    "rows",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="lines"),
                ),
                (
                    "settled_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="applied"
                    ),
                ),
                (
                    "applied",
                    models.PositiveIntegerField(
                        default=0, editable=False, verbose_name="people written"
                    ),
                ),
                (
                    "undone_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="undone"
                    ),
                ),
                (
                    "undone_why",
                    models.CharField(blank=True, max_length=500, verbose_name="why it was undone"),
                ),
                (
                    "erased_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="erased"
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="udem_lists",
                        to="cycles.cycle",
                        verbose_name="cycle",
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="received by",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="applied by",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="undone by",
                    ),
                ),
            ],
            options={
                "verbose_name": "list of UdeM",
                "verbose_name_plural": "lists of UdeM",
                "ordering": ["-received_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="line")),
                ("payload", followup.sealing.SealedField(blank=True, verbose_name="what it says")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("certain", "Certain"),
                            ("doubtful", "To be chosen"),
                            ("unknown", "Nobody of ours"),
                            ("folded", "Said twice alike"),
                        ],
                        max_length=10,
                        verbose_name="verdict",
                    ),
                ),
                (
                    "why",
                    models.CharField(blank=True, max_length=20, verbose_name="why it is asked"),
                ),
                ("candidates", models.JSONField(blank=True, default=dict)),
                ("unclear", models.JSONField(blank=True, default=list)),
                (
                    "same_as",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="same as line"),
                ),
                ("chosen_at", models.DateTimeField(blank=True, null=True, verbose_name="chosen")),
                (
                    "chosen_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="chosen by",
                    ),
                ),
                (
                    "udem_file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="list_lines",
                        to="followup.udemfile",
                    ),
                ),
                (
                    "udem_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="reconciliation.udemlist",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a list",
                "verbose_name_plural": "lines of lists",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("told", followup.sealing.SealedField(blank=True, verbose_name="field by field")),
                ("stood", followup.sealing.SealedField(blank=True, verbose_name="the facts then")),
                (
                    "before",
                    followup.sealing.SealedField(blank=True, verbose_name="the facts before"),
                ),
                ("choices", models.JSONField(blank=True, default=dict, verbose_name="choices")),
                (
                    "lacks",
                    models.JSONField(blank=True, default=list, verbose_name="what is lacking"),
                ),
                ("news", models.PositiveSmallIntegerField(default=0, verbose_name="new facts")),
                (
                    "sames",
                    models.PositiveSmallIntegerField(default=0, verbose_name="confirmed facts"),
                ),
                (
                    "conflicts",
                    models.PositiveSmallIntegerField(default=0, verbose_name="conflicts"),
                ),
                (
                    "open",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="conflicts without a choice"
                    ),
                ),
                ("is_ready", models.BooleanField(default=False, verbose_name="would be written")),
                (
                    "has_moved",
                    models.BooleanField(default=False, verbose_name="changed by others meanwhile"),
                ),
                ("applied_at", models.DateTimeField(blank=True, null=True, verbose_name="applied")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="undone")),
                (
                    "was_left",
                    models.BooleanField(default=False, verbose_name="left as it is when undone"),
                ),
                (
                    "udem_file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="list_changes",
                        to="followup.udemfile",
                    ),
                ),
                (
                    "line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="change",
                        to="reconciliation.line",
                    ),
                ),
                (
                    "udem_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="reconciliation.udemlist",
                    ),
                ),
            ],
            options={
                "verbose_name": "change by a list",
                "verbose_name_plural": "changes by lists",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=100, unique=True, verbose_name="UdeM’s word")),
                (
                    "step",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("filed", "Filed"),
                            ("documents", "Documents asked for"),
                            ("admitted", "Admitted"),
                            ("conditional", "Admitted on a condition"),
                            ("refused", "Refused by UdeM"),
                            ("closed", "Closed by UdeM"),
                            ("accepted", "UdeM’s offer accepted"),
                            ("registered", "Registered"),
                            ("deferred", "Deferred"),
                            ("not_registered", "Not registered"),
                        ],
                        max_length=14,
                        verbose_name="our step",
                    ),
                ),
                (
                    "said_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="said"),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="said by",
                    ),
                ),
            ],
            options={
                "verbose_name": "word of UdeM’s lists",
                "verbose_name_plural": "words of UdeM’s lists",
                "ordering": ["word"],
            },
        ),
        migrations.AddConstraint(
            model_name="udemlist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        ["received", "compared", "queued", "applied", "undone", "erased"],
                    )
                ),
                name="reconciliation_list_status_known",
                violation_error_message="This status does not exist.",
            ),
        ),
        migrations.AddConstraint(
            model_name="udemlist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "erased"), _negated=True),
                    models.Q(("content", ""), ("erased_at__isnull", False)),
                    _connector="OR",
                ),
                name="reconciliation_list_erased_is_empty",
                violation_error_message="An erased list holds nothing any more.",
            ),
        ),
        migrations.AddConstraint(
            model_name="udemlist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("undone_at", None), ("undone_by", None), ("undone_why", "")),
                    models.Q(
                        ("undone_at__isnull", False),
                        ("undone_by__isnull", False),
                        models.Q(("undone_why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="reconciliation_list_undone_by_somebody",
                violation_error_message="A person with a reason stands behind each undoing.",
            ),
        ),
        migrations.AddConstraint(
            model_name="udemlist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("settled_at", None), ("settled_by__isnull", False), _connector="OR"
                ),
                name="reconciliation_list_applied_by_somebody",
                violation_error_message="A person stands behind each list that was applied.",
            ),
        ),
        migrations.AddIndex(
            model_name="line",
            index=models.Index(
                fields=["udem_list", "verdict", "number"], name="reconciliation_line_queue"
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.UniqueConstraint(
                fields=("udem_list", "number"),
                name="reconciliation_line_once",
                violation_error_message="A line is read once.",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.UniqueConstraint(
                condition=models.Q(("udem_file__isnull", False)),
                fields=("udem_list", "udem_file"),
                name="reconciliation_line_one_a_person",
                violation_error_message="A person is meant by one line of a list.",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("udem_file__isnull", False), ("verdict", "certain")),
                    ("verdict", "doubtful"),
                    models.Q(("udem_file", None), ("verdict__in", ["unknown", "folded"])),
                    _connector="OR",
                ),
                name="reconciliation_line_verdict_fits",
                violation_error_message="The verdict does not fit the person.",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("chosen_at", None), ("chosen_by", None)),
                    models.Q(
                        ("chosen_at__isnull", False),
                        ("chosen_by__isnull", False),
                        ("verdict", "doubtful"),
                    ),
                    _connector="OR",
                ),
                name="reconciliation_line_chosen_by_somebody",
                violation_error_message="A person stands behind each choice.",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verdict", "doubtful"), _negated=True),
                    ("udem_file", None),
                    ("chosen_at__isnull", False),
                    _connector="OR",
                ),
                name="reconciliation_line_doubt_is_settled_by_choice",
                violation_error_message="A doubtful line means nobody until somebody chooses.",
            ),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=["udem_list", "id"], name="reconciliation_change_page"),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("undone_at", None), ("applied_at__isnull", False), _connector="OR"
                ),
                name="reconciliation_change_undone_after_applied",
                violation_error_message="Only what was applied is undone.",
            ),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("applied_at", None), models.Q(("before", ""), _negated=True), _connector="OR"
                ),
                name="reconciliation_change_applied_remembers",
                violation_error_message="What was applied remembers what stood before.",
            ),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_ready", False), ("lacks", []), _connector="OR"),
                name="reconciliation_change_ready_is_whole",
                violation_error_message="What lacks a fact is not written.",
            ),
        ),
        migrations.AddConstraint(
            model_name="word",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "step__in",
                        [
                            "",
                            "filed",
                            "documents",
                            "admitted",
                            "conditional",
                            "refused",
                            "closed",
                            "accepted",
                            "registered",
                            "deferred",
                            "not_registered",
                        ],
                    )
                ),
                name="reconciliation_word_step_known",
                violation_error_message="This step does not exist.",
            ),
        ),
    ]
