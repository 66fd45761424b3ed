"""A database for one evaluation, made by the owner of the tables and dropped at the end."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
from django.core.management import call_command
from django.db import DatabaseError, connections
from psycopg import sql

from corridor.language.operations import engines, lexicon

PREFIX = "corridor_evaluation_"


class NoDatabase(Exception):  # noqa: N818 - said of a server
    """The server does not let this installation make a database; the message says what is missing."""


@contextmanager
def own_database() -> Iterator[str]:
    """Django's connections lead to a new, migrated database inside the block; it is gone afterwards, also after an error.

    Yields its name. Raises `NoDatabase`.
    """
    name = f"{PREFIX}{os.getpid()}_{secrets.token_hex(3)}"
    before = {alias: connections[alias].settings_dict["NAME"] for alias in ("default", "owner")}
    try:
        clear_abandoned()
        _at_server(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    except DatabaseError as error:
        raise NoDatabase(
            f"the role of CORRIDOR_DATABASE_OWNER_URL cannot make a database to measure in: {error}"
        ) from error
    try:
        _point(dict.fromkeys(before, name))
        call_command("migrate", database="owner", verbosity=0, interactive=False)
        call_command("grant_tables", verbosity=0)
        lexicon.load_lexicon()
        yield name
    finally:
        _point(before)
        _drop(name)


def clear_abandoned() -> None:
    """Drop what evaluations that were killed have left: nobody is connected, and their process is gone."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s AND pg_get_userbyid(datdba) = current_user "
            "AND NOT EXISTS (SELECT FROM pg_stat_activity WHERE pg_stat_activity.datname = pg_database.datname)",
            [PREFIX.replace("_", r"\_") + "%"],
        )
        left = [name for (name,) in cursor.fetchall()]
    for name in left:
        if not psutil.pid_exists(int(name.removeprefix(PREFIX).split("_")[0])):
            _drop(name)


def _drop(name: str) -> None:
    """Without FORCE the server sends an autovacuum away by itself; with FORCE it needs a right that the owner has not."""
    drop = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
    try:
        _at_server(drop)
    except DatabaseError:  # somebody is still connected, a worker process that was killed for one
        connections["owner"].close()
        _at_server(drop + sql.SQL(" WITH (FORCE)"))


def _point(names: dict[str, str]) -> None:
    for alias, name in names.items():
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
    engines.forget()
    lexicon.forget()


def _at_server(statement: sql.Composed) -> None:
    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute(statement.as_string(owner.connection))
    owner.close()
