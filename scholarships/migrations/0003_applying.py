"""What applying adds: who wrote a statement last and when, and the level of degree that a round may be kept for."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("scholarships", "0002_need_and_shortlist"),
    ]

    operations = [
        migrations.AddField(
            model_name="candidacy",
            name="saved_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, editable=False, verbose_name="saved"
            ),
        ),
        migrations.AddField(
            model_name="candidacy",
            name="writer",
            field=models.CharField(blank=True, editable=False, max_length=32),
        ),
        migrations.AddField(
            model_name="round",
            name="levels",
            field=models.JSONField(
                blank=True,
                default=list,
                verbose_name="only for people with a degree of these levels",
            ),
        ),
    ]
