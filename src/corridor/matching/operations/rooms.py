"""Verbs of a room: open it, write, lay files, propose and agree to dates, bring colleagues, leave."""

from __future__ import annotations

import datetime
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corridor.directory.models import speakers_of
from corridor.directory.operations.acting import hold_parties
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import User
from corridor.kernel.operations import hold, record, write_letter
from corridor.language.logic.words import tidy
from corridor.matching import rules
from corridor.matching.models import (
    DateAgreement,
    Introduction,
    Message,
    ProposedDate,
    Room,
    RoomFile,
    RoomSeat,
)
from corridor.matching.operations.attachments import keepable, safe_name
from corridor.matching.states import Side

MOST_FILES = 40


@transaction.atomic
def open_room(introduction: Introduction, *, by: User) -> Room:
    """Give the two sides a room of their own: whoever said yes sits in it, or somebody in the place of one who left."""
    room = Room.objects.create(introduction=introduction)
    for consent in introduction.consents.order_by("created_at", "pk"):
        speaking = speakers_of(introduction.party(consent.side).pk)
        others = speaking.exclude(pk__in=introduction.consents.values("given_by")).order_by("pk")
        person = speaking.filter(pk=consent.given_by_id).first() or others.first()
        assert person is not None  # the rule has seen to it that each side is there
        RoomSeat.objects.create(room=room, user=person, side=consent.side)
    record("room.opened", room, by=by, introduction=introduction.pk)
    return room


@transaction.atomic
def write_message(room: Room, *, by: User, text: str, language: str = "") -> Message:
    """Say something. The others in the room are told by mail that there is news, once a day at most, never what it is."""
    hold_room(room)
    rules.may_write(by, room).enforce()
    tidied = tidy(text)
    if not tidied.text.strip():
        raise Refused([_("Write something first.")])
    made = Message.objects.create(
        room=room,
        side=side_of(by, room),
        author=by,
        text=tidied.text,
        language=language,
        was_converted=tidied.converted,
    )
    record("room.message_written", room, by=by, message=made.pk)
    _tell_of_news(room, by=by)
    return made


@transaction.atomic
def lay_file(room: Room, *, by: User, upload: UploadedFile[Any]) -> RoomFile:
    """Lay a file into the room, after looking at what it really is."""
    hold_room(room)
    rules.may_write(by, room).enforce()
    if room.files.count() >= MOST_FILES:
        raise Refused([_("A room can have %(most)d files at most.") % {"most": MOST_FILES}])
    kept = keepable(upload)
    made = RoomFile(
        room=room,
        side=side_of(by, room),
        laid_by=by,
        name=safe_name(upload.name or ""),
        content_type=kept.content_type,
        size=kept.file.size,
        had_position=kept.had_position,
    )
    made.file.save(f"{made.pk.hex}{PurePath(made.name).suffix.lower()}", kept.file, save=False)
    made.save()
    record("room.file_laid", room, by=by, file=made.pk, size=made.size)
    _tell_of_news(room, by=by)
    return made


@transaction.atomic
def propose_date(room: Room, *, by: User, starts_at: datetime.datetime, minutes: int, link: str = "") -> ProposedDate:
    """Propose when to meet; the other side says whether it suits them."""
    hold_room(room)
    rules.may_propose_date(by, room, starts_at).enforce()
    made = ProposedDate.objects.create(
        room=room, side=side_of(by, room), proposed_by=by, starts_at=starts_at, minutes=minutes, link=link
    )
    record("room.date_proposed", room, by=by, date=made.pk, at=starts_at)
    _tell_of_news(room, by=by)
    return made


@transaction.atomic
def agree_date(date: ProposedDate, *, by: User) -> DateAgreement:
    """Say that a proposed date suits one's side. The invitation for calendars counts as agreed from now on."""
    hold(date)
    hold_room(date.room)
    rules.may_agree_date(by, date).enforce()
    made = DateAgreement.objects.create(date=date, agreed_by=by)
    record("room.date_agreed", date.room, by=by, date=date.pk)
    _tell_of_news(date.room, by=by)
    return made


@transaction.atomic
def bring(room: Room, colleague: User, *, by: User) -> RoomSeat:
    """Bring a colleague of one's own organisation into the room; they are written to and read everything that is there."""
    hold_room(room)
    rules.may_bring(by, room, colleague).enforce()
    seat = RoomSeat.objects.create(room=room, user=colleague, side=side_of(by, room), invited_by=by)
    record("room.colleague_brought", room, by=by, user=colleague.pk)
    write_letter(colleague, "room_invited", key=f"seat:{seat.pk}", room=str(room.pk))
    return seat


@transaction.atomic
def leave(room: Room, *, by: User) -> None:
    """Leave the room. What one wrote stays."""
    hold(room)
    rules.may_leave(by, room).enforce()
    room.seats.taken().filter(user=by).update(left_at=timezone.now())
    record("room.left", room, by=by)


def hold_room(room: Room) -> None:
    """Lock a room and its two organisations: neither is suspended while something is added."""
    hold_parties(room.introduction.asker, room.introduction.asked)
    hold(room)


def side_of(by: User, room: Room) -> Side:
    """The side on which somebody sits whom a rule has let in."""
    side = room.side_of(by)
    assert side is not None  # every rule above asks for a seat
    return side


def readers_of(room: Room) -> list[User]:
    """The people who sit in a room and still speak for their side."""
    seats = list(room.seats.taken().select_related("user"))
    there = {side: set(speakers_of(room.introduction.party(side).pk).values_list("pk", flat=True)) for side in Side}
    return [seat.user for seat in seats if seat.user_id in there[Side(seat.side)]]


def _tell_of_news(room: Room, *, by: User) -> None:
    day = timezone.now().date()
    for reader in readers_of(room):
        if reader.pk != by.pk:
            write_letter(reader, "room_news", key=f"room:{room.pk}:{reader.pk}:{day}", room=str(room.pk))
