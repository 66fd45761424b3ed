"""The two roles and the database of an embedded server, made by its superuser."""

from dataclasses import dataclass
from urllib.parse import quote

import psycopg
from psycopg import sql

from corridor.launch.faults import CannotStart

DATABASE = "corridor"


@dataclass(frozen=True)
class Urls:
    """Addresses of one database: for the role that owns nothing, the one that owns the tables, the superuser."""

    app: str
    owner: str
    superuser: str

    def environment(self) -> dict[str, str]:
        """The settings that point Corridor at this database."""
        return {"CORRIDOR_DATABASE_URL": self.app, "CORRIDOR_DATABASE_OWNER_URL": self.owner}


def urls(port: int, passwords: dict[str, str]) -> Urls:
    """The addresses of the embedded server's database."""
    return Urls(**{
        role: f"postgresql://corridor_{role}:{quote(password)}@127.0.0.1:{port}/{DATABASE}"
        for role, password in passwords.items()
    })  # fmt: skip


def ensure_roles(addresses: Urls, passwords: dict[str, str]) -> None:
    """Make what is missing, so that a start killed half-way is completed by the next one."""
    try:
        with _connect(addresses, "postgres") as server:
            known = {name for (name,) in server.execute("select rolname from pg_roles")}
            for role, rights in (("owner", "createdb"), ("app", "nocreatedb")):
                if f"corridor_{role}" not in known:
                    make = sql.SQL(f"create role {{}} login {rights} password {{}}")
                    server.execute(make.format(sql.Identifier(f"corridor_{role}"), sql.Literal(passwords[role])))
            databases = {name for (name,) in server.execute("select datname from pg_database")}
            if DATABASE not in databases:
                _extend(addresses, "template1")
                server.execute(f"create database {DATABASE} owner corridor_owner")
            server.execute(f"revoke all on database {DATABASE} from public")
            server.execute(f"grant connect on database {DATABASE} to corridor_app")
        _extend(addresses, DATABASE)
    except psycopg.OperationalError as error:
        raise CannotStart(f"The embedded PostgreSQL runs but does not let its superuser in: {error}") from error


def _extend(addresses: Urls, database: str) -> None:
    """Have pgvector in its newest version; in template1, so that every later database has it too."""
    with _connect(addresses, database) as connection:
        connection.execute("create extension if not exists vector")
        found = connection.execute(
            "select installed_version <> default_version from pg_available_extensions where name = 'vector'"
        ).fetchone()
        if found and found[0]:
            connection.execute("alter extension vector update")


def _connect(addresses: Urls, database: str) -> "psycopg.Connection[tuple[object, ...]]":
    address = addresses.superuser.rsplit("/", 1)[0] + "/" + database
    return psycopg.connect(address, autocommit=True, connect_timeout=10)
