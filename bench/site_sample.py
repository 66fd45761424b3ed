"""What the sample lacks so that every measured page has something to show, made by the verbs that people use."""

import datetime
from dataclasses import dataclass
from typing import Any, Final

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import call_command
from django.http import QueryDict
from django.utils import timezone

from corridor.directory.models import Organisation
from corridor.directory.operations import corrections, duplicates, membership
from corridor.kernel.models import User
from corridor.matching.models import Calendar, Introduction, Notice, Room
from corridor.matching.operations import alerts, calendars, introductions, notices, rooms, saved_searches
from corridor.matching.states import Rhythm
from corridor.web.search.asked import Asked

HOME: Final = "LA"
MESSAGES: Final = 30
"""A whole page of a room."""
SAVED: Final = ("q=coffee+dryer", "q=university", "country=LA", "kind=organisation&q=institute+of+soils&country=LA")
SECRET: Final = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - of an invented person


@dataclass(frozen=True)
class Scene:
    """Who reads the pages, and what some of them are about."""

    manager: User
    officer: User
    room: Room
    waiting: Introduction
    asked: Notice
    submitted: Notice
    reported: Notice
    calendar: Calendar


def furnish() -> Scene:
    """Make what is missing from the sample that was loaded. `follow` then does what the workers do."""
    people = {user.email.partition("@")[0]: user for user in User.objects.filter(is_sample=True)}
    manager, officer, writer = people["manager.la"], people["officer.la"], people["author.la"]
    own = Organisation.objects.get(pk__in=manager.audience.organisations)
    second_factor(manager)
    second_factor(officer)
    for saved in SAVED:
        save_search(Asked.read(QueryDict(saved)), by=manager)
    reported = published(own, by=manager, officer=officer, title="We look for partners for drying coffee")
    suspended = published(own, by=manager, officer=officer, title="A text that does not stand any more")
    notices.watch(reported, by=manager)
    notices.report(reported, by=people["manager.th"], reason="false", remark="The numbers are wrong.")
    notices.suspend(suspended, by=officer, reason="The numbers are wrong.")
    submitted = drafted(own, by=writer, title="Beans wait for a roaster")
    notices.submit(submitted, by=writer)
    drafted(own, by=manager, title="A draft about a washing station")
    corrections.suggest_correction(own, by=people["manager.th"], aspect="place", text="They have moved.")
    membership.ask_membership(
        people["outsider"], home=HOME, organisation=own, statement="I work there.", by=people["outsider"]
    )
    return Scene(
        manager=manager,
        officer=officer,
        room=talked_in(Room.objects.visible_to(manager).earliest("created_at")),
        waiting=asked_of(own, by=people["manager.kh"]),
        asked=Notice.objects.visible_to(None).open().filter(home="VN", is_sample=True).earliest("pk"),
        submitted=submitted,
        reported=reported,
        calendar=calendars.open_calendar(by=manager),
    )


def second_factor(user: User) -> None:
    """An app for codes, and recovery codes."""
    if not Authenticator.objects.filter(user=user).exists():
        TOTP.activate(user, SECRET)
        RecoveryCodes.activate(user)
        user.__dict__.pop("audience", None)


def save_search(asked: Asked, *, by: User) -> None:
    """Save a search as its page does."""
    saved_searches.keep(
        by=by, text=asked.heard, spoken=asked.spoken, asked=asked.parameters(), facets=asked.standing_facets(),
        rhythm=Rhythm.WEEKLY,
    )  # fmt: skip


def drafted(own: Organisation, *, by: User, title: str) -> Notice:
    """A notice that could be submitted at once."""
    said: dict[str, Any] = {
        "title": title,
        "text": "Parchment coffee of 180 families in the rainy season.",
        "language": "en",
    }
    made = notices.draft(by=by, kind="need", organisation=own, home=own.home, is_sample=True, **said)
    until = timezone.now().date() + datetime.timedelta(days=9)
    notices.write(made, by=by, facts={"themes": ["industry"], "valid_until": until})
    return made


def published(own: Organisation, *, by: User, officer: User, title: str) -> Notice:
    """A notice that everybody reads."""
    made = drafted(own, by=by, title=title)
    return notices.publish(notices.submit(made, by=by), by=officer)


def talked_in(room: Room) -> Room:
    """The room with a whole page of messages, by both sides in turn."""
    seated = [seat.user for seat in room.seats.taken().select_related("user").order_by("pk")]
    for number in range(MESSAGES - room.messages.count()):
        rooms.write_message(room, by=seated[number % len(seated)], text=f"Message {number}.", language="en")
    return room


def asked_of(own: Organisation, *, by: User) -> Introduction:
    """A request that waits for the answer of the organisation."""
    asker = Organisation.objects.get(pk__in=by.audience.organisations)
    said: dict[str, Any] = {
        "who_we_are": "We mill rice.",
        "interest": "We would like to dry coffee too.",
        "language": "en",
    }
    return introductions.ask_introduction(asker, own, by=by, themes=["industry"], **said)


def follow() -> None:
    """Do what the workers of a site do: the index, the findings of saved searches, the likely duplicates of one country."""
    call_command("reindex", if_needed=True)
    while alerts.match_arrivals():
        pass
    duplicates.everything(country=HOME)
