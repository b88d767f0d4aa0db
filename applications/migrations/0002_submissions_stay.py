"""A submission is never rewritten: PostgreSQL itself refuses."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION applications_submission_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a submission is never rewritten' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER applications_submission_stays BEFORE UPDATE ON applications_submission
    FOR EACH ROW EXECUTE FUNCTION applications_submission_stays();
"""
BACKWARD = """
DROP TRIGGER applications_submission_stays ON applications_submission;
DROP FUNCTION applications_submission_stays();
"""


class Migration(migrations.Migration):
    """Adds the trigger."""

    dependencies = [("applications", "0001_intake")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
