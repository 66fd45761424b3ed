"""Mail as people of the journeys get it, and where its links lead."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from corridor.web.mailbox import messages
from tests.journeys.jobs import run_jobs


def letter_to(email: str) -> messages.Message:
    """The newest letter to somebody. Letters of earlier runs still lie in the box, so addresses are new in every run."""
    run_jobs()
    return next(mail for mail in messages.newest() if mail.to == email)


def mail_to(email: str) -> str:
    """What the newest letter to somebody says."""
    return letter_to(email).text


def path_in(mailed: str, link: str = r"http://\S+") -> str:
    """Where a link of a mail leads on this site."""
    found = re.search(link, mailed)
    assert found is not None
    return urlsplit(found[0]).path
