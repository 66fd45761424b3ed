"""Reading pages in tests: who asks, and what stands there."""

from __future__ import annotations

import html
import re

from django.test import Client
from django.urls import reverse

from corridor.kernel.models import User
from corridor.matching.models import Notice
from corridor.web.notices.beginning import new_number

LAO_TITLE = "ຕ້ອງການເຄື່ອງອົບແຫ້ງກາເຟ ສຳລັບສະຫະກອນຂະໜາດນ້ອຍ"
LAO = "ໃນລະດູຝົນ ກາເຟຂອງພວກເຮົາແຫ້ງຊ້າ ແລະ ຂຶ້ນເຊື້ອລາ. ບ້ານຂອງພວກເຮົາມີໄຟຟ້າພຽງແຕ່ຕອນແລງ."


def client_of(user: User | None = None, **options: object) -> Client:
    """A browser, signed in when somebody is given."""
    browser = Client(**options)
    if user is not None:
        browser.force_login(user)
    return browser


def address(name: str, notice: Notice, *more: object) -> str:
    """The address of a page about a notice."""
    return reverse(name, args=[notice.pk, *more])


def words(response: object) -> str:
    """What a person reads on a page: no tags, no blanks in a row."""
    text = re.sub(r"<(script|style|head)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def main_of(response: object) -> str:
    """The main part of a page as it was sent."""
    return response.content.decode().split("<main", 1)[1].split("</main>", 1)[0]


def first_step(**changes):
    """What the form of the first step sends."""
    return {"kind": "need", "title": LAO_TITLE, "text": LAO, "language": "detect", "draft": new_number(), **changes}


def begin(user, **changes):
    """Send the first step of a new notice."""
    return client_of(user).post(reverse("notice-new"), first_step(**changes))
