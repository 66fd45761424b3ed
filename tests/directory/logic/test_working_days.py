"""Working days of an office, by its own weekend."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.directory.logic.working_days import last_day

MONDAY = datetime.date(2026, 11, 23)
FRIDAY = datetime.date(2026, 11, 27)
WEEKEND = [5, 6]


@pytest.mark.parametrize(
    ("start", "days", "weekend", "expected"),
    [
        (MONDAY, 0, WEEKEND, MONDAY),
        (MONDAY, 3, WEEKEND, datetime.date(2026, 11, 26)),
        (FRIDAY, 1, WEEKEND, datetime.date(2026, 11, 30)),
        (FRIDAY, 1, [4, 5], datetime.date(2026, 11, 29)),
        (datetime.date(2026, 11, 28), 1, WEEKEND, datetime.date(2026, 11, 30)),
        (MONDAY, 5, [], datetime.date(2026, 11, 28)),
    ],
)
def test_days_of_the_weekend_do_not_count(
    start: datetime.date, days: int, weekend: list[int], expected: datetime.date
) -> None:
    assert last_day(start, days, weekend) == expected


@pytest.mark.parametrize(("days", "weekend"), [(-1, WEEKEND), (1, range(7))])
def test_what_never_ends_is_an_error(days: int, weekend: list[int]) -> None:
    with pytest.raises(ValueError, match="working days"):
        last_day(MONDAY, days, weekend)


@given(
    st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 1, 1)),
    st.integers(1, 60),
    st.sets(st.integers(0, 6), max_size=6),
)
def test_just_so_many_working_days_lie_after_the_start(start: datetime.date, days: int, weekend: set[int]) -> None:
    end = last_day(start, days, weekend)
    passed = [start + datetime.timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert sum(day.weekday() not in weekend for day in passed) == days
    assert end.weekday() not in weekend
