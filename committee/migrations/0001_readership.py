"""How much each reader takes, and the plans of who reads what."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Two tables."""

    initial = True

    dependencies = [
        ("cycles", "0004_whole_cycles_go"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("first", "The readings that are missing"),
                            ("another", "Another reading where it helps most"),
                        ],
                        max_length=10,
                        verbose_name="what to give",
                    ),
                ),
                (
                    "most",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="how many files at most"
                    ),
                ),
                (
                    "may_move",
                    models.BooleanField(
                        default=False, verbose_name="may move what nobody has opened"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("asked", "Being worked out"),
                            ("ready", "To look at"),
                            ("failed", "Failed"),
                            ("applied", "Applied"),
                            ("discarded", "Discarded"),
                        ],
                        default="asked",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "made_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked"),
                ),
                (
                    "tries",
                    models.PositiveSmallIntegerField(
                        default=0, editable=False, verbose_name="tries"
                    ),
                ),
                (
                    "lease_until",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="held until"
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        blank=True, editable=False, max_length=64, verbose_name="fingerprint"
                    ),
                ),
                (
                    "lines",
                    models.JSONField(
                        blank=True, default=list, editable=False, verbose_name="to give"
                    ),
                ),
                (
                    "moves",
                    models.JSONField(
                        blank=True, default=list, editable=False, verbose_name="to take back"
                    ),
                ),
                (
                    "figures",
                    models.JSONField(
                        blank=True, default=dict, editable=False, verbose_name="figures"
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="cycles.cycle",
                        verbose_name="cycle",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
            ],
            options={
                "verbose_name": "plan",
                "verbose_name_plural": "plans",
                "ordering": ["-made_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "asked")),
                        fields=("cycle",),
                        name="committee_plan_one_asked",
                        violation_error_message="A plan of this cycle is being worked out.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["asked", "ready", "failed", "applied", "discarded"])
                        ),
                        name="committee_plan_status_known",
                        violation_error_message="This status does not exist.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "first"), ("most__isnull", True)),
                            models.Q(
                                ("kind", "another"),
                                ("may_move", False),
                                ("most__gte", 1),
                                ("most__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="committee_plan_another_has_a_limit",
                        violation_error_message="Say how many files get another reading.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["ready", "applied"]), _negated=True),
                            models.Q(("basis", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="committee_plan_ready_has_a_basis",
                        violation_error_message="A plan says what it was worked out from.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Readership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "capacity",
                    models.PositiveSmallIntegerField(
                        default=15,
                        validators=[django.core.validators.MaxValueValidator(500)],
                        verbose_name="files at most",
                    ),
                ),
                ("reads_french", models.BooleanField(default=True, verbose_name="reads French")),
                ("reads_english", models.BooleanField(default=True, verbose_name="reads English")),
                ("away", models.BooleanField(default=False, verbose_name="not now")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readerships",
                        to="cycles.cycle",
                        verbose_name="cycle",
                    ),
                ),
                (
                    "programs",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="cycles.program", verbose_name="programs"
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readerships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reader",
                    ),
                ),
            ],
            options={
                "verbose_name": "readership",
                "verbose_name_plural": "readerships",
                "ordering": ["cycle", "reader"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("cycle", "reader"),
                        name="committee_readership_once",
                        violation_error_message="A reader stands once in a cycle.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("capacity__lte", 500)),
                        name="committee_readership_capacity_likely",
                        violation_error_message="At most 500 files.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reads_french", True), ("reads_english", True), _connector="OR"
                        ),
                        name="committee_readership_reads_something",
                        violation_error_message="Choose at least one language.",
                    ),
                ],
            },
        ),
    ]
