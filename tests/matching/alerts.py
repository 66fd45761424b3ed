"""Saved searches for tests, what comes in for them, and a real mail server on loopback that keeps what it gets."""

from __future__ import annotations

import datetime
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.utils import timezone
from pytest_django.fixtures import Settings

from corridor.kernel.models import User
from corridor.matching.models import Finding, Notice, SavedSearch
from corridor.matching.operations import alerts, digests, saved_searches
from tests import make, waiting

QUESTION = "dryer for parchment coffee"
LATER = datetime.timedelta(days=8)


def saved(by: User, text: str = QUESTION, *, rhythm: str = "daily", **facets: Any) -> SavedSearch:
    """A search that stands, for notices unless told."""
    facets = {"kinds": ["notice"], **facets}
    asked = {"q": text, **{name: str(value) for name, value in facets.items()}}
    return saved_searches.keep(by=by, text=text, spoken="", asked=asked, facets=facets, rhythm=rhythm)


def came_in(**facts: Any) -> Notice:
    """A notice that was published, indexed and held against all saved searches."""
    notice = make.published(**facts)
    waiting.do_all(but=("kernel.post_letter",))
    match()
    return notice


def match() -> None:
    """Do as the job does."""
    while alerts.match_arrivals():
        pass


def written(days: int = 0) -> int:
    """Digests that are due of what was found until now, written on the first Monday a week from now, or some days after it."""
    today = timezone.now().replace(hour=12)
    Finding.objects.filter(digest=None).update(found_at=today - datetime.timedelta(days=1))
    return at(today + datetime.timedelta(days=7 - today.weekday() + days))


def at(moment: datetime.datetime) -> int:
    """Write what is due at a moment."""
    real = timezone.now
    timezone.now = lambda: moment
    try:
        return digests.write_due()
    finally:
        timezone.now = real


class Post:
    """What a mail server does with what it gets: keep it, or die of it."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.refuses = False
        self.on_data: Callable[[], object] = lambda: None

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """One mail."""
        if self.refuses:
            return "451 come back later"
        assert isinstance(envelope.content, bytes)
        self.on_data()
        self.received.append(BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(envelope.content))
        return "250 OK"


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


@contextmanager
def server(settings: Settings) -> Iterator[Post]:
    """A mail server on loopback, and this site set to use it."""
    post = Post()
    controller = Controller(post, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = "127.0.0.1", False, False
    settings.EMAIL_PORT = controller.port
    try:
        yield post
    finally:
        controller.stop()
