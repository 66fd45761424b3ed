"""Rules of a room: who may speak, lay files, propose dates, bring colleagues, leave, and say what came of it."""

from __future__ import annotations

import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corridor.directory.models import speakers_of
from corridor.kernel.logic.verdict import Verdict, together, unless
from corridor.kernel.models import User
from corridor.matching.models import ProposedDate, Room, RoomSeat
from corridor.matching.rules.introductions import HALTED, goes_on
from corridor.matching.states import OutcomeKind, Side

NOT_INSIDE = _("Only those who sit in this room can do this.")
FARTHEST = datetime.timedelta(days=366)


def may_write(user: User, room: Room) -> Verdict:
    """Whoever sits in the room adds to it, as long as somebody of the other side is there to read."""
    side = room.side_of(user)
    return together(
        unless(side is not None, NOT_INSIDE),
        unless(not room.is_halted, HALTED),
        goes_on(user, room.introduction) if side is not None else Verdict(),
        unless(
            side is None or is_manned(room, side.other),
            _("Nobody of the other side is in this room any more."),
        ),
    )


def is_manned(room: Room, side: Side) -> bool:
    """Whether somebody sits on that side who still speaks for it."""
    seated = room.seats.taken().filter(side=side).values("user")
    return speakers_of(room.introduction.party(side).pk).filter(pk__in=seated).exists()


def may_propose_date(user: User, room: Room, starts_at: datetime.datetime) -> Verdict:
    """A moment that is still to come, and not already proposed."""
    now = timezone.now()
    return together(
        may_write(user, room),
        unless(now < starts_at <= now + FARTHEST, _("Choose a moment within the coming year.")),
        unless(not room.dates.filter(starts_at=starts_at).exists(), _("This moment is proposed already.")),
    )


def may_agree_date(user: User, date: ProposedDate) -> Verdict:
    """The side that did not propose it says that it suits them, before it has passed."""
    side = date.room.side_of(user)
    return together(
        may_write(user, date.room),
        unless(side is None or side != date.side, _("The other side says whether it suits them.")),
        unless(not date.is_agreed, _("This was answered already.")),
        unless(date.starts_at > timezone.now(), _("This moment has passed.")),
    )


def may_bring(user: User, room: Room, colleague: User) -> Verdict:
    """Who sits in the room brings colleagues who speak for the same organisation, and nobody else."""
    side = room.side_of(user)
    party = room.introduction.party(side) if side else None
    own = party is not None and speakers_of(party.pk).filter(pk=colleague.pk).exists()
    return together(
        unless(side is not None, NOT_INSIDE),
        unless(side is None or own, _("Only somebody who speaks for your own organisation can be brought in.")),
        goes_on(user, room.introduction) if side is not None else Verdict(),
        unless(not room.seats.taken().filter(user=colleague).exists(), _("This person is in the room already.")),
    )


def may_leave(user: User, room: Room) -> Verdict:
    """Everybody leaves when they want; a conversation that goes on is handed to a colleague first."""
    side = room.side_of(user)
    alone = side is not None and not RoomSeat.objects.taken().filter(room=room, side=side).exclude(user=user).exists()
    ended = room.outcome is not None and room.outcome.kind == "withdrawn"
    return together(
        unless(side is not None, NOT_INSIDE),
        unless(
            not alone or ended,
            _("You are the last of your side. Bring a colleague in first, or say that you do not go on."),
        ),
    )


def may_say_outcome(user: User, room: Room, signed_on: datetime.date | None = None, *, kind: str = "") -> Verdict:
    """Either side says what came of it, as often as that changes; while a side is suspended only that it does not go on."""
    inside = room.side_of(user) is not None
    tomorrow = timezone.now().date() + datetime.timedelta(days=1)  # it may be tomorrow there already
    return together(
        unless(inside, NOT_INSIDE),
        goes_on(user, room.introduction) if inside and kind != OutcomeKind.WITHDRAWN else Verdict(),
        unless(signed_on is None or signed_on <= tomorrow, _("The day of signing has not come yet.")),
    )
