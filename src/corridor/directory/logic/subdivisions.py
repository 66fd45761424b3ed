"""Provinces of the six as ISO 3166-2 lists them, each with its name for a reader and its code in GeoNames."""

from __future__ import annotations

import gettext
import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

import pycountry

from corridor.directory.logic.keys import key_of
from corridor.language.logic.scripts import script_counts

# The catalogue of each language in pycountry, and the script that a name in it is written in: some entries there are half translated.
CATALOGUES: Final = {"lo": ("lo", "lao"), "th": ("th", "thai"), "zh-hans": ("zh_CN", "han")}

# What is written before or after the name of a province and says only that it is one.
GENERIC: Final = re.compile(
    r"\b(province|capital|municipality|prefecture|region|state|city|autonomous region|sheng|zizhiqu|changwat|tỉnh|thành phố)\b"
    r"|ខេត្ត|រាជធានី|ແຂວງ|จังหวัด|(တိုင်းဒေသကြီး|တိုင်း|ပြည်နယ်)$|(特别行政区|自治区|省|市)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Subdivision:
    """A province, region, state or municipality of the first level.

    `code` is its ISO 3166-2 code, `name` what the directory keeps: the familiar name where ISO's spelling is one that nobody writes.
    """

    code: str
    name: str
    formal: str

    def called(self, language: str) -> str:
        """Its name for a reader of one of the seven languages; the kept name where none is known."""
        own = _known().get(self.code, {}).get(language, "")
        return str(own) or self._translated(language) or self.name

    def _translated(self, language: str) -> str:
        if language not in CATALOGUES:
            return ""
        catalogue, script = CATALOGUES[language]
        name_in = _catalogue(catalogue).gettext
        text = name_in(self.formal)
        return text if set(script_counts(text)) == {script} else ""


@cache
def subdivisions(country: str) -> tuple[Subdivision, ...]:
    """The provinces of a country (ISO 3166-1 alpha-2), by name; none for a country that ISO 3166-2 does not know.

    Source: ISO 3166-2 as the package pycountry carries it.
    """
    found = pycountry.subdivisions.get(country_code=country) or ()  # type: ignore[no-untyped-call]
    rows = [Subdivision(row.code, str(_known().get(row.code, {}).get("en", row.name)), row.name) for row in found]
    return tuple(sorted(rows, key=lambda row: key_of(row.name)))


def recognised(country: str, text: str) -> Subdivision | None:
    """The one province that a text names: by its code, or by a name in any of the seven languages. None when none or several fit."""
    by_key = _by_key(country)
    keys = (key_of(text), key_of(GENERIC.sub(" ", text)))
    return next((by_key[key] for key in keys if by_key.get(key) is not None), None)


@cache
def _by_key(country: str) -> dict[str, Subdivision | None]:
    found: dict[str, Subdivision | None] = {}
    for row in subdivisions(country):
        names = [
            row.code,
            row.name,
            row.formal,
            *(row.called(code) for code in ("km", "lo", "my", "th", "vi", "zh-hans")),
        ]
        for key in {key_of(text) for name in names for text in (name, GENERIC.sub(" ", name))} - {""}:
            found[key] = None if key in found else row
    return found


@cache
def by_geonames(country: str) -> dict[str, str]:
    """ISO 3166-2 codes by the codes that GeoNames gives to the first level of a country."""
    codes = {row.code for row in subdivisions(country)}
    return {row["geonames"]: code for code, row in _known().items() if code in codes and "geonames" in row}


@cache
def _known() -> dict[str, dict[str, Any]]:
    text = resources.files("corridor.directory").joinpath("data", "provinces.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("iso3166-2", pycountry.LOCALES_DIR, languages=[language], fallback=True)
