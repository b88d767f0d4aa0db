"""PostgreSQL lets an answer and the words of the trail go only for a line of a list that two people approved.

The transaction names the line; without it, and for anything else, the triggers of `reviews` and `audit` refuse as before.
What was checked is frozen, and what was approved was approved by somebody else.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION retention_line() RETURNS text LANGUAGE sql STABLE AS $$
    SELECT i.subject FROM retention_item i JOIN retention_disposal d ON d.id = i.disposal_id
    WHERE i.id = nullif(current_setting('mila.disposal_item', true), '')::bigint
        AND i.status = 'listed' AND d.status = 'approved' AND d.approved_by_id <> d.checked_by_id
$$;

CREATE FUNCTION retention_lets_go(subject text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(retention_line() = subject, false)
$$;

DROP TRIGGER reviews_decision_stays ON reviews_decision;
CREATE TRIGGER reviews_decision_stays BEFORE INSERT OR UPDATE ON reviews_decision
    FOR EACH ROW EXECUTE FUNCTION reviews_decision_stays();
CREATE TRIGGER reviews_decision_goes_in_its_time BEFORE DELETE ON reviews_decision
    FOR EACH ROW WHEN (NOT retention_lets_go('applications.application:' || OLD.application_id))
    EXECUTE FUNCTION reviews_decision_stays();

CREATE FUNCTION retention_lets_result_go(candidacy bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(retention_line() = 'applications.application:' || c.application_id, false)
    FROM scholarships_candidacy c WHERE c.id = candidacy
$$;
DROP TRIGGER scholarships_result_stays ON scholarships_result;
CREATE TRIGGER scholarships_result_stays BEFORE INSERT OR UPDATE ON scholarships_result
    FOR EACH ROW EXECUTE FUNCTION scholarships_result_stays();
CREATE TRIGGER scholarships_result_goes_in_its_time BEFORE DELETE ON scholarships_result
    FOR EACH ROW WHEN (NOT retention_lets_result_go(OLD.candidacy_id))
    EXECUTE FUNCTION scholarships_result_stays();

DROP TRIGGER audit_entry_stays ON audit_auditentry;
CREATE TRIGGER audit_entry_stays BEFORE UPDATE ON audit_auditentry
    FOR EACH ROW WHEN (NOT (
        retention_line() IS NOT NULL AND NEW.why = '' AND NEW.details = '{}'::jsonb
        AND (NEW.id, NEW.at, NEW.actor_id, NEW.verb, NEW.subject, NEW.old, NEW.new)
            IS NOT DISTINCT FROM (OLD.id, OLD.at, OLD.actor_id, OLD.verb, OLD.subject, OLD.old, OLD.new)
    ))
    EXECUTE FUNCTION audit_entry_stays();

CREATE FUNCTION retention_disposal_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a list of what was destroyed stays' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'listed' THEN
            RAISE EXCEPTION 'a list begins by being checked' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.status = 'approved' AND OLD.status <> 'approved' AND
        (OLD.status <> 'checked' OR NEW.approved_by_id IS NULL OR NEW.approved_by_id = OLD.checked_by_id
         OR NEW.checked_by_id IS DISTINCT FROM OLD.checked_by_id OR NEW.fingerprint <> OLD.fingerprint) THEN
        RAISE EXCEPTION 'a second person approves what the first one checked'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.status = 'done' AND OLD.status NOT IN ('approved', 'done') THEN
        RAISE EXCEPTION 'only an approved list is executed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.status IN ('approved', 'done', 'cancelled') AND NEW.status <> OLD.status
        AND NOT (OLD.status = 'approved' AND NEW.status = 'done') THEN
        RAISE EXCEPTION 'what was approved or ended stays so' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER retention_disposal_by_two BEFORE INSERT OR UPDATE OR DELETE ON retention_disposal
    FOR EACH ROW EXECUTE FUNCTION retention_disposal_by_two();

CREATE FUNCTION retention_item_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    list text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a list of what was destroyed stays' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    SELECT status INTO list FROM retention_disposal WHERE id = NEW.disposal_id;
    IF TG_OP = 'INSERT' THEN
        IF list <> 'listed' THEN
            RAISE EXCEPTION 'a list that was checked is frozen' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.disposal_id, NEW.subject, NEW.due_on) IS DISTINCT FROM (OLD.disposal_id, OLD.subject, OLD.due_on) THEN
        RAISE EXCEPTION 'a line stays what it is about' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.status <> OLD.status AND NOT (
        (list = 'listed' AND NEW.status IN ('listed', 'left_out') AND OLD.status IN ('listed', 'left_out'))
        OR (list = 'approved' AND OLD.status = 'listed' AND NEW.status IN ('done', 'kept'))) THEN
        RAISE EXCEPTION 'a line of a frozen list is only executed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER retention_item_frozen BEFORE INSERT OR UPDATE OR DELETE ON retention_item
    FOR EACH ROW EXECUTE FUNCTION retention_item_frozen();
"""
BACKWARD = """
DROP TRIGGER retention_item_frozen ON retention_item;
DROP FUNCTION retention_item_frozen();
DROP TRIGGER retention_disposal_by_two ON retention_disposal;
DROP FUNCTION retention_disposal_by_two();
DROP TRIGGER audit_entry_stays ON audit_auditentry;
CREATE TRIGGER audit_entry_stays BEFORE UPDATE ON audit_auditentry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_stays();
DROP TRIGGER reviews_decision_goes_in_its_time ON reviews_decision;
DROP TRIGGER reviews_decision_stays ON reviews_decision;
CREATE TRIGGER reviews_decision_stays BEFORE INSERT OR UPDATE OR DELETE ON reviews_decision
    FOR EACH ROW EXECUTE FUNCTION reviews_decision_stays();
DROP TRIGGER scholarships_result_goes_in_its_time ON scholarships_result;
DROP TRIGGER scholarships_result_stays ON scholarships_result;
CREATE TRIGGER scholarships_result_stays BEFORE INSERT OR UPDATE OR DELETE ON scholarships_result
    FOR EACH ROW EXECUTE FUNCTION scholarships_result_stays();
DROP FUNCTION retention_lets_result_go(bigint);
DROP FUNCTION retention_lets_go(text);
DROP FUNCTION retention_line();
"""


class Migration(migrations.Migration):
    """Adds the triggers, and lets two others look at a line."""

    dependencies = [
        ("audit", "0001_trail"),
        ("retention", "0001_rules_lists_and_holds"),
        ("reviews", "0009_disposed"),
        ("scholarships", "0007_disposed"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
