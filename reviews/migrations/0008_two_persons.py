"""PostgreSQL itself refuses what one person alone could do to an answer or to a release.

Constraints judge a row as it is; these triggers judge what becomes of it, whoever writes: a verb, the admin, a
bulk update, a query by hand.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION reviews_release_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    listed bigint;
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.status = 'done' THEN
            RAISE EXCEPTION 'a release that is done stays' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'prepared' THEN
            RAISE EXCEPTION 'a release begins as prepared' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.cycle_id, NEW.kind, NEW.prepared_by_id, NEW.fingerprint, NEW.size)
        IS DISTINCT FROM (OLD.cycle_id, OLD.kind, OLD.prepared_by_id, OLD.fingerprint, OLD.size) THEN
        RAISE EXCEPTION 'a frozen list stays as it is' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.status IN ('done', 'cancelled') AND
        (NEW.status, NEW.approved_by_id, NEW.approved_at, NEW.due_at, NEW.released_at)
        IS DISTINCT FROM (OLD.status, OLD.approved_by_id, OLD.approved_at, OLD.due_at, OLD.released_at) THEN
        RAISE EXCEPTION 'a release that ended stays so' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.status = 'prepared' AND OLD.status <> 'prepared' THEN
        RAISE EXCEPTION 'a release is prepared once' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.status = 'done' AND OLD.status <> 'done' THEN
        IF OLD.status <> 'approved' OR OLD.approved_by_id IS NULL OR OLD.approved_by_id = OLD.prepared_by_id
            OR (NEW.approved_by_id, NEW.due_at) IS DISTINCT FROM (OLD.approved_by_id, OLD.due_at) THEN
            RAISE EXCEPTION 'a second person approves a release' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF OLD.due_at IS NULL OR OLD.due_at > clock_timestamp() THEN
            RAISE EXCEPTION 'a release waits for its hour' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        SELECT count(*) INTO listed FROM reviews_decision WHERE release_id = OLD.id AND status = 'approved';
        IF listed <> OLD.size THEN
            RAISE EXCEPTION 'the list is not the one that was approved'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reviews_release_by_two BEFORE INSERT OR UPDATE OR DELETE ON reviews_release
    FOR EACH ROW EXECUTE FUNCTION reviews_release_by_two();

CREATE FUNCTION reviews_decision_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    list text;
    frozen boolean;
    shown boolean;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status IN ('released', 'corrected') OR NEW.release_id IS NOT NULL THEN
            RAISE EXCEPTION 'an answer becomes visible by a release only'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    shown := OLD.status IN ('released', 'corrected');
    SELECT status INTO list FROM reviews_release WHERE id = OLD.release_id;
    frozen := list IS NOT NULL AND list <> 'cancelled';
    IF TG_OP = 'DELETE' THEN
        IF shown OR frozen THEN
            RAISE EXCEPTION 'an answer that is frozen or visible stays'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF (shown OR frozen OR (OLD.status = 'approved' AND NEW.status = 'approved')) AND
        (NEW.application_id, NEW.version, NEW.outcome, NEW.program_id, NEW.rank, NEW.corrects_id,
         NEW.reason, NEW.proposed_by_id, NEW.approved_by_id, NEW.approved_at)
        IS DISTINCT FROM
        (OLD.application_id, OLD.version, OLD.outcome, OLD.program_id, OLD.rank, OLD.corrects_id,
         OLD.reason, OLD.proposed_by_id, OLD.approved_by_id, OLD.approved_at) THEN
        RAISE EXCEPTION 'an answer that was approved is not changed: it is proposed anew'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.release_id IS DISTINCT FROM OLD.release_id THEN
        IF frozen THEN
            RAISE EXCEPTION 'a frozen list keeps its answers' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF NEW.release_id IS NOT NULL AND (OLD.status <> 'approved' OR NEW.status <> 'approved' OR NOT EXISTS (
            SELECT 1 FROM reviews_release WHERE id = NEW.release_id AND status = 'prepared')) THEN
            RAISE EXCEPTION 'only an approved answer joins a list, and only one that nobody approved'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    IF NEW.status IS DISTINCT FROM OLD.status THEN
        IF OLD.status = 'corrected' OR (OLD.status = 'released' AND NOT (NEW.status = 'corrected' AND EXISTS (
            SELECT 1 FROM reviews_decision c JOIN reviews_release r ON r.id = c.release_id
            WHERE c.corrects_id = OLD.id AND c.status = 'approved' AND r.status = 'done'))) THEN
            RAISE EXCEPTION 'a visible answer is corrected by a release only'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF NEW.status = 'corrected' AND OLD.status <> 'released' THEN
            RAISE EXCEPTION 'only a visible answer is corrected' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF NEW.status = 'released' AND
            (OLD.status <> 'approved' OR NEW.release_id IS NULL OR list IS DISTINCT FROM 'done') THEN
            RAISE EXCEPTION 'an answer becomes visible by a release only'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF NOT shown AND (list = 'done' AND NEW.status <> 'released'
            OR frozen AND NEW.status NOT IN ('released', 'set_aside')) THEN
            RAISE EXCEPTION 'a frozen answer is set aside or released, and nothing else'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reviews_decision_stays BEFORE INSERT OR UPDATE OR DELETE ON reviews_decision
    FOR EACH ROW EXECUTE FUNCTION reviews_decision_stays();
"""
BACKWARD = """
DROP TRIGGER reviews_decision_stays ON reviews_decision;
DROP FUNCTION reviews_decision_stays();
DROP TRIGGER reviews_release_by_two ON reviews_release;
DROP FUNCTION reviews_release_by_two();
"""


class Migration(migrations.Migration):
    """Adds the triggers."""

    dependencies = [("reviews", "0007_release_hour")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
