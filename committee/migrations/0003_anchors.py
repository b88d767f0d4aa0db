"""Fictitious files that every reader scores first, and what each reader gave to them."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("committee", "0002_remarks"),
        ("cycles", "0004_whole_cycles_go"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Anchor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("title_fr", models.CharField(max_length=120, verbose_name="title in French")),
                (
                    "title_en",
                    models.CharField(blank=True, max_length=120, verbose_name="title in English"),
                ),
                ("degrees_fr", models.TextField(blank=True, verbose_name="degrees in French")),
                ("degrees_en", models.TextField(blank=True, verbose_name="degrees in English")),
                ("experience_fr", models.TextField(blank=True, verbose_name="jobs in French")),
                ("experience_en", models.TextField(blank=True, verbose_name="jobs in English")),
                (
                    "statement_fr",
                    models.TextField(blank=True, verbose_name="letter of intent in French"),
                ),
                (
                    "statement_en",
                    models.TextField(blank=True, verbose_name="letter of intent in English"),
                ),
                (
                    "python_level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "Not yet"),
                            ("beginner", "Beginner: small exercises"),
                            ("intermediate", "Intermediate: my own programs"),
                            ("advanced", "Advanced: programs that others use"),
                        ],
                        max_length=20,
                        verbose_name="Python",
                    ),
                ),
                (
                    "french_level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("a1", "A1: first words"),
                            ("a2", "A2: elementary"),
                            ("b1", "B1: intermediate"),
                            ("b2", "B2: upper intermediate"),
                            ("c1", "C1: advanced"),
                            ("c2", "C2: like a first language"),
                        ],
                        max_length=2,
                        verbose_name="French",
                    ),
                ),
                (
                    "english_level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("a1", "A1: first words"),
                            ("a2", "A2: elementary"),
                            ("b1", "B1: intermediate"),
                            ("b2", "B2: upper intermediate"),
                            ("c1", "C1: advanced"),
                            ("c2", "C2: like a first language"),
                        ],
                        max_length=2,
                        verbose_name="English",
                    ),
                ),
                (
                    "courses",
                    models.JSONField(blank=True, default=dict, verbose_name="prerequisites"),
                ),
                (
                    "reference",
                    models.JSONField(blank=True, default=dict, verbose_name="agreed values"),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="anchors",
                        to="cycles.cycle",
                        verbose_name="cycle",
                    ),
                ),
            ],
            options={
                "verbose_name": "calibration file",
                "verbose_name_plural": "calibration files",
                "ordering": ["cycle", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="AnchorReading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("values", models.JSONField(default=dict, verbose_name="values")),
                ("comment", models.TextField(blank=True, verbose_name="comment")),
                (
                    "done_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="scored"
                    ),
                ),
                (
                    "revision",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="revision"),
                ),
                (
                    "anchor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="committee.anchor",
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="anchor_readings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "calibration reading",
                "verbose_name_plural": "calibration readings",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("anchor", "reader"),
                        name="committee_anchorreading_once",
                        violation_error_message="Each reader scores a calibration file once.",
                    )
                ],
            },
        ),
    ]
