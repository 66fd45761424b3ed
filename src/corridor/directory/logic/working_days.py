"""Days on which an office works."""

from __future__ import annotations

import datetime
from collections.abc import Collection

ONE_DAY = datetime.timedelta(days=1)


def last_day(start: datetime.date, days: int, weekend: Collection[int]) -> datetime.date:
    """The day on which `days` working days have passed since `start`, which itself does not count.

    `weekend` holds days of the week, 0 for Monday to 6 for Sunday. Public holidays are not known here, so they count as
    working days. Raises ValueError for a week without a working day and for a negative number of days.
    """
    if days < 0 or set(range(7)) <= set(weekend):
        raise ValueError(f"no {days} working days with a weekend of {sorted(weekend)}")
    day = start
    while days:
        day += ONE_DAY
        days -= day.weekday() not in weekend
    return day
