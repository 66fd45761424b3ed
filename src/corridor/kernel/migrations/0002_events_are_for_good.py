"""Events can be added and read; nobody changes, deletes or truncates them, not even the owner by mistake."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION kernel_event_is_for_good() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are for good: % is refused', TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER kernel_event_no_change BEFORE UPDATE OR DELETE ON kernel_event
    FOR EACH ROW EXECUTE FUNCTION kernel_event_is_for_good();
CREATE TRIGGER kernel_event_no_truncate BEFORE TRUNCATE ON kernel_event
    FOR EACH STATEMENT EXECUTE FUNCTION kernel_event_is_for_good();
"""

BACKWARD = """
DROP TRIGGER kernel_event_no_truncate ON kernel_event;
DROP TRIGGER kernel_event_no_change ON kernel_event;
DROP FUNCTION kernel_event_is_for_good();
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_people_offices_events")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
