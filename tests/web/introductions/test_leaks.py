"""Before the yes nobody learns who asks: marks are planted in every field, and every output is searched for them."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.core import mail
from django.forms.models import model_to_dict
from django.test import Client
from django.urls import reverse

from corridor.directory.models import Organisation
from corridor.directory.operations.corrections import suggest_correction
from corridor.kernel.models import Event, Letter, User
from corridor.language.models import Passage
from corridor.matching.models import Introduction, Notice
from corridor.matching.operations import exporting, introductions, mandates, outcomes
from tests import make, waiting
from tests.hashing import model  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
# Of the person: nowhere at all. Of the organisation: its page in the directory is public, so only nothing that ties it to this.
PERSONAL = (
    "Qanamark", "qmailmark", "qstatementmark", "qownermark", "qcontactmark", "qconsentmark", "qheadmark", "qexpertmark",
    "qsitemark", "qworkmark", "qcorrectionmark", "55559999",
)  # fmt: skip
ORGANISATION = ("Qofficialmark", "Qtranslatedmark", "qwebmark", "qaboutmark", "qplacemark")
LINK = re.compile(r'(?:href|action)="(/[^"#]*)')
NOT_READ = ("/account/", "/language/", "/static/", "/mailbox/", "/directory/map/")
MOST = 60


@dataclass(frozen=True)
class Scene:
    """Who asked whom; nobody has answered."""

    one: User
    other: User
    made: Introduction


@pytest.fixture
def scene(model: object) -> Scene:  # noqa: F811 - the fixture above
    """A person and an organisation full of marks ask another; a notice of theirs is published without a name."""
    asker = make.organisation(
        "LA", name="Qofficialmark", website="https://qwebmark.example.org", about="qaboutmark", place="qplacemark",
        is_verified=True,
    )  # fmt: skip
    asker.names.create(kind="translation", language="th", text="Qtranslatedmark")
    asked = make.organisation("TH", name="Open Institute", type="institute")
    one, other = make.manager(asker, name="Qanamark", email="qmailmark@example.org"), make.member(asked)
    make.phone(one)
    assert make.NUMBER.endswith("55559999")
    applicant = make.person("LA", name="Qanamark", email="second.qmailmark@example.org")
    make.membership.ask_membership(applicant, home="LA", organisation=asker, statement="qstatementmark", by=applicant)
    mine = make.published(one, of=asker, is_anonymous=True, problem_owner="qownermark")
    assert mine.organisation == asker
    helped = make.notice(one, of=asker)
    mandates.mandate(helped, by=one, owner_name="qownermark", contact="qcontactmark", consent="qconsentmark")
    make.profile(
        one, name="Qanamark", headline="qheadmark", expertise="qexpertmark", website="https://qsitemark.example.org",
        affiliation_text="qworkmark",
    )  # fmt: skip
    suggest_correction(asker, by=one, aspect="other", text="qcorrectionmark")
    notice = make.published(other, of=asked, kind="offer")
    made = make.introduction(asker, asked, by=one, notice=notice, themes=["industry"])
    return Scene(one, other, made)


def pages(browser: Client, *begin: str) -> Iterator[tuple[str, str]]:
    """Every page that leads on from these, as far as a reader can get by reading."""
    queue, seen, read = list(begin), set(begin), 0
    while queue and read < MOST:
        path, read = queue.pop(0), read + 1
        answer = browser.get(path)
        if answer.streaming or ("text" not in answer.get("Content-Type", "") and "xml" not in answer["Content-Type"]):
            continue
        text = answer.content.decode()
        yield path, text
        for found in LINK.findall(text.replace("&amp;", "&")):
            if found not in seen and not found.startswith(NOT_READ):
                seen.add(found)
                queue.append(found)


def begin(made: Introduction) -> list[str]:
    """Where a search for marks begins."""
    names = ("introductions", "introduction-counts", "home", "notices", "organisations", "networks", "roster", "desk")
    address = [reverse(name) for name in names] + [reverse("introduction", args=[made.pk])]
    return [
        *address,
        "/sitemap.xml",
        "/search/?q=coffee",
        "/search/?kind=person",
        f"{reverse('introduction-new')}?notice={made.notice_id}",
    ]


def leaks(found: Iterator[tuple[str, str]], marks: tuple[str, ...], only: str = "") -> list[tuple[str, str]]:
    """Which mark stands where."""
    return [(where, mark) for where, text in found if where.startswith(only) for mark in marks if mark in text]


def test_no_page_tells_anybody_who_asks_before_the_yes(as_: As, scene: Scene) -> None:
    waiting.do_all(but=("kernel.post_letter",))
    stranger = make.member(make.organisation("VN"))
    readers = [None, scene.other, stranger, make.officer("TH"), make.officer("CN"), make.operator()]
    for reader in readers:
        found = list(pages(as_(reader), *begin(scene.made)))
        assert len(found) > 20
        assert leaks(iter(found), PERSONAL) == []
        assert leaks(iter(found), ORGANISATION, only="/introductions/") == []


def test_the_search_above_finds_the_marks_once_both_have_said_yes(as_: As, scene: Scene) -> None:
    room = introductions.agree(scene.made, by=scene.other)
    assert room is not None
    found = [(url, as_(scene.other).get(url).content.decode()) for url in (reverse("room", args=[room.pk]),)]
    assert {mark for _where, mark in leaks(iter(found), (*PERSONAL, *ORGANISATION))} == {
        "Qanamark", "qmailmark", "Qofficialmark",
    }  # fmt: skip


def test_no_letter_event_export_or_passage_tells_who_asks(scene: Scene) -> None:
    made = scene.made
    for days in (8, 15):
        begun = made.created_at - make.datetime.timedelta(days=days)
        reminded = made.reminded_at and made.reminded_at - make.datetime.timedelta(days=days)
        Introduction.objects.filter(pk=made.pk).update(created_at=begun, reminded_at=reminded)
        introductions.follow_up(made)
        made.refresh_from_db()
    assert made.state == "lapsed"
    waiting.do_all()
    own = {scene.one.email, "second.qmailmark@example.org"}
    letters = [("mail", f"{one.subject}\n{one.body}\n{one.from_email}") for one in mail.outbox if not own & set(one.to)]
    templates = set(Letter.objects.values_list("template", flat=True))
    assert {"introduction_asked", "introduction_reminded", "introduction_lapsed"} <= templates
    assert len(letters) >= 2
    kept = [("letter", json.dumps(facts)) for facts in Letter.objects.values_list("facts", flat=True)]
    events = [("event", json.dumps(model_to_dict(event), default=str)) for event in Event.objects.all()]
    exported = [("export", repr(row)) for rows in (exporting.notices(), exporting.organisations()) for row in rows]
    passages = [("passage", repr(model_to_dict(row))) for row in Passage.objects.all()]
    assert len(passages) >= 1
    assert leaks(iter([*letters, *kept, *events, *exported, *passages]), PERSONAL) == []
    assert leaks(iter([*letters, *kept, *events]), ORGANISATION) == []


def test_the_log_tells_of_nobody(as_: As, scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        as_(scene.other).get(reverse("introduction", args=[scene.made.pk]))
        as_(make.person()).get(reverse("introduction", args=[scene.made.pk]))
        as_(scene.other).post(reverse("introduction-refusal", args=[scene.made.pk]), {"reason": "x"})
        introductions.decline(scene.made, by=scene.other, reason="no_fit")
        waiting.do_all()
    told = "\n".join(
        f"{record.name} {record.getMessage()}" for record in caplog.records if record.name != "django.db.backends"
    )
    assert [mark for mark in (*PERSONAL, *ORGANISATION) if mark in told] == []


def test_an_anonymous_notice_that_is_asked_about_keeps_its_secret(as_: As, scene: Scene) -> None:
    hidden = Notice.objects.get(published__is_anonymous=True)
    owner = Organisation.objects.get(pk=scene.made.asker_id)
    made = make.introduction(Organisation.objects.get(pk=scene.made.asked_id), owner, by=scene.other, notice=hidden)
    found = list(pages(as_(scene.other), reverse("introduction", args=[made.pk]), reverse("introductions")))
    assert leaks(iter(found[:2]), (*PERSONAL, *ORGANISATION)) == []


def test_a_link_in_a_mailed_question_holds_no_name(scene: Scene) -> None:
    room = introductions.agree(scene.made, by=scene.other)
    assert room is not None
    token = outcomes.token_of(room, scene.one)
    assert [mark for mark in (*PERSONAL, *ORGANISATION) if mark in token] == []
