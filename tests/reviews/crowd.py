"""A cycle of any size, by SQL: for tests that ask whether a page costs the same at 100 files and at 100,000."""

from typing import Any

from django.db import connection

from accounts.models import User
from cycles.models import Cycle, Program

OFFSET = 50_000_000
# Each statement makes the rows from number `first` to `last`; ids are the numbers plus an offset of our own.
STATEMENTS = (
    """INSERT INTO accounts_user (id, password, email, full_name, language, roles, is_active, created_at)
    SELECT %(offset)s + n, '!', 'crowd-' || n || '@example.org', '', 'fr', '{}', true, now() FROM {numbers}""",
    """INSERT INTO applications_application (id, number, applicant_id, cycle_id, status, revision, created_at, saved_at,
        submitted_at, first_names, last_names, preferred_name, pronouns, phone, country, canada_status, attendance,
        statement, internship_goals, prerequisites, credit_system, python_level, other_languages, code_example, jobs,
        no_job, links, french_level, english_level, circumstances, heard_from, answers, accommodation, writers)
    SELECT %(offset)s + n, %(code)s || '-' || lpad(upper(to_hex(n)), 6, '0'), %(offset)s + n, %(cycle)s, 'submitted', 1,
        now(), now(), now(), 'Prénom ' || md5(n::text), 'Nom ' || md5((n * 7)::text), '', '', '', 'CA', 'none', '', '', '',
        '{}', '', '', '', '', '[]', false, '[]', '', '', '', '', '{}', '', '{}' FROM {numbers}""",
    """INSERT INTO applications_choice (application_id, program_id, rank)
    SELECT %(offset)s + n, %(program)s, 1 FROM {numbers}""",
    """INSERT INTO applications_submission (id, application_id, version, revision, receipt, at, content, sha256,
        notice_version, zone)
    SELECT %(offset)s + n, %(offset)s + n, 1, 1, 'R-' || %(code)s || n, now(), jsonb_build_object('format', 1,
        'person', jsonb_build_object('first_names', 'Prénom', 'last_names', 'Nom', 'language', 'fr'),
        'programs', jsonb_build_array(%(program_code)s::text), 'degrees', '[]'::jsonb, 'documents', '[]'::jsonb,
        'statement', ''), '', '1', '' FROM {numbers}""",
    # Two readers a file; the first fifty files are those of the reader who is measured.
    """INSERT INTO reviews_assignment (id, application_id, reviewer_id, assigned_by_id, assigned_at, due_on, status)
    SELECT %(offset)s + n * 2 + k, %(offset)s + n,
        (%(readers)s::bigint[])[1 + CASE WHEN n <= 50 THEN k ELSE 2 + (n + k) %% (array_length(%(readers)s::bigint[], 1) - 2) END],
        %(coordinator)s, now(), current_date + 20, CASE WHEN k = 0 AND n > 50 THEN 'handed_in' ELSE 'assigned' END
    FROM {numbers}, generate_series(0, 1) AS k""",
    """INSERT INTO reviews_review (id, assignment_id, comment, private_notes, confidence, recommendation, revision,
        saved_at, handed_in_at, mark, advice)
    SELECT a.id, a.id, '', '', 3, 'accept', 1, now(), now(), 1 + (a.id %% 4000) / 1000.0, '{}'
    FROM {numbers} JOIN reviews_assignment AS a ON a.application_id = %(offset)s + n AND a.status = 'handed_in'""",
    """INSERT INTO reviews_standing (application_id, cycle_id, asked, handed_in, mean, lowest, highest, adjusted)
    SELECT %(offset)s + n, %(cycle)s, 2, CASE WHEN n > 50 THEN 1 ELSE 0 END, r.mark, r.mark, r.mark, r.mark
    FROM {numbers} LEFT JOIN reviews_review AS r ON r.id = %(offset)s + n * 2""",
)


def grow(
    cycle: Cycle, program: Program, *, first: int, last: int, readers: list[User], by: User
) -> None:
    """Add the files from number `first` to `last`, each given to two of the readers; then let PostgreSQL look at them."""
    values: dict[str, Any] = {
        "offset": OFFSET,
        "cycle": cycle.pk,
        "code": cycle.code,
        "program": program.pk,
        "program_code": program.code,
        "readers": [reader.pk for reader in readers],
        "coordinator": by.pk,
        "first": first,
        "last": last,
    }
    numbers = "generate_series(%(first)s::bigint, %(last)s::bigint) AS n"
    with connection.cursor() as cursor:
        for statement in STATEMENTS:
            cursor.execute(statement.replace("{numbers}", numbers), values)
        cursor.execute("ANALYZE")
