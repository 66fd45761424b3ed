"""Translation engines on loopback: one speaks LibreTranslate's API, one chat completions. `tests/language/logic` verifies them.

What they say is real where the text stands in the parallel sample, else letters of the language at a translation's length.
"""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from corridor.environment import PACKAGE
from corridor.language.logic.translation_chat import ENGLISH_NAMES
from corridor.language.logic.translation_checks import DENSITY

Asked = list[dict[str, Any]]
Answer = Callable[[dict[str, Any], int], tuple[int, Any]]

SAMPLE: Path = PACKAGE / "language" / "data" / "parallel"
CODES = {code: "zh-Hans" if code == "zh-hans" else code for code in DENSITY}
LIBRE_BATCH = 20


@cache
def meanings() -> list[dict[str, str]]:
    """The parallel sample: each meaning in seven languages."""
    return [json.loads(line) for path in sorted(SAMPLE.glob("*.jsonl")) for line in path.read_text().splitlines()]


@cache
def known() -> dict[str, dict[str, str]]:
    """Each text of the sample → its meaning."""
    return {row[code]: row for row in meanings() for code in DENSITY}


def translated(text: str, source: str, target: str) -> str:
    """A text in another language, as a sound engine would say it; line breaks stay."""
    return "\n".join(_line(line, source, target) if line.strip() else "" for line in text.split("\n"))


def _line(line: str, source: str, target: str) -> str:
    if line in known():
        return known()[line][target]
    long = max(1, round(len(line) * DENSITY[target] / DENSITY[source]))
    filler = " ".join(row[target] for row in meanings() if row["form"] == "sentence")
    start = sum(map(ord, line)) % (len(filler) - long)
    return filler[start : start + long].strip() or filler[:long]


@contextmanager
def serving(answer: Answer, *, path: str = "") -> Iterator[tuple[str, Asked]]:
    """A server that answers as `answer` says (status, content) and the list of what it was asked."""
    asked: Asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"] or 0)) or b"{}")
            asked.append({**body, "path": self.path, "authorization": self.headers.get("Authorization")})
            status, told = answer(asked[-1], len(asked))
            content = told if isinstance(told, bytes) else json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def do_GET(self) -> None:
            self.do_POST()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Say nothing of a client that has hung up."""

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{path}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def libre(*, key: str = "", languages: tuple[str, ...] = tuple(DENSITY)) -> Any:
    """A server as LibreTranslate is: its languages, its batches, its refusals in the words of its own code."""
    codes = [CODES[code] for code in languages]

    def answer(body: dict[str, Any], turn: int) -> tuple[int, Any]:
        if body["path"] == "/languages":
            return 200, [{"code": code, "name": code, "targets": codes} for code in codes]
        if body["path"] != "/translate":
            return 404, {"error": "Not Found"}
        if key and body.get("api_key") != key:
            return 403, {"error": "Invalid API key"}
        wrong = _wrong(body, codes)
        return (400, {"error": wrong}) if wrong else (200, {"translatedText": _libre_said(body)})

    return serving(answer)


def _wrong(body: dict[str, Any], codes: list[str]) -> str:
    """What LibreTranslate says to a question that it does not take."""
    missing = [f"Invalid request: missing {name} parameter" for name in ("q", "source", "target") if not body.get(name)]
    unknown = [f"{body.get(name)} is not supported" for name in ("source", "target") if body.get(name) not in codes]
    size = len(body["q"]) if isinstance(body.get("q"), list) else 1
    large = [f"Invalid request: request ({size}) exceeds text limit ({LIBRE_BATCH})"] if size > LIBRE_BATCH else []
    return next(iter([*missing, *large, *unknown]), "")


def _libre_said(body: dict[str, Any]) -> object:
    ours = {theirs: code for code, theirs in CODES.items()}
    source, target = ours[body["source"]], ours[body["target"]]
    if isinstance(body["q"], list):
        return [translated(text, source, target) for text in body["q"]]
    return translated(body["q"], source, target)


def spoken(content: object, *, ending: str = "stop") -> dict[str, Any]:
    """A chat completion that says `content`."""
    said = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    message = {"role": "assistant", "content": said}
    return {"object": "chat.completion", "choices": [{"index": 0, "message": message, "finish_reason": ending}]}


def chat(*, key: str = "", models: tuple[str, ...] = ("m",)) -> Any:
    """A server as those that speak OpenAI's chat completions are; its model does what it is told, as JSON."""
    ours = {name: code for code, name in ENGLISH_NAMES.items()}

    def answer(body: dict[str, Any], turn: int) -> tuple[int, Any]:
        if body["path"] != "/v1/chat/completions":
            return 404, {"error": {"message": "Not Found"}}
        if key and body["authorization"] != f"Bearer {key}":
            return 401, {"error": {"message": "Incorrect API key provided"}}
        if body.get("model") not in models:
            return 404, {"error": {"message": "The model does not exist"}}
        told = {message["role"]: message["content"] for message in body["messages"]}
        places = sorted((told["system"].find(name), code) for name, code in ours.items() if name in told["system"])
        source, target = (code for _, code in itertools.islice(places, 2))
        texts = json.loads(told["user"])["texts"]
        return 200, spoken({"translations": [translated(text, source, target) for text in texts]})

    return serving(answer)
