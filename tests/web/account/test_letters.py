"""Letters to people: each has a subject of one line, says what happened, and leads to the right page of this site."""

import pytest
from django.core import mail
from django.urls import reverse

from corridor.kernel.models import Letter, User
from corridor.kernel.operations import write_letter
from corridor.kernel.tasks import post_letter
from corridor.matching.operations import notices
from tests import make
from tests.web.account.conftest import make_person

NOTICE, FOUND = "01a20000-0000-7000-8000-000000000001", "01a20000-0000-7000-8000-000000000002"
TITLE = "Dryer <for> coffee & rice\r\nBcc: everybody@example.org"
FACTS = {"notice": NOTICE, "title": TITLE}
REASON = {"reason": "The capacity is missing & needed."}
LETTERS = [
    ("membership_confirmed", REASON, "You are confirmed as a member of Corridor", "account", None),
    ("membership_declined", REASON, "Your request to be a member of Corridor was declined", "membership", None),
    ("notice_published", FACTS, "Published: Dryer <for> coffee & rice Bcc: everybody@example.org", "notice", NOTICE),
    ("notice_returned", FACTS | REASON, "Returned to you: Dryer <for> coffee & rice Bcc: everybody@example.org", "notice", NOTICE),
    ("notice_expired", FACTS, "Expired: Dryer <for> coffee & rice Bcc: everybody@example.org", "notice", NOTICE),
    ("notice_suspended", FACTS | REASON, "Suspended: Dryer <for> coffee & rice Bcc: everybody@example.org", "notice", NOTICE),
    (
        "suggestion_new",
        {**FACTS, "found": FOUND, "found_title": "ເຄື່ອງອົບແຫ້ງ"},
        "A possible partner: ເຄື່ອງອົບແຫ້ງ",
        "notice",
        FOUND,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "facts", "subject", "page", "pk"), LETTERS, ids=[row[0] for row in LETTERS])
def test_each_letter_says_what_happened_and_where_to_go(
    person: User, name: str, facts: dict[str, str], subject: str, page: str, pk: str | None
) -> None:
    write_letter(person, name, key="once", **facts)
    post_letter(letter=str(Letter.objects.get().pk))
    (message,) = mail.outbox
    body = str(message.body)
    assert (message.subject, message.to) == (subject, ["somchai@example.org"])
    assert body.startswith("Dear Somchai,\n\n")
    assert f"\nhttp://localhost:8000{reverse(page, args=[pk] if pk else [])}\n" in body
    assert [
        value for key, value in facts.items() if key in ("title", "reason", "found_title") and value not in body
    ] == []
    assert "&amp;" not in body
    assert "\n\n\n" not in body


@pytest.mark.parametrize("language", ["km", "zh-hans", "lo", "my", "th", "vi"])
@pytest.mark.parametrize("name", [row[0] for row in LETTERS])
def test_letters_are_written_in_every_language(name: str, language: str) -> None:
    person = make_person(language=language)
    facts = {**FACTS, **REASON, "found": FOUND, "found_title": "ເຄື່ອງ"}
    write_letter(person, name, key="once", **facts)
    post_letter(letter=str(Letter.objects.get().pk))
    assert "http://localhost:8000" in str(mail.outbox[0].body)


def test_the_letters_of_real_acts_can_be_posted() -> None:
    officer, notice = make.officer("LA"), make.submitted()
    notices.publish(notice.latest, by=officer)
    notices.suspend(notice, by=officer, reason="It names a person.")
    for letter in Letter.objects.order_by("created_at"):
        post_letter(letter=str(letter.pk))
    assert [message.subject.split(":")[0] for message in mail.outbox] == ["Published", "Suspended"]
