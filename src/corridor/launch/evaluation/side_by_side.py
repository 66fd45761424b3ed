"""Many questions asked side by side, each by itself, on connections of their own."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connections

Asked = TypeVar("Asked")
Answered = TypeVar("Answered")


def each(
    asked: Sequence[Asked], answer: Callable[[Asked], Answered], *, progress: Callable[[int], object], hands: int = 0
) -> list[Answered]:
    """The answers in the order of the questions; as many threads as there are cores, as the site's threads do it."""
    hands = max(1, min(hands or (os.cpu_count() or 1), len(asked)))

    def work(first: int) -> list[Answered]:
        try:
            return [_one(question) for question in asked[first::hands]]
        finally:
            connections.close_all()

    def _one(question: Asked) -> Answered:
        answered = answer(question)
        progress(1)
        return answered

    with ThreadPoolExecutor(hands) as crew:
        parts = list(crew.map(work, range(hands)))
    return [parts[place % hands][place // hands] for place in range(len(asked))]
