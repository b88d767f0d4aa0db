"""Letters of a batch are held back while its first ones try the way."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the batch and the status `held`."""

    dependencies = [
        ("notifications", "0001_outgoing_email"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="outgoingemail",
            name="outgoing_status_known",
        ),
        migrations.RemoveConstraint(
            model_name="outgoingemail",
            name="outgoing_written",
        ),
        migrations.AddField(
            model_name="outgoingemail",
            name="batch",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="What it left together with, as in reviews.release:12.",
                max_length=60,
                verbose_name="batch",
            ),
        ),
        migrations.AlterField(
            model_name="outgoingemail",
            name="status",
            field=models.CharField(
                choices=[
                    ("held", "Held back"),
                    ("pending", "Waiting"),
                    ("sending", "Going out"),
                    ("sent", "Sent"),
                    ("unknown", "Outcome unknown"),
                    ("bounced", "Address refused"),
                    ("dead", "Could not be sent"),
                ],
                default="pending",
                max_length=10,
                verbose_name="status",
            ),
        ),
        migrations.AddIndex(
            model_name="outgoingemail",
            index=models.Index(
                condition=models.Q(("batch", ""), _negated=True),
                fields=["batch", "status"],
                name="outgoing_batch",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingemail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        ["held", "pending", "sending", "sent", "unknown", "bounced", "dead"],
                    )
                ),
                name="outgoing_status_known",
                violation_error_message="This status does not exist.",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingemail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "held"), _negated=True),
                    models.Q(("batch", ""), _negated=True),
                    _connector="OR",
                ),
                name="outgoing_held_in_a_batch",
                violation_error_message="A letter is held back with its batch.",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingemail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("status__in", ["held", "pending", "sending", "unknown"]), _negated=True
                    ),
                    models.Q(
                        models.Q(("subject", ""), _negated=True),
                        models.Q(("text", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="outgoing_written",
                violation_error_message="A letter that may still leave has its whole text.",
            ),
        ),
    ]
