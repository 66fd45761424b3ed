"""What follows from an installation's secret: keys that encrypt, marks by which a value is found again, codes that are not kept."""

import base64
import functools
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


def derived(value: str, secret: str, salt: str) -> bytes:
    """32 bytes from a value and a secret, for one purpose (`salt`): HMAC-SHA256 under SHA-256 of salt and secret.

    The same as Django's `salted_hmac(salt, value, secret, algorithm="sha256")`. Source: RFC 2104.
    """
    key = hashlib.sha256((salt + secret).encode()).digest()
    return hmac.new(key, value.encode(), hashlib.sha256).digest()


@functools.cache
def keys(secrets: tuple[str, ...], salt: str) -> MultiFernet:
    """What encrypts with the first secret and decrypts with any."""
    return MultiFernet([Fernet(base64.urlsafe_b64encode(derived("", secret, salt))) for secret in secrets])


def opened(sealed: str, key: MultiFernet) -> str:
    """The text that was encrypted; empty for what no secret opens."""
    try:
        return key.decrypt(sealed.encode()).decode()
    except InvalidToken:
        return ""


def mark(value: str, secret: str, salt: str) -> str:
    """64 hexadecimal digits, always the same for a value; without the secret it can be neither made nor guessed at."""
    return derived(f"mark:{value}", secret, salt).hex()


def six_digits(value: str, secret: str, salt: str) -> str:
    """A code of six decimal digits that belongs to a value; the remainder favours no code by more than 1 in 2**236."""
    return f"{int.from_bytes(derived(f'code:{value}', secret, salt)) % 1_000_000:06d}"


def is_same(one: str, other: str) -> bool:
    """Whether two texts are alike, in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())
