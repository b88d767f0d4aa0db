"""A number has its mark, and nothing else has one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("followup", "0005_seal_numbers")]

    operations = [
        migrations.AddConstraint(
            model_name="udemfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number", ""), ("number_mark", "")),
                    models.Q(
                        models.Q(("number", ""), _negated=True),
                        models.Q(("number_mark", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="followup_udem_number_marked",
                violation_error_message="A UdeM number is kept with its mark.",
            ),
        ),
    ]
