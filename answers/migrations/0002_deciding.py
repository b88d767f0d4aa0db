"""Acts of the decision board that can be undone, notes, findings that were kept, margins beyond the seats."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The tables of deciding."""

    dependencies = [
        ("applications", "0013_finer_grades"),
        ("cycles", "0004_whole_cycles_go"),
        ("answers", "0001_after_the_release"),
        ("reviews", "0008_two_persons"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Act",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="when"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("propose", "Proposed"),
                            ("withdraw", "Proposal withdrawn"),
                            ("place", "Waitlist put in order"),
                            ("send_back", "Sent back"),
                        ],
                        max_length=20,
                        verbose_name="what",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accept", "Accept"),
                            ("waitlist", "Waitlist"),
                            ("decline", "Decline"),
                        ],
                        max_length=20,
                        verbose_name="outcome",
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="why")),
                (
                    "undone_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="undone"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acts",
                        to="cycles.cycle",
                        verbose_name="cycle",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cycles.program",
                        verbose_name="program",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="undone by",
                    ),
                ),
            ],
            options={
                "verbose_name": "act on the board",
                "verbose_name_plural": "acts on the board",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "act",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="answers.act",
                    ),
                ),
                (
                    "after",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reviews.decision",
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision_changes",
                        to="applications.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "before",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reviews.decision",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a decision",
                "verbose_name_plural": "changes of decisions",
            },
        ),
        migrations.CreateModel(
            name="Kept",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("decider", "Decided by somebody in conflict"),
                            ("few_readers", "Too few reviews"),
                            ("incomplete", "Still incomplete"),
                            ("letters", "A letter of reference is missing"),
                            ("duplicates", "One person, two answers"),
                            ("seats", "Far more offers than seats"),
                            ("twins", "Nearly the same score, opposite answers"),
                            ("below", "Accepted below somebody who is not"),
                            ("preference", "Not the first choice, which has seats"),
                            ("read_in_conflict", "Read by somebody in conflict"),
                            ("early", "Decided while a review is still open"),
                            ("late_letter", "A letter that no review has seen"),
                            ("unreachable", "Cannot be written to"),
                            ("places", "Places on the waitlist"),
                        ],
                        max_length=20,
                        verbose_name="rule",
                    ),
                ),
                (
                    "fingerprint",
                    models.CharField(max_length=64, verbose_name="fingerprint of the facts"),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="why")),
                (
                    "at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="when"),
                ),
                ("is_directed", models.BooleanField(default=False, verbose_name="by a director")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cycles.cycle",
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="applications.application",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="applications.application",
                    ),
                ),
            ],
            options={
                "verbose_name": "finding that was kept",
                "verbose_name_plural": "findings that were kept",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Margin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "percent",
                    models.PositiveSmallIntegerField(
                        default=50,
                        help_text="Not everybody says yes: beyond this, the list of findings says so.",
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(300),
                        ],
                        verbose_name="offers beyond the seats, in per cent",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="margins",
                        to="cycles.cycle",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cycles.program",
                        verbose_name="program",
                    ),
                ),
            ],
            options={
                "verbose_name": "offers beyond the seats",
                "verbose_name_plural": "offers beyond the seats",
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        blank=True,
                        validators=[django.core.validators.MaxLengthValidator(1000)],
                        verbose_name="text",
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="written"),
                ),
                ("is_current", models.BooleanField(default=True, verbose_name="counts")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision_notes",
                        to="applications.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
            ],
            options={
                "verbose_name": "note for the decision",
                "verbose_name_plural": "notes for the decision",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.AddIndex(
            model_name="act",
            index=models.Index(fields=["cycle", "-at", "-id"], name="answers_act_recent"),
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["propose", "withdraw", "place", "send_back"]),
                    models.Q(
                        ("outcome", ""),
                        ("outcome__in", ["accept", "waitlist", "decline"]),
                        _connector="OR",
                    ),
                ),
                name="answers_act_kind_known",
                violation_error_message="This act does not exist.",
            ),
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("undone_at__isnull", True), ("undone_by__isnull", True)),
                    models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                    _connector="OR",
                ),
                name="answers_act_undone_by_somebody",
                violation_error_message="A person stands behind each undoing.",
            ),
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "send_back"), _negated=True),
                    models.Q(("why", ""), _negated=True),
                    _connector="OR",
                ),
                name="answers_act_sent_back_with_a_word",
                violation_error_message="Say in a word why it goes back.",
            ),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.UniqueConstraint(
                fields=("act", "application"),
                name="answers_change_once",
                violation_error_message="An act changes each file once.",
            ),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("before__isnull", False), ("after__isnull", False), _connector="OR"
                ),
                name="answers_change_changes_something",
                violation_error_message="An act changes something.",
            ),
        ),
        migrations.AddConstraint(
            model_name="kept",
            constraint=models.UniqueConstraint(
                fields=("cycle", "fingerprint", "is_directed"),
                name="answers_kept_once",
                violation_error_message="This was looked at again already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="kept",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="answers_kept_with_a_reason",
                violation_error_message="Say why it stands.",
            ),
        ),
        migrations.AddConstraint(
            model_name="margin",
            constraint=models.UniqueConstraint(
                fields=("cycle", "program"),
                name="answers_margin_once",
                violation_error_message="A program stands once in a cycle.",
            ),
        ),
        migrations.AddConstraint(
            model_name="margin",
            constraint=models.CheckConstraint(
                condition=models.Q(("percent__lte", 300)),
                name="answers_margin_in_bounds",
                violation_error_message="At most four offers a seat.",
            ),
        ),
        migrations.AddConstraint(
            model_name="note",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_current", True)),
                fields=("application",),
                name="answers_note_one_current",
                violation_error_message="Somebody else has just written this note.",
            ),
        ),
        migrations.AddConstraint(
            model_name="note",
            constraint=models.CheckConstraint(
                condition=models.Q(("text__length__lte", 1000)),
                name="answers_note_is_short",
                violation_error_message="A note has 1,000 characters at most.",
            ),
        ),
    ]
