"""A thing of the office’s list belongs to a moment: before the answer, or a step of the file at UdeM."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cycles", "0005_sender"),
        ("followup", "0007_calls_and_rounds"),
    ]

    operations = [
        migrations.AddField(
            model_name="preparation",
            name="moment",
            field=models.CharField(
                choices=[
                    ("prepare", "To prepare, before our answer"),
                    ("file", "At UdeM: to file"),
                    ("documents", "At UdeM: to send documents"),
                    ("accept", "At UdeM: to accept its offer"),
                    ("register", "At UdeM: to register"),
                    ("refused", "At UdeM: refused"),
                    ("closed", "At UdeM: file closed"),
                ],
                default="prepare",
                max_length=10,
                verbose_name="when",
            ),
        ),
        migrations.AddConstraint(
            model_name="preparation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "moment__in",
                        ["prepare", "file", "documents", "accept", "register", "refused", "closed"],
                    )
                ),
                name="followup_preparation_moment_known",
                violation_error_message="This moment does not exist.",
            ),
        ),
    ]
