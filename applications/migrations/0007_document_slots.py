"""A document fills a slot: one transcript a degree, one file a question, and more than one piece of a kind."""

from django.db import migrations, models

# One statement: a row updated twice in a transaction waits for its foreign keys, and no index could be made.
FILL = """
UPDATE applications_document document SET slot = COALESCE(
    (SELECT 'transcript-' || degree.id FROM applications_degree degree
     WHERE document.kind = 'transcript' AND degree.application_id = document.application_id
     ORDER BY degree.position, degree.id LIMIT 1),
    document.kind)
"""
# Going back knows one document a kind: the newest stays in the draft.
ONE_A_KIND = """
UPDATE applications_document document SET replaced_at = now()
WHERE replaced_at IS NULL AND EXISTS (
    SELECT 1 FROM applications_document newer
    WHERE newer.application_id = document.application_id AND newer.kind = document.kind
      AND newer.replaced_at IS NULL AND newer.id > document.id)
"""


class Migration(migrations.Migration):
    """What is held keeps its place: a transcript goes to the first degree."""

    dependencies = [("applications", "0006_whole_form")]

    operations = [
        migrations.AlterField(
            model_name="document",
            name="kind",
            field=models.CharField(
                choices=[
                    ("cv", "Curriculum vitæ"),
                    ("transcript", "Transcript"),
                    ("translation", "Certified translation"),
                    ("diploma", "Diploma"),
                    ("other", "Other document"),
                    ("answer", "File sent as an answer"),
                    ("request", "Piece asked for later"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.RemoveConstraint(
            model_name="document", name="applications_document_one_current"
        ),
        migrations.AddField(
            model_name="document",
            name="slot",
            field=models.CharField(default="", max_length=60, verbose_name="place"),
            preserve_default=False,
        ),
        migrations.RunSQL(FILL, ONE_A_KIND),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced_at__isnull", True)),
                fields=("application", "slot"),
                name="applications_document_one_current",
                violation_error_message="There is already a current version of this document.",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(("slot", ""), _negated=True),
                name="applications_document_has_a_place",
                violation_error_message="A document fills a place.",
            ),
        ),
    ]
