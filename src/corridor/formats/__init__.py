"""How dates and numbers are written in seven languages: Gregorian years and Latin digits, as forms need them.

Dates for reading come from CLDR (the component date_with_zone); these formats serve forms and plain filters. ISO dates come
first everywhere, since that is what a date field of a browser sends and shows.
"""

TIMES = ["%H:%M", "%H:%M:%S"]


def with_times(days: list[str]) -> list[str]:
    """Moments that people may type: a day, a blank or the T of ISO, and a time."""
    return [f"{day}{between}{time}" for between in ("T", " ") for day in days for time in TIMES]


DAY_FIRST = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]
YEAR_FIRST = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"]
DAY_FIRST_TIMES = with_times(DAY_FIRST)
YEAR_FIRST_TIMES = with_times(YEAR_FIRST)
