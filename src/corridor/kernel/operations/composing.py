"""What a letter says at the moment it is posted: subject, plain text, HTML where it has any, and the headers that go with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.module_loading import import_string

from corridor.kernel.models import Letter


def compose(letter: Letter) -> EmailMultiAlternatives | None:
    """A letter in its reader's language; None where its reader has left, or nothing is left to say, as LETTER_WRITERS finds.

    Beside `.subject.txt` and `.txt` a letter may have `.html`, and `.unsubscribe.txt`: the address that ends such letters by one
    click (RFC 2369, RFC 8058). Its number is the same each time, so that a mail server that gets it twice can tell.
    """
    if not letter.user.is_active:
        return None
    language = letter.user.language
    with translation.override(language):
        read = _read(letter)
        if read is None:
            return None
        context = {"user": letter.user, "node": settings.NODE, **letter.facts, **read}
        subject = " ".join(render_to_string(f"letters/{letter.template}.subject.txt", context).split())
        body = render_to_string(f"letters/{letter.template}.txt", context)
        page = _if_there_is(f"letters/{letter.template}.html", context)
        unsubscribe = _if_there_is(f"letters/{letter.template}.unsubscribe.txt", context).strip()
    headers = {"Message-ID": f"<{letter.pk}@{urlsplit(settings.SITE_URL).hostname}>", "Content-Language": language}
    if unsubscribe:
        headers |= {"List-Unsubscribe": f"<{unsubscribe}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    mail = EmailMultiAlternatives(subject, body, to=[letter.user.email], headers=headers)
    if page:
        mail.attach_alternative(page, "text/html")
    return mail


def _read(letter: Letter) -> Mapping[str, Any] | None:
    """What a letter tells beyond its facts, read at this moment."""
    writer = settings.LETTER_WRITERS.get(letter.template)
    return import_string(writer)(letter) if writer else {}


def _if_there_is(template: str, context: dict[str, Any]) -> str:
    """A part that not every letter has."""
    try:
        return str(render_to_string(template, context))
    except TemplateDoesNotExist as missing:
        if missing.args and missing.args[0] != template:
            raise
        return ""
