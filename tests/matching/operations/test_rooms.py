"""Rooms: who comes in, what is laid there and what is refused, dates, colleagues, leaving."""

from __future__ import annotations

import datetime
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Letter, User
from corridor.matching.models import Message, ProposedDate, Room, RoomFile, RoomSeat
from corridor.matching.operations import introductions, notices, outcomes, rooms
from tests import make
from tests.matching.pictures import with_position

pytestmark = pytest.mark.django_db
Met = tuple[Room, User, User]


@pytest.fixture
def met() -> Met:
    """A room with one person of each side."""
    asker, asked = make.organisation("MM"), make.organisation("CN", type="university")
    one, other = make.member(asker), make.member(asked)
    return make.room(asker, asked, by=one, answerer=other), one, other


def reasons(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    """Why something was refused."""
    return [str(one) for one in refusal.value.reasons]


def soon(days: int = 3) -> datetime.datetime:
    """A moment to come."""
    return timezone.now() + datetime.timedelta(days=days)


def again(user: User) -> User:
    """A person as the next request reads them."""
    return User.objects.get(pk=user.pk)


def test_only_those_who_sit_in_it_read_it(met: Met) -> None:
    room, one, other = met
    party = room.introduction.asker
    others = [None, make.member(party), make.manager(party), make.officer("MM"), make.officer("CN"), make.operator()]
    assert [list(Room.objects.visible_to(reader)) for reader in (one, other)] == [[room], [room]]
    assert [list(Room.objects.visible_to(reader)) for reader in others] == [[]] * 6


def test_what_is_said_is_told_by_mail_once_a_day_without_its_words(met: Met) -> None:
    room, one, other = met
    for text in ("Good day.", "A secret price."):
        rooms.write_message(room, by=one, text=text, language="en")
    news = Letter.objects.filter(template="room_news")
    assert [(letter.user, letter.facts) for letter in news] == [(other, {"room": str(room.pk)})]
    assert [message.text for message in room.messages.all()] == ["Good day.", "A secret price."]


def test_nothing_is_said_by_strangers_nor_is_nothing_said(met: Met) -> None:
    room, one, _other = met
    for by, text in ((make.member(room.introduction.asker), "I too."), (make.person(), "x"), (one, " \n ")):
        with pytest.raises(Refused):
            rooms.write_message(room, by=by, text=text)
    assert (Message.objects.count(), Letter.objects.filter(template="room_news").count()) == (0, 0)


def test_whoever_leaves_the_organisation_is_out_of_its_rooms_at_once(met: Met) -> None:
    room, one, other = met
    make.end(one)
    with pytest.raises(Refused):
        rooms.write_message(room, by=again(one), text="Still here?")
    with pytest.raises(Refused) as refusal:
        rooms.write_message(room, by=other, text="Are you there?")
    assert reasons(refusal) == ["Nobody of the other side is in this room any more."]
    assert (Room.objects.visible_to(again(one)).count(), Message.objects.count()) == (0, 0)


def test_a_suspended_notice_halts_the_room_until_it_is_lifted() -> None:
    asker, asked = make.organisation("LA"), make.organisation("TH")
    one, other, officer = make.member(asker), make.member(asked), make.officer("TH")
    notice = make.published(other, of=asked)
    room = introductions.agree(make.introduction(asker, asked, by=one, notice=notice), by=other)
    assert room is not None
    notices.suspend(notice, by=officer, reason="False.")
    halted = Room.objects.get(pk=room.pk)
    with pytest.raises(Refused) as refusal:
        rooms.write_message(halted, by=one, text="Hello?")
    assert "was suspended" in reasons(refusal)[0]
    assert (Message.objects.count(), Room.objects.visible_to(one).count()) == (0, 1)
    notices.lift(notice, by=officer)
    rooms.write_message(Room.objects.get(pk=room.pk), by=one, text="Hello?")
    assert Message.objects.count() == 1


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_loses_its_position_and_the_room_says_so(met: Met, kind: str) -> None:
    room, one, _other = met
    given = with_position(kind)
    laid = rooms.lay_file(room, by=one, upload=SimpleUploadedFile(f"field.{kind.lower()}", given))
    with laid.file.open() as file:
        kept = file.read()
    with Image.open(io.BytesIO(kept)) as picture:
        assert (picture.size, dict(picture.getexif())) == ((64, 48), {})
    assert b"Secret Camera" in given
    assert (laid.had_position, b"Secret Camera" in kept, laid.size) == (True, False, len(kept))


def office(*parts: str) -> bytes:
    """A Word file with these parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in ("[Content_Types].xml", "word/document.xml", *parts):
            archive.writestr(name, "<x/>")
    return content.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        office("word/vbaProject.bin"),
        office("word/activeX/activeX1.bin"),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "VBA".encode("utf-16-le"),
    ],
)
def test_a_file_with_a_macro_is_told_and_not_kept(met: Met, content: bytes) -> None:
    room, one, _other = met
    with pytest.raises(Refused) as refusal:
        rooms.lay_file(room, by=one, upload=SimpleUploadedFile("plan.docx", content))
    assert "carries macros" in reasons(refusal)[0]
    assert RoomFile.objects.count() == 0


def test_a_broken_picture_is_refused(met: Met) -> None:
    room, one, _other = met
    with pytest.raises(Refused):
        rooms.lay_file(room, by=one, upload=SimpleUploadedFile("a.jpg", with_position("JPEG")[:200]))
    assert RoomFile.objects.count() == 0


def test_the_other_side_agrees_to_a_date_once_and_the_proposer_does_not(met: Met) -> None:
    room, one, other = met
    date = rooms.propose_date(room, by=one, starts_at=soon(), minutes=60, link="https://video.example.org/room")
    with pytest.raises(Refused) as refusal:
        rooms.agree_date(date, by=one)
    assert reasons(refusal) == ["The other side says whether it suits them."]
    rooms.agree_date(date, by=other)
    with pytest.raises(Refused):
        rooms.agree_date(ProposedDate.objects.get(pk=date.pk), by=other)
    assert ProposedDate.objects.get(pk=date.pk).is_agreed


def test_a_date_that_has_passed_is_far_off_or_is_proposed_already_is_refused(met: Met) -> None:
    room, one, other = met
    first = soon()
    rooms.propose_date(room, by=one, starts_at=first, minutes=60)
    for moment in (soon(-1), soon(400), first):
        with pytest.raises(Refused):
            rooms.propose_date(room, by=other, starts_at=moment, minutes=60)
    assert room.dates.count() == 1


def test_colleagues_come_in_by_invitation_of_their_own_side_and_leave(met: Met) -> None:
    room, one, other = met
    colleague = make.member(room.introduction.asker)
    for by, person in ((other, colleague), (one, make.person()), (one, one), (colleague, colleague)):
        with pytest.raises(Refused):
            rooms.bring(room, person, by=by)
    assert RoomSeat.objects.count() == 2
    rooms.bring(room, colleague, by=one)
    assert (room.side_of(colleague), Letter.objects.filter(user=colleague).count()) == ("asker", 1)
    rooms.leave(room, by=one)
    assert [Room.objects.visible_to(reader).count() for reader in (one, colleague)] == [0, 1]


def test_the_last_of_a_side_stays_until_the_conversation_has_ended(met: Met) -> None:
    room, one, _other = met
    with pytest.raises(Refused) as refusal:
        rooms.leave(room, by=one)
    assert "last of your side" in reasons(refusal)[0]
    assert room.seats.taken().count() == 2
    outcomes.say_outcome(room, by=one, kind="withdrawn", reason="no_fit")
    rooms.leave(room, by=one)
    assert room.seats.taken().count() == 1
