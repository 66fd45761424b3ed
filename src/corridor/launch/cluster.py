"""One embedded PostgreSQL: its folders, its start, its stop, and finding it again after a crash."""

import json
import secrets
import shutil
import socket
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import psutil

from corridor.launch.binaries import MAJOR, binaries_for
from corridor.launch.faults import CannotStart
from corridor.launch.places import identity, make_folder, write_secret
from corridor.launch.server_user import ServerUser, server_user

LOG_BYTES = 8 * 1024 * 1024
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "maintenance_work_mem": "256MB",
    "work_mem": "16MB",
    "max_wal_size": "2GB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %d ",
}
HURRIED = {"fsync": "off", "full_page_writes": "off"}  # still safe against a kill, not against a power cut


@dataclass(frozen=True)
class Cluster:
    """The folder `home` keeps secrets and locks of the caller; `place` keeps what the server itself must reach."""

    home: Path
    durable: bool = True

    @cached_property
    def user(self) -> ServerUser:
        """Whom the server runs as."""
        return server_user()

    @cached_property
    def place(self) -> Path:
        """Inside `home`, or under /var/lib where root's server user may not go there."""
        make_folder(self.home, 0o711 if self.user.name else 0o700)
        if self.user.can_enter(self.home):
            return self.home
        return make_folder(Path("/var/lib") / f"corridor-{identity(self.home)}", 0o711)

    @cached_property
    def programs(self) -> Path:
        """The folder of `postgres`, `initdb` and `pg_ctl`."""
        return binaries_for(self.user, self.place)

    @property
    def data(self) -> Path:
        """PostgreSQL's own folder."""
        return self.place / "data"

    @property
    def log(self) -> Path:
        """What the server has to say."""
        return self.place / "server.log"

    @cached_property
    def passwords(self) -> dict[str, str]:
        """One generated password for each role, readable by the caller alone."""
        path = self.home / "passwords.json"
        if not path.exists():
            roles = ("superuser", "owner", "app")
            write_secret(path, json.dumps({role: secrets.token_urlsafe(32) for role in roles}))
        found: dict[str, str] = json.loads(path.read_text())
        return found

    def initialise(self) -> None:
        """Make the data folder; one that a killed start left half-made is thrown away."""
        version = self.data / "PG_VERSION"
        if version.exists():
            if version.read_text().strip() != MAJOR:
                raise CannotStart(f"{self.data} was made by PostgreSQL {version.read_text().strip()}, not {MAJOR}.")
            return
        draft = self.place / "data.half"
        shutil.rmtree(draft, ignore_errors=True)
        self.user.own(make_folder(draft))
        password = draft.with_name("password.half")
        password.unlink(missing_ok=True)
        write_secret(password, self.passwords["superuser"])
        self.user.own(password)
        options = ["--username=corridor_superuser", f"--pwfile={password}", "--auth=scram-sha-256", "--encoding=UTF8"]
        locale = ["--locale-provider=builtin", "--locale=C.UTF-8", "--lc-messages=C", "--data-checksums"]
        haste = [] if self.durable else ["--no-sync"]
        result = self.user.run([self.programs / "initdb", "-D", draft, *options, *locale, *haste])
        password.unlink()
        if result.returncode:
            raise CannotStart(f"initdb failed:\n{result.stdout.strip()}")
        draft.rename(self.data)

    def postmaster(self) -> psutil.Process | None:
        """The running server of this data folder, whoever started it."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            process = psutil.Process(pid)
        except (OSError, ValueError, psutil.Error):
            return None
        return process if self._serves_here(process) else None

    def port(self) -> int:
        """The port that the running server wrote down."""
        return int((self.data / "postmaster.pid").read_text().splitlines()[3])

    def start(self) -> None:
        """Start the server, or adopt the one that a killed launcher left running."""
        if self.postmaster():
            self._await_ready()
            return
        self._clear_ruins()
        self._fresh_log()
        for _ in range(3):
            result = self.user.run(
                [
                    self.programs / "pg_ctl",
                    "start",
                    "-D",
                    self.data,
                    "-l",
                    self.log,
                    "-w",
                    "-t",
                    "90",
                    "-o",
                    self._options(),
                ]
            )
            if result.returncode == 0:
                return
        raise CannotStart(f"PostgreSQL does not start. The end of {self.log}:\n{self._last_words()}")

    def stop(self) -> None:
        """Stop the server and wait until it is gone."""
        postmaster = self.postmaster()
        if not postmaster:
            return
        for mode, seconds in (("fast", 20), ("immediate", 10)):
            self.user.run([self.programs / "pg_ctl", "stop", "-D", self.data, "-m", mode, "-w", "-t", str(seconds)])
            if not postmaster.is_running() or postmaster.status() == psutil.STATUS_ZOMBIE:
                return
        self._clear_ruins()

    def _options(self) -> str:
        chosen = SETTINGS if self.durable else SETTINGS | HURRIED
        return " ".join([f"-p {self._free_port()}", *(f"-c {name}='{value}'" for name, value in chosen.items())])

    def _free_port(self) -> int:
        """The port of the last time if it is free, so that open tools reconnect; else any."""
        remembered = self.home / "port"
        last = int(remembered.read_text()) if remembered.exists() else 0
        for port in (last, 0):
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    probe.bind(("127.0.0.1", port))
                except OSError:
                    continue
                found: int = probe.getsockname()[1]
            remembered.write_text(str(found))
            return found
        raise CannotStart("No free port on 127.0.0.1.")

    def _await_ready(self) -> None:
        for _ in range(900):
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            if len(lines) > 7 and lines[7].strip() == "ready":
                return
            time.sleep(0.1)
        raise CannotStart(f"PostgreSQL does not become ready. The end of {self.log}:\n{self._last_words()}")

    def _serves_here(self, process: psutil.Process) -> bool:
        """Told by its working folder, for a pid from an old file may be anybody's by now."""
        try:
            return process.name() == "postgres" and Path(process.cwd()) == self.data
        except (psutil.Error, OSError):  # OSError: it ended while it was being asked
            return False

    def _clear_ruins(self) -> None:
        """Take away what a killed server left: processes that hold its memory, a pid file that names a stranger."""
        ruins = [process for process in psutil.process_iter() if self._serves_here(process)]
        for process in ruins:
            process.kill()
        psutil.wait_procs(ruins, timeout=10)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _fresh_log(self) -> None:
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_name("server.log.1"))
        if not self.log.exists():
            self.log.touch(mode=0o600)
            self.user.own(self.log)

    def _last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])
