"""Messages as the mailbox page shows them: as text, never as the HTML somebody sent."""

import datetime
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from pathlib import Path
from uuid import UUID

from corridor.web.mailbox.backend import folder

MOST = 100


@dataclass(frozen=True)
class Message:
    """One mail."""

    key: UUID
    subject: str
    sender: str
    to: str
    at: datetime.datetime | None
    text: str
    is_source: bool  # there was no plain text, so this is the source of the HTML
    attachments: tuple[str, ...]


def newest() -> list[Message]:
    """The last mails, newest first."""
    paths = sorted(folder().glob("*.eml"), reverse=True)[:MOST]
    return [message for path in paths if (message := read(path)) is not None]


def message_by(key: UUID) -> Message | None:
    """One mail by its name."""
    return read(folder() / f"{key}.eml")


def read(path: Path) -> Message | None:
    """A mail from its file; none if it is gone or not one of ours."""
    try:
        key, content = UUID(path.stem), path.read_bytes()
    except (OSError, ValueError):
        return None
    mail = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(content)
    text, is_source = text_of(mail)
    return Message(
        key=key,
        subject=str(mail["Subject"] or ""),
        sender=str(mail["From"] or ""),
        to=str(mail["To"] or ""),
        at=sent_at(mail),
        text=text,
        is_source=is_source,
        attachments=tuple(part.get_filename() or part.get_content_type() for part in mail.iter_attachments()),
    )


def text_of(mail: EmailMessage) -> tuple[str, bool]:
    """The plain text of a mail, else the source of its HTML, and which of the two it is."""
    for kind in ("plain", "html"):
        part = mail.get_body(preferencelist=(kind,))
        if isinstance(part, EmailMessage):
            return str(part.get_content()), kind == "html"
    return "", False


def sent_at(mail: EmailMessage) -> datetime.datetime | None:
    """When it was sent, as it says itself; a date without a zone is meant as UTC."""
    try:
        moment = parsedate_to_datetime(str(mail["Date"]))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
