"""A release has an hour, may be held, and may correct answers that were released."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Those of before were approved and released by one click of the second person.
DATES = """
UPDATE reviews_release SET approved_at = released_at, due_at = released_at WHERE status = 'done';
"""


class Migration(migrations.Migration):
    """Adds the hour, the stop, and corrections."""

    dependencies = [
        ("applications", "0013_finer_grades"),
        ("cycles", "0004_whole_cycles_go"),
        ("reviews", "0006_reading"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="decision",
            name="reviews_decision_status_known",
        ),
        migrations.RemoveConstraint(
            model_name="decision",
            name="reviews_decision_by_a_second_person",
        ),
        migrations.RemoveConstraint(
            model_name="decision",
            name="reviews_decision_released_with_a_release",
        ),
        migrations.RemoveConstraint(
            model_name="decision",
            name="reviews_decision_set_aside_counts_no_more",
        ),
        migrations.RemoveConstraint(
            model_name="release",
            name="reviews_release_one_prepared",
        ),
        migrations.RemoveConstraint(
            model_name="release",
            name="reviews_release_status_known",
        ),
        migrations.RemoveConstraint(
            model_name="release",
            name="reviews_release_by_a_second_person",
        ),
        migrations.RenameField("release", "released_by", "approved_by"),
        migrations.AddField(
            model_name="decision",
            name="corrects",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="reviews.decision",
                verbose_name="corrects",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="reason",
            field=models.TextField(
                blank=True, db_default="", default="", verbose_name="reason of the correction"
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="approved_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="approved"),
        ),
        migrations.AlterField(
            model_name="release",
            name="approved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="approved by",
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="due_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="becomes visible"),
        ),
        migrations.AddField(
            model_name="release",
            name="kind",
            field=models.CharField(
                choices=[("first", "Answers"), ("correction", "Corrected answers")],
                default="first",
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="stopped_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="held or cancelled"),
        ),
        migrations.AddField(
            model_name="release",
            name="stopped_by",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty when the timetable held it.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="held or cancelled by",
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="why_stopped",
            field=models.TextField(blank=True, db_default="", default="", verbose_name="why"),
        ),
        migrations.AlterField(
            model_name="decision",
            name="status",
            field=models.CharField(
                choices=[
                    ("proposed", "Proposed"),
                    ("approved", "Approved"),
                    ("released", "Released"),
                    ("set_aside", "Set aside"),
                    ("corrected", "Corrected since"),
                ],
                default="proposed",
                editable=False,
                max_length=20,
                verbose_name="status",
            ),
        ),
        migrations.AlterField(
            model_name="release",
            name="status",
            field=models.CharField(
                choices=[
                    ("prepared", "Prepared"),
                    ("approved", "Approved"),
                    ("held", "On hold"),
                    ("done", "Released"),
                    ("cancelled", "Cancelled"),
                ],
                default="prepared",
                editable=False,
                max_length=20,
                verbose_name="status",
            ),
        ),
        migrations.RunSQL(DATES, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("corrects__isnull", False), ("status__in", ["proposed", "approved"])
                ),
                fields=("application",),
                name="reviews_decision_one_correction",
                violation_error_message="A correction of this answer is already on its way.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome__in", ["accept", "waitlist", "decline"]),
                    ("status__in", ["proposed", "approved", "released", "set_aside", "corrected"]),
                ),
                name="reviews_decision_status_known",
                violation_error_message="This status does not exist.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["approved", "released", "corrected"]), _negated=True),
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
                    models.Q(("status__in", ["released", "corrected"]), _negated=True),
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
                    models.Q(("is_current", False), ("status__in", ["set_aside", "corrected"])),
                    models.Q(("is_current", True), ("status", "released")),
                    models.Q(
                        ("corrects", None),
                        ("is_current", True),
                        ("status__in", ["proposed", "approved"]),
                    ),
                    models.Q(
                        ("corrects__isnull", False),
                        ("is_current", False),
                        ("status__in", ["proposed", "approved"]),
                    ),
                    _connector="OR",
                ),
                name="reviews_decision_what_counts",
                violation_error_message="What was set aside or corrected counts no more; a correction not before it is released.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("corrects", None), ("reason", "")),
                    models.Q(("corrects__isnull", False), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="reviews_decision_correction_has_a_reason",
                violation_error_message="A correction, and nothing else, has a reason.",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ["prepared", "approved", "held"])),
                fields=("cycle", "kind"),
                name="reviews_release_one_unfinished",
                violation_error_message="A release of this cycle is already prepared.",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["first", "correction"]),
                    ("status__in", ["prepared", "approved", "held", "done", "cancelled"]),
                ),
                name="reviews_release_status_known",
                violation_error_message="This status does not exist.",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["approved", "done"]), _negated=True),
                    models.Q(
                        ("approved_at__isnull", False),
                        ("approved_by__isnull", False),
                        ("due_at__isnull", False),
                        models.Q(("approved_by", models.F("prepared_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="reviews_release_by_a_second_person",
                violation_error_message="A second person releases what the first prepared.",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("released_at__isnull", False), ("status", "done")),
                    models.Q(models.Q(("status", "done"), _negated=True), ("released_at", None)),
                    _connector="OR",
                ),
                name="reviews_release_done_is_dated",
                violation_error_message="A release that is done, and no other, has its moment.",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "held"), _negated=True),
                    models.Q(
                        models.Q(("why_stopped", ""), _negated=True), ("stopped_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="reviews_release_stopped_with_a_reason",
                violation_error_message="A release that is on hold says since when, and why.",
            ),
        ),
    ]
