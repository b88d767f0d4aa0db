"""Files can be closed as incomplete; before, they could only be withdrawn."""

from django.conf import settings
from django.db import migrations, models

# Going back, nothing knows of closed files; coming again, the trail says which ones they were.
WITHDRAWN = "UPDATE applications_application SET status = 'withdrawn' WHERE status = 'closed'"
CLOSED = """
UPDATE applications_application AS file SET status = 'closed'
FROM (
    SELECT DISTINCT ON (subject) subject, new FROM audit_auditentry
    WHERE subject LIKE 'applications.application:%' AND new <> ''
    ORDER BY subject, at DESC, id DESC
) AS last
WHERE last.subject = 'applications.application:' || file.id AND last.new = 'closed' AND file.status = 'withdrawn'
"""


class Migration(migrations.Migration):
    """Adds a status, and tells the rows of it."""

    dependencies = [
        ("applications", "0011_referees"),
        ("audit", "0001_trail"),
        ("cycles", "0002_configuration"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="application",
            name="applications_one_live_file_a_cycle",
        ),
        migrations.RemoveConstraint(
            model_name="application",
            name="applications_status_known",
        ),
        migrations.AlterField(
            model_name="application",
            name="status",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("submitted", "Submitted"),
                    ("reopened", "Reopened"),
                    ("withdrawn", "Withdrawn"),
                    ("closed", "Closed as incomplete"),
                ],
                default="draft",
                editable=False,
                max_length=20,
                verbose_name="status",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ("withdrawn", "closed")), _negated=True),
                fields=("applicant", "cycle"),
                name="applications_one_live_file_a_cycle",
                violation_error_message="There is already an application for this cycle.",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["draft", "submitted", "reopened", "withdrawn", "closed"])
                ),
                name="applications_status_known",
                violation_error_message="This status does not exist.",
            ),
        ),
        migrations.RunSQL(CLOSED, WITHDRAWN),
    ]
