"""When the money of a round flows, what its letter of award says and who signs it; what a reply to an award is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("scholarships", "0005_results_by_two"),
    ]

    operations = [
        migrations.AddField(
            model_name="round",
            name="conditions_en",
            field=models.TextField(
                blank=True, max_length=1500, verbose_name="conditions of an award, in English"
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="conditions_fr",
            field=models.TextField(
                blank=True, max_length=1500, verbose_name="conditions of an award, in French"
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="first_payment_on",
            field=models.DateField(blank=True, null=True, verbose_name="first payment on"),
        ),
        migrations.AddField(
            model_name="round",
            name="signer",
            field=models.CharField(
                blank=True, max_length=120, verbose_name="who signs the letters of award"
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="signer_title_en",
            field=models.CharField(
                blank=True, max_length=120, verbose_name="their title, in English"
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="signer_title_fr",
            field=models.CharField(
                blank=True, max_length=120, verbose_name="their title, in French"
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["offered", "accepted", "confirmed", "declined", "lapsed"])
                ),
                name="scholarships_award_status_known",
                violation_error_message="This status does not exist.",
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("replied_at", None), ("status", "offered")),
                    models.Q(
                        ("replied_at__isnull", False),
                        ("status__in", ["accepted", "confirmed", "declined"]),
                    ),
                    ("status", "lapsed"),
                    _connector="OR",
                ),
                name="scholarships_award_reply_dated",
                violation_error_message="A reply, and nothing else, has the time it was given.",
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("replied_at", None), ("replied_at__lte", models.F("reply_by")), _connector="OR"
                ),
                name="scholarships_award_reply_in_time",
                violation_error_message="A reply is given before its last day ends.",
            ),
        ),
    ]
