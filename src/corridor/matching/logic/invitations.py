"""Invitations that calendars read."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from icalendar import Calendar, Event


@dataclass(frozen=True)
class Meeting:
    """When people meet: `starts_at` with a zone, `minutes` long, under a name; `link` is where on the web, or empty."""

    uid: str
    starts_at: datetime.datetime
    minutes: int
    title: str
    text: str = ""
    link: str = ""
    is_agreed: bool = False


def invitation(meeting: Meeting, *, stamped_at: datetime.datetime, product: str) -> bytes:
    """One meeting as an iCalendar file (RFC 5545) in UTC, which every calendar shows in its owner's own zone.

    The link stands as URL and, for programs that offer a button, as CONFERENCE (RFC 7986 §5.11). Nobody is named: whoever
    takes the file into a calendar writes to nobody by it. Raises ValueError for a start without a zone.
    """
    if meeting.starts_at.tzinfo is None:
        raise ValueError("a meeting starts in some zone")
    starts = meeting.starts_at.astimezone(datetime.UTC)
    calendar, event = Calendar(), Event()
    calendar.add("prodid", f"-//{product}//corridor//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event.add("uid", meeting.uid)
    event.add("dtstamp", stamped_at.astimezone(datetime.UTC))
    event.add("dtstart", starts)
    event.add("dtend", starts + datetime.timedelta(minutes=meeting.minutes))
    event.add("summary", meeting.title)
    event.add("status", "CONFIRMED" if meeting.is_agreed else "TENTATIVE")
    if meeting.text:
        event.add("description", meeting.text)
    if meeting.link:
        event.add("url", meeting.link)
        event.add("conference", meeting.link, parameters={"VALUE": "URI"})
        event.add("location", meeting.link)
    calendar.add_component(event)
    return bytes(calendar.to_ical())
