"""Rules, lists, holds and the register of incidents."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("applications", "0014_proofs_of_udem"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Disposal",
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
                            ("draft", "Drafts that were never submitted"),
                            ("ended", "Applications that ended without a registration"),
                            ("registered", "Applications of people who went on to UdeM"),
                            ("account", "Accounts without an application"),
                            ("identification", "Answers to the self-identification"),
                            ("trail", "The trail of what was done"),
                            ("incident", "The register of confidentiality incidents"),
                        ],
                        max_length=14,
                        verbose_name="what",
                    ),
                ),
                ("rule", models.CharField(max_length=300, verbose_name="rule")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("listed", "To check"),
                            ("checked", "To approve"),
                            ("approved", "Being executed"),
                            ("done", "Executed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="listed",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "listed_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="listed"),
                ),
                ("size", models.PositiveIntegerField(default=0, verbose_name="on the list")),
                (
                    "fingerprint",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="fingerprint of the list"
                    ),
                ),
                ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="checked")),
                (
                    "approved_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="approved"),
                ),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="executed")),
                (
                    "why_cancelled",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="why it was cancelled"
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
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="checked by",
                    ),
                ),
            ],
            options={
                "verbose_name": "disposal",
                "verbose_name_plural": "disposals",
                "ordering": ["-listed_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("why", models.CharField(max_length=500, verbose_name="why")),
                (
                    "set_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="set"),
                ),
                ("lifted_at", models.DateTimeField(blank=True, null=True, verbose_name="lifted")),
                (
                    "lifted_why",
                    models.CharField(blank=True, max_length=500, verbose_name="why it was lifted"),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="holds",
                        to="applications.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="lifted by",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="set by",
                    ),
                ),
            ],
            options={
                "verbose_name": "legal hold",
                "verbose_name_plural": "legal holds",
                "ordering": ["-set_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Incident",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "happened_on",
                    models.DateField(blank=True, null=True, verbose_name="happened on, or began"),
                ),
                ("found_on", models.DateField(verbose_name="found on")),
                ("what", models.TextField(max_length=2000, verbose_name="what happened")),
                (
                    "information",
                    models.TextField(max_length=2000, verbose_name="which information"),
                ),
                (
                    "people",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="people concerned, as far as is known"
                    ),
                ),
                (
                    "of_quebec",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="of whom in Québec"
                    ),
                ),
                (
                    "assessment",
                    models.TextField(
                        blank=True,
                        max_length=2000,
                        verbose_name="why the risk of injury is serious or not",
                    ),
                ),
                (
                    "is_serious",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="risk of serious injury"
                    ),
                ),
                (
                    "commission_told_on",
                    models.DateField(
                        blank=True,
                        null=True,
                        verbose_name="Commission d’accès à l’information told on",
                    ),
                ),
                (
                    "people_told_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="people concerned told on"
                    ),
                ),
                (
                    "measures",
                    models.TextField(blank=True, max_length=2000, verbose_name="measures taken"),
                ),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed on")),
                (
                    "written_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="entered"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "confidentiality incident",
                "verbose_name_plural": "confidentiality incidents",
                "ordering": ["-found_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.CharField(max_length=120, verbose_name="about")),
                ("due_on", models.DateField(verbose_name="due on")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("listed", "On the list"),
                            ("left_out", "Left out"),
                            ("done", "Destroyed"),
                            ("kept", "No longer due"),
                        ],
                        default="listed",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "counted",
                    models.JSONField(
                        blank=True, default=dict, editable=False, verbose_name="what went"
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why it was left out or kept"
                    ),
                ),
                (
                    "done_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="destroyed"
                    ),
                ),
                (
                    "disposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="retention.disposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a disposal",
                "verbose_name_plural": "lines of a disposal",
                "ordering": ["disposal", "due_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Rule",
            fields=[
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("draft", "Drafts that were never submitted"),
                            ("ended", "Applications that ended without a registration"),
                            ("registered", "Applications of people who went on to UdeM"),
                            ("account", "Accounts without an application"),
                            ("identification", "Answers to the self-identification"),
                            ("trail", "The trail of what was done"),
                            ("incident", "The register of confidentiality incidents"),
                        ],
                        editable=False,
                        max_length=14,
                        primary_key=True,
                        serialize=False,
                        verbose_name="what",
                    ),
                ),
                (
                    "months",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(600)],
                        verbose_name="months",
                    ),
                ),
                (
                    "days",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(3650),
                        ],
                        verbose_name="days",
                    ),
                ),
                (
                    "disposition",
                    models.CharField(
                        choices=[
                            ("destroy", "Destroyed"),
                            ("aggregate", "Destroyed; the totals stay"),
                        ],
                        default="destroy",
                        editable=False,
                        max_length=10,
                        verbose_name="then",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="who decided it, and where it is written",
                    ),
                ),
            ],
            options={
                "verbose_name": "retention rule",
                "verbose_name_plural": "retention rules",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "draft",
                                    "ended",
                                    "registered",
                                    "account",
                                    "identification",
                                    "trail",
                                    "incident",
                                ],
                            )
                        ),
                        name="retention_rule_kind_known",
                        violation_error_message="This class does not exist.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("months__gte", 1), ("days__gte", 30), _connector="OR"),
                        name="retention_rule_keeps_a_while",
                        violation_error_message="Nothing is destroyed sooner than after 30 days.",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="disposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ["listed", "checked"])),
                fields=("kind",),
                name="retention_disposal_one_open_a_kind",
                violation_error_message="A list of this class waits already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="disposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by", None),
                    models.Q(("approved_by", models.F("checked_by")), _negated=True),
                    _connector="OR",
                ),
                name="retention_disposal_by_two",
                violation_error_message="Whoever checked a list does not approve it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="disposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["approved", "done"]), _negated=True),
                    models.Q(
                        ("approved_at__isnull", False),
                        ("approved_by__isnull", False),
                        ("checked_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="retention_disposal_approved_is_whole",
                violation_error_message="What is approved says who checked and who approved.",
            ),
        ),
        migrations.AddConstraint(
            model_name="disposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at__isnull", False), ("status", "done")),
                    models.Q(models.Q(("status", "done"), _negated=True), ("done_at", None)),
                    _connector="OR",
                ),
                name="retention_disposal_done_dated",
                violation_error_message="What is executed has its time.",
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_at", None)),
                fields=("application",),
                name="retention_hold_one_standing",
                violation_error_message="This file is held already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(("why", ""), _negated=True),
                name="retention_hold_explained",
                violation_error_message="A hold has its reason.",
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lifted_at", None), ("lifted_by", None), ("lifted_why", "")),
                    models.Q(
                        ("lifted_at__isnull", False),
                        ("lifted_by__isnull", False),
                        models.Q(("lifted_why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="retention_hold_lifted_is_whole",
                violation_error_message="What is lifted says when, by whom and why.",
            ),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("happened_on", None),
                    ("found_on__gte", models.F("happened_on")),
                    _connector="OR",
                ),
                name="retention_incident_found_after",
                violation_error_message="It is found on the day that it happened, or later.",
            ),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_on", None),
                    models.Q(
                        ("is_serious__isnull", False),
                        models.Q(("assessment", ""), _negated=True),
                        models.Q(("measures", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="retention_incident_closed_is_judged",
                violation_error_message="Before it is closed: the risk is judged, and the measures are written down.",
            ),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_on", None),
                    models.Q(("is_serious", True), _negated=True),
                    models.Q(
                        ("commission_told_on__isnull", False), ("people_told_on__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="retention_incident_serious_is_told",
                violation_error_message="A serious risk: the Commission and the people concerned are told before it is closed.",
            ),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(fields=["subject"], name="retention_item_subject"),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(
                fields=("disposal", "subject"),
                name="retention_item_once",
                violation_error_message="This is on the list already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at__isnull", False), ("status", "done")),
                    models.Q(models.Q(("status", "done"), _negated=True), ("done_at", None)),
                    _connector="OR",
                ),
                name="retention_item_done_dated",
                violation_error_message="What is destroyed has its time.",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["left_out", "kept"]), _negated=True),
                    models.Q(("why", ""), _negated=True),
                    _connector="OR",
                ),
                name="retention_item_kept_explained",
                violation_error_message="What is left out has its reason.",
            ),
        ),
    ]
