"""Real processes on the test's database: workers, loaders and people's deeds that are killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.conf import settings
from django.db import connection

from tests.hashing import HashingEmbedder, forget


class Machine:
    """Starts processes of this installation; each is killed at the end of its test, if it still lives."""

    def __init__(self) -> None:
        self.started: list[subprocess.Popen[bytes]] = []
        self.embeddings = ""

    def run(self, *command: str) -> subprocess.Popen[bytes]:
        """A command of `corridor`."""
        return self._start("-P", "-m", "corridor.launch.command", *command)

    def do(self, code: str) -> subprocess.Popen[bytes]:
        """A piece of Python inside the installation."""
        return self._start("-c", f"import django; django.setup()\n{code}")

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        there = connection.settings_dict
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "corridor.settings",
            "CORRIDOR_VAR": str(settings.VAR),
            "CORRIDOR_DEVELOPMENT": "true",
            "CORRIDOR_DATABASE_URL": "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**there),
        }
        if self.embeddings:
            environment |= {"CORRIDOR_EMBEDDINGS_URL": self.embeddings, "CORRIDOR_EMBEDDINGS_MODEL": "test"}
        process = subprocess.Popen([sys.executable, *arguments], env=environment, stdout=subprocess.DEVNULL)
        self.started.append(process)
        return process

    def end(self) -> None:
        """Nothing that was started lives on."""
        for process in self.started:
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
            process.wait(20)


@pytest.fixture
def machine(committed_db: None) -> Iterator[Machine]:
    """Where processes are started."""
    made = Machine()
    forget()
    yield made
    made.end()
    forget()


class Endpoint:
    """An embeddings endpoint on this machine that can be told to keep whoever asks waiting."""

    def __init__(self) -> None:
        self.asked, self.may_answer = threading.Event(), threading.Event()
        self.may_answer.set()
        self.count = 0
        outer, model = self, HashingEmbedder()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                texts = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["input"]
                outer.count += 1
                outer.asked.set()
                outer.may_answer.wait(60)
                rows = model.embed(texts, "passage").tolist()
                answer = json.dumps({"data": [{"index": i, "embedding": row} for i, row in enumerate(rows)]}).encode()
                try:
                    self.send_response(200)
                    self.send_header("Content-Length", str(len(answer)))
                    self.end_headers()
                    self.wfile.write(answer)
                except OSError:
                    self.close_connection = True  # whoever asked is dead

            def log_message(self, *args: object) -> None:
                """Nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05})
        self.thread.start()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server.server_port}/v1"

    def close(self) -> None:
        """No more questions."""
        self.may_answer.set()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    """An endpoint instead of the bundled model."""
    made = Endpoint()
    yield made
    made.close()


@pytest.fixture
def soon() -> Callable[..., float]:
    """Waits until something is so, and answers after how many seconds it was."""

    def wait(is_so: Callable[[], object], *, most: float = 40, every: float = 0.02) -> float:
        begun = time.monotonic()
        while not is_so():
            passed = time.monotonic() - begun
            assert passed < most, f"still not so after {passed:.1f} s"
            time.sleep(every)
        return time.monotonic() - begun

    return wait
