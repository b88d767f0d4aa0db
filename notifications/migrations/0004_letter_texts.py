"""An administrator’s own texts of letters; what a letter says of its sender, and the dates that go with it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0003_delivery"),
    ]

    operations = [
        migrations.CreateModel(
            name="LetterText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("scope", models.CharField(max_length=120, verbose_name="for")),
                ("letter", models.CharField(max_length=60, verbose_name="letter")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("published", "Published"),
                            ("replaced", "No longer used"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "subject_fr",
                    models.CharField(blank=True, max_length=200, verbose_name="subject in French"),
                ),
                (
                    "subject_en",
                    models.CharField(blank=True, max_length=200, verbose_name="subject in English"),
                ),
                (
                    "text_fr",
                    models.TextField(blank=True, max_length=8000, verbose_name="text in French"),
                ),
                (
                    "text_en",
                    models.TextField(blank=True, max_length=8000, verbose_name="text in English"),
                ),
                (
                    "carried_over",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="Its dates are looked at again before it is used.",
                        verbose_name="from the year before",
                    ),
                ),
            ],
            options={
                "verbose_name": "text of a letter",
                "verbose_name_plural": "texts of letters",
                "ordering": ["scope", "letter", "-version"],
            },
        ),
        migrations.AddField(
            model_name="outgoingemail",
            name="dates",
            field=models.JSONField(
                blank=True,
                db_default=models.Value([], models.JSONField()),
                default=list,
                verbose_name="dates",
            ),
        ),
        migrations.AddField(
            model_name="outgoingemail",
            name="reply_to",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=254, verbose_name="replies go to"
            ),
        ),
        migrations.AddField(
            model_name="outgoingemail",
            name="sender",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=80, verbose_name="sender’s name"
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingemail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sender__contains", "\n"), _negated=True),
                    models.Q(("sender__contains", "\r"), _negated=True),
                    models.Q(("reply_to__contains", "\n"), _negated=True),
                    models.Q(("reply_to__contains", "\r"), _negated=True),
                ),
                name="outgoing_one_line_sender",
                violation_error_message="The sender and the address for replies are one line each.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lettertext",
            constraint=models.UniqueConstraint(
                fields=("scope", "letter", "version"),
                name="letter_text_version_once",
                violation_error_message="This version exists already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lettertext",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "published")),
                fields=("scope", "letter"),
                name="letter_text_published_once",
                violation_error_message="One text of a letter is used at a time.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lettertext",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "draft")),
                fields=("scope", "letter"),
                name="letter_text_draft_once",
                violation_error_message="There is a draft of this letter already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lettertext",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["draft", "published", "replaced"])),
                name="letter_text_status_known",
                violation_error_message="This status does not exist.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lettertext",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "draft"),
                    models.Q(
                        models.Q(("subject_fr", ""), _negated=True),
                        models.Q(("subject_en", ""), _negated=True),
                        models.Q(("text_fr", ""), _negated=True),
                        models.Q(("text_en", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="letter_text_whole",
                violation_error_message="Nothing is published until both languages are complete.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lettertext",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("subject_fr__contains", "\n"), _negated=True),
                    models.Q(("subject_fr__contains", "\r"), _negated=True),
                    models.Q(("subject_en__contains", "\n"), _negated=True),
                    models.Q(("subject_en__contains", "\r"), _negated=True),
                ),
                name="letter_text_one_line_subjects",
                violation_error_message="A subject is one line.",
            ),
        ),
    ]
