"""An announcement has its hour and may be held; a result may be set aside; a reading says when it was saved."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("scholarships", "0003_applying"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="announcement",
            name="scholarships_announcement_one_prepared",
        ),
        migrations.RemoveConstraint(
            model_name="result",
            name="scholarships_result_approved_has_approver",
        ),
        migrations.AddField(
            model_name="announcement",
            name="approved_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="approved"),
        ),
        migrations.AddField(
            model_name="announcement",
            name="due_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="becomes visible"),
        ),
        migrations.AddField(
            model_name="announcement",
            name="stopped_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="held or cancelled"),
        ),
        migrations.AddField(
            model_name="announcement",
            name="stopped_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="announcement",
            name="why_stopped",
            field=models.TextField(blank=True, db_default="", default="", verbose_name="why"),
        ),
        migrations.AddField(
            model_name="reading",
            name="saved_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, editable=False, verbose_name="saved"
            ),
        ),
        migrations.AlterField(
            model_name="announcement",
            name="status",
            field=models.CharField(
                choices=[
                    ("prepared", "Prepared"),
                    ("approved", "Approved"),
                    ("held", "On hold"),
                    ("done", "Shown"),
                    ("cancelled", "Cancelled"),
                ],
                default="prepared",
                editable=False,
                max_length=10,
                verbose_name="status",
            ),
        ),
        migrations.AlterField(
            model_name="result",
            name="status",
            field=models.CharField(
                choices=[
                    ("proposed", "Proposed"),
                    ("approved", "Approved"),
                    ("shown", "Shown"),
                    ("set_aside", "Set aside"),
                ],
                default="proposed",
                editable=False,
                max_length=10,
                verbose_name="status",
            ),
        ),
        migrations.AddConstraint(
            model_name="announcement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ["prepared", "approved", "held"])),
                fields=("round",),
                name="scholarships_announcement_one_unfinished",
                violation_error_message="An announcement of this round is prepared already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="announcement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["approved", "done"]), _negated=True),
                    models.Q(
                        ("approved_at__isnull", False),
                        ("approved_by__isnull", False),
                        ("due_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="scholarships_announcement_approved_for_an_hour",
                violation_error_message="What is approved says by whom, and for when.",
            ),
        ),
        migrations.AddConstraint(
            model_name="announcement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "held"), _negated=True),
                    models.Q(
                        models.Q(("why_stopped", ""), _negated=True), ("stopped_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="scholarships_announcement_stopped_with_a_reason",
                violation_error_message="What is on hold says since when, and why.",
            ),
        ),
        migrations.AddConstraint(
            model_name="result",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_by", None), ("status__in", ["proposed", "set_aside"])),
                    models.Q(("approved_by__isnull", False), ("status__in", ["approved", "shown"])),
                    _connector="OR",
                ),
                name="scholarships_result_approved_has_approver",
                violation_error_message="What is approved says by whom.",
            ),
        ),
    ]
