"""Invitations say the same moment to everybody."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from corridor.matching.logic.invitations import Meeting, invitation

NOW = datetime.datetime(2026, 11, 28, 12, tzinfo=datetime.UTC)


def test_half_past_in_yangon_is_on_the_hour_in_utc() -> None:
    starts = datetime.datetime(2026, 12, 1, 9, 30, tzinfo=ZoneInfo("Asia/Yangon"))
    meeting = Meeting("a@b", starts, 45, "ပြောကြမယ်; a, b", "Two\nlines", "https://video.example.org/r", is_agreed=True)
    written = invitation(meeting, stamped_at=NOW, product="Corridor")
    (event,) = Calendar.from_ical(written).walk("VEVENT")
    assert event["dtstart"].dt == datetime.datetime(2026, 12, 1, 3, tzinfo=datetime.UTC)
    assert event["dtend"].dt - event["dtstart"].dt == datetime.timedelta(minutes=45)
    assert (str(event["summary"]), str(event["status"])) == ("ပြောကြမယ်; a, b", "CONFIRMED")
    assert (str(event["url"]), str(event["description"])) == ("https://video.example.org/r", "Two\nlines")
    assert b"DTSTART:20261201T030000Z\r\n" in written
    assert b"ATTENDEE" not in written


def test_what_is_not_agreed_is_tentative_and_has_no_link() -> None:
    written = invitation(Meeting("a@b", NOW, 30, "Meeting"), stamped_at=NOW, product="Corridor")
    assert (b"STATUS:TENTATIVE" in written, b"URL" in written) == (True, False)


def test_a_moment_without_a_zone_is_none() -> None:
    with pytest.raises(ValueError, match="some zone"):
        invitation(Meeting("a@b", datetime.datetime(2026, 1, 1), 30, "x"), stamped_at=NOW, product="Corridor")  # noqa: DTZ001
