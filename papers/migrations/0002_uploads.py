"""Files on their way; their parts in a table without a write-ahead log."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds two tables."""

    dependencies = [("papers", "0001_checked_files")]

    operations = [
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("owner", models.CharField(max_length=120, verbose_name="sent by")),
                ("purpose", models.CharField(max_length=160, verbose_name="sent for")),
                ("name", models.CharField(max_length=64, verbose_name="file name")),
                ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
                ("begun_at", models.DateTimeField(verbose_name="begun")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("subject", models.CharField(blank=True, max_length=120, verbose_name="became")),
                ("problem", models.CharField(blank=True, max_length=20, verbose_name="problem")),
            ],
            options={
                "verbose_name": "upload",
                "verbose_name_plural": "uploads",
                "ordering": ["-created_at"],
                "indexes": [
                    models.Index(fields=["owner", "created_at"], name="papers_upload_owner")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("subject", ""), ("problem", ""), _connector="OR"),
                        name="papers_upload_one_end",
                        violation_error_message="An upload ends in one way.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gte", 1)),
                        name="papers_upload_has_bytes",
                        violation_error_message="An empty file is not sent.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UploadPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("start", models.PositiveIntegerField()),
                ("size", models.PositiveIntegerField()),
                ("content", models.BinaryField()),
                (
                    "upload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="papers.upload",
                    ),
                ),
            ],
            options={
                "verbose_name": "part of an upload",
                "verbose_name_plural": "parts of uploads",
                "ordering": ["start"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("upload", "start"), name="papers_uploadpart_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(
            "ALTER TABLE papers_uploadpart SET UNLOGGED",
            "ALTER TABLE papers_uploadpart SET LOGGED",
        ),
    ]
