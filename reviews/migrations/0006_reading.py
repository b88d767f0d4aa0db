"""Reading: an order that differs by reader, advice per program, pages of the dossier, which submission was read."""

import django.db.models.deletion
from django.db import migrations, models

PLACE = models.Func(
    models.F("application"),
    models.F("reviewer"),
    function="hashint8extended",
    output_field=models.BigIntegerField(),
)
UNKNOWN_ADVICE = (
    '$.* ? (@ != "strong_accept" && @ != "accept" && @ != "waitlist" && @ != "decline")'
)

# Advice was one a review, and named a program where several were asked for; declining was for all of them.
ADVICE = """
UPDATE reviews_review AS r SET advice = told.advice FROM (
    SELECT old.id, jsonb_object_agg(p.code, old.recommendation) AS advice
    FROM reviews_review AS old
    JOIN reviews_assignment AS a ON a.id = old.assignment_id
    JOIN applications_choice AS c ON c.application_id = a.application_id
    JOIN cycles_program AS p ON p.id = c.program_id
    WHERE (old.recommendation = 'decline' OR (old.recommendation <> '' AND old.recommended_program_id = p.id))
        AND (SELECT count(*) FROM applications_choice AS one WHERE one.application_id = a.application_id) > 1
    GROUP BY old.id
) AS told WHERE told.id = r.id
"""
SUBMISSION = """
UPDATE reviews_review AS r SET submission_id = (
    SELECT s.id FROM applications_submission AS s JOIN reviews_assignment AS a ON a.application_id = s.application_id
    WHERE a.id = r.assignment_id AND s.at <= r.saved_at ORDER BY s.version DESC LIMIT 1)
"""

# Rows that are written twice wait for their checks, and no index is made over what waits.
AT_ONCE = "SET CONSTRAINTS ALL IMMEDIATE"


class Migration(migrations.Migration):
    """The columns first, what they hold last; back again, the old columns are as they were."""

    dependencies = [
        ("applications", "0013_finer_grades"),
        ("reviews", "0005_estimates"),
    ]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="place",
            field=models.GeneratedField(
                db_persist=True, expression=PLACE, output_field=models.BigIntegerField()
            ),
        ),
        migrations.RemoveIndex(model_name="assignment", name="reviews_assignment_queue"),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                fields=["reviewer", "status", "due_on", "place", "id"],
                name="reviews_assignment_queue",
            ),
        ),
        migrations.AddField(
            model_name="criterion",
            name="is_about_references",
            field=models.BooleanField(
                default=False,
                help_text="Whoever scores it without having opened a letter is asked once, before handing in.",
                verbose_name="about the letters of reference",
            ),
        ),
        migrations.AddField(
            model_name="score",
            name="page",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="page of the dossier"
            ),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.CheckConstraint(
                condition=models.Q(page__isnull=True) | models.Q(page__gte=1),
                name="reviews_score_page_counts_from_one",
                violation_error_message="Pages are counted from 1.",
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="advice",
            field=models.JSONField(blank=True, default=dict, verbose_name="advice per program"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=~models.Q(
                    models.Func(
                        models.F("advice"),
                        models.Value(UNKNOWN_ADVICE),
                        function="jsonb_path_exists",
                        output_field=models.BooleanField(),
                    )
                ),
                name="reviews_review_advice_known",
                violation_error_message="This advice does not exist.",
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="submission",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="applications.submission",
                verbose_name="the submission that was read",
            ),
        ),
        migrations.RunSQL(AT_ONCE, migrations.RunSQL.noop),
        migrations.RunSQL(ADVICE, migrations.RunSQL.noop),
        migrations.RunSQL(SUBMISSION, migrations.RunSQL.noop),
    ]
