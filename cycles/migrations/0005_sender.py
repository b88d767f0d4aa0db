"""From whom a cycle’s letters come, and where replies go."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cycles", "0004_whole_cycles_go"),
    ]

    operations = [
        migrations.AddField(
            model_name="cycle",
            name="reply_to",
            field=models.EmailField(
                blank=True,
                help_text="Empty: the address that letters come from.",
                max_length=254,
                verbose_name="replies to letters go to",
            ),
        ),
        migrations.AddField(
            model_name="cycle",
            name="sender_en",
            field=models.CharField(
                blank=True,
                max_length=60,
                validators=[
                    django.core.validators.RegexValidator(
                        '[\\x00-\\x1f\\x7f\\u2028\\u2029<>@\\"]',
                        "Write a name on one line, without an address.",
                        inverse_match=True,
                    )
                ],
                verbose_name="sender’s name in English",
            ),
        ),
        migrations.AddField(
            model_name="cycle",
            name="sender_fr",
            field=models.CharField(
                blank=True,
                max_length=60,
                validators=[
                    django.core.validators.RegexValidator(
                        '[\\x00-\\x1f\\x7f\\u2028\\u2029<>@\\"]',
                        "Write a name on one line, without an address.",
                        inverse_match=True,
                    )
                ],
                verbose_name="sender’s name in French",
            ),
        ),
    ]
