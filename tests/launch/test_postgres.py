"""The embedded PostgreSQL against what happens on real machines: kills, sharing, leftovers."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import psutil
import psycopg
import pytest

from corridor.launch.cluster import Cluster
from corridor.launch.postgres import running
from tests.launch.conftest import Borrower, eventually, processes_of

Borrow = Callable[[Path], Borrower]


def postmaster(var: Path) -> psutil.Process:
    found = Cluster((var / "postgres").resolve()).postmaster()
    assert found
    return found


def answer(url: str) -> object:
    with psycopg.connect(url) as connection:
        return connection.execute("select 42").fetchone()


def modes(folder: Path) -> dict[Path, int]:
    return {path: stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.parents]}


@pytest.fixture
def lent(var):
    with running(var, durable=False) as urls:
        yield urls


def test_it_is_postgresql_18_with_vectors_and_unicode_order(lent):
    with psycopg.connect(lent.owner) as connection:
        found = connection.execute(
            "select current_setting('server_version_num')::int / 10000, datlocprovider, datlocale,"
            " '[1,2]'::halfvec(2)::text, current_setting('password_encryption')"
            " from pg_database where datname = current_database()"
        ).fetchone()
    assert found == (18, "b", "C.UTF-8", "[1,2]", "scram-sha-256")


def test_the_owner_makes_databases_that_have_vectors(lent):
    with psycopg.connect(lent.owner, autocommit=True) as connection:
        connection.execute("create database another")
    with psycopg.connect(
        lent.owner.replace("/corridor", "/another").replace("//another_", "//corridor_")
    ) as connection:
        assert connection.execute("select extname from pg_extension where extname = 'vector'").fetchone() == ("vector",)


def test_the_application_role_cannot_make_tables(lent):
    with psycopg.connect(lent.app) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("create table mine (id int)")


def test_nobody_gets_in_without_a_password(lent):
    without = psycopg.conninfo.conninfo_to_dict(lent.superuser) | {"password": "guess"}
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(**without)


def test_no_mode_of_an_existing_folder_changes(tmp_path):
    parent = tmp_path / "closed" / "parent"
    parent.mkdir(parents=True)
    parent.chmod(0o750)
    parent.parent.chmod(0o700)
    before = modes(parent)
    with running(parent / "var", durable=False) as urls:
        assert answer(urls.app) == (42,)
        assert modes(parent) == before
    assert modes(parent) == before


def test_passwords_and_data_are_closed_to_others(var):
    with running(var, durable=False):
        cluster = Cluster((var / "postgres").resolve())
        assert stat.S_IMODE((cluster.home / "passwords.json").stat().st_mode) == 0o600
        assert stat.S_IMODE(cluster.data.stat().st_mode) == 0o700


def test_two_users_share_one_server_and_the_last_one_stops_it(var, borrow: Borrow):
    first, second = borrow(var), borrow(var)
    assert first.url() == second.url()
    server = postmaster(var)
    first.interrupt()
    assert server.is_running()
    second.interrupt()
    assert eventually(lambda: not processes_of(var), seconds=3)


def test_after_a_killed_launcher_the_server_is_stopped_by_the_warden(var, borrow: Borrow):
    launcher = borrow(var)
    launcher.url()
    launcher.kill()
    assert eventually(lambda: not processes_of(var))


def test_a_server_whose_launcher_was_killed_is_adopted(var, borrow: Borrow):
    launcher = borrow(var)
    url = launcher.url()
    server = postmaster(var)
    launcher.kill()
    with running(var, durable=False) as urls:
        assert (urls.owner, postmaster(var).pid, answer(url)) == (url, server.pid, (42,))


def test_a_killed_server_starts_again_with_its_data(var, borrow: Borrow):
    launcher = borrow(var)
    with psycopg.connect(launcher.url()) as connection:
        connection.execute("create table kept as select 7 as number")
    postmaster(var).kill()
    launcher.interrupt()
    with running(var, durable=False) as urls, psycopg.connect(urls.owner) as connection:
        assert connection.execute("select number from kept").fetchone() == (7,)


def test_launcher_server_and_warden_killed_together_leave_nothing_to_do_by_hand(var, borrow: Borrow):
    launcher = borrow(var)
    launcher.url()
    assert eventually(
        lambda: [process for process in processes_of(var) if "corridor.launch.warden" in process.cmdline()]
    )
    for process in processes_of(var):
        if process.pid != launcher.process.pid:
            process.kill()
    launcher.kill()
    with running(var, durable=False) as urls:
        assert answer(urls.app) == (42,)
    assert eventually(lambda: not processes_of(var), seconds=3)


def test_a_pid_file_that_names_a_stranger_is_no_obstacle(var):
    with running(var, durable=False):
        pid_file = Cluster((var / "postgres").resolve()).data / "postmaster.pid"
        lines = pid_file.read_text().splitlines()
    stranger = os.getppid()
    pid_file.write_text("\n".join([str(stranger), *lines[1:]]) + "\n")
    with running(var, durable=False) as urls:
        assert answer(urls.app) == (42,)
    assert psutil.pid_exists(stranger)


def test_a_half_made_data_folder_is_made_anew(var):
    with running(var, durable=False):
        cluster = Cluster((var / "postgres").resolve())
    ruin = cluster.place / "data.half"
    cluster.data.rename(ruin)
    (ruin / "PG_VERSION").unlink()
    with running(var, durable=False) as urls:
        assert answer(urls.app) == (42,)
    assert not ruin.exists()


def test_two_checkouts_run_side_by_side(tmp_path):
    with (
        running(tmp_path / "one" / "var", durable=False) as one,
        running(tmp_path / "two" / "var", durable=False) as two,
    ):
        assert psycopg.conninfo.conninfo_to_dict(one.app)["port"] != psycopg.conninfo.conninfo_to_dict(two.app)["port"]
        assert [answer(one.app), answer(two.app)] == [(42,), (42,)]
        assert answer(one.superuser) == (42,)
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(
                **psycopg.conninfo.conninfo_to_dict(two.app)
                | {"port": psycopg.conninfo.conninfo_to_dict(one.app)["port"]}
            )


def test_a_port_that_somebody_took_meanwhile_is_given_up(var):
    import socket

    with running(var, durable=False) as urls:
        port = int(psycopg.conninfo.conninfo_to_dict(urls.app)["port"])
    with socket.socket() as thief:
        thief.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        thief.bind(("127.0.0.1", port))
        thief.listen()
        with running(var, durable=False) as urls:
            assert answer(urls.app) == (42,)
            assert int(psycopg.conninfo.conninfo_to_dict(urls.app)["port"]) != port
