"""The processes that a start gives life to, and that must not outlive it."""

import contextlib
import json
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from corridor.launch.faults import CannotStart
from corridor.launch.lineage import dies_with_parent, undisturbed
from corridor.launch.places import write_secret

GRACE_SECONDS = 25
RESTARTS = 5
WINDOW_SECONDS = 60


@dataclass
class Child:
    """One process that is started again when it dies, unless it dies too often or was to pass."""

    name: str
    command: Sequence[str]
    sockets: Sequence[int] = ()
    is_passing: bool = False
    process: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches it only through us, and in order."""
        with undisturbed():
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                pass_fds=tuple(self.sockets),
                start_new_session=True,
                preexec_fn=dies_with_parent(),  # noqa: PLW1509 - a start has no threads
            )

    def is_dead(self) -> bool:
        """Whether it has ended by itself."""
        return self.process is None or self.process.poll() is not None

    def restart(self) -> None:
        """Start it again; a child that cannot live is named, not tried for ever."""
        now = time.monotonic()
        self.deaths = [moment for moment in self.deaths if now - moment < WINDOW_SECONDS] + [now]
        code = self.process.returncode if self.process else None
        if len(self.deaths) > RESTARTS:
            raise CannotStart(
                f"The {self.name} process ended more than {RESTARTS} times within a minute (exit code {code})."
            )
        print(f"The {self.name} process ended (exit code {code}) and is started again.", file=sys.stderr, flush=True)
        time.sleep(0.2 * len(self.deaths))
        self.start()


class Family:
    """All children of one start, written down so that the next start can end what this one could not."""

    def __init__(self, record: Path) -> None:
        self.record = record
        self.children: list[Child] = []

    def end_leftovers(self) -> None:
        """End children of an earlier start that was killed (where the system did not do it)."""
        try:
            earlier = json.loads(self.record.read_text())
        except (OSError, ValueError):
            return
        leftovers = [process for pid, born in earlier if (process := _same_process(pid, born))]
        _end([process for leftover in leftovers for process in [leftover, *leftover.children(recursive=True)]])
        self.record.unlink(missing_ok=True)

    def start(self, child: Child) -> None:
        """Start one more."""
        self.children.append(child)
        child.start()
        self._write_down()

    def run(self, child: Child) -> None:
        """Start one and wait until it has done its work."""
        self.start(child)
        if child.process and child.process.wait():
            raise CannotStart(
                f"The {child.name} process failed (exit code {child.process.returncode}); its reason is above."
            )

    def tend(self) -> None:
        """Start again whoever died."""
        for child in self.children:
            if child.is_dead() and not child.is_passing:
                child.restart()
                self._write_down()

    def end(self) -> None:
        """Ask all to finish, wait, and end those that do not."""
        alive = [psutil.Process(child.process.pid) for child in self.children if child.process and not child.is_dead()]
        _end(alive)
        for child in self.children:
            child.is_dead()
        self.record.unlink(missing_ok=True)

    def _write_down(self) -> None:
        pids = [child.process.pid for child in self.children if child.process and not child.is_dead()]
        write_secret(self.record, json.dumps([(pid, psutil.Process(pid).create_time()) for pid in pids]))


def _same_process(pid: int, born: float) -> psutil.Process | None:
    try:
        process = psutil.Process(pid)
        return process if abs(process.create_time() - born) < 1 else None
    except (psutil.Error, OSError):  # OSError: it ended while it was being asked
        return None


def _end(processes: list[psutil.Process]) -> None:
    for process in processes:
        _signal(process, signal.SIGTERM)
    _, stubborn = psutil.wait_procs(processes, timeout=GRACE_SECONDS)
    for process in stubborn:
        for member in [*_descendants(process), process]:
            _signal(member, signal.SIGKILL)
    psutil.wait_procs(stubborn, timeout=5)


def _signal(process: psutil.Process, number: int) -> None:
    with contextlib.suppress(psutil.Error, OSError):
        process.send_signal(number)


def _descendants(process: psutil.Process) -> list[psutil.Process]:
    try:
        found: list[psutil.Process] = process.children(recursive=True)
    except (psutil.Error, OSError):  # OSError: it ended while it was being asked
        return []
    return found
