"""What people told of their status and their steps, and what the office wrote of delays and funds."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the four tables."""

    initial = True

    dependencies = [
        ("applications", "0013_finer_grades"),
        ("cycles", "0005_sender"),
    ]

    operations = [
        migrations.CreateModel(
            name="PermitGuide",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("proof", "Proof of your status"),
                            ("verify", "What your status asks for"),
                            ("funds", "Proof of funds"),
                            ("caq", "CAQ, the Québec acceptance certificate"),
                            ("study", "Study permit"),
                            ("coop", "Co-op work permit"),
                        ],
                        max_length=10,
                        verbose_name="step",
                    ),
                ),
                (
                    "weeks_min",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(104),
                        ],
                        verbose_name="usual delay, at least (weeks)",
                    ),
                ),
                (
                    "weeks_max",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="The calendar of each person counts back with the longest.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(104),
                        ],
                        verbose_name="usual delay, at most (weeks)",
                    ),
                ),
                (
                    "source_fr",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="by whose word, in French"
                    ),
                ),
                (
                    "source_en",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="by whose word, in English"
                    ),
                ),
                (
                    "text_fr",
                    models.TextField(
                        blank=True, max_length=600, verbose_name="what to say of it, in French"
                    ),
                ),
                (
                    "text_en",
                    models.TextField(
                        blank=True, max_length=600, verbose_name="what to say of it, in English"
                    ),
                ),
                (
                    "link_fr",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        validators=[django.core.validators.URLValidator(schemes=["https"])],
                        verbose_name="official page in French",
                    ),
                ),
                (
                    "link_en",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        validators=[django.core.validators.URLValidator(schemes=["https"])],
                        verbose_name="official page in English",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="permit_guides",
                        to="cycles.cycle",
                    ),
                ),
            ],
            options={
                "verbose_name": "delay of a permit",
                "verbose_name_plural": "delays of permits",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("cycle", "kind"),
                        name="permits_guide_once",
                        violation_error_message="A step stands once in a cycle.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("weeks_max", None), ("weeks_min", None)),
                            models.Q(
                                ("weeks_max__isnull", False),
                                ("weeks_max__lte", 104),
                                ("weeks_min__isnull", False),
                                ("weeks_min__lte", models.F("weeks_max")),
                            ),
                            _connector="OR",
                        ),
                        name="permits_guide_weeks_in_order",
                        violation_error_message="Write both delays, the shorter first, or neither; two years at most.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("text_en", ""), ("text_fr", "")),
                                models.Q(
                                    models.Q(("text_fr", ""), _negated=True),
                                    models.Q(("text_en", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                models.Q(("source_en", ""), ("source_fr", "")),
                                models.Q(
                                    models.Q(("source_fr", ""), _negated=True),
                                    models.Q(("source_en", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="permits_guide_in_both_languages",
                        violation_error_message="Write the text in both languages, or in neither.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("link_fr", ""),
                                ("link_fr__startswith", "https://"),
                                _connector="OR",
                            ),
                            models.Q(
                                ("link_en", ""),
                                ("link_en__startswith", "https://"),
                                _connector="OR",
                            ),
                        ),
                        name="permits_guide_link_safe",
                        violation_error_message="A link begins with https://.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PermitPath",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "canada_status",
                    models.CharField(
                        choices=[
                            ("citizen", "Canadian citizen"),
                            ("resident", "Permanent resident"),
                            ("protected", "Protected person"),
                            ("study", "Study permit"),
                            ("work", "Work permit"),
                            ("none", "None of these"),
                        ],
                        max_length=20,
                        verbose_name="status in Canada",
                    ),
                ),
                (
                    "change",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("granted", "I received a new status or a new permit"),
                            ("ended", "What I had has ended"),
                            ("mistake", "I made a mistake in the application"),
                        ],
                        max_length=10,
                        verbose_name="why it changed",
                    ),
                ),
                (
                    "permit_until",
                    models.DateField(blank=True, null=True, verbose_name="the permit ends on"),
                ),
                (
                    "allows",
                    models.CharField(
                        choices=[
                            ("yes", "Yes, for the whole program"),
                            ("no", "No, or not for long enough"),
                            ("unsure", "I do not know yet"),
                        ],
                        default="unsure",
                        max_length=10,
                        verbose_name="whether it allows the program",
                    ),
                ),
                (
                    "told_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="told"
                    ),
                ),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="permit_path",
                        to="applications.application",
                    ),
                ),
            ],
            options={
                "verbose_name": "path of permits",
                "verbose_name_plural": "paths of permits",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("allows__in", ["yes", "no", "unsure"]),
                            (
                                "canada_status__in",
                                ["citizen", "resident", "protected", "study", "work", "none"],
                            ),
                            ("change__in", ["", "granted", "ended", "mistake"]),
                        ),
                        name="permits_path_status_known",
                        violation_error_message="This status does not exist.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("canada_status__in", ("study", "work")),
                                ("permit_until__isnull", False),
                            ),
                            models.Q(
                                models.Q(("canada_status__in", ("study", "work")), _negated=True),
                                ("permit_until", None),
                            ),
                            _connector="OR",
                        ),
                        name="permits_path_end_of_a_permit",
                        violation_error_message="A permit, and nothing else, has the day it ends.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PermitStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("proof", "Proof of your status"),
                            ("verify", "What your status asks for"),
                            ("funds", "Proof of funds"),
                            ("caq", "CAQ, the Québec acceptance certificate"),
                            ("study", "Study permit"),
                            ("coop", "Co-op work permit"),
                        ],
                        max_length=10,
                        verbose_name="step",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("to_do", "Not begun"),
                            ("ready", "Ready"),
                            ("asked", "Asked for"),
                            ("more", "More is asked of you"),
                            ("obtained", "Obtained"),
                            ("refused", "Refused"),
                            ("not_needed", "Not needed"),
                        ],
                        default="to_do",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("asked_on", models.DateField(blank=True, null=True, verbose_name="asked for on")),
                ("more_on", models.DateField(blank=True, null=True, verbose_name="more asked on")),
                (
                    "obtained_on",
                    models.DateField(blank=True, null=True, verbose_name="obtained on"),
                ),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="valid until"),
                ),
                ("refused_on", models.DateField(blank=True, null=True, verbose_name="refused on")),
                (
                    "why_not",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("have", "What I have already covers the whole program"),
                            ("udem", "The university told me so"),
                            ("authority", "The immigration authority told me so"),
                        ],
                        max_length=10,
                        verbose_name="why it is not needed",
                    ),
                ),
                (
                    "said_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="reported"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="permit_steps",
                        to="applications.application",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of permits",
                "verbose_name_plural": "steps of permits",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("application", "kind"),
                        name="permits_step_once",
                        violation_error_message="This step is there already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["proof", "verify", "funds", "caq", "study", "coop"]),
                            (
                                "status__in",
                                [
                                    "to_do",
                                    "ready",
                                    "asked",
                                    "more",
                                    "obtained",
                                    "refused",
                                    "not_needed",
                                ],
                            ),
                        ),
                        name="permits_step_known",
                        violation_error_message="This step or its status does not exist.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ("proof", "verify", "funds")), _negated=True),
                            ("status__in", ("to_do", "ready", "not_needed")),
                            _connector="OR",
                        ),
                        name="permits_step_gathered",
                        violation_error_message="What you gather yourself is asked of no authority.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("asked_on__isnull", False), ("status__in", ("asked", "more"))
                            ),
                            ("status__in", ("obtained", "refused")),
                            models.Q(
                                models.Q(
                                    ("status__in", ("asked", "more", "obtained", "refused")),
                                    _negated=True,
                                ),
                                ("asked_on", None),
                            ),
                            _connector="OR",
                        ),
                        name="permits_step_asked_dated",
                        violation_error_message="What is asked for has the day it was asked.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("status", "more"), _negated=True),
                                ("more_on__isnull", False),
                                _connector="OR",
                            ),
                            models.Q(
                                ("more_on", None),
                                ("status__in", ("asked", "more", "obtained", "refused")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("more_on", None),
                                models.Q(
                                    ("asked_on__isnull", False),
                                    ("more_on__gte", models.F("asked_on")),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="permits_step_more_dated",
                        violation_error_message="More is asked after the request, and has the day it was.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("obtained_on__isnull", False), ("status", "obtained")),
                            models.Q(
                                models.Q(("status", "obtained"), _negated=True),
                                ("obtained_on", None),
                                ("valid_until", None),
                            ),
                            _connector="OR",
                        ),
                        name="permits_step_obtained_dated",
                        violation_error_message="What is obtained, and nothing else, has its day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("obtained_on", None),
                                ("asked_on", None),
                                ("obtained_on__gte", models.F("asked_on")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("valid_until", None),
                                ("valid_until__gt", models.F("obtained_on")),
                                _connector="OR",
                            ),
                        ),
                        name="permits_step_obtained_in_order",
                        violation_error_message="Asked for, obtained, valid until: in this order.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("refused_on__isnull", False), ("status", "refused")),
                                models.Q(
                                    models.Q(("status", "refused"), _negated=True),
                                    ("refused_on", None),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("refused_on", None),
                                ("asked_on", None),
                                ("refused_on__gte", models.F("asked_on")),
                                _connector="OR",
                            ),
                        ),
                        name="permits_step_refused_dated",
                        violation_error_message="What is refused, and nothing else, has the day of the refusal, after the request.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status", "not_needed"),
                                ("why_not__in", ["have", "udem", "authority"]),
                            ),
                            models.Q(
                                models.Q(("status", "not_needed"), _negated=True), ("why_not", "")
                            ),
                            _connector="OR",
                        ),
                        name="permits_step_not_needed_why",
                        violation_error_message="What is not needed, and nothing else, says why.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PermitTerms",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "months_min",
                    models.PositiveSmallIntegerField(
                        default=3, verbose_name="time to allow in all, at least (months)"
                    ),
                ),
                (
                    "months_max",
                    models.PositiveSmallIntegerField(
                        default=6,
                        help_text="UdeM tells people from abroad to allow 3 to 6 months.",
                        validators=[django.core.validators.MaxValueValidator(24)],
                        verbose_name="time to allow in all, at most (months)",
                    ),
                ),
                (
                    "funds_one",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty until somebody has read it on the official page.",
                        null=True,
                        verbose_name="funds to show, one adult ($)",
                    ),
                ),
                (
                    "funds_two",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="funds to show, two adults ($)"
                    ),
                ),
                (
                    "funds_as_of",
                    models.DateField(blank=True, null=True, verbose_name="amounts read on"),
                ),
                (
                    "funds_fr",
                    models.TextField(
                        blank=True, max_length=600, verbose_name="more on funds, in French"
                    ),
                ),
                (
                    "funds_en",
                    models.TextField(
                        blank=True, max_length=600, verbose_name="more on funds, in English"
                    ),
                ),
                (
                    "internship_hours",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="compulsory hours of the internship"
                    ),
                ),
                (
                    "internship_months",
                    models.PositiveSmallIntegerField(
                        default=6,
                        help_text="At least six, by the page of UdeM’s department.",
                        verbose_name="months of the internship, at least",
                    ),
                ),
                (
                    "internship_credits",
                    models.PositiveSmallIntegerField(
                        default=22,
                        help_text="22 by the page of UdeM’s department.",
                        verbose_name="credits of the internship",
                    ),
                ),
                (
                    "signer",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="who signs our letter"
                    ),
                ),
                (
                    "signer_title_fr",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="their title in French"
                    ),
                ),
                (
                    "signer_title_en",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="their title in English"
                    ),
                ),
                (
                    "cycle",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="permit_terms",
                        to="cycles.cycle",
                    ),
                ),
            ],
            options={
                "verbose_name": "permits: the whole, and our letter",
                "verbose_name_plural": "permits: the whole, and our letter",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("months_max__lte", 24), ("months_min__lte", models.F("months_max"))
                        ),
                        name="permits_terms_months_in_order",
                        violation_error_message="The shorter time first; two years at most.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("funds_one", None), ("funds_two", None)),
                            ("funds_as_of__isnull", False),
                            _connector="OR",
                        ),
                        name="permits_terms_funds_dated",
                        violation_error_message="An amount has the day it was read on the official page.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("funds_en", ""), ("funds_fr", "")),
                                models.Q(
                                    models.Q(("funds_fr", ""), _negated=True),
                                    models.Q(("funds_en", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                models.Q(("signer_title_en", ""), ("signer_title_fr", "")),
                                models.Q(
                                    models.Q(("signer_title_fr", ""), _negated=True),
                                    models.Q(("signer_title_en", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="permits_terms_in_both_languages",
                        violation_error_message="Write the text in both languages, or in neither.",
                    ),
                ],
            },
        ),
    ]
