"""What the database itself refuses: events are for good, and the application's role owns nothing."""

from collections.abc import Callable

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from corridor.kernel.models import Event
from corridor.kernel.operations import record
from tests import make
from tests.database import Seeds

CHANGES = [
    "UPDATE kernel_event SET verb = 'thing.undone'",
    "UPDATE kernel_event SET by_id = NULL",
    "DELETE FROM kernel_event",
    "TRUNCATE kernel_event",
    "TRUNCATE kernel_event CASCADE",
]


@pytest.fixture
def as_owner(seeded_database: Seeds) -> Callable[[str], None]:
    """Runs a statement as the role that owns the tables."""

    def run(statement: str) -> None:
        with psycopg.connect(seeded_database.url) as owner:
            owner.execute(statement)

    return run


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES)
def test_the_application_cannot_change_remove_or_empty_events(change):
    event = record("thing.done", make.person(), by=None)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert [(e.pk, e.verb) for e in Event.objects.all()] == [(event.pk, "thing.done")]


@pytest.mark.parametrize("change", CHANGES)
def test_not_even_the_owner_changes_removes_or_empties_events(committed_db, as_owner, change):
    event = record("thing.done", make.person(), by=None)
    with pytest.raises(psycopg.errors.IntegrityError, match="events are for good"):
        as_owner(change)
    assert [(e.pk, e.verb) for e in Event.objects.all()] == [(event.pk, "thing.done")]


@pytest.mark.django_db
def test_the_application_owns_no_table_sequence_function_or_type():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname::text FROM pg_class WHERE relowner = current_user::regrole UNION ALL "
            "SELECT proname::text FROM pg_proc WHERE proowner = current_user::regrole UNION ALL "
            "SELECT typname::text FROM pg_type WHERE typowner = current_user::regrole UNION ALL "
            "SELECT nspname::text FROM pg_namespace WHERE nspowner = current_user::regrole"
        )
        assert cursor.fetchall() == []


@pytest.mark.django_db
def test_the_application_is_no_superuser_and_stands_in_for_nobody():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls, "
            "pg_has_role(current_user, 'corridor_owner', 'MEMBER') FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False, False, False, False, False, False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE kernel_event DISABLE TRIGGER ALL",
        "ALTER TABLE kernel_user ADD COLUMN is_superuser boolean",
        "DROP TABLE kernel_grant",
        "DROP TRIGGER kernel_event_no_change ON kernel_event",
        "DROP FUNCTION kernel_event_is_for_good() CASCADE",
        "CREATE TABLE mine (id int)",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE SCHEMA mine",
        "CREATE INDEX mine ON kernel_user (name)",
        "CREATE ROLE mine",
        "TRUNCATE kernel_grant",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('kernel', 'mine', now())",
        "SET session_replication_role = replica",
    ],
)
def test_the_application_cannot_alter_drop_or_create_anything(statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
