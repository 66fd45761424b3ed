"""Where to ask for something: a page, the mail of an office, or words. What is typed decides, and nothing else becomes a link."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import quote, urlsplit

# As HTML's own e-mail field takes them, with at least one dot in the domain.
MAIL: Final = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+"
)
UNSAFE: Final = re.compile(r"[\s<>\"'\\`{}|^]|[\x00-\x1f\x7f]")


@dataclass(frozen=True)
class Route:
    """A way to ask: its kind, the words to show, and the address to link to ('' for words)."""

    kind: Literal["page", "mail", "words"]
    text: str
    url: str = ""


def route_of(text: str) -> Route:
    """What somebody typed, as a way to ask. A page begins with http or https and carries no user name; all else is words."""
    if MAIL.fullmatch(text):
        return Route("mail", text, f"mailto:{quote(text, safe='@')}")
    return Route("page", text, text) if is_page(text) else Route("words", text)


def is_page(text: str) -> bool:
    """Whether a text is the address of a page that can be linked to."""
    if UNSAFE.search(text):
        return False
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    return parts.scheme in ("http", "https") and "." in host and "@" not in parts.netloc and port != 0


def mail_addresses(text: str) -> list[str]:
    """The e-mail addresses that a text holds, in its order."""
    return MAIL.findall(text)
