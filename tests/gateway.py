"""A gateway for text messages on loopback: what it was asked, and what arrived on which phone. `tests/kernel` verifies it."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

Said = tuple[int, Any]
FORMS = ("json", "form", "query")
BODY = {"to": "{number}", "text": "{text}"}
CODE = re.compile(r"#(\d{6})$")


@dataclass
class Gateway:
    """What it was asked, in order; `arrived` is what a phone would show."""

    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    arrived: list[tuple[str, str]] = field(default_factory=list)
    answer: Callable[[dict[str, Any], int], Said] | None = None

    def settings(self, **options: Any) -> dict[str, Any]:
        """What an operator sets to use it."""
        sender = {"url": self.url, "headers": {"Authorization": "Bearer {secret}"}, "body": BODY, "secret": "hush"}
        return {
            "sender": {**sender, "timeout": 5} | options,
            "countries": ["KH", "CN", "LA", "MM", "TH", "VN"],
            "daily": 300,
        }

    @property
    def code(self) -> str:
        """The code in the message that arrived last."""
        found = CODE.search(self.arrived[-1][1])
        assert found is not None
        return found[1]

    def take(self, asked: dict[str, Any]) -> Said:
        """As gateways do: whoever has no key is sent away, a number must be one, and a message gets a number of its own."""
        if self.answer is not None:
            status, told = self.answer(asked, len(self.asked))
            if status:
                return status, told
        if asked["authorization"] != "Bearer hush":
            return 401, {"error": "no such key"}
        said = asked["said"]
        if not re.fullmatch(r"\+[1-9]\d{7,14}", said.get("to", "")) or not said.get("text"):
            return 400, {"error": "not a message"}
        self.arrived.append((said["to"], said["text"]))
        return 202, {"message_id": f"m-{len(self.arrived)}", "status": "queued"}


def handler(of: Gateway) -> type[BaseHTTPRequestHandler]:
    """What speaks HTTP for it."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
            is_json = "json" in self.headers.get("Content-Type", "")
            said = json.loads(body) if is_json else dict(parse_qsl(body or urlsplit(self.path).query))
            asked = {"method": self.command, "path": self.path, "body": body, "said": said}
            of.asked.append({**asked, "authorization": self.headers.get("Authorization")})
            status, told = of.take(of.asked[-1])
            content = told if isinstance(told, bytes) else json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            if 300 <= status < 400:
                self.send_header("Location", "/elsewhere")
            self.end_headers()
            self.wfile.write(content)

        def do_GET(self) -> None:
            self.do_POST()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


class Server(ThreadingHTTPServer):
    """One on loopback."""

    def handle_error(self, *_: object) -> None:
        """Say nothing of a client that has hung up."""


@contextmanager
def gateway(answer: Callable[[dict[str, Any], int], Said] | None = None) -> Iterator[Gateway]:
    """One that listens; where `answer` says status 0 it does as usual."""
    made = Gateway(answer=answer)
    server = Server(("127.0.0.1", 0), handler(made))
    made.url = f"http://127.0.0.1:{server.server_port}/send"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
