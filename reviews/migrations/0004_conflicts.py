"""Conflicts of interest as rows of their own, and what is known of a person to find them by."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Two new tables."""

    dependencies = [
        ("accounts", "0002_roles_index"),
        ("applications", "0013_finer_grades"),
        ("reviews", "0003_to_cycles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Ties",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="ties",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "institutions",
                    models.TextField(blank=True, verbose_name="Institutions and companies"),
                ),
                (
                    "people",
                    models.TextField(blank=True, verbose_name="People you work closely with"),
                ),
                (
                    "changed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="changed"
                    ),
                ),
            ],
            options={
                "verbose_name": "ties",
                "verbose_name_plural": "ties",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("institutions__length__lte", 4000), ("people__length__lte", 4000)
                        ),
                        name="reviews_ties_length",
                        violation_error_message="A text is too long.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Conflict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("declared", "Declared by the person"),
                            ("stated", "Stated by the coordination"),
                            ("referee", "Named as a referee"),
                            ("coworker", "Works closely with somebody the file names"),
                            ("family_name", "Same family name"),
                            ("degree", "Same institution as a degree"),
                            ("employer", "Same institution or company as an employer"),
                            ("domain", "Same e-mail domain"),
                        ],
                        max_length=20,
                        verbose_name="origin",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("relative", "A relative or a friend"),
                            ("worked", "A present or former student or colleague"),
                            ("institution", "We are or were at the same institution"),
                            ("letter", "I wrote a letter for this person"),
                            ("other", "Another reason"),
                        ],
                        max_length=20,
                        verbose_name="Reason",
                    ),
                ),
                (
                    "where",
                    models.CharField(
                        choices=[
                            ("said", "In their words"),
                            ("degree", "In a degree"),
                            ("job", "In a job"),
                            ("referee_name", "In the name of a referee"),
                            ("referee_address", "In the address of a referee"),
                            ("statement", "In the letter of intent"),
                            ("name", "In the name of the applicant"),
                            ("address", "In the address of the applicant"),
                        ],
                        default="said",
                        editable=False,
                        max_length=20,
                        verbose_name="where",
                    ),
                ),
                ("evidence", models.CharField(blank=True, max_length=300, verbose_name="evidence")),
                (
                    "known",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="what is known of the person"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("confirmed", "Confirmed"),
                            ("dismissed", "Dismissed"),
                        ],
                        default="proposed",
                        editable=False,
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "found_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="found"
                    ),
                ),
                (
                    "judged_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="judged"
                    ),
                ),
                ("judged_why", models.CharField(blank=True, max_length=300, verbose_name="why")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conflicts",
                        to="applications.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "judged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="judged by",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conflicts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "conflict of interest",
                "verbose_name_plural": "conflicts of interest",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "confirmed")),
                        fields=["person", "application"],
                        name="reviews_conflict_hides",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("application", "person", "origin"),
                        name="reviews_conflict_once",
                        violation_error_message="This conflict is known already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["proposed", "confirmed", "dismissed"])),
                        name="reviews_conflict_status_known",
                        violation_error_message="This status does not exist.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "origin__in",
                                [
                                    "declared",
                                    "stated",
                                    "referee",
                                    "coworker",
                                    "family_name",
                                    "degree",
                                    "employer",
                                    "domain",
                                ],
                            ),
                            (
                                "reason__in",
                                ["", "relative", "worked", "institution", "letter", "other"],
                            ),
                            (
                                "where__in",
                                [
                                    "said",
                                    "degree",
                                    "job",
                                    "referee_name",
                                    "referee_address",
                                    "statement",
                                    "name",
                                    "address",
                                ],
                            ),
                        ),
                        name="reviews_conflict_origin_known",
                        violation_error_message="This origin does not exist.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("judged_at__isnull", True),
                                ("judged_by__isnull", True),
                                ("status", "proposed"),
                            ),
                            models.Q(
                                models.Q(("status", "proposed"), _negated=True),
                                ("judged_at__isnull", False),
                                ("judged_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="reviews_conflict_judged_by_somebody",
                        violation_error_message="A person stands behind each judged conflict.",
                    ),
                ],
            },
        ),
    ]
