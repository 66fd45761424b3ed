"""`grant_tables`: after migrating, gives the application's role what it needs and nothing more."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections
from psycopg import sql

# Rows here are never changed or removed by the application, not even by mistake.
APPEND_ONLY = ("kernel_event",)


class Command(BaseCommand):
    """Runs as the owner of the tables."""

    help = "Give the application's database role its rights (run after migrate)."

    def handle(self, *args: Any, **options: Any) -> None:
        role = connections["default"].settings_dict["USER"]
        owner = connections["owner"]
        if not role or role == owner.settings_dict["USER"]:
            self.stderr.write(
                "The application uses the role that owns the tables: give it one of its own (docs/operating.md)."
            )
            return
        name = sql.Identifier(role)
        with owner.cursor() as cursor:
            for statement in (
                "GRANT USAGE ON SCHEMA public TO {}",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
                "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
                "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {}",
                *(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {{}}" for table in APPEND_ONLY),
                "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {}",
            ):
                cursor.execute(sql.SQL(statement).format(name).as_string(owner.connection))
