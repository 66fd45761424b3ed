"""Verbs of outcomes: say what came of a conversation, ask for it by mail, and answer with one click."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.db.models import Max, OuterRef, Subquery
from django.utils import timezone

from corridor.kernel.models import User
from corridor.kernel.operations import hold, record, write_letter
from corridor.matching import rules
from corridor.matching.models import ASKED_AFTER_DAYS, Introduction, Outcome, Room
from corridor.matching.operations.rooms import hold_room, readers_of, side_of
from corridor.matching.states import IntroductionState, OutcomeKind

SALT = "corridor.matching.outcomes"
LINK_HOLDS = datetime.timedelta(days=60)
# Fewer than this in a cell, and one could tell who it was.
FEWEST_SHOWN = 3


@transaction.atomic
def say_outcome(
    room: Room,
    *,
    by: User,
    kind: str,
    reason: str = "",
    agreement: str = "",
    signed_on: datetime.date | None = None,
    has_ip_schedule: bool | None = None,
    is_by_mail: bool = False,
) -> Outcome:
    """Say how it stands today. Earlier words stay; the newest counts."""
    hold_room(room)
    rules.may_say_outcome(by, room, signed_on, kind=kind).enforce()
    before = room.outcomes.aggregate(last=Max("number"))["last"] or 0
    made = Outcome.objects.create(
        room=room,
        number=before + 1,
        side=side_of(by, room),
        said_by=by,
        kind=kind,
        reason=reason if kind == OutcomeKind.WITHDRAWN else "",
        **(
            {"agreement": agreement, "signed_on": signed_on, "has_ip_schedule": has_ip_schedule}
            if kind == OutcomeKind.AGREED
            else {}
        ),
    )
    record("room.outcome_said", room, by=by, kind=kind, number=made.number, by_mail=is_by_mail)
    return made


@transaction.atomic
def ask_outcome(room: Room) -> int:
    """Ask both sides by mail what came of it, when 30, 90 or 180 days have passed. Answers how many were asked.

    A clock that jumps over several of these days asks once and not several times. While it rests nobody is asked; afterwards once.
    """
    hold(room)
    if room.introduction.rests:
        return 0
    passed = (timezone.now() - room.created_at).days
    due = max((days for days in ASKED_AFTER_DAYS if room.asked_after < days <= passed), default=0)
    if not due:
        return 0
    room.asked_after = due
    room.save(update_fields=["asked_after"])
    if is_settled(room):
        return 0
    people = readers_of(room)
    for person in people:
        key = f"outcome:{room.pk}:{due}:{person.pk}"
        write_letter(person, "outcome_asked", key=key, room=str(room.pk), token=token_of(room, person), days=due)
    record("room.outcome_asked", room, by=None, days=due)
    return len(people)


def is_settled(room: Room) -> bool:
    """Whether nothing is left to ask: they do not go on, or what they agreed on is signed."""
    last = room.outcome
    return last is not None and (last.kind == OutcomeKind.WITHDRAWN or last.signed_on is not None)


def rooms_to_ask() -> list[Room]:
    """The rooms whose parties may have to be asked today."""
    now = timezone.now()
    due = Room.objects.none()
    for earlier, days in zip((0, *ASKED_AFTER_DAYS), ASKED_AFTER_DAYS, strict=False):
        due |= Room.objects.filter(asked_after=earlier, created_at__lte=now - datetime.timedelta(days=days))
    return list(due.select_related("introduction__asker", "introduction__asked"))


def token_of(room: Room, person: User) -> str:
    """What follows the address in a mailed question: which room, and who answers. It says nothing to anybody else."""
    return signing.dumps([room.pk.hex, person.pk.hex], salt=SALT)


def read_token(token: str) -> tuple[Room, User] | None:
    """Whose question a link answers, if it is genuine, not too old, and the person still sits in that room."""
    try:
        room_key, person_key = signing.loads(token, salt=SALT, max_age=LINK_HOLDS)
    except signing.BadSignature:
        return None
    person = User.objects.filter(pk=UUID(person_key), is_active=True).first()
    room = Room.objects.visible_to(person).for_reading().filter(pk=UUID(room_key)).first()
    return (room, person) if room is not None and person is not None else None


@dataclass(frozen=True)
class Flow:
    """What went from one country to another: conversations that began, and those that led to an agreement."""

    asker: str
    asked: str
    accepted: int
    agreed: int

    @property
    def is_shown(self) -> bool:
        """Whether it may be told without telling of somebody."""
        return self.accepted >= FEWEST_SHOWN


def flows() -> list[Flow]:
    """Conversations by pair and direction of countries, counted from the records; the sample counts for nothing."""
    newest = Outcome.objects.filter(room__introduction=OuterRef("pk")).order_by("-number").values("kind")[:1]
    accepted = Introduction.objects.filter(state=IntroductionState.ACCEPTED, is_sample=False)
    rows: Any = accepted.order_by().annotate(kind=Subquery(newest)).values_list("asker__home", "asked__home", "kind")
    counted: dict[tuple[str, str], list[int]] = {}
    for asker, asked, kind in rows:
        cell = counted.setdefault((asker, asked), [0, 0])
        cell[0] += 1
        cell[1] += kind == OutcomeKind.AGREED
    return [Flow(*pair, *cell) for pair, cell in counted.items()]
