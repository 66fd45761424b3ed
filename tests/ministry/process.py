"""The service in a process of its own on this machine, for as long as a test needs it; and one that lies."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

CLIENT = {"client_id": "corridor", "secret": "a secret of two"}


def new_key() -> str:
    """A key to sign with."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


@contextmanager
def running(folder: Path, *, callback: str) -> Iterator[str]:
    """The address of a service that sends people back to this one."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("CORRIDOR_")}
    environment = {**clean, "MINISTRY_DATABASE": str(folder / "db.sqlite3"), "MINISTRY_KEY": new_key()}
    command = [sys.executable, "-m", "tests.ministry.serve", callback]
    checkout = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        command, cwd=checkout, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        process.communicate()


@contextmanager
def lying(of: str, *, status: int = 200, told: Any) -> Iterator[str]:
    """The address of somebody between us and the service: who names its keys and its issuer, and gives tokens of their own."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"] or 0))
            self.say(status, told)

        def do_GET(self) -> None:
            here = f"http://127.0.0.1:{server.server_port}"
            about = {"issuer": of, "jwks_uri": f"{of}/.well-known/jwks.json"}
            self.say(200, about | {"authorization_endpoint": f"{here}/authorize", "token_endpoint": f"{here}/token"})

        def say(self, status: int, told: Any) -> None:
            content = told if isinstance(told, bytes) else json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
