"""Everything that the form asks; the grade scale, the state and the language of a degree."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds columns and their rules."""

    dependencies = [
        ("applications", "0005_without_cycles"),
        ("cycles", "0001_from_applications"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="application",
            name="accommodation",
            field=models.TextField(blank=True, verbose_name="Accommodation needs"),
        ),
        migrations.AddField(
            model_name="application",
            name="answers",
            field=models.JSONField(
                blank=True, default=dict, verbose_name="answers to the cycle’s own questions"
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="circumstances",
            field=models.TextField(blank=True, verbose_name="Circumstances"),
        ),
        migrations.AddField(
            model_name="application",
            name="code_example",
            field=models.TextField(blank=True, verbose_name="An example of what you programmed"),
        ),
        migrations.AddField(
            model_name="application",
            name="credit_system",
            field=models.CharField(
                blank=True, max_length=60, verbose_name="How your institution counts them"
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="credits",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="Credits in computer science and mathematics"
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="english_level",
            field=models.CharField(
                blank=True,
                choices=[
                    ("a1", "A1: first words"),
                    ("a2", "A2: elementary"),
                    ("b1", "B1: intermediate"),
                    ("b2", "B2: upper intermediate"),
                    ("c1", "C1: advanced"),
                    ("c2", "C2: like a first language"),
                ],
                max_length=2,
                verbose_name="English",
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="french_level",
            field=models.CharField(
                blank=True,
                choices=[
                    ("a1", "A1: first words"),
                    ("a2", "A2: elementary"),
                    ("b1", "B1: intermediate"),
                    ("b2", "B2: upper intermediate"),
                    ("c1", "C1: advanced"),
                    ("c2", "C2: like a first language"),
                ],
                max_length=2,
                verbose_name="French",
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="heard_from",
            field=models.CharField(
                blank=True,
                choices=[
                    ("mila", "Mila’s website or events"),
                    ("udem", "Université de Montréal"),
                    ("professor", "A professor or a supervisor"),
                    ("student", "A student or an alumnus"),
                    ("work", "My employer or a colleague"),
                    ("social", "Social media"),
                    ("search", "A web search"),
                    ("other", "Another way"),
                ],
                max_length=20,
                verbose_name="How did you hear of the program?",
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="jobs",
            field=models.JSONField(blank=True, default=list, verbose_name="work experience"),
        ),
        migrations.AddField(
            model_name="application",
            name="late_until",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="late pass until"
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="links",
            field=models.JSONField(blank=True, default=list, verbose_name="links"),
        ),
        migrations.AddField(
            model_name="application",
            name="no_job",
            field=models.BooleanField(default=False, verbose_name="I have no work experience yet"),
        ),
        migrations.AddField(
            model_name="application",
            name="other_languages",
            field=models.CharField(
                blank=True, max_length=300, verbose_name="Other programming languages"
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="prerequisites",
            field=models.JSONField(blank=True, default=dict, verbose_name="prerequisites"),
        ),
        migrations.AddField(
            model_name="application",
            name="python_level",
            field=models.CharField(
                blank=True,
                choices=[
                    ("none", "Not yet"),
                    ("beginner", "Beginner: small exercises"),
                    ("intermediate", "Intermediate: my own programs"),
                    ("advanced", "Advanced: programs that others use"),
                ],
                max_length=20,
                verbose_name="Python",
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="start_on",
            field=models.DateField(blank=True, null=True, verbose_name="Start of studies"),
        ),
        migrations.AddField(
            model_name="application",
            name="tfi_on",
            field=models.DateField(blank=True, null=True, verbose_name="Day of the test"),
        ),
        migrations.AddField(
            model_name="application",
            name="tfi_score",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="TFI score"),
        ),
        migrations.AddField(
            model_name="degree",
            name="field",
            field=models.CharField(blank=True, max_length=200, verbose_name="Field"),
        ),
        migrations.AddField(
            model_name="degree",
            name="language",
            field=models.CharField(
                blank=True,
                choices=[("fr", "French"), ("en", "English"), ("other", "Another language")],
                max_length=10,
                verbose_name="Language of teaching",
            ),
        ),
        migrations.AddField(
            model_name="degree",
            name="progress",
            field=models.CharField(
                blank=True,
                choices=[
                    ("done", "Finished"),
                    ("under_way", "Under way"),
                    ("left", "Left before the end"),
                ],
                max_length=20,
                verbose_name="State",
            ),
        ),
        migrations.AddField(
            model_name="degree",
            name="scale_direction",
            field=models.CharField(
                blank=True,
                choices=[
                    ("up", "The highest number is the best"),
                    ("down", "The lowest number is the best"),
                ],
                max_length=4,
                verbose_name="Direction of the scale",
            ),
        ),
        migrations.AddField(
            model_name="degree",
            name="scale_pass",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=6, null=True, verbose_name="Pass mark"
            ),
        ),
        migrations.AlterField(
            model_name="degree",
            name="scale_max",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                max_digits=6,
                null=True,
                verbose_name="Best possible grade",
            ),
        ),
        migrations.AlterField(
            model_name="degree",
            name="title",
            field=models.CharField(blank=True, max_length=200, verbose_name="Degree"),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("circumstances__length__lte", 1500),
                    ("code_example__length__lte", 500),
                    ("accommodation__length__lte", 1000),
                ),
                name="applications_other_texts_length",
                violation_error_message="A text is too long.",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("credits__isnull", True), ("credits__lte", 400), _connector="OR"
                ),
                name="applications_credits_likely",
                violation_error_message="Write at most 400 credits.",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tfi_score__isnull", True), ("tfi_score__range", (10, 990)), _connector="OR"
                ),
                name="applications_tfi_on_its_scale",
                violation_error_message="A TFI score goes from 10 to 990.",
            ),
        ),
    ]
