"""What PostgreSQL gives to everybody of what somebody makes, it gives of nothing that is made here.

Nobody else may enter the schema at all; this is the second lock. It holds for every table, function and type that a later
migration makes, whoever writes it.
"""

from django.db import migrations

SHUT = """
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA vault FROM PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE ALL ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE ALL ON TYPES FROM PUBLIC;
"""
OPEN = """
ALTER DEFAULT PRIVILEGES GRANT USAGE ON TYPES TO PUBLIC;
ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA vault TO PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("vault", "0001_tables")]

    operations = [migrations.RunSQL(SHUT, OPEN)]
