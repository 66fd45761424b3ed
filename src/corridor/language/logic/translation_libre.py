"""A server that speaks LibreTranslate's API: LibreTranslate itself, or whatever is compatible with it.

Source of the API: LibreTranslate, `/languages` and `/translate` of its OpenAPI description.
"""

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from corridor.language.logic.tongues import normalise_code
from corridor.language.logic.translation_http import Line, strings
from corridor.language.logic.translation_port import TranslationUnusable, UsualTerm

BATCH: Final = 20
BATCH_CHARACTERS: Final = 2_000
"""What is sent at once at most: servers may limit both, and answer a large question late. A longer line goes alone."""

REMEMBERED: Final = 600.0
"""Seconds for which the list of the server's languages is believed."""

_TRADITIONAL: Final = ("hant", "tw", "hk", "mo")


class LibreTranslator:
    """See `Translator`. It has no glossary; terms are passed over."""

    name = "libretranslate"

    def __init__(self, url: str, key: str = "", timeout: float = 60.0) -> None:
        """`url` is the server's base or the address of its `translate`; `key` goes out in the body, as the API wants it."""
        self._base = url.rstrip("/").removesuffix("/translate").rstrip("/")
        self._key = key
        self._line = Line(timeout, {})
        self._lock = threading.Lock()
        self._known: dict[str, tuple[str, frozenset[str]]] = {}
        self._until = 0.0

    def translate(
        self, texts: Sequence[str], source: str, target: str, terms: Sequence[UsualTerm] = ()
    ) -> tuple[str, ...]:
        """See `Translator.translate`. Lines are translated one by one, so that they stay lines."""
        if not texts:
            return ()
        codes = self._codes(source, target)
        lines = [text.split("\n") for text in texts]
        said = [line for of in lines for line in of if line.strip()]
        answers = iter([text for batch in _batches(said) for text in self._batch(batch, *codes)])
        return tuple("\n".join(next(answers) if line.strip() else "" for line in of) for of in lines)

    def _batch(self, batch: list[str], source: str, target: str) -> tuple[str, ...]:
        body: dict[str, Any] = {"q": batch, "source": source, "target": target, "format": "text"}
        if self._key:
            body["api_key"] = self._key
        answer = self._line.ask("POST", f"{self._base}/translate", body)
        found = answer.get("translatedText") if isinstance(answer, Mapping) else None
        # A line must stay one: what broke it would move the texts below it.
        return tuple(" ".join(text.split("\n")) for text in strings(found, len(batch)))

    def _codes(self, source: str, target: str) -> tuple[str, str]:
        """What the server calls two languages. Raises TranslationUnusable("pair") where it does not translate between them."""
        with self._lock:
            if time.monotonic() > self._until:
                self._known = dict(_languages(self._line.ask("GET", f"{self._base}/languages")))
                self._until = time.monotonic() + REMEMBERED
        own, targets = self._known.get(source, ("", frozenset()))
        other, _ = self._known.get(target, ("", frozenset()))
        if not own or not other or other not in targets:
            raise TranslationUnusable("pair", f"the translation engine does not translate from {source} to {target}")
        return own, other


def _languages(answer: object) -> Iterator[tuple[str, tuple[str, frozenset[str]]]]:
    """Our code of each language the server knows → its code, and its codes of the languages it translates into."""
    rows = answer if isinstance(answer, list) else []
    listed = {str(row.get("code")): row for row in rows if isinstance(row, Mapping)}
    if not listed:
        raise TranslationUnusable("broken", "the translation engine lists no languages")
    for code, row in listed.items():
        language = normalise_code(code)
        if language and not any(part in _TRADITIONAL for part in code.lower().replace("_", "-").split("-")):
            # An older server names no targets: then it translates into all that it lists.
            targets = row.get("targets")
            yield language, (code, frozenset(map(str, targets)) if isinstance(targets, list) else frozenset(listed))


def _batches(lines: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for line in lines:
        if batch and (len(batch) == BATCH or sum(map(len, batch)) + len(line) > BATCH_CHARACTERS):
            yield batch
            batch = []
        batch.append(line)
    if batch:
        yield batch
