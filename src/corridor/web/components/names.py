"""Names of countries and languages as a reader sees them, without asking the database."""

import json
from functools import cache
from importlib import resources
from typing import Any

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.utils.translation import get_language

from corridor.language.states import Language

LOCALES = {"en": "en_GB", "zh-hans": "zh_Hans"}


def reader_language() -> str:
    """The code of the interface language in force."""
    return get_language() or settings.LANGUAGE_CODE


def reader_locale() -> Locale:
    """CLDR's locale for the interface language; Django itself has no dates for Lao, Khmer and Burmese."""
    code = reader_language()
    return Locale.parse(LOCALES.get(code, code))


@cache
def shipped_countries() -> dict[str, dict[str, Any]]:
    """The six as the installation ships them, in their order, by ISO code."""
    text = resources.files("corridor.directory").joinpath("data", "countries.json").read_text(encoding="utf-8")
    return {country["code"]: country for country in json.loads(text)}


def country_in_words(country: object) -> str:
    """A country's name in the reader's language, from its record or from its ISO code."""
    code = str(getattr(country, "code", country))
    known = shipped_countries().get(code)
    if known is None:
        return str(Locale.parse("en_GB").territories.get(code, code))
    return str(known["names"].get(reader_language(), known["names"]["en"]))


def country_of_zone(zone: str) -> str:
    """The name of the country that keeps this time; empty for zones of others."""
    found = [code for code, country in shipped_countries().items() if country["time_zone"] == zone]
    return country_in_words(found[0]) if found else ""


def own_name(language: str) -> str:
    """A language's name in its own script."""
    known = dict(settings.LANGUAGES)
    if language in known:
        return str(known[language])
    try:
        return Locale.parse(language.replace("-", "_")).get_display_name() or language
    except (ValueError, UnknownLocaleError):
        return language


def name_for_reader(language: str) -> str:
    """A language's name in the reader's language: ours for the seven, CLDR's for others."""
    if language in Language:
        return str(Language(language).label)
    return str(reader_locale().languages.get(language, language))
