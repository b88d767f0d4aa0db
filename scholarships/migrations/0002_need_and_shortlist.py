"""Category 3: who goes on to the proof, and how great the need is; how long a panel reads."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0014_proofs_of_udem"),
        ("scholarships", "0001_rounds_and_awards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="candidacy",
            name="need",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(5),
                ],
                verbose_name="need, from 1 to 5",
            ),
        ),
        migrations.AddField(
            model_name="candidacy",
            name="need_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="candidacy",
            name="shortlisted_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="shortlisted"
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="reading_due_on",
            field=models.DateField(blank=True, null=True, verbose_name="the panel reads until"),
        ),
        migrations.AddConstraint(
            model_name="candidacy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("need", None), ("need_by", None)),
                    models.Q(("need__gte", 1), ("need__lte", 5), ("need_by__isnull", False)),
                    _connector="OR",
                ),
                name="scholarships_candidacy_need_is_judged",
                violation_error_message="A need is from 1 to 5, and says who judged it.",
            ),
        ),
    ]
