"""One question to a translation engine over HTTP: in time, tried again when that may help, and never endless."""

import json
import time
import weakref
from collections.abc import Mapping
from typing import Any, Final

import httpx

from corridor.language.logic.translation_port import TranslationUnavailable, TranslationUnusable

TRIES: Final = 3
_PAUSES: Final = (0.2, 0.8)
_MOST_BYTES: Final = 1024 * 1024
_PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504})


class _Passing(Exception):  # noqa: N818 - not an error yet: the next try may do
    """A failure that may be gone in a moment."""


class Line:
    """The way to one engine; any number of threads may share one."""

    def __init__(self, timeout: float, headers: Mapping[str, str]) -> None:
        """`timeout` in seconds holds for one question with all its tries."""
        self._timeout = timeout
        # Redirects are not followed: texts go to the address that the operator wrote down and to no other.
        self._client = httpx.Client(headers=dict(headers), follow_redirects=False)
        weakref.finalize(self, self._client.close)

    def ask(self, method: str, address: str, body: Mapping[str, Any] | None = None) -> Any:
        """What the engine answers, read as JSON. Raises TranslationUnavailable, or TranslationUnusable where it is no JSON."""
        deadline = time.monotonic() + self._timeout
        for pause in (*_PAUSES, None):
            try:
                return self._once(method, address, body, deadline)
            except _Passing as failure:
                if pause is None or time.monotonic() + pause >= deadline:
                    why, told = failure.args
                    raise TranslationUnavailable(
                        why, f"the translation engine {address} gives nothing: {told}"
                    ) from failure
                time.sleep(pause)
        raise AssertionError("the last try returns or raises")

    def _once(self, method: str, address: str, body: Mapping[str, Any] | None, deadline: float) -> Any:
        left = max(deadline - time.monotonic(), 0.001)
        try:
            with self._client.stream(method, address, json=body, timeout=left) as response:
                content = _read(response, deadline)
        except httpx.TimeoutException as error:
            raise TranslationUnavailable(
                "slow", f"the translation engine took more than {self._timeout:g} s"
            ) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _Passing("down", type(error).__name__) from error
        if response.status_code in _PASSING:
            raise _Passing("busy", f"HTTP {response.status_code}")
        if response.status_code != httpx.codes.OK:
            raise TranslationUnavailable(
                "refused", f"the translation engine {address} refuses: HTTP {response.status_code}"
            )
        try:
            return json.loads(content)
        except (ValueError, RecursionError) as error:
            raise TranslationUnusable("broken", f"the translation engine {address} does not answer in JSON") from error


def _read(response: httpx.Response, deadline: float) -> bytes:
    """The body, as long as it comes in time and is not endless: httpx itself waits anew for every chunk."""
    content = bytearray()
    for chunk in response.iter_bytes():
        content += chunk
        if time.monotonic() > deadline:
            raise httpx.ReadTimeout("the answer trickles", request=response.request)
        if len(content) > _MOST_BYTES:
            raise TranslationUnusable("broken", f"the translation engine answers with more than {_MOST_BYTES} bytes")
    return bytes(content)


def strings(found: object, count: int) -> tuple[str, ...]:
    """`found` as `count` texts. Raises TranslationUnusable when it is anything else."""
    if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
        raise TranslationUnusable("broken", "the translation engine answers with no list of texts")
    if len(found) != count:
        raise TranslationUnusable("count", f"the translation engine answers with {len(found)} texts for {count}")
    return tuple(found)
