"""Servers and commands that tests start, kill and look for."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

BORROW = """
import sys, time
from pathlib import Path
from corridor.launch.postgres import running
with running(Path(sys.argv[1]), durable=False) as urls:
    print(urls.owner, flush=True)
    time.sleep(600)
"""


class Borrower:
    """A process that holds the embedded server of a folder."""

    def __init__(self, var: Path) -> None:
        self.process = subprocess.Popen([sys.executable, "-c", BORROW, str(var)], stdout=subprocess.PIPE, text=True)

    def url(self) -> str:
        """Where it found the server; waits until it has."""
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def kill(self) -> None:
        """Kill it so that it cannot clean up."""
        self.process.kill()
        self.close()

    def interrupt(self) -> None:
        """Stop it as Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)
        self.close()

    def close(self) -> None:
        """Wait for its end."""
        self.process.wait(30)
        assert self.process.stdout
        self.process.stdout.close()


@pytest.fixture
def borrow() -> Iterator[Callable[[Path], Borrower]]:
    """Start borrowers; none outlives the test."""
    started: list[Borrower] = []

    def start(var: Path) -> Borrower:
        started.append(Borrower(var))
        return started[-1]

    yield start
    for borrower in started:
        if borrower.process.poll() is None:
            borrower.interrupt()


@pytest.fixture(autouse=True, scope="session")
def _ctrl_c_is_heard() -> Iterator[None]:
    """A shell starts what runs in its background deaf to Ctrl-C, and children inherit that: `make test &` would fail."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(autouse=True)
def nothing_left(tmp_path: Path) -> Iterator[None]:
    """Whatever a test did, no process stays, and nothing of what root keeps outside the test's folder."""
    yield
    for process in processes_of(tmp_path):
        process.kill()
    forget_places(tmp_path)


def forget_places(folder: Path) -> None:
    """Remove what root keeps under /var/lib for the installations in this folder."""
    for identity in folder.rglob("identity"):
        shutil.rmtree(Path("/var/lib") / f"corridor-{identity.read_text()}", ignore_errors=True)


@pytest.fixture
def var(tmp_path: Path) -> Path:
    """A folder for one installation."""
    return tmp_path / "var"


def processes_of(folder: Path) -> list[psutil.Process]:
    """Every living process that works in this folder or was started for it."""
    found = []
    for process in psutil.process_iter():
        try:
            named = any(str(folder) in word for word in process.cmdline()) or process.cwd().startswith(str(folder))
            if named and process.status() != psutil.STATUS_ZOMBIE and process.pid != os.getpid():
                found.append(process)
        except (psutil.Error, OSError):  # OSError: it ended while it was being asked
            continue
    return found


def eventually(question: Callable[[], object], *, seconds: float = 15) -> bool:
    """Whether it becomes true within the time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if question():
            return True
        time.sleep(0.05)
    return bool(question())
