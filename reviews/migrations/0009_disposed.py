"""How many answers of a release went since."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cycles", "0005_sender"),
        ("reviews", "0008_two_persons"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="release",
            name="disposed",
            field=models.PositiveIntegerField(
                db_default=0, default=0, editable=False, verbose_name="destroyed since"
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(("disposed__lte", models.F("size"))),
                name="reviews_release_disposed_of_its_own",
                violation_error_message="No more goes than there was.",
            ),
        ),
    ]
