"""Codes of an app as RFC 6238 has them: an implementation of our own, so that the site's is judged by another."""

import base64
import hashlib
import hmac
import struct
import time


def app_code(secret: str, *, at: float | None = None) -> str:
    """The six digits that an app with this key (base32) shows at a moment (seconds since 1970), now unless told."""
    counter = int((time.time() if at is None else at) // 30)
    digest = hmac.new(base64.b32decode(secret, casefold=True), struct.pack(">Q", counter), hashlib.sha1).digest()
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4]) & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"
