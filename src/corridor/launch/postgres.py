"""Borrow the embedded PostgreSQL: the first user starts it, all share it, the last one out stops it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from corridor.launch.cluster import Cluster
from corridor.launch.lineage import hears_signals, undisturbed
from corridor.launch.locks import Lock
from corridor.launch.places import CHECKOUT, make_folder
from corridor.launch.roles import Urls, ensure_roles, urls

_borrowed: list["EmbeddedServer"] = []


class EmbeddedServer:
    """One server shared by every process of this machine that holds its `users` lock.

    A killed process loses its lock, so no count can be wrong. What nobody is left to stop, the warden stops.
    """

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        self.cluster = Cluster(home.resolve(), durable)
        make_folder(self.cluster.home, 0o711 if self.cluster.user.name else 0o700)
        self.turn = Lock(home / "turn.lock")
        self.users = Lock(home / "users.lock")
        self.warden = Lock(home / "warden.lock")

    def join(self) -> Urls:
        """Start the server or share the one that runs."""
        with self.turn.alone():
            self.users.share()
            self.cluster.initialise()
            self.cluster.start()
            addresses = urls(self.cluster.port(), self.cluster.passwords)
            ensure_roles(addresses, self.cluster.passwords)
            self._post_warden()
        return addresses

    def leave(self) -> None:
        """Let go of the server; the last one stops it and waits until it is gone."""
        with self.turn.alone():
            self.stop_if_unused(dismiss=True)

    def stop_if_unused(self, *, dismiss: bool = False) -> bool:
        """Stop the server if nobody else holds it. The caller has the turn."""
        self.users.free()
        if not self.users.try_alone():
            return False
        self.cluster.stop()
        if dismiss:
            self._dismiss_warden()
        self.users.free()
        return True

    def revive(self) -> bool:
        """Start the server again if it was killed while in use; whether that was necessary."""
        if self.cluster.postmaster():
            return False
        with self.turn.alone():
            self.cluster.start()
        return True

    def close(self) -> None:
        """Let go of the lock files."""
        for lock in (self.users, self.warden, self.turn):
            lock.close()

    def _post_warden(self) -> None:
        if not self.warden.try_alone():
            return
        self.warden.free()
        environment = os.environ | {"PYTHONPATH": str(CHECKOUT / "src")}
        watch = [sys.executable, "-m", "corridor.launch.warden", str(self.cluster.home)]
        # Through a shell that ends at once, so that the warden is nobody's child and outlives whoever posted it.
        subprocess.run(
            ["/bin/sh", "-c", '"$@" </dev/null >/dev/null 2>&1 &', "sh", *watch],
            env=environment,
            start_new_session=True,
            cwd="/",
            check=True,
            preexec_fn=hears_signals,
        )

    @staticmethod
    def _await_lock(lock: Lock) -> None:
        """A killed process keeps its locks for a moment."""
        for _ in range(100):
            if lock.try_alone():
                return lock.free()
            time.sleep(0.02)

    def _dismiss_warden(self) -> None:
        """The warden waits for the turn that the caller has, so it can be ended at any moment."""
        try:
            warden = psutil.Process(int(self.warden.path.read_text()))
            if "corridor.launch.warden" in warden.cmdline():
                warden.kill()
                self._await_lock(self.warden)
        except (ValueError, OSError, psutil.Error):
            pass


@contextmanager
def running(var: Path, *, durable: bool = True) -> Iterator[Urls]:
    """The embedded server of this folder, for as long as the block lasts.

    `durable=False` trades safety against power cuts for speed: for tests only.
    """
    make_folder(var, 0o711 if os.geteuid() == 0 else 0o700)
    server = EmbeddedServer(var / "postgres", durable=durable)
    try:
        with undisturbed():
            addresses = server.join()
            _borrowed.append(server)
        yield addresses
    finally:
        if server in _borrowed:
            _borrowed.remove(server)
        server.leave()
        server.close()


def borrowed() -> EmbeddedServer | None:
    """The server that this process has borrowed, if any."""
    return _borrowed[-1] if _borrowed else None
