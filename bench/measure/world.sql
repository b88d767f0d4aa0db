-- A cycle's files from number %(first)s to %(last)s, as the product itself would have written them.
-- Each row's id is its number plus an offset far above what the product's own sequences reach.

CREATE TEMP TABLE IF NOT EXISTS seeding AS SELECT
    0::bigint AS n, 0::bigint AS id, ''::text AS number, ''::text AS status, ''::text AS language,
    ''::text AS first_names, ''::text AS last_names, ''::text AS statement, now() AS at, true AS two;

TRUNCATE seeding;

INSERT INTO seeding
SELECT n, %(offset)s + n, %(code)s || '-' || lpad(upper(to_hex(n)), 6, '0'),
    CASE WHEN %(whole)s THEN 'submitted' WHEN n %% 25 = 0 THEN 'draft' WHEN n %% 50 = 1 THEN 'withdrawn'
        WHEN n %% 50 = 2 THEN 'reopened' ELSE 'submitted' END,
    CASE WHEN n %% 3 = 0 THEN 'en' ELSE 'fr' END,
    (ARRAY['Aïcha','Béatrice','Chloé','Đức','Élise','François','Gabriela','Hélène','Ioana','José','Kwame','Léa',
        'Miloš','Noémie','Oluwaseun','Přemysl','Qing','Renée','Søren','Thảo','Ursula','Víctor','Wei','Xóchitl',
        'Yasmine','Zoë','Amélie','Benoît','Cédric'])[1 + n %% 29],
    (ARRAY['Ångström','Bélanger','Çelik','Dvořák','Èze','Fontaine','Gagné','Hébert','Ibáñez','Jørgensen','Kovács',
        'Lévesque','Müller','N’Diaye','Ó Briain','Pérez','Quintão','Rénald','Šimić','Tremblay','Ümit','Vũ',
        'Wójcik','Xu','Ylönen','Žukauskas','Achour','Bouchard','Côté','Desjardins','El Amrani'])[1 + n %% 31]
        || CASE WHEN n %% 7 = 0 THEN '-' || chr(65 + (n %% 26)::int) || 'oy' ELSE '' END,
    (SELECT string_agg(line, ' ') FROM (
        SELECT (ARRAY['J’ai appris à programmer en aidant mes voisins à tenir leurs comptes.',
            'Depuis, je cherche comment une machine peut reconnaître ce que nous ne savons pas décrire.',
            'My bachelor’s thesis compared three ways to segment lung scans with very few labels.',
            'At the hospital I saw how much a wrong alarm costs, and how rarely anybody measures it.',
            'Je voudrais comprendre pourquoi ces modèles se trompent avec tant d’assurance.',
            'The professional master’s suits me because it ends in an internship with people who need the result.',
            'Mes notes en algèbre sont moyennes; je les ai reprises seule depuis.'])[1 + (n * 3 + k * 5) %% 7]
            || ' ' || md5((n * 31 + k)::text) AS line
        FROM generate_series(1, 11) AS k) AS lines),
    now() - interval '25 days' + (n %% 2000000) * interval '1 second',
    n %% 3 = 1
FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS n;

ANALYZE seeding;

INSERT INTO accounts_user (id, password, email, full_name, language, roles, is_active, created_at)
SELECT id, '!', 'seed-' || n || '@example.org', '', language, '{}', true, at FROM seeding;

INSERT INTO account_emailaddress (user_id, email, verified, "primary")
SELECT id, 'seed-' || n || '@example.org', true, true FROM seeding;

INSERT INTO applications_application (id, number, applicant_id, cycle_id, status, revision, created_at, saved_at,
    submitted_at, first_names, last_names, preferred_name, pronouns, phone, country, canada_status, attendance,
    statement, internship_goals, prerequisites, credits, credit_system, python_level, other_languages, code_example,
    jobs, no_job, links, french_level, english_level, circumstances, heard_from, answers, accommodation, writers)
SELECT id, number, id, %(cycle)s, status, 12, at, at, CASE WHEN status <> 'draft' THEN at END, first_names,
    last_names, '', '', '+15145550123', (ARRAY['CA','FR','SN','IN','BR','VN'])[1 + n %% 6],
    (ARRAY['citizen','study','none'])[1 + n %% 3], 'full', statement, left(statement, 400),
    '{}', 60, '', 'intermediate', 'R, SQL', left(statement, 300), '[]', true, '[]', 'c1', 'b2', '', 'mila', '{}', '', '{}'
FROM seeding;

INSERT INTO applications_choice (application_id, program_id, rank)
SELECT id, CASE WHEN two OR n %% 4 > 0 THEN %(msc)s ELSE %(dess)s END, 1 FROM seeding
UNION ALL SELECT id, %(dess)s, 2 FROM seeding WHERE two;

INSERT INTO applications_degree (application_id, position, institution, country, level, title, field, progress, language,
    start_year, end_year, average, scale_max, scale_pass, scale_direction)
SELECT id, k, 'Université de la Ville ' || n %% 200, 'CA', (ARRAY['bachelor','master'])[k + 1],
    'Baccalauréat en informatique', 'Informatique', 'done', 'fr', 2018 + k * 4, 2022 + k * 2,
    10 + (n %% 90) / 10.0, 20, 10, 'up'
FROM seeding, generate_series(0, 1) AS k WHERE k = 0 OR n %% 2 = 0;

INSERT INTO applications_document (id, application_id, kind, slot, sha256, size, pages, label, uploaded_at, file)
SELECT doc, id, (ARRAY['cv','transcript','diploma'])[k],
    CASE k WHEN 2 THEN 'transcript-' || (SELECT degree.id FROM applications_degree AS degree
        WHERE degree.application_id = files.id AND degree.position = 0) ELSE (ARRAY['cv','','diploma'])[k] END,
    sha, 180000, 3,
    (ARRAY['cv','releve','diplome'])[k] || '.pdf', at, 'documents/' || left(sha, 2) || '/' || sha || '.pdf'
FROM (SELECT id * 4 + k AS doc, id, k, n, at, encode(sha256((id * 4 + k)::text::bytea), 'hex') AS sha
    FROM seeding, generate_series(1, 3) AS k WHERE k < 3 OR n %% 3 = 0) AS files;

INSERT INTO applications_submission (id, application_id, version, revision, receipt, at, content, sha256,
    notice_version, zone)
SELECT id, id, 1, 11, 'MPP-' || number || '-1', at, content, encode(sha256(number::bytea), 'hex'), '2026-10', ''
FROM (SELECT s.id, s.number, s.at, jsonb_build_object(
        'format', 1, 'number', s.number, 'cycle', %(code)s, 'attendance', 'full',
        'person', jsonb_build_object('first_names', first_names, 'last_names', last_names, 'preferred_name', '',
            'pronouns', '', 'phone', '+15145550123', 'country', 'CA', 'canada_status', 'none',
            'email', 'seed-' || n || '@example.org', 'language', language),
        'programs', CASE WHEN two THEN '["msc","dess"]'::jsonb WHEN n %% 4 > 0 THEN '["msc"]' ELSE '["dess"]' END,
        'degrees', jsonb_build_array(jsonb_build_object('institution', 'Université de la Ville ' || n %% 200,
            'country', 'CA', 'level', 'bachelor', 'title', 'Baccalauréat en informatique', 'start_year', 2018,
            'end_year', 2022, 'average', (10 + (n %% 90) / 10.0)::text, 'scale_max', '20')),
        'statement', statement, 'internship_goals', left(statement, 400),
        'documents', (SELECT jsonb_agg(jsonb_build_object('slot', slot, 'kind', kind, 'what_fr', kind,
            'what_en', kind, 'label', label, 'size', size, 'pages', pages, 'sha256', sha256) ORDER BY id)
            FROM applications_document WHERE application_id = s.id)) AS content
    FROM seeding AS s WHERE status <> 'draft') AS frozen;

INSERT INTO applications_submission_documents (submission_id, document_id)
SELECT id, id * 4 + k FROM seeding, generate_series(1, 3) AS k
WHERE status <> 'draft' AND (k < 3 OR n %% 3 = 0);

-- The first hundred files have the same two readers, so that the measured one has a full page at every size.
INSERT INTO reviews_assignment (id, application_id, reviewer_id, assigned_by_id, assigned_at, due_on, status)
SELECT id * 4 + k, id,
    (%(readers)s::bigint[])[1 + CASE WHEN n <= 100 THEN k ELSE (2 * n + k) %% array_length(%(readers)s::bigint[], 1) END],
    %(coordinator)s, at, current_date + (n %% 20)::int + 20,
    CASE WHEN %(whole)s THEN 'handed_in' WHEN n %% 200 = 7 AND k = 1 THEN 'conflict'
        WHEN n <= 100 THEN CASE WHEN n %% 4 = 0 THEN 'handed_in' ELSE 'assigned' END
        WHEN (n / 60 + k) %% 2 = 0 THEN 'handed_in' ELSE 'assigned' END
FROM seeding, generate_series(0, 1) AS k WHERE status <> 'draft';

INSERT INTO reviews_review (id, assignment_id, comment, private_notes, confidence, recommendation,
    recommended_program_id, advice, submission_id, revision, saved_at, handed_in_at, mark)
SELECT a.id, a.id, left(s.statement, 500), '', 4, (ARRAY['strong_accept','accept','waitlist','decline'])[1 + n %% 4],
    NULL, '{}', s.id, 3, s.at, CASE WHEN a.status = 'handed_in' THEN s.at END,
    CASE WHEN a.status = 'handed_in' THEN round((SELECT sum(c.weight * (1 + (s.n * 7 + a.id * 3 + c.id * 5) %% 5))::numeric
        / sum(c.weight) FROM reviews_criterion AS c WHERE c.cycle_id = %(cycle)s), 3) END
FROM reviews_assignment AS a JOIN seeding AS s ON s.id = a.application_id
WHERE a.status = 'handed_in' OR (a.status = 'assigned' AND n %% 10 = 3);

INSERT INTO reviews_score (review_id, criterion_id, value)
SELECT a.id, c.id, 1 + (s.n * 7 + a.id * 3 + c.id * 5) %% 5
FROM reviews_review AS r JOIN reviews_assignment AS a ON a.id = r.assignment_id
JOIN seeding AS s ON s.id = a.application_id JOIN reviews_criterion AS c ON c.cycle_id = %(cycle)s;

INSERT INTO reviews_standing (application_id, cycle_id, asked, handed_in, mean, lowest, highest, adjusted)
SELECT s.id, %(cycle)s, count(*) FILTER (WHERE a.status <> 'conflict'),
    count(*) FILTER (WHERE a.status = 'handed_in'), round(avg(r.mark), 3), min(r.mark), max(r.mark),
    round(avg(r.mark), 3)
FROM seeding AS s JOIN reviews_assignment AS a ON a.application_id = s.id
LEFT JOIN reviews_review AS r ON r.assignment_id = a.id AND a.status = 'handed_in'
GROUP BY s.id;

INSERT INTO reviews_decision (id, application_id, version, is_current, outcome, program_id, rank, status,
    proposed_by_id, proposed_at, approved_by_id, approved_at)
SELECT id, id, 1, true, outcome, CASE WHEN outcome <> 'decline' THEN program END,
    CASE WHEN outcome = 'waitlist' THEN n END, status, %(coordinator)s, at,
    CASE WHEN status = 'approved' THEN %(director)s END, CASE WHEN status = 'approved' THEN at END
FROM (SELECT id, n, at, (ARRAY['accept','waitlist','decline','decline'])[1 + n %% 4] AS outcome,
        CASE WHEN two OR n %% 4 > 0 THEN %(msc)s ELSE %(dess)s END AS program,
        CASE WHEN %(whole)s OR n %% 3 > 0 THEN 'proposed' ELSE 'approved' END AS status
    FROM seeding WHERE status IN ('submitted', 'reopened') AND (%(whole)s OR (n > 100 AND n %% 5 = 0))) AS decided;

INSERT INTO audit_auditentry (at, actor_id, verb, subject, old, new, why, details)
SELECT at, id, 'start', 'applications.application:' || id, '', 'draft', '', '{}'::jsonb FROM seeding
UNION ALL SELECT at, id, 'submit', 'applications.application:' || id, 'draft', 'submitted', '', '{}'::jsonb FROM seeding
WHERE status <> 'draft'
UNION ALL SELECT at, id, CASE status WHEN 'withdrawn' THEN 'withdraw' ELSE 'reopen' END,
    'applications.application:' || id, 'submitted', status, '', '{}'::jsonb
FROM seeding WHERE status IN ('withdrawn', 'reopened');

INSERT INTO notifications_outgoingemail (key, message_id, letter, language, address, about, subject, text, secret,
    priority, status, attempts, next_attempt_at, queued_at, tried_at, sent_at, error, resend_after)
SELECT 'acknowledgement:MPP-' || number || '-1', '<seed-' || id || '@admissions.example>', 'acknowledgement', language,
    'seed-' || n || '@example.org', 'applications.application:' || id, 'Votre dossier est arrivé',
    left(statement, 700), false, 2, 'sent', 1, at, at, at, at, '', interval '15 minutes'
FROM seeding WHERE status <> 'draft';
