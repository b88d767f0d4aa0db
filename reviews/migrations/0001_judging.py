"""The tables of judging: rubric, assignments, reviews, decisions and their release."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("applications", "0001_intake"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Assignment",
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
                    "assigned_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="assigned"
                    ),
                ),
                ("due_on", models.DateField(verbose_name="due")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("assigned", "To read"),
                            ("handed_in", "Handed in"),
                            ("conflict", "Conflict of interest"),
                            ("returned", "Taken back"),
                        ],
                        default="assigned",
                        editable=False,
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="applications.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "assigned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="assigned by",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reader",
                    ),
                ),
            ],
            options={
                "verbose_name": "assignment",
                "verbose_name_plural": "assignments",
                "ordering": ["due_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Criterion",
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
                    "position",
                    models.PositiveSmallIntegerField(default=0, verbose_name="order"),
                ),
                (
                    "name_fr",
                    models.CharField(max_length=120, verbose_name="name in French"),
                ),
                (
                    "name_en",
                    models.CharField(max_length=120, verbose_name="name in English"),
                ),
                (
                    "weight",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="weight",
                    ),
                ),
                (
                    "anchor_1_fr",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        verbose_name="what 1 means, in French",
                    ),
                ),
                (
                    "anchor_1_en",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        verbose_name="what 1 means, in English",
                    ),
                ),
                (
                    "anchor_3_fr",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        verbose_name="what 3 means, in French",
                    ),
                ),
                (
                    "anchor_3_en",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        verbose_name="what 3 means, in English",
                    ),
                ),
                (
                    "anchor_5_fr",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        verbose_name="what 5 means, in French",
                    ),
                ),
                (
                    "anchor_5_en",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        verbose_name="what 5 means, in English",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="criteria",
                        to="applications.cycle",
                        verbose_name="cycle",
                    ),
                ),
            ],
            options={
                "verbose_name": "criterion",
                "verbose_name_plural": "criteria",
                "ordering": ["cycle", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Release",
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
                    "status",
                    models.CharField(
                        choices=[
                            ("prepared", "Prepared"),
                            ("done", "Released"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="prepared",
                        editable=False,
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "prepared_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="prepared"
                    ),
                ),
                (
                    "fingerprint",
                    models.CharField(max_length=64, verbose_name="fingerprint of the list"),
                ),
                (
                    "size",
                    models.PositiveIntegerField(verbose_name="decisions on the list"),
                ),
                (
                    "released_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="released"),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="releases",
                        to="applications.cycle",
                        verbose_name="cycle",
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="prepared by",
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="released by",
                    ),
                ),
            ],
            options={
                "verbose_name": "release",
                "verbose_name_plural": "releases",
                "ordering": ["-prepared_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Decision",
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
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                (
                    "is_current",
                    models.BooleanField(default=True, verbose_name="counts"),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("accept", "Accept"),
                            ("waitlist", "Waitlist"),
                            ("decline", "Decline"),
                        ],
                        max_length=20,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "rank",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="place on the waitlist"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("approved", "Approved"),
                            ("released", "Released"),
                            ("set_aside", "Set aside"),
                        ],
                        default="proposed",
                        editable=False,
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "proposed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="proposed"
                    ),
                ),
                (
                    "approved_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="approved"),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="applications.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approved by",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="applications.program",
                        verbose_name="program",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="proposed by",
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="reviews.release",
                        verbose_name="release",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
                "ordering": ["application", "-version"],
            },
        ),
        migrations.CreateModel(
            name="Review",
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
                    "comment",
                    models.TextField(blank=True, verbose_name="For the committee"),
                ),
                (
                    "private_notes",
                    models.TextField(blank=True, verbose_name="Notes for yourself"),
                ),
                (
                    "confidence",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="Confidence"
                    ),
                ),
                (
                    "recommendation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("strong_accept", "Strong accept"),
                            ("accept", "Accept"),
                            ("waitlist", "Waitlist"),
                            ("decline", "Decline"),
                        ],
                        max_length=20,
                        verbose_name="Your advice",
                    ),
                ),
                (
                    "revision",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="revision"),
                ),
                (
                    "saved_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="saved",
                    ),
                ),
                (
                    "handed_in_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="handed in"
                    ),
                ),
                (
                    "mark",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        editable=False,
                        max_digits=4,
                        null=True,
                        verbose_name="weighted mean",
                    ),
                ),
                (
                    "assignment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review",
                        to="reviews.assignment",
                    ),
                ),
                (
                    "recommended_program",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="applications.program",
                        verbose_name="For which program",
                    ),
                ),
            ],
            options={
                "verbose_name": "review",
                "verbose_name_plural": "reviews",
            },
        ),
        migrations.CreateModel(
            name="Score",
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
                    "value",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="score"),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reviews.criterion",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scores",
                        to="reviews.review",
                    ),
                ),
            ],
            options={
                "verbose_name": "score",
                "verbose_name_plural": "scores",
            },
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="standing",
                        serialize=False,
                        to="applications.application",
                    ),
                ),
                (
                    "asked",
                    models.PositiveSmallIntegerField(default=0, verbose_name="readers asked"),
                ),
                (
                    "handed_in",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="readers who answered"
                    ),
                ),
                (
                    "mean",
                    models.DecimalField(
                        decimal_places=3, max_digits=4, null=True, verbose_name="mean"
                    ),
                ),
                (
                    "lowest",
                    models.DecimalField(
                        decimal_places=3, max_digits=4, null=True, verbose_name="lowest"
                    ),
                ),
                (
                    "highest",
                    models.DecimalField(
                        decimal_places=3,
                        max_digits=4,
                        null=True,
                        verbose_name="highest",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="applications.cycle",
                    ),
                ),
            ],
            options={
                "verbose_name": "standing",
                "verbose_name_plural": "standings",
            },
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                fields=["reviewer", "status", "due_on", "id"],
                name="reviews_assignment_queue",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "returned"), _negated=True),
                fields=("application", "reviewer"),
                name="reviews_assignment_once",
                violation_error_message="This person already has this file, or declared a conflict.",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["assigned", "handed_in", "conflict", "returned"])
                ),
                name="reviews_assignment_status_known",
                violation_error_message="This status does not exist.",
            ),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight__gte", 1), ("weight__lte", 100)),
                name="reviews_criterion_weighs_something",
                violation_error_message="A criterion weighs from 1 to 100.",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "prepared")),
                fields=("cycle",),
                name="reviews_release_one_prepared",
                violation_error_message="A release of this cycle is already prepared.",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["prepared", "done", "cancelled"])),
                name="reviews_release_status_known",
                violation_error_message="This status does not exist.",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "done"), _negated=True),
                    models.Q(
                        ("released_at__isnull", False),
                        ("released_by__isnull", False),
                        models.Q(("released_by", models.F("prepared_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="reviews_release_by_a_second_person",
                violation_error_message="A second person releases what the first prepared.",
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                condition=models.Q(("is_current", True)),
                fields=["status", "program", "outcome"],
                name="reviews_decision_tally",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_current", True)),
                fields=("application",),
                name="reviews_decision_one_current",
                violation_error_message="This file already has a decision that counts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                fields=("application", "version"),
                name="reviews_decision_version_once",
                violation_error_message="This version of the decision already exists.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome__in", ["accept", "waitlist", "decline"]),
                    ("status__in", ["proposed", "approved", "released", "set_aside"]),
                ),
                name="reviews_decision_status_known",
                violation_error_message="This status does not exist.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "decline"), ("program__isnull", True)),
                    models.Q(
                        models.Q(("outcome", "decline"), _negated=True),
                        ("program__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="reviews_decision_names_a_program",
                violation_error_message="Name the program to accept or waitlist for, and only then.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("rank__isnull", True),
                    models.Q(("outcome", "waitlist"), ("rank__gte", 1)),
                    _connector="OR",
                ),
                name="reviews_decision_rank_on_the_waitlist",
                violation_error_message="Only the waitlist has places, from 1 on.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["approved", "released"]), _negated=True),
                    models.Q(
                        ("approved_at__isnull", False),
                        ("approved_by__isnull", False),
                        models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="reviews_decision_by_a_second_person",
                violation_error_message="Another person approves what the first proposed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "released"), _negated=True),
                    ("release__isnull", False),
                    _connector="OR",
                ),
                name="reviews_decision_released_with_a_release",
                violation_error_message="Decisions become visible by a release only.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("is_current", False), ("status", "set_aside")),
                    models.Q(
                        models.Q(("status", "set_aside"), _negated=True),
                        ("is_current", True),
                    ),
                    _connector="OR",
                ),
                name="reviews_decision_set_aside_counts_no_more",
                violation_error_message="A decision set aside, and no other, stops counting.",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confidence__isnull", True),
                    models.Q(("confidence__gte", 1), ("confidence__lte", 5)),
                    _connector="OR",
                ),
                name="reviews_review_confidence_range",
                violation_error_message="Confidence goes from 1 to 5.",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("recommendation", ""),
                    (
                        "recommendation__in",
                        ["strong_accept", "accept", "waitlist", "decline"],
                    ),
                    _connector="OR",
                ),
                name="reviews_review_recommendation_known",
                violation_error_message="This advice does not exist.",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("handed_in_at__isnull", True),
                    models.Q(
                        ("mark__isnull", False),
                        models.Q(("recommendation", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="reviews_review_handed_in_whole",
                violation_error_message="A review that was handed in has a score and an advice.",
            ),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.UniqueConstraint(
                fields=("review", "criterion"),
                name="reviews_score_once",
                violation_error_message="Each criterion is scored once.",
            ),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("value__isnull", True),
                    models.Q(("value__gte", 1), ("value__lte", 5)),
                    _connector="OR",
                ),
                name="reviews_score_range",
                violation_error_message="A score goes from 1 to 5.",
            ),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(
                models.F("cycle"),
                models.OrderBy(models.F("mean"), descending=True),
                models.F("application"),
                condition=models.Q(("mean__isnull", False)),
                name="reviews_standing_rank",
            ),
        ),
        migrations.AddConstraint(
            model_name="standing",
            constraint=models.CheckConstraint(
                condition=models.Q(("handed_in__lte", models.F("asked"))),
                name="reviews_standing_adds_up",
                violation_error_message="Nobody answers without being asked.",
            ),
        ),
    ]
