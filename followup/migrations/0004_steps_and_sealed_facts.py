"""The steps of a file at UdeM, offers made by a call, and identities; the UdeM number becomes a sealed text."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import followup.sealing


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0013_finer_grades"),
        ("cycles", "0005_sender"),
        ("followup", "0003_preparation"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Identity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("birth", followup.sealing.SealedField(blank=True, verbose_name="date of birth")),
                (
                    "countries",
                    followup.sealing.SealedField(blank=True, verbose_name="citizenships"),
                ),
                ("code", followup.sealing.SealedField(blank=True, verbose_name="permanent code")),
                (
                    "code_mark",
                    models.CharField(blank=True, db_index=True, editable=False, max_length=64),
                ),
                (
                    "told_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="told"
                    ),
                ),
            ],
            options={
                "verbose_name": "identity",
                "verbose_name_plural": "identities",
            },
        ),
        migrations.RemoveConstraint(
            model_name="udemfile",
            name="followup_udem_status_known",
        ),
        migrations.RemoveConstraint(
            model_name="udemfile",
            name="followup_udem_filed_is_whole",
        ),
        migrations.RemoveConstraint(
            model_name="udemfile",
            name="followup_udem_number_form",
        ),
        migrations.AddField(
            model_name="offer",
            name="called_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="called"
            ),
        ),
        migrations.AddField(
            model_name="offer",
            name="called_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="called by",
            ),
        ),
        migrations.AddField(
            model_name="udemfile",
            name="accept_by",
            field=models.DateField(blank=True, null=True, verbose_name="UdeM’s offer to accept by"),
        ),
        migrations.AddField(
            model_name="udemfile",
            name="accepted_on",
            field=models.DateField(blank=True, null=True, verbose_name="UdeM’s offer accepted on"),
        ),
        migrations.AddField(
            model_name="udemfile",
            name="condition",
            field=models.CharField(blank=True, max_length=500, verbose_name="condition"),
        ),
        migrations.AddField(
            model_name="udemfile",
            name="condition_met_on",
            field=models.DateField(blank=True, null=True, verbose_name="condition met on"),
        ),
        migrations.AddField(
            model_name="udemfile",
            name="confirmed_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="confirmed"
            ),
        ),
        migrations.AddField(
            model_name="udemfile",
            name="decided_on",
            field=models.DateField(blank=True, null=True, verbose_name="UdeM’s answer of"),
        ),
        migrations.AddField(
            model_name="udemfile",
            name="documents_asked_on",
            field=models.DateField(blank=True, null=True, verbose_name="documents asked on"),
        ),
        migrations.AddField(
            model_name="udemfile",
            name="documents_done_on",
            field=models.DateField(blank=True, null=True, verbose_name="documents all sent on"),
        ),
        migrations.AddField(
            model_name="udemfile",
            name="documents_due_on",
            field=models.DateField(blank=True, null=True, verbose_name="documents due on"),
        ),
        migrations.AddField(
            model_name="udemfile",
            name="ended_on",
            field=models.DateField(
                blank=True, null=True, verbose_name="registered, deferred or ended on"
            ),
        ),
        migrations.AddField(
            model_name="udemfile",
            name="number_mark",
            field=models.CharField(blank=True, db_index=True, editable=False, max_length=64),
        ),
        migrations.AlterField(
            model_name="udemfile",
            name="number",
            field=followup.sealing.SealedField(blank=True, verbose_name="UdeM number"),
        ),
        migrations.AlterField(
            model_name="udemfile",
            name="status",
            field=models.CharField(
                choices=[
                    ("to_file", "To file"),
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
                default="to_file",
                editable=False,
                max_length=14,
                verbose_name="status",
            ),
        ),
        migrations.AddConstraint(
            model_name="udemfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "to_file",
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
                name="followup_udem_status_known",
                violation_error_message="This status does not exist.",
            ),
        ),
        migrations.AddConstraint(
            model_name="udemfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("filed_on", None), ("number", ""), ("status", "to_file")),
                    models.Q(
                        models.Q(
                            ("status__in", ("to_file", "closed", "deferred", "not_registered"))
                        ),
                        models.Q(("status", "to_file"), _negated=True),
                    ),
                    models.Q(
                        models.Q(
                            ("status__in", ("to_file", "closed", "deferred", "not_registered")),
                            _negated=True,
                        ),
                        models.Q(("number", ""), _negated=True),
                        ("filed_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="followup_udem_filed_is_whole",
                violation_error_message="A filed application has a number and a date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="udemfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("documents_due_on", None),
                        ("documents_due_on__gte", models.F("documents_asked_on")),
                        _connector="OR",
                    ),
                    models.Q(
                        ("documents_due_on", None),
                        ("documents_asked_on__isnull", False),
                        _connector="OR",
                    ),
                ),
                name="followup_udem_documents_in_order",
                violation_error_message="Documents are due after they were asked for.",
            ),
        ),
        migrations.AddConstraint(
            model_name="udemfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "conditional"), _negated=True),
                    models.Q(("condition", ""), _negated=True),
                    _connector="OR",
                ),
                name="followup_udem_condition_told",
                violation_error_message="An admission on a condition says which.",
            ),
        ),
        migrations.AddField(
            model_name="identity",
            name="application",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="identity",
                to="applications.application",
            ),
        ),
        migrations.AddConstraint(
            model_name="identity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code", ""), ("code_mark", "")),
                    models.Q(
                        models.Q(("code", ""), _negated=True),
                        models.Q(("code_mark", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="followup_identity_code_marked",
                violation_error_message="A permanent code is kept with its mark.",
            ),
        ),
    ]
