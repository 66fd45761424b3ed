"""Identifiers that sort by time."""

import secrets
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last = 0


def uuid7() -> UUID:
    """A UUID version 7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, then a 12-bit counter and 62 random bits.

    Within one process the values strictly increase: the millisecond and the counter are one number that never goes back (§6.2, method 1),
    also when the clock does.
    """
    global _last  # noqa: PLW0603 - the counter is the whole point
    with _lock:
        now = (time.time_ns() // 1_000_000) << 12
        _last = max(now | secrets.randbits(8), _last + 1)
        stamp, counter = _last >> 12, _last & 0xFFF
    return UUID(int=(stamp << 80) | (0x7 << 76) | (counter << 64) | (0b10 << 62) | secrets.randbits(62))
