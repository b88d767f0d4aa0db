"""PostgreSQL itself refuses what one person alone could do to a result, or to the announcement that shows it.

Constraints judge a row as it is; these triggers judge what becomes of it, whoever writes: a verb, the admin, a
bulk update, a query by hand. They are those of answers (`reviews.0008_two_persons`), for money.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION scholarships_announcement_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    listed bigint;
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.status = 'done' THEN
            RAISE EXCEPTION 'an announcement that is done stays' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'prepared' THEN
            RAISE EXCEPTION 'an announcement begins as prepared' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.round_id, NEW.prepared_by_id, NEW.fingerprint, NEW.size)
        IS DISTINCT FROM (OLD.round_id, OLD.prepared_by_id, OLD.fingerprint, OLD.size) THEN
        RAISE EXCEPTION 'a frozen list stays as it is' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.status IN ('done', 'cancelled') AND
        (NEW.status, NEW.approved_by_id, NEW.approved_at, NEW.due_at, NEW.shown_at)
        IS DISTINCT FROM (OLD.status, OLD.approved_by_id, OLD.approved_at, OLD.due_at, OLD.shown_at) THEN
        RAISE EXCEPTION 'an announcement that ended stays so' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.status = 'prepared' AND OLD.status <> 'prepared' THEN
        RAISE EXCEPTION 'an announcement is prepared once' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.status = 'done' AND OLD.status <> 'done' THEN
        IF OLD.status <> 'approved' OR OLD.approved_by_id IS NULL OR OLD.approved_by_id = OLD.prepared_by_id
            OR (NEW.approved_by_id, NEW.due_at) IS DISTINCT FROM (OLD.approved_by_id, OLD.due_at) THEN
            RAISE EXCEPTION 'a second person approves an announcement'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF OLD.due_at IS NULL OR OLD.due_at > clock_timestamp() THEN
            RAISE EXCEPTION 'an announcement waits for its hour' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        SELECT count(*) INTO listed FROM scholarships_result
            WHERE announcement_id = OLD.id AND status = 'approved';
        IF listed <> OLD.size THEN
            RAISE EXCEPTION 'the list is not the one that was approved'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER scholarships_announcement_by_two BEFORE INSERT OR UPDATE OR DELETE ON scholarships_announcement
    FOR EACH ROW EXECUTE FUNCTION scholarships_announcement_by_two();

CREATE FUNCTION scholarships_result_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    list text;
    frozen boolean;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'proposed' OR NEW.announcement_id IS NOT NULL THEN
            RAISE EXCEPTION 'a result begins as proposed' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    SELECT status INTO list FROM scholarships_announcement WHERE id = OLD.announcement_id;
    frozen := list IS NOT NULL AND list <> 'cancelled';
    IF TG_OP = 'DELETE' THEN
        IF OLD.status = 'shown' OR frozen THEN
            RAISE EXCEPTION 'a result that is frozen or visible stays'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF (OLD.status = 'shown' OR frozen OR (OLD.status = 'approved' AND NEW.status IN ('approved', 'shown'))) AND
        (NEW.candidacy_id, NEW.outcome, NEW.rank, NEW.why, NEW.proposed_by_id, NEW.approved_by_id)
        IS DISTINCT FROM
        (OLD.candidacy_id, OLD.outcome, OLD.rank, OLD.why, OLD.proposed_by_id, OLD.approved_by_id) THEN
        RAISE EXCEPTION 'a result that was approved is not changed: it is proposed anew'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.announcement_id IS DISTINCT FROM OLD.announcement_id THEN
        IF frozen THEN
            RAISE EXCEPTION 'a frozen list keeps its results' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF NEW.announcement_id IS NOT NULL AND (OLD.status <> 'approved' OR NEW.status <> 'approved' OR NOT EXISTS (
            SELECT 1 FROM scholarships_announcement WHERE id = NEW.announcement_id AND status = 'prepared')) THEN
            RAISE EXCEPTION 'only an approved result joins a list, and only one that nobody approved'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    IF NEW.status IS DISTINCT FROM OLD.status THEN
        IF OLD.status = 'shown' THEN
            RAISE EXCEPTION 'a visible result stays so' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF NEW.status = 'shown' AND (OLD.status <> 'approved' OR list IS DISTINCT FROM 'done') THEN
            RAISE EXCEPTION 'a result becomes visible by an announcement only'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF frozen AND NEW.status <> 'shown' THEN
            RAISE EXCEPTION 'a frozen result is shown, and nothing else'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF NEW.status = 'approved' AND (OLD.status <> 'proposed' OR NEW.approved_by_id IS NULL
            OR NEW.approved_by_id = OLD.proposed_by_id) THEN
            RAISE EXCEPTION 'a second person approves a result' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER scholarships_result_stays BEFORE INSERT OR UPDATE OR DELETE ON scholarships_result
    FOR EACH ROW EXECUTE FUNCTION scholarships_result_stays();
"""
BACKWARD = """
DROP TRIGGER scholarships_result_stays ON scholarships_result;
DROP FUNCTION scholarships_result_stays();
DROP TRIGGER scholarships_announcement_by_two ON scholarships_announcement;
DROP FUNCTION scholarships_announcement_by_two();
"""


class Migration(migrations.Migration):
    """Adds the triggers."""

    dependencies = [("scholarships", "0004_announcement_hour")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
