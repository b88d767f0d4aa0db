"""Whom an entry is about, what was said, and who was ever shown it.

`link` leads from a mark to a token (and keeps, sealed, whom the mark stands for, so that keys can be replaced), `entry`
holds what is sealed under a token, `disclosure` is written once and kept, `published` holds the figures that were given
out, which never change. The day of an entry is kept and not its hour, so that it cannot be found by when a page was saved.
"""

from django.db import migrations

TABLES = """
CREATE TABLE link (
    mark text PRIMARY KEY CHECK (mark ~ '^[0-9a-f]{64}$'),
    token uuid NOT NULL UNIQUE,
    sealed bytea NOT NULL
);
CREATE TABLE entry (
    token uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind ~ '^[a-z_]{1,40}$'),
    sealed bytea NOT NULL,
    said_on date NOT NULL DEFAULT current_date
);
CREATE TABLE disclosure (
    id uuid PRIMARY KEY,
    mark text NOT NULL CHECK (mark ~ '^[0-9a-f]{64}$'),
    sealed bytea NOT NULL,
    shown_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE published (
    scope text NOT NULL CHECK (scope <> ''),
    question text NOT NULL CHECK (question <> ''),
    stage smallint NOT NULL CHECK (stage >= 0),
    figures jsonb NOT NULL,
    published_on date NOT NULL DEFAULT current_date,
    PRIMARY KEY (scope, question, stage)
);
CREATE INDEX disclosure_mark ON disclosure (mark);
CREATE FUNCTION keep_disclosures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a disclosure is neither changed nor deleted';
END $$;
CREATE TRIGGER disclosures_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON disclosure
    FOR EACH STATEMENT EXECUTE FUNCTION keep_disclosures();
"""
NONE = """
DROP TABLE published;
DROP TABLE disclosure;
DROP TABLE entry;
DROP TABLE link;
DROP FUNCTION keep_disclosures();
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []

    operations = [migrations.RunSQL(TABLES, NONE)]
