"""Mail of development goes into a folder of this machine instead of out into the world."""

import os
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from corridor.kernel.logic.identifiers import uuid7


def folder() -> Path:
    """Where the messages lie."""
    return Path(settings.VAR) / "mail"


class MailboxBackend(BaseEmailBackend):
    """Each message is a file that only its owner reads, named so that names sort by time."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep messages; answers how many."""
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            keep(message.message().as_bytes())
        return len(email_messages)


def keep(content: bytes) -> Path:
    """Write one message. It gets its name when it is whole, so nobody meets half of it."""
    path = folder() / f"{uuid7()}.eml"
    half = path.with_suffix(".half")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    return half.rename(path)
