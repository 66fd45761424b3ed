"""Text messages through a gateway that takes them over HTTP, as most do: one request each, in a form that its operator describes."""

import re
import time
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from corridor.kernel.logic.texting import SenderUnavailable

_MOST_BYTES: Final = 64 * 1024
_RESTING: Final = frozenset({429, 503})
_BARRED: Final = frozenset({402, 403, 404, 405, 407})
_PLACE: Final = re.compile(r"\{(number|digits|text|secret)\}")
_RECEIPT: Final = re.compile(r'"(?:message_?id|msg_?id|sid|id)"\s*:\s*"?([A-Za-z0-9_.:-]{1,80})', re.IGNORECASE)


class HttpSender:
    """A gateway. In `headers` and `body` stand `{number}` (E.164), `{digits}` (without the plus), `{text}` and `{secret}`."""

    def __init__(
        self,
        url: str,
        *,
        method: str = "POST",
        form: str = "json",
        headers: Mapping[str, str] | None = None,
        body: Mapping[str, Any],
        secret: str = "",
        accepted: str = "",
        timeout: float = 10.0,
    ) -> None:
        """`form` is "json", "form" (fields) or "query" (part of the address); `accepted` must stand in the answer; `timeout` in seconds."""
        self._url, self._method, self._form = url, method, form
        self._headers, self._body, self._secret = dict(headers or {}), body, secret
        self._accepted, self._timeout = accepted, timeout
        self._host = urlsplit(url).hostname or ""

    def send(self, number: str, text: str) -> str:
        """Hand over one message; see `Sender`."""
        words = {"number": number, "digits": number.lstrip("+"), "text": text, "secret": self._secret}
        said = filled(self._body, words)
        part = {"json": "json", "form": "data", "query": "params"}[self._form]
        status, answer = self._ask({part: said, "headers": filled(self._headers, words)})
        if status in _RESTING:
            raise SenderUnavailable("busy", f"{self._host} takes no message now: HTTP {status}")
        if status >= httpx.codes.INTERNAL_SERVER_ERROR:
            raise SenderUnavailable("unsure", f"{self._host} failed on a message: HTTP {status}")
        if status == httpx.codes.UNAUTHORIZED:
            raise SenderUnavailable("refused", f"{self._host} does not take our key: HTTP {status}")
        if status in _BARRED or httpx.codes.is_redirect(status):
            raise SenderUnavailable("barred", f"{self._host} does not let this through: HTTP {status}")
        if not httpx.codes.is_success(status) or self._accepted not in answer:
            raise SenderUnavailable("rejected", f"{self._host} does not take this message: HTTP {status}")
        receipt = _RECEIPT.search(answer)
        return receipt[1] if receipt else ""

    def _ask(self, request: dict[str, Any]) -> tuple[int, str]:
        """Status and answer. Redirects are not followed: numbers go to the address that the operator wrote down and to no other."""
        deadline = time.monotonic() + self._timeout
        try:
            with (
                httpx.Client(follow_redirects=False, timeout=self._timeout) as line,
                line.stream(self._method, self._url, **request) as answer,
            ):
                return answer.status_code, _read(answer, deadline)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
            raise SenderUnavailable("down", f"{self._host} is not reached: {type(error).__name__}") from None
        except (httpx.HTTPError, UnicodeError) as error:
            raise SenderUnavailable("unsure", f"{self._host} gave no clear answer: {type(error).__name__}") from None


def filled(template: Any, words: Mapping[str, str]) -> Any:
    """A template with its places filled, each once: what is filled in is not read again."""
    if isinstance(template, Mapping):
        return {filled(key, words): filled(part, words) for key, part in template.items()}
    if isinstance(template, list):
        return [filled(part, words) for part in template]
    return _PLACE.sub(lambda place: words[place[1]], template) if isinstance(template, str) else template


def _read(answer: httpx.Response, deadline: float) -> str:
    """The beginning of an answer, as long as it comes in time."""
    content = bytearray()
    for chunk in answer.iter_bytes():
        content += chunk
        if time.monotonic() > deadline:
            raise httpx.ReadTimeout("the answer trickles", request=answer.request)
        if len(content) > _MOST_BYTES:
            break
    return content.decode(errors="replace")
