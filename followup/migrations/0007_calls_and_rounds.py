"""How a cycle calls its waitlist, and the rounds of an offer that is opened again."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cycles", "0005_sender"),
        ("followup", "0006_numbers_are_marked"),
        ("reviews", "0008_two_persons"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CallRules",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reply_days",
                    models.PositiveSmallIntegerField(
                        default=3,
                        help_text="Until the end of the last of these days in Montréal, within the waitlist.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(30),
                        ],
                        verbose_name="days to reply to a call",
                    ),
                ),
                (
                    "is_automatic",
                    models.BooleanField(
                        default=False,
                        help_text="As soon as a place is free, while the usual days to reply end before the waitlist does. Otherwise a coordinator calls.",
                        verbose_name="the next person is called by itself",
                    ),
                ),
                (
                    "late_fr",
                    models.TextField(
                        blank=True,
                        help_text="What a person called after UdeM’s official date reads about applying there. Empty: that the date has passed, and to write to us.",
                        max_length=600,
                        verbose_name="once UdeM’s date has passed, in French",
                    ),
                ),
                (
                    "late_en",
                    models.TextField(
                        blank=True,
                        max_length=600,
                        verbose_name="once UdeM’s date has passed, in English",
                    ),
                ),
            ],
            options={
                "verbose_name": "calls from the waitlist",
                "verbose_name_plural": "calls from the waitlist",
            },
        ),
        migrations.AddField(
            model_name="offer",
            name="opened_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="opened again"
            ),
        ),
        migrations.AddField(
            model_name="offer",
            name="round",
            field=models.PositiveSmallIntegerField(
                db_default=1, default=1, editable=False, verbose_name="round"
            ),
        ),
        migrations.AddField(
            model_name="offer",
            name="taken_back_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="yes taken back"
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("called_by", None), ("called_at__isnull", False), _connector="OR"
                ),
                name="followup_offer_caller_of_a_call",
                violation_error_message="Whoever called has the time of the call.",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("called_at", None), ("called_at__lte", models.F("reply_by")), _connector="OR"
                ),
                name="followup_offer_call_in_time",
                violation_error_message="A person is called before the last day to reply ends.",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("taken_back_at", None), ("status", "declined"), _connector="OR"
                ),
                name="followup_offer_taken_back_is_declined",
                violation_error_message="A yes that was taken back is a no.",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("round__gte", 1),
                    models.Q(("opened_at", None), ("round__gt", 1), _connector="OR"),
                ),
                name="followup_offer_rounds_from_one",
                violation_error_message="An offer that was opened again is in a later round.",
            ),
        ),
        migrations.AddField(
            model_name="callrules",
            name="cycle",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="call_rules",
                to="cycles.cycle",
            ),
        ),
        migrations.AddConstraint(
            model_name="callrules",
            constraint=models.CheckConstraint(
                condition=models.Q(("reply_days__gte", 1), ("reply_days__lte", 30)),
                name="followup_callrules_days_in_bounds",
                violation_error_message="From 1 to 30 days to reply.",
            ),
        ),
        migrations.AddConstraint(
            model_name="callrules",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("late_en", ""), ("late_fr", "")),
                    models.Q(
                        models.Q(("late_fr", ""), _negated=True),
                        models.Q(("late_en", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="followup_callrules_late_in_both_languages",
                violation_error_message="Write it in both languages, or in none.",
            ),
        ),
    ]
