"""Rounds, applications for them, the panel, results and awards."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("applications", "0013_finer_grades"),
        ("cycles", "0005_sender"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Announcement",
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
                            ("prepared", "Prepared"),
                            ("done", "Shown"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="prepared",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("fingerprint", models.CharField(editable=False, max_length=64)),
                ("size", models.PositiveIntegerField(editable=False, verbose_name="results")),
                (
                    "prepared_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="prepared"
                    ),
                ),
                ("shown_at", models.DateTimeField(blank=True, null=True, verbose_name="shown")),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "announcement of results",
                "verbose_name_plural": "announcements of results",
            },
        ),
        migrations.CreateModel(
            name="Candidacy",
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
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        editable=False, max_length=24, unique=True, verbose_name="number"
                    ),
                ),
                ("statement", models.TextField(blank=True, verbose_name="statement")),
                (
                    "other_awards",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=9,
                        null=True,
                        verbose_name="other major award, in dollars",
                    ),
                ),
                ("consents", models.JSONField(blank=True, default=list, verbose_name="consents")),
                (
                    "sent",
                    models.JSONField(blank=True, editable=False, null=True, verbose_name="as sent"),
                ),
                (
                    "submitted_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="submitted"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="begun"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="candidacies",
                        to="applications.application",
                    ),
                ),
            ],
            options={
                "verbose_name": "scholarship application",
                "verbose_name_plural": "scholarship applications",
            },
        ),
        migrations.CreateModel(
            name="Award",
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
                            ("offered", "Offered"),
                            ("accepted", "Accepted"),
                            ("confirmed", "Confirmed by the registration"),
                            ("declined", "Declined"),
                            ("lapsed", "Lapsed"),
                        ],
                        default="offered",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=9, verbose_name="amount, in dollars"
                    ),
                ),
                (
                    "months",
                    models.PositiveSmallIntegerField(verbose_name="paid over so many months"),
                ),
                ("reply_by", models.DateTimeField(verbose_name="reply by")),
                (
                    "replied_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="replied"
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="why it ended")),
                (
                    "offered_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="offered"
                    ),
                ),
                (
                    "candidacy",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="award",
                        to="scholarships.candidacy",
                    ),
                ),
            ],
            options={
                "verbose_name": "award",
                "verbose_name_plural": "awards",
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due_on", models.DateField(verbose_name="due on")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=9, verbose_name="amount, in dollars"
                    ),
                ),
                ("paid_on", models.DateField(blank=True, null=True, verbose_name="paid on")),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="scholarships.award",
                    ),
                ),
            ],
            options={
                "verbose_name": "payment",
                "verbose_name_plural": "payments",
                "ordering": ["due_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Reading",
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
                        choices=[("draft", "Draft"), ("handed_in", "Handed in")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("scores", models.JSONField(blank=True, default=dict, verbose_name="scores")),
                ("comment", models.TextField(blank=True, max_length=2000, verbose_name="comment")),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "handed_in_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="handed in"
                    ),
                ),
                (
                    "candidacy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="scholarships.candidacy",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "reading of the panel",
                "verbose_name_plural": "readings of the panel",
            },
        ),
        migrations.CreateModel(
            name="Recusal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("why", models.CharField(max_length=300, verbose_name="why")),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="declared"
                    ),
                ),
                (
                    "candidacy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recusals",
                        to="scholarships.candidacy",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "recusal",
                "verbose_name_plural": "recusals",
            },
        ),
        migrations.CreateModel(
            name="Result",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("awarded", "Awarded"),
                            ("waitlisted", "On the waitlist"),
                            ("not_awarded", "Not awarded"),
                        ],
                        max_length=12,
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
                    "why",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="tie or exception, explained"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("approved", "Approved"),
                            ("shown", "Shown"),
                        ],
                        default="proposed",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "announcement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="scholarships.announcement",
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
                    ),
                ),
                (
                    "candidacy",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="result",
                        to="scholarships.candidacy",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "scholarship result",
                "verbose_name_plural": "scholarship results",
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("women_in_ai", "Excellence Scholarships – Women in AI"),
                            ("edi_research", "Excellence Scholarships – EDI in Research"),
                            ("socioeconomic", "Socioeconomic Diversity Scholarships"),
                        ],
                        max_length=14,
                        verbose_name="category",
                    ),
                ),
                ("name_fr", models.CharField(max_length=120, verbose_name="name in French")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=120, verbose_name="name in English"),
                ),
                (
                    "text_fr",
                    models.TextField(
                        blank=True, max_length=3000, verbose_name="who it is for, in French"
                    ),
                ),
                (
                    "text_en",
                    models.TextField(
                        blank=True, max_length=3000, verbose_name="who it is for, in English"
                    ),
                ),
                ("opens_at", models.DateTimeField(verbose_name="opens")),
                ("closes_at", models.DateTimeField(verbose_name="closes")),
                ("results_on", models.DateField(blank=True, null=True, verbose_name="results on")),
                (
                    "reply_days",
                    models.PositiveSmallIntegerField(
                        default=7,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="days to reply to an award",
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("applicants", "Everyone who submitted an application"),
                            ("accepted", "Everyone whom Mila selected"),
                            ("registered", "Everyone who registered at UdeM"),
                        ],
                        default="applicants",
                        max_length=10,
                        verbose_name="who may apply",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=9,
                        null=True,
                        verbose_name="amount of one award, in dollars",
                    ),
                ),
                (
                    "months",
                    models.PositiveSmallIntegerField(
                        default=12,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(36),
                        ],
                        verbose_name="paid over so many months",
                    ),
                ),
                (
                    "awards",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="awards available"
                    ),
                ),
                (
                    "budget",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=11,
                        null=True,
                        verbose_name="budget, in dollars",
                    ),
                ),
                (
                    "statement_words",
                    models.PositiveSmallIntegerField(
                        default=500,
                        validators=[
                            django.core.validators.MinValueValidator(50),
                            django.core.validators.MaxValueValidator(2000),
                        ],
                        verbose_name="words of the statement, at most",
                    ),
                ),
                ("asks_cv", models.BooleanField(default=True, verbose_name="shows the CV on file")),
                (
                    "asks_transcripts",
                    models.BooleanField(default=True, verbose_name="shows the transcripts on file"),
                ),
                (
                    "stacking",
                    models.CharField(
                        choices=[
                            ("allowed", "Allowed together with any other award"),
                            ("one_a_year", "One Mila EDI award a year"),
                            (
                                "top_up",
                                "Reduced to a top-up when another major award exceeds an amount",
                            ),
                        ],
                        default="allowed",
                        max_length=10,
                        verbose_name="other awards",
                    ),
                ),
                (
                    "top_up_above",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=9,
                        null=True,
                        verbose_name="another award above so many dollars",
                    ),
                ),
                (
                    "top_up_amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=9,
                        null=True,
                        verbose_name="then so many dollars",
                    ),
                ),
                (
                    "countries",
                    models.JSONField(
                        blank=True,
                        default=list,
                        verbose_name="only for people of these countries of residence",
                    ),
                ),
                (
                    "panel_size",
                    models.PositiveSmallIntegerField(
                        default=3,
                        validators=[
                            django.core.validators.MinValueValidator(3),
                            django.core.validators.MaxValueValidator(9),
                        ],
                        verbose_name="readers of each application",
                    ),
                ),
                (
                    "notice_version",
                    models.CharField(
                        default="1", max_length=20, verbose_name="version of the consents"
                    ),
                ),
                ("is_published", models.BooleanField(default=False, verbose_name="published")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scholarship_rounds",
                        to="cycles.cycle",
                        verbose_name="cycle",
                    ),
                ),
                (
                    "programs",
                    models.ManyToManyField(
                        blank=True, to="cycles.program", verbose_name="only for these programs"
                    ),
                ),
            ],
            options={
                "verbose_name": "scholarship round",
                "verbose_name_plural": "scholarship rounds",
                "ordering": ["-opens_at", "category"],
            },
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("name_fr", models.CharField(max_length=120, verbose_name="name in French")),
                ("name_en", models.CharField(max_length=120, verbose_name="name in English")),
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
                        blank=True, max_length=300, verbose_name="what 1 means, in French"
                    ),
                ),
                (
                    "anchor_1_en",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="what 1 means, in English"
                    ),
                ),
                (
                    "anchor_3_fr",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="what 3 means, in French"
                    ),
                ),
                (
                    "anchor_3_en",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="what 3 means, in English"
                    ),
                ),
                (
                    "anchor_5_fr",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="what 5 means, in French"
                    ),
                ),
                (
                    "anchor_5_en",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="what 5 means, in English"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="measures",
                        to="scholarships.round",
                        verbose_name="round",
                    ),
                ),
            ],
            options={
                "verbose_name": "measure of the panel",
                "verbose_name_plural": "measures of the panel",
                "ordering": ["round", "position", "pk"],
            },
        ),
        migrations.AddField(
            model_name="candidacy",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="candidacies",
                to="scholarships.round",
            ),
        ),
        migrations.AddField(
            model_name="announcement",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="announcements",
                to="scholarships.round",
            ),
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "of_edi_committee",
                    models.BooleanField(default=False, verbose_name="of the EDI committee"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seats",
                        to="scholarships.round",
                    ),
                ),
            ],
            options={
                "verbose_name": "seat of the panel",
                "verbose_name_plural": "seats of the panel",
            },
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0), ("months__gte", 1)),
                name="scholarships_award_is_money",
                violation_error_message="An award has an amount and the months it is paid over.",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)),
                name="scholarships_payment_is_money",
                violation_error_message="A payment has an amount.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.UniqueConstraint(
                fields=("candidacy", "person"),
                name="scholarships_reading_once",
                violation_error_message="There is one reading a person already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("handed_in_at", None), ("status", "draft")),
                    models.Q(("handed_in_at__isnull", False), ("status", "handed_in")),
                    _connector="OR",
                ),
                name="scholarships_reading_handed_in_dated",
                violation_error_message="What was handed in has its time.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recusal",
            constraint=models.UniqueConstraint(
                fields=("candidacy", "person"),
                name="scholarships_recusal_once",
                violation_error_message="This is declared already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="result",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "waitlisted"), ("rank__gte", 1)),
                    models.Q(models.Q(("outcome", "waitlisted"), _negated=True), ("rank", None)),
                    _connector="OR",
                ),
                name="scholarships_result_ranked_on_waitlist",
                violation_error_message="A place on the waitlist, and only it, has a number.",
            ),
        ),
        migrations.AddConstraint(
            model_name="result",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by", None),
                    models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="scholarships_result_by_two",
                violation_error_message="Whoever proposed a result does not approve it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="result",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_by", None), ("status", "proposed")),
                    models.Q(
                        models.Q(("status", "proposed"), _negated=True),
                        ("approved_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="scholarships_result_approved_has_approver",
                violation_error_message="What is approved says by whom.",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("opens_at__lt", models.F("closes_at"))),
                name="scholarships_round_opens_before_closing",
                violation_error_message="A round must open before it closes.",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_published", False),
                    models.Q(
                        models.Q(("name_en", ""), _negated=True),
                        models.Q(("text_fr", ""), _negated=True),
                        models.Q(("text_en", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="scholarships_round_bilingual_when_published",
                violation_error_message="Nothing is published until both languages are complete.",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stacking", "top_up"), _negated=True),
                    models.Q(("top_up_above__isnull", False), ("top_up_amount__isnull", False)),
                    _connector="OR",
                ),
                name="scholarships_round_top_up_is_whole",
                violation_error_message="A top-up has its threshold and its amount.",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("panel_size__gte", 3)),
                name="scholarships_round_read_by_three",
                violation_error_message="At least three people read each application.",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight__gte", 1), ("weight__lte", 100)),
                name="scholarships_measure_weighs_something",
                violation_error_message="A measure weighs from 1 to 100.",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidacy",
            constraint=models.UniqueConstraint(
                fields=("round", "application"),
                name="scholarships_candidacy_once",
                violation_error_message="There is one application a round already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidacy",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["draft", "submitted", "withdrawn"])),
                name="scholarships_candidacy_status_known",
                violation_error_message="This status does not exist.",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidacy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "submitted"), _negated=True),
                    models.Q(("sent__isnull", False), ("submitted_at__isnull", False)),
                    _connector="OR",
                ),
                name="scholarships_candidacy_submitted_is_whole",
                violation_error_message="What was submitted has its time and its content.",
            ),
        ),
        migrations.AddConstraint(
            model_name="announcement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "prepared")),
                fields=("round",),
                name="scholarships_announcement_one_prepared",
                violation_error_message="An announcement of this round is prepared already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="announcement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by", None),
                    models.Q(("approved_by", models.F("prepared_by")), _negated=True),
                    _connector="OR",
                ),
                name="scholarships_announcement_by_two",
                violation_error_message="Whoever prepared the results does not approve them.",
            ),
        ),
        migrations.AddConstraint(
            model_name="announcement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("approved_by__isnull", False),
                        ("shown_at__isnull", False),
                        ("status", "done"),
                    ),
                    models.Q(models.Q(("status", "done"), _negated=True), ("shown_at", None)),
                    _connector="OR",
                ),
                name="scholarships_announcement_shown_is_whole",
                violation_error_message="What is shown has its time and who approved it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.UniqueConstraint(
                fields=("round", "person"),
                name="scholarships_seat_once",
                violation_error_message="This person sits on the panel already.",
            ),
        ),
    ]
