"""`corridor serve` as a whole, against kills and signals: real processes, a real database, a real page."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from corridor.launch.cluster import Cluster
from corridor.launch.places import default_var
from tests.launch.conftest import eventually, forget_places, processes_of

COMMAND = [sys.executable, "-P", "-m", "corridor.launch.command"]


class Serving:
    """One `corridor serve` without sample data, so that it is quick."""

    def __init__(self, var: Path, *words: str, **settings: str) -> None:
        self.var = var
        self.output = var.parent / f"output-{time.monotonic_ns()}"
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("CORRIDOR_", "DJANGO_"))
        }
        environment |= {"CORRIDOR_VAR": str(var), "CORRIDOR_SECRET_KEY": "k" * 60} | settings
        with self.output.open("w") as file:
            self.process = subprocess.Popen(
                [*COMMAND, "serve", *words],
                env=environment,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_until(self, words: str, seconds: float = 120) -> None:
        """Wait until it has said something."""
        said = eventually(lambda: words in self.output.read_text() or self.process.poll() is not None, seconds=seconds)
        assert said, self.output.read_text()
        assert words in self.output.read_text()

    def status(self) -> int:
        """What the start page answers."""
        port = int(self.output.read_text().split("http://localhost:")[1].split()[0])
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request("GET", "/", headers={"Host": "localhost"})
            return connection.getresponse().status
        finally:
            connection.close()

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and wait for the end."""
        self.process.send_signal(number)
        return self.process.wait(60)


Serve = Callable[..., Serving]


@pytest.fixture(scope="module")
def installation(tmp_path_factory) -> Iterator[Path]:
    """One folder for all tests here, with the engine that other tests have prepared."""
    var = tmp_path_factory.mktemp("serve") / "var"
    var.mkdir()
    engine = default_var() / "test" / "engine"
    engine.mkdir(parents=True, exist_ok=True)
    (var / "engine").symlink_to(engine)
    yield var
    forget_places(var)


@pytest.fixture
def serve(installation: Path) -> Iterator[Serve]:
    started: list[Serving] = []

    def start(*words: str, **settings: str) -> Serving:
        started.append(Serving(installation, *words, **settings))
        return started[-1]

    yield start
    for serving in started:
        if serving.process.poll() is None:
            serving.stop(signal.SIGKILL)
    for process in processes_of(installation):
        process.kill()


def test_a_start_that_was_killed_while_loading_is_completed_by_the_next(serve: Serve, installation: Path):
    first = serve()
    assert eventually((installation / "static-collected").exists, seconds=60)
    first.process.kill()
    first.process.wait()
    second = serve()
    second.wait_until("is ready")
    assert second.status() == 200
    assert second.stop() == 128 + signal.SIGTERM
    assert not eventually_left(installation)


def test_the_second_start_is_ready_at_once_and_ctrl_c_stops_everything(serve: Serve, installation: Path):
    serving = serve()
    serving.wait_until("is ready")
    assert serving.stop(signal.SIGINT) == 128 + signal.SIGINT
    assert not eventually_left(installation)
    assert "Traceback" not in serving.output.read_text()


def test_a_killed_database_and_a_killed_worker_come_back_while_serving(serve: Serve, installation: Path):
    serving = serve()
    serving.wait_until("is ready")
    Cluster((installation / "postgres").resolve()).postmaster().kill()
    (worker,) = [
        process for process in psutil.Process(serving.process.pid).children() if process.cmdline()[-1] == "work"
    ]
    worker.kill()
    serving.wait_until("The embedded PostgreSQL was killed and has been started again.")
    serving.wait_until("The job process ended (exit code -9) and is started again.")
    assert eventually(lambda: serving.status() == 200)


def test_nothing_outlives_a_killed_launcher(serve: Serve, installation: Path):
    serving = serve()
    serving.wait_until("is ready")
    serving.process.kill()
    serving.process.wait()
    assert eventually(lambda: not processes_of(installation), seconds=30)


def test_a_second_serve_of_the_same_folder_is_refused_with_the_address(serve: Serve, monkeypatch):
    first = serve()
    first.wait_until("is ready")
    second = serve()
    assert second.process.wait(60) == 1
    assert "Corridor runs already: http://localhost:" in second.output.read_text()


def test_a_taken_port_is_changed_unless_it_was_asked_for(serve: Serve):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        asked = serve(CORRIDOR_PORT=str(port))
        assert asked.process.wait(60) == 1
    assert f"CORRIDOR_PORT={port}: this address cannot be listened on" in asked.output.read_text()


def test_development_mode_is_refused_on_an_address_that_others_reach(serve: Serve):
    serving = serve(CORRIDOR_DEVELOPMENT="true", CORRIDOR_BIND="0.0.0.0")
    assert serving.process.wait(60) == 1
    assert "development mode: it is on while the site answers on 0.0.0.0" in serving.output.read_text()


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [
        ("CORRIDOR_PORT", "many", "CORRIDOR_PORT: "),
        ("CORRIDOR_SECRET_KEY", "", "CORRIDOR_SECRET_KEY is missing"),
        (
            "CORRIDOR_DATABASE_URL",
            "postgresql://me@127.0.0.1:1/none",
            "CORRIDOR_DATABASE_URL: the database cannot be reached",
        ),
    ],
)
def test_a_wrong_setting_names_itself(serve: Serve, setting: str, value: str, words: str):
    serving = serve(**{"CORRIDOR_DEVELOPMENT": "false", setting: value})
    assert serving.process.wait(60) == 1
    assert words in serving.output.read_text()


def eventually_left(folder: Path) -> list[psutil.Process]:
    """What still runs a moment after the end."""
    eventually(lambda: not processes_of(folder), seconds=3)
    return processes_of(folder)
