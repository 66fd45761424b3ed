"""Identifiers sort by the time of their making."""

import threading
import time
import uuid

import pytest

from corridor.kernel.logic import identifiers
from corridor.kernel.logic.identifiers import uuid7


def test_identifiers_are_of_version_seven_and_the_standard_variant():
    made = uuid7()
    assert (made.version, made.variant) == (7, uuid.RFC_4122)


def test_identifiers_tell_the_millisecond_of_their_making():
    before = time.time_ns() // 1_000_000
    assert before <= uuid7().int >> 80 <= time.time_ns() // 1_000_000 + 1


def test_identifiers_made_later_sort_later():
    made = [uuid7() for _ in range(10_000)]
    assert made == sorted(set(made))


def test_identifiers_never_go_back_when_the_clock_does(monkeypatch: pytest.MonkeyPatch):
    first = uuid7()
    monkeypatch.setattr(identifiers.time, "time_ns", lambda: 1_000_000_000)
    assert first < uuid7() < uuid7()


def test_many_threads_never_make_the_same_identifier():
    made: list[uuid.UUID] = []
    threads = [threading.Thread(target=lambda: made.extend(uuid7() for _ in range(1000))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 4000
