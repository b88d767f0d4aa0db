"""The rules of the gate, each a SELECT over the answers that are proposed or approved.

A rule gives a program or none, one file or two or none, the facts that it judged, and how near to each other they
are: the nearest come first. Another set of facts is another finding, so a fact is what a person would look at:
outcomes, means, counts; never a score that moves by itself when other files are read.
"""

from dataclasses import dataclass

# The answers that count, of the files that who asks may see. `hidden` are the files that a conflict keeps from them.
# A correction on its way stands in the place of what it corrects. What is released (`settled`) is there to be compared
# with, and is never found by itself.
JUDGED = """
judged AS MATERIALIZED (
    SELECT d.application_id AS file, d.version, d.outcome, d.program_id AS program, d.rank, d.proposed_at,
        d.proposed_by_id AS proposer, d.approved_by_id AS approver, a.applicant_id AS person,
        s.mean, s.adjusted, s.adjusted_low AS low, s.adjusted_high AS high, coalesce(s.handed_in, 0) AS handed_in,
        d.status = 'released' AS settled
    FROM reviews_decision AS d
    JOIN applications_application AS a ON a.id = d.application_id
    LEFT JOIN reviews_standing AS s ON s.application_id = a.id
    WHERE a.cycle_id = %(cycle)s AND (
            (d.corrects_id IS NOT NULL AND d.status IN ('proposed', 'approved'))
            OR (d.is_current AND d.status IN ('proposed', 'approved', 'released') AND NOT EXISTS (
                SELECT 1 FROM reviews_decision AS c WHERE c.corrects_id = d.id AND c.status IN ('proposed', 'approved'))))
        AND a.status IN ('submitted', 'reopened') AND NOT a.id = ANY(%(hidden)s)
)"""


@dataclass(frozen=True)
class Rule:
    """One way of being inconsistent. `is_grave`: nothing like it is approved unless a director says why it stands."""

    key: str
    sql: str
    is_grave: bool = False


# Intervals of two files that share three quarters of the shorter one are the same score.
TWINS = """
SELECT program, file, other, jsonb_build_object('outcomes', jsonb_build_array(outcome, other_outcome),
    'means', jsonb_build_array(mean, other_mean)), abs(adjusted - other_adjusted)
FROM (
    SELECT c.program_id AS program, j.file, j.outcome, j.mean, j.adjusted, j.low, j.high,
        lag(j.file) OVER w AS other, lag(j.outcome) OVER w AS other_outcome, lag(j.mean) OVER w AS other_mean,
        lag(j.adjusted) OVER w AS other_adjusted, lag(j.low) OVER w AS other_low, lag(j.high) OVER w AS other_high
    FROM judged AS j JOIN applications_choice AS c ON c.application_id = j.file
    WHERE j.low IS NOT NULL AND (j.outcome = 'decline' OR (j.outcome = 'accept' AND j.program = c.program_id))
    WINDOW w AS (PARTITION BY c.program_id ORDER BY j.adjusted, j.file)
) AS near
WHERE outcome <> other_outcome
    AND least(high, other_high) - greatest(low, other_low) >= 0.75 * least(high - low, other_high - other_low)"""

BELOW = """
SELECT j.program, j.file, best.file, jsonb_build_object('outcome', best.outcome,
    'means', jsonb_build_array(j.mean, best.mean)), j.high - best.low
FROM judged AS j JOIN (
    SELECT DISTINCT ON (c.program_id) c.program_id AS program, k.file, k.low, k.mean, k.outcome
    FROM judged AS k JOIN applications_choice AS c ON c.application_id = k.file
    WHERE k.outcome IN ('waitlist', 'decline') AND k.low IS NOT NULL
    ORDER BY c.program_id, k.low DESC, k.file
) AS best ON best.program = j.program
WHERE j.outcome = 'accept' AND j.high < best.low"""

FEW_READERS = """
SELECT j.program, j.file, NULL::bigint, jsonb_build_object('read', j.handed_in, 'asked', y.reviews_per_file,
    'outcome', j.outcome), j.handed_in
FROM judged AS j JOIN cycles_cycle AS y ON y.id = %(cycle)s WHERE j.handed_in < y.reviews_per_file"""

DECIDER = """
SELECT j.program, j.file, NULL::bigint, jsonb_build_object('version', j.version), 0
FROM judged AS j
WHERE EXISTS (SELECT 1 FROM reviews_conflict AS c WHERE c.application_id = j.file AND c.status = 'confirmed'
        AND c.person_id IN (j.proposer, j.approver))
    OR EXISTS (SELECT 1 FROM reviews_assignment AS r WHERE r.application_id = j.file AND r.status = 'conflict'
        AND r.reviewer_id IN (j.proposer, j.approver))"""

READ_IN_CONFLICT = """
SELECT j.program, j.file, NULL::bigint, jsonb_build_object('readers', count(*)), 0
FROM judged AS j
JOIN reviews_assignment AS r ON r.application_id = j.file AND r.status = 'conflict'
JOIN reviews_review AS v ON v.assignment_id = r.id AND v.handed_in_at IS NOT NULL
GROUP BY j.program, j.file"""

INCOMPLETE = """
SELECT j.program, j.file, NULL::bigint, jsonb_build_object('pieces', count(*)), 0
FROM judged AS j JOIN desk_request AS q ON q.application_id = j.file AND q.status = 'asked'
GROUP BY j.program, j.file"""

LETTERS = """
SELECT program, file, NULL::bigint, jsonb_build_object('letters', asked - received), received FROM (
    SELECT j.program, j.file,
        (SELECT coalesce(max(i.referees_asked), 0) FROM applications_choice AS c
            JOIN cycles_intake AS i ON i.program_id = c.program_id AND i.cycle_id = %(cycle)s
            WHERE c.application_id = j.file) AS asked,
        (SELECT count(*) FROM applications_referee AS f
            WHERE f.application_id = j.file AND f.status = 'received') AS received
    FROM judged AS j
) AS letters WHERE received < asked"""

UNREACHABLE = """
SELECT j.program, j.file, NULL::bigint, jsonb_build_object('language', u.language NOT IN ('fr', 'en'),
    'refused', o.id), 0
FROM judged AS j JOIN accounts_user AS u ON u.id = j.person
LEFT JOIN LATERAL (
    SELECT o.id FROM notifications_outgoingemail AS o
    WHERE o.about = 'applications.application:' || j.file AND o.address = u.email AND o.status = 'bounced'
        AND NOT EXISTS (SELECT 1 FROM notifications_outgoingemail AS n WHERE n.about = o.about
            AND n.address = o.address AND n.status = 'sent' AND n.sent_at > o.tried_at)
    ORDER BY o.id DESC LIMIT 1
) AS o ON true
WHERE u.language NOT IN ('fr', 'en') OR o.id IS NOT NULL"""

PREFERENCE = """
SELECT j.program, j.file, NULL::bigint, jsonb_build_object('first', c.program_id, 'given', j.program), 0
FROM judged AS j
JOIN applications_choice AS c ON c.application_id = j.file AND c.rank = 1 AND c.program_id <> j.program
JOIN cycles_intake AS i ON i.cycle_id = %(cycle)s AND i.program_id = c.program_id
WHERE j.outcome = 'accept'
    AND i.seats > (SELECT count(*) FROM judged AS k WHERE k.outcome = 'accept' AND k.program = c.program_id)"""

SEATS = """
SELECT i.program_id, NULL::bigint, NULL::bigint, jsonb_build_object('accepted', count(*), 'seats', i.seats,
    'percent', coalesce(m.percent, 50)), 0
FROM judged AS j
JOIN cycles_intake AS i ON i.cycle_id = %(cycle)s AND i.program_id = j.program
LEFT JOIN answers_margin AS m ON m.cycle_id = i.cycle_id AND m.program_id = i.program_id
WHERE j.outcome = 'accept' AND i.seats IS NOT NULL
GROUP BY i.program_id, i.seats, m.percent
HAVING count(*) * 100 > i.seats * (100 + coalesce(m.percent, 50)) AND bool_or(NOT j.settled)"""

# What the desk compares, of pairs that nobody told apart; what more than six people share points at nobody.
DUPLICATES = """
SELECT NULL::bigint, x.file, y.file, jsonb_build_object('outcomes', jsonb_build_array(x.outcome, y.outcome),
    'programs', jsonb_build_array(x.program, y.program)), 0
FROM (SELECT DISTINCT one.file AS first, two.file AS second FROM keyed AS one JOIN keyed AS two
    ON one.key = two.key AND one.person < two.person AND one.sharing BETWEEN 2 AND 6) AS pair
JOIN judged AS x ON x.file = pair.first JOIN judged AS y ON y.file = pair.second
WHERE (x.outcome, x.program) IS DISTINCT FROM (y.outcome, y.program)
    AND NOT EXISTS (SELECT 1 FROM desk_pair AS p WHERE p.first_id = x.person AND p.second_id = y.person
        AND p.status = 'different')"""

KEYED = """
keyed AS MATERIALIZED (
    SELECT j.file, j.person, k.key, count(*) OVER (PARTITION BY k.key) AS sharing
    FROM judged AS j JOIN applications_application AS a ON a.id = j.file
    JOIN accounts_user AS u ON u.id = j.person
    CROSS JOIN LATERAL (VALUES
        (CASE WHEN a.first_names <> '' AND a.last_names <> ''
            THEN 'name ' || mila_fold(a.first_names || '|' || a.last_names) END),
        ('phone ' || nullif(a.phone, '')),
        ('address ' || replace(regexp_replace(split_part(u.email, '@', 1), '\\+.*$', ''), '.', '')
            || '@' || split_part(u.email, '@', 2))) AS k(key)
    WHERE k.key IS NOT NULL
)"""

PLACES = """
SELECT program, NULL::bigint, NULL::bigint, jsonb_build_object('ties', count(*) FILTER (WHERE again > 1),
    'gaps', count(*) FILTER (WHERE again = 1 AND (rank IS NULL OR rank <> number))), 0
FROM (
    SELECT d.program_id AS program, d.rank, d.status, dense_rank() OVER (PARTITION BY d.program_id ORDER BY d.rank) AS number,
        row_number() OVER (PARTITION BY d.program_id, d.rank ORDER BY d.id) AS again
    FROM reviews_decision AS d JOIN applications_application AS a ON a.id = d.application_id
    WHERE d.outcome = 'waitlist' AND a.cycle_id = %(cycle)s AND a.status IN ('submitted', 'reopened') AND (
        (d.corrects_id IS NOT NULL AND d.status IN ('proposed', 'approved'))
        OR (d.is_current AND NOT EXISTS (
            SELECT 1 FROM reviews_decision AS c WHERE c.corrects_id = d.id AND c.status IN ('proposed', 'approved'))))
) AS listed
GROUP BY program HAVING bool_or(again > 1 OR rank IS NULL OR rank <> number) AND bool_or(status <> 'released')"""

EARLY = """
SELECT j.program, j.file, NULL::bigint, jsonb_build_object('open', count(*)), 0
FROM judged AS j JOIN cycles_cycle AS y ON y.id = %(cycle)s
JOIN reviews_assignment AS r ON r.application_id = j.file AND r.status = 'assigned'
WHERE j.handed_in >= y.reviews_per_file GROUP BY j.program, j.file"""

LATE_LETTER = """
SELECT j.program, j.file, NULL::bigint, jsonb_build_object('letters', count(*)), 0
FROM judged AS j
JOIN applications_referee AS f ON f.application_id = j.file AND f.status = 'received'
WHERE f.answered_at > (SELECT max(v.handed_in_at) FROM reviews_assignment AS r
    JOIN reviews_review AS v ON v.assignment_id = r.id
    WHERE r.application_id = j.file AND r.status = 'handed_in')
GROUP BY j.program, j.file"""

RULES = (
    Rule("decider", DECIDER, is_grave=True),
    Rule("few_readers", FEW_READERS, is_grave=True),
    Rule("incomplete", INCOMPLETE, is_grave=True),
    Rule("duplicates", DUPLICATES, is_grave=True),
    Rule("seats", SEATS, is_grave=True),
    Rule("twins", TWINS),
    Rule("below", BELOW),
    Rule("letters", LETTERS),
    Rule("preference", PREFERENCE),
    Rule("read_in_conflict", READ_IN_CONFLICT),
    Rule("early", EARLY),
    Rule("late_letter", LATE_LETTER),
    Rule("unreachable", UNREACHABLE),
    Rule("places", PLACES),
)
GRAVE = tuple(rule.key for rule in RULES if rule.is_grave)

# Each finding has the fingerprint of its facts; what a person kept is left out before anything is counted.
FOUND = """
WITH {judged}, {keyed}, found (rule, program, first, second, facts, distance) AS ({rules}),
signed AS MATERIALIZED (
    SELECT *, encode(sha256(convert_to(concat_ws('|', rule, program, first, second, facts::text), 'UTF8')), 'hex')
        AS fingerprint
    FROM found
    WHERE (first IS NULL OR EXISTS (SELECT 1 FROM judged AS j WHERE j.file IN (first, second) AND NOT j.settled))
        AND (%(only)s::bigint[] IS NULL OR first = ANY(%(only)s) OR second = ANY(%(only)s)
        OR (first IS NULL AND program IN (SELECT j.program FROM judged AS j
            WHERE j.file = ANY(%(only)s) AND j.outcome = 'accept')))
),
counted AS (
    SELECT *, row_number() OVER (PARTITION BY rule ORDER BY distance, first) AS number,
        count(*) OVER (PARTITION BY rule) AS total
    FROM signed
    WHERE NOT EXISTS (SELECT 1 FROM answers_kept AS k WHERE k.cycle_id = %(cycle)s
        AND k.fingerprint = signed.fingerprint AND (k.is_directed OR NOT signed.rule = ANY(%(grave)s)))
)
SELECT rule, program, first, second, facts, fingerprint, total FROM counted WHERE number <= %(most)s
ORDER BY rule, number
"""


def statement(rules: tuple[Rule, ...]) -> str:
    """One statement that asks all of these rules."""
    selects = (
        f"(SELECT '{rule.key}', one.* FROM ({rule.sql}) AS one (program, first, second, facts, distance))"  # noqa: S608 (constants of this module)
        for rule in rules
    )
    told = " UNION ALL ".join(selects)
    return FOUND.format(judged=JUDGED.strip(), keyed=KEYED.strip(), rules=told)
