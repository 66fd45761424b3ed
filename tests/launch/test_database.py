"""The database that tests get is the one an installation has: two roles, and one of them owns nothing."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_tests_run_under_the_role_that_owns_no_table():
    with connection.cursor() as cursor:
        cursor.execute("select current_user, count(*) from pg_tables where tableowner = current_user")
        assert cursor.fetchone() == ("corridor_app", 0)
