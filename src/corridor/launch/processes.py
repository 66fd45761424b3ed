"""Keeps a site running: web server, job worker and, where it is ours, the database."""

import http.client
import os
import socket
import sys
import time
from pathlib import Path

from corridor.launch.family import Child, Family
from corridor.launch.faults import CannotStart
from corridor.launch.lineage import make_is_gone, stop_with_parent
from corridor.launch.locks import Lock
from corridor.launch.postgres import borrowed

READY_SECONDS = 120
TURN_SECONDS = 2
PATIENCE_SECONDS = 60
STOPPING = "is stopping"
PORTS_TRIED = 20
ANY = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - not bound to, but asked through loopback
PYTHON = (sys.executable, "-P", "-m")


class Site:
    """One served checkout on one machine."""

    def __init__(self, var: Path, *, bind: str, port: int, any_port: bool) -> None:
        self.var = var
        self.lock = Lock(var / "serve.lock")
        self.family = Family(var / "processes.json")
        self.bind, self.port, self.any_port = bind, port, any_port
        self.listener = socket.socket()

    def take_place(self) -> None:
        """Be the only one that serves this folder, on a port that is ours from now on."""
        if os.environ.get("CORRIDOR_MAKE"):
            stop_with_parent()
        if not self._await_turn():
            raise CannotStart(f"Corridor runs already: {self.lock.path.read_text()}. Stop it first.")
        self.family.end_leftovers()
        self.listener = self._listen()
        self.lock.note(self.name)
        os.environ["CORRIDOR_PORT"] = str(self.listener.getsockname()[1])

    @property
    def name(self) -> str:
        """What another start is told of this one."""
        return f"{self.address} (process {os.getpid()})"

    @property
    def address(self) -> str:
        """Where a browser finds the site."""
        host = "localhost" if self.bind == "127.0.0.1" else self.bind
        return f"http://{host}:{self.listener.getsockname()[1]}"

    def index(self, *, wait: bool) -> None:
        """Bring the index up to date in a process of its own, for the model is large; with a progress bar if it is waited for."""
        command = Child("index", [*PYTHON, "corridor.launch.command", "reindex", "--if-needed"], is_passing=True)
        (self.family.run if wait else self.family.start)(command)

    def start(self, *, web_processes: int, web_threads: int, jobs: bool) -> None:
        """Start web server and worker, and wait until a page is answered."""
        handle = self.listener.fileno()
        options = ["--bind", f"fd://{handle}", "--worker-class", "gthread", "--no-control-socket"]
        # A question of 2,000 Khmer letters is an address of 18,000; gunicorn offers up to 8,190, or no limit.
        options += ["--limit-request-line", "0"]
        sizes = ["--workers", str(web_processes), "--threads", str(web_threads)]
        patience = ["--graceful-timeout", "15", "--timeout", "60", "--log-level", "warning"]
        web = [*PYTHON, "gunicorn", "corridor.web.wsgi:application", *options, *sizes, *patience]
        self.family.start(Child("web", web, sockets=[handle]))
        if jobs:
            self.family.start(Child("job", [*PYTHON, "corridor.launch.command", "work"]))
        self._await_page()

    def tend(self) -> None:
        """Watch over everything until a signal ends it."""
        while True:
            time.sleep(0.5)
            server = borrowed()
            if server and server.revive():
                print("The embedded PostgreSQL was killed and has been started again.", file=sys.stderr, flush=True)
            self.family.tend()
            if make_is_gone():
                return

    def end(self) -> None:
        """Stop the children, free port and place."""
        if self.listener.fileno() >= 0:
            self.lock.note(f"{self.name} {STOPPING}")
        self.family.end()
        self.listener.close()
        self.lock.close()

    def _await_turn(self) -> bool:
        """One that was just told to stop may still be on its way out; one that is well is not waited for."""
        for attempt in range(PATIENCE_SECONDS * 10):
            if self.lock.try_alone():
                return True
            holder = self.lock.path.read_text()
            if attempt > TURN_SECONDS * 10 and STOPPING not in holder:
                return False
            if attempt == 10:
                print(f"Waiting for {holder} ...", flush=True)
            time.sleep(0.1)
        return False

    def _listen(self) -> socket.socket:
        wanted = range(self.port, self.port + (PORTS_TRIED if self.any_port else 1))
        for port in wanted:
            family = socket.AF_INET6 if ":" in self.bind else socket.AF_INET
            listener = socket.socket(family)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind((self.bind, port))
                listener.listen(256)
            except OSError:
                listener.close()
                continue
            if port != self.port:
                print(f"Port {self.port} is taken by another program; using {port}.", flush=True)
            return listener
        raise CannotStart(
            f"CORRIDOR_BIND={self.bind}, CORRIDOR_PORT={self.port}: this address cannot be listened on"
            f" (another program has it, or it is not of this machine). Choose another port."
        )

    def _await_page(self) -> None:
        host, port = self.listener.getsockname()[:2]
        end = time.monotonic() + READY_SECONDS
        while time.monotonic() < end:
            self.family.tend()
            connection = http.client.HTTPConnection(ANY.get(host, host), port, timeout=60)
            try:
                connection.request("GET", "/", headers={"Host": "localhost"})
                connection.getresponse()
                return
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)
            finally:
                connection.close()
        raise CannotStart(f"The web server does not answer within {READY_SECONDS} s; its reasons are above.")
