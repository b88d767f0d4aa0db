"""Standings keep a corrected score beside the mean; a cycle keeps what its correction was made from."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

# Until the first estimate a file stands by its mean.
BY_MEAN = "UPDATE reviews_standing SET adjusted = mean WHERE mean IS NOT NULL"


class Migration(migrations.Migration):
    """Adds the columns, and lets every file stand by its mean."""

    dependencies = [
        ("applications", "0013_finer_grades"),
        ("cycles", "0004_whole_cycles_go"),
        ("reviews", "0004_conflicts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Estimate",
            fields=[
                (
                    "cycle",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="estimate",
                        serialize=False,
                        to="cycles.cycle",
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="estimated"
                    ),
                ),
                ("took", models.FloatField(default=0, verbose_name="seconds that it took")),
                (
                    "state",
                    models.CharField(blank=True, max_length=64, verbose_name="from which state"),
                ),
                ("files", models.PositiveIntegerField(default=0, verbose_name="files with a mark")),
                (
                    "readers",
                    models.PositiveIntegerField(default=0, verbose_name="readers who gave one"),
                ),
                ("marks", models.PositiveIntegerField(default=0, verbose_name="marks")),
                (
                    "circles",
                    models.PositiveIntegerField(default=0, verbose_name="circles of readers"),
                ),
                ("spread_files", models.FloatField(default=0, verbose_name="spread of the files")),
                (
                    "spread_readers",
                    models.FloatField(default=0, verbose_name="spread of the readers"),
                ),
                ("spread_noise", models.FloatField(default=0, verbose_name="spread of the rest")),
                ("scales", models.JSONField(default=dict, verbose_name="scales")),
            ],
            options={
                "verbose_name": "estimate",
                "verbose_name_plural": "estimates",
            },
        ),
        migrations.AddField(
            model_name="standing",
            name="adjusted",
            field=models.DecimalField(
                decimal_places=3, max_digits=4, null=True, verbose_name="corrected score"
            ),
        ),
        migrations.AddField(
            model_name="standing",
            name="adjusted_high",
            field=models.DecimalField(
                decimal_places=3,
                max_digits=4,
                null=True,
                verbose_name="corrected score, upper bound",
            ),
        ),
        migrations.AddField(
            model_name="standing",
            name="adjusted_low",
            field=models.DecimalField(
                decimal_places=3,
                max_digits=4,
                null=True,
                verbose_name="corrected score, lower bound",
            ),
        ),
        migrations.AddField(
            model_name="standing",
            name="chances",
            field=models.JSONField(null=True, verbose_name="chances of a seat"),
        ),
        migrations.AddField(
            model_name="standing",
            name="changes",
            field=models.PositiveIntegerField(db_default=0, default=0, verbose_name="changes"),
        ),
        migrations.AddField(
            model_name="standing",
            name="near",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.IntegerField(),
                null=True,
                size=None,
                verbose_name="near the line of",
            ),
        ),
        migrations.RunSQL(BY_MEAN, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(
                models.F("cycle"),
                models.OrderBy(models.F("adjusted"), descending=True),
                models.F("application"),
                condition=models.Q(("adjusted__isnull", False)),
                name="reviews_standing_adjusted",
            ),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("near__isnull", False)),
                fields=["near"],
                name="reviews_standing_near",
            ),
        ),
    ]
