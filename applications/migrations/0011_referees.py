"""Referees: who is asked for a letter, and the letter once it came."""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.db import migrations, models

import applications.models.referee


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0010_zone_of_the_reader"),
    ]

    operations = [
        migrations.CreateModel(
            name="Referee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("name", models.CharField(max_length=200, verbose_name="Name")),
                (
                    "title",
                    models.CharField(blank=True, max_length=120, verbose_name="Title or position"),
                ),
                ("organisation", models.CharField(max_length=200, verbose_name="Organisation")),
                ("email", models.EmailField(max_length=254, verbose_name="E-mail address")),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("teacher", "Taught me"),
                            ("supervisor", "Supervised my research or my internship"),
                            ("manager", "Manages or managed my work"),
                            ("colleague", "Worked with me"),
                            ("other", "Knows me otherwise"),
                        ],
                        max_length=20,
                        verbose_name="Relation",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("fr", "Français"), ("en", "English")],
                        max_length=2,
                        verbose_name="Language of our letters",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("invited", "Invited"),
                            ("received", "Received"),
                            ("declined", "Declined"),
                            ("removed", "Removed"),
                        ],
                        default="invited",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "seed",
                    models.CharField(
                        default=applications.models.referee.new_seed, editable=False, max_length=40
                    ),
                ),
                ("token_sha256", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "address_version",
                    models.PositiveSmallIntegerField(
                        default=1, verbose_name="version of the address"
                    ),
                ),
                (
                    "invited_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="invited"),
                ),
                (
                    "reminded_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="last reminded"),
                ),
                (
                    "own_due_on",
                    models.DateField(
                        blank=True,
                        help_text="Empty: the cycle’s.",
                        null=True,
                        verbose_name="own due date",
                    ),
                ),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="answered"),
                ),
                ("decline_reason", models.TextField(blank=True, verbose_name="why they declined")),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
                (
                    "size",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="size in bytes"
                    ),
                ),
                (
                    "pages",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="pages"),
                ),
                ("label", models.CharField(blank=True, max_length=64, verbose_name="file name")),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        max_length=120,
                        upload_to=applications.models.referee.letter_address,
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referees",
                        to="applications.application",
                    ),
                ),
            ],
            options={
                "verbose_name": "referee",
                "verbose_name_plural": "referees",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("application"),
                        django.db.models.functions.text.Lower("email"),
                        condition=models.Q(("status", "removed"), _negated=True),
                        name="applications_referee_once",
                        violation_error_message="You already named a referee with this address.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["invited", "received", "declined", "removed"])
                        ),
                        name="applications_referee_status_known",
                        violation_error_message="This status does not exist.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "received"), _negated=True),
                            models.Q(
                                ("pages__gte", 1),
                                ("size__isnull", False),
                                models.Q(("sha256", ""), _negated=True),
                                models.Q(("file", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="applications_referee_received_has_letter",
                        violation_error_message="A letter that was received has its file.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["received", "declined"]), _negated=True),
                            ("answered_at__isnull", False),
                            _connector="OR",
                        ),
                        name="applications_referee_answer_dated",
                        violation_error_message="An answer has its time.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decline_reason__length__lte", 500)),
                        name="applications_referee_reason_length",
                        violation_error_message="This reason is too long.",
                    ),
                ],
            },
        ),
    ]
