"""Dates as a reader sees them: CLDR's wording, Gregorian years, Latin digits, and always the zone of a moment."""

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from babel.dates import format_date
from django.utils.translation import gettext as _

from corridor.web.components.names import country_of_zone, reader_locale


def zone_of(zone: str | datetime.tzinfo) -> datetime.tzinfo:
    """A zone by its name, or as it is."""
    return ZoneInfo(zone) if isinstance(zone, str) else zone


def offset_minutes(moment: datetime.datetime) -> int:
    """Minutes ahead of UTC."""
    ahead = moment.utcoffset()
    return int(ahead.total_seconds() // 60) if ahead else 0


def offset_in_words(moment: datetime.datetime) -> str:
    """The offset as everybody can reckon with it, for example UTC+06:30."""
    minutes = offset_minutes(moment)
    return f"UTC{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def day_in_words(day: datetime.date) -> str:
    """A day in the reader's language, with the month as a word."""
    return format_date(day, format="long", locale=reader_locale())


@dataclass(frozen=True)
class WrittenMoment:
    """A moment in words: in its own zone and, where that differs, in the reader's."""

    machine: str
    day: str
    time: str
    zone: str
    offset: int | None
    yours: str


def write_moment(
    moment: datetime.datetime | datetime.date, *, zone: str | datetime.tzinfo, mine: str | datetime.tzinfo | None
) -> WrittenMoment:
    """Put a deadline into words. A bare date is a whole day in its zone."""
    place = country_of_zone(zone if isinstance(zone, str) else str(zone))
    if not isinstance(moment, datetime.datetime):
        noon = datetime.datetime.combine(moment, datetime.time(12), tzinfo=zone_of(zone))
        label = ", ".join(part for part in (place, offset_in_words(noon)) if part)
        return WrittenMoment(moment.isoformat(), day_in_words(moment), "", label, None, "")
    there = moment.astimezone(zone_of(zone))
    label = ", ".join(part for part in (place, offset_in_words(there)) if part)
    return WrittenMoment(
        machine=there.isoformat(timespec="minutes"),
        day=day_in_words(there.date()),
        time=f"{there:%H:%M}",
        zone=label,
        offset=offset_minutes(there) if mine is None else None,
        yours=in_yours(there, zone_of(mine)) if mine is not None else "",
    )


def in_yours(there: datetime.datetime, mine: datetime.tzinfo) -> str:
    """The same moment for somebody in another zone; empty where the clocks agree."""
    here = there.astimezone(mine)
    if here.utcoffset() == there.utcoffset():
        return ""
    day = f"{day_in_words(here.date())}, " if here.date() != there.date() else ""
    return _("for you: %(time)s (%(zone)s)") % {"time": f"{day}{here:%H:%M}", "zone": offset_in_words(here)}
