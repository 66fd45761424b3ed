"""Names of months, days and halves of the day, which nobody needs to translate: CLDR has them in every language."""

from babel import Locale
from django.utils import dates
from django.utils.translation import override

PERIODS = {"a.m.": "am", "p.m.": "pm", "AM": "am", "PM": "pm", "midnight": "midnight", "noon": "noon"}


def calendar_texts(locale: str) -> dict[tuple[str, str], str]:
    """What Django calls a month or a day in English, with its context -> the name in one language."""
    said = Locale.parse(locale)
    wide, short = said.months["format"]["wide"], said.months["format"]["abbreviated"]
    texts: dict[tuple[str, str], str] = {}
    with override(None):
        for names, context, native in (
            (dates.MONTHS, "", wide),
            (dates.MONTHS_ALT, "alt. month", wide),
            (dates.MONTHS_3, "", short),
            (dates.MONTHS_AP, "abbrev. month", short),
            (dates.WEEKDAYS, "", said.days["format"]["wide"]),
            (dates.WEEKDAYS_ABBR, "", said.days["format"]["abbreviated"]),
        ):
            texts |= {(str(name), context): native[number] for number, name in names.items()}
    periods = {**said.day_periods["format"].get("abbreviated", {}), **said.day_periods["format"]["wide"]}
    return texts | {(english, ""): periods[name] for english, name in PERIODS.items() if name in periods}
