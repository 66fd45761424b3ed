"""The database of the tests: made and migrated by its owner, used by the role that owns nothing."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from corridor.launch.postgres import running
from corridor.launch.roles import Urls

TABLES = "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname"
COLUMNS = """
    select attname from pg_attribute
    where attrelid = ('public.' || quote_ident(%s))::regclass and attnum > 0 and not attisdropped and attgenerated = ''
    order by attnum
"""


class Seeds:
    """What the migrations wrote, kept aside so that every test can begin with just that."""

    def __init__(self, owner_url: str) -> None:
        self.url = owner_url
        with psycopg.connect(owner_url) as connection:
            self.tables = [name for (name,) in connection.execute(TABLES) if name != "django_migrations"]
            connection.execute("create schema seed")
            self.kept = {name: self._keep(connection, name) for name in self.tables if self._has_rows(connection, name)}

    def restore(self) -> None:
        """Empty every table and put the seeds back. The triggers that guard the events stand aside for it."""
        public = [sql.Identifier("public", name) for name in self.tables]
        with psycopg.connect(self.url) as connection:
            connection.execute("set lock_timeout = '20s'")
            for table in public:
                connection.execute(sql.SQL("alter table {} disable trigger user").format(table))
            connection.execute(sql.SQL("truncate {}").format(sql.SQL(", ").join(public)))
            for name, columns in self.kept.items():
                connection.execute(
                    sql.SQL("insert into {} ({columns}) overriding system value select {columns} from {}").format(
                        sql.Identifier("public", name), sql.Identifier("seed", name), columns=columns
                    )
                )
            connection.execute("set constraints all immediate")
            for table in public:
                connection.execute(sql.SQL("alter table {} enable trigger user").format(table))

    def _has_rows(self, connection: psycopg.Connection, name: str) -> bool:
        query = sql.SQL("select exists (select from {})").format(sql.Identifier("public", name))
        return bool(connection.execute(query).fetchone()[0])

    def _keep(self, connection: psycopg.Connection, name: str) -> sql.Composed:
        columns = sql.SQL(", ").join(sql.Identifier(column) for (column,) in connection.execute(COLUMNS, [name]))
        connection.execute(
            sql.SQL("create table {} as select {} from {}").format(
                sql.Identifier("seed", name), columns, sql.Identifier("public", name)
            )
        )
        return columns


@contextmanager
def fresh_database() -> Iterator[Seeds]:
    """A migrated database of this process on the embedded server; gone when the block ends."""
    with running(settings.VAR, durable=False) as urls:
        name = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
        _drop(urls, name)
        with psycopg.connect(urls.owner, autocommit=True) as server:
            server.execute(f"create database {name} owner corridor_owner")
        point("default", urls.app, name)
        owner_url = point("owner", urls.owner, name)
        call_command("migrate", database="owner", verbosity=0)
        call_command("grant_tables", verbosity=0)
        connections["owner"].close()
        try:
            yield Seeds(owner_url)
        finally:
            connections.close_all()
            _drop(urls, name)


def point(alias: str, url: str, name: str) -> str:
    """Have Django's connection use this address with another database name; returns the whole address."""
    parts = urlsplit(url)
    connections[alias].close()
    connections[alias].settings_dict.update(
        NAME=name, USER=parts.username, PASSWORD=parts.password, HOST=parts.hostname, PORT=str(parts.port)
    )
    return parts._replace(path=f"/{name}").geturl()


def _drop(urls: Urls, name: str) -> None:
    """As the superuser: an autovacuum that happens to be at work there can be sent away by nobody else."""
    with psycopg.connect(urls.superuser, autocommit=True) as server:
        server.execute(f"drop database if exists {name} with (force)")
