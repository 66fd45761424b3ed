"""The database that tests get is the one an installation has: two roles, and one of them owns nothing."""

import psycopg
import pytest
from django.db import connection

from corridor.directory.models import Country
from corridor.kernel.operations import record


@pytest.mark.django_db
def test_tests_run_under_the_role_that_owns_no_table():
    with connection.cursor() as cursor:
        cursor.execute("select current_user, count(*) from pg_tables where tableowner = current_user")
        assert cursor.fetchone() == ("corridor_app", 0)


def stored() -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute("select (select count(*) from kernel_event), (select count(*) from directory_country)")
        return cursor.fetchall()


def write_event() -> None:
    record("installation.checked", Country.objects.get(code="LA"), by=None)


@pytest.mark.parametrize("round_", [1, 2])
def test_what_a_test_commits_is_gone_for_the_next_and_the_seeds_are_back(committed_db, round_):
    assert stored() == [(0, 6)]
    write_event()
    Country.objects.filter(code="KH").update(currency="XTS")
    assert stored() == [(1, 6)]
    assert Country.objects.filter(currency="XTS").count() == 1


@pytest.mark.parametrize(
    "statement", ["update kernel_event set verb = ''", "delete from kernel_event", "truncate kernel_event"]
)
def test_the_triggers_that_guard_events_are_on_again(committed_db, seeded_database, statement):
    write_event()
    with psycopg.connect(seeded_database.url) as owner, pytest.raises(psycopg.Error, match="event"):
        owner.execute(statement)
    assert stored() == [(1, 6)]
