"""Names of organisations across scripts: does the English name find the entry that knows only its own script, and the other way round?"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any, Final
from uuid import UUID, uuid5

from tqdm import tqdm

from corridor.directory.logic.naming import read_name
from corridor.directory.logic.ror import Row, Skipped, read
from corridor.directory.models import Country, Organisation, OrganisationName
from corridor.directory.operations import indexing
from corridor.directory.states import NameKind
from corridor.kernel.models import Audience
from corridor.language.operations.find import Facets, find_like
from corridor.language.operations.questions import Method, ask
from corridor.launch.evaluation import pool
from corridor.launch.evaluation.database import own_database
from corridor.launch.evaluation.side_by_side import each

NAMESPACE: Final = UUID("0f6d2b7e-3a51-4c8e-9d57-6a1f4d1c9b20")
K: Final = 10
SYSTEMS: Final = ("raw", "words", "ours")
DIRECTIONS: Final = {"english_finds_local": ("english", "local"), "local_finds_english": ("local", "english")}


@dataclass(frozen=True)
class Named:
    """An organisation of the register with one name in English and one in the language of its country."""

    ror: str
    country: str
    type: str
    english: str
    local: str
    language: str

    @property
    def key(self) -> UUID:
        """An id that is the same in every run and says nothing."""
        return uuid5(NAMESPACE, self.ror)


def run(data: Path, step: int) -> dict[str, Any]:
    """Recall at ten of each system in both directions, by country."""
    return measured(named(rows(data / "ror" / "ror_lmc6.jsonl"))[::step], SYSTEMS)


def measured(listed: Sequence[Named], systems: Sequence[str]) -> dict[str, Any]:
    """Both directions, each in a database of its own."""
    figures: dict[str, Any] = {"k": K, "records": _counts(listed), "directions": {}}
    for name, (asks, stands) in DIRECTIONS.items():
        with own_database(), tqdm(desc=name, unit=" steps", mininterval=5) as bar:
            figures["directions"][name] = _direction(listed, asks, stands, systems, bar.update)
    return figures


def rows(file: Path) -> list[Row]:
    """The active records of the six countries, read as an import reads them."""
    countries = frozenset({"KH", "CN", "LA", "MM", "TH", "VN"})
    found = (
        read(_second_schema(json.loads(line)), countries) for line in file.read_text(encoding="utf-8").splitlines()
    )
    return [row for row in found if not isinstance(row, Skipped)]


def _second_schema(record: Mapping[str, Any]) -> dict[str, Any]:
    """A normalised record in the register's own shape."""
    place = {"country_code": record["country"], "name": record["city"], "country_subdivision_name": record["admin1"]}
    return {
        "id": record["id"],
        "status": record["status"],
        "types": record["types"],
        "names": record["names"],
        "locations": [{"geonames_details": place | {"lat": record["lat"], "lng": record["lon"]}}],
        "links": [{"type": "website", "value": address} for address in record["website"][:1]],
    }


def named(listed: Iterable[Row]) -> list[Named]:
    """Those with a name in English and one in their country's language; the first of each, acronyms left out."""
    found = []
    for row in listed:
        names = [(read_name(text, language), text) for kind, language, text in row.names if kind != NameKind.ACRONYM]
        english = next((text for name, text in names if name.tongue == "en"), "")
        local = next(((text, name.tongue) for name, text in names if name.tongue == LOCAL[row.country]), ("", ""))
        if english and local[0]:
            found.append(Named(row.ror, row.country, row.type, english, *local))
    return sorted(found, key=lambda one: one.ror)


LOCAL: Final = {"KH": "km", "CN": "zh-hans", "LA": "lo", "MM": "my", "TH": "th", "VN": "vi"}


def _counts(listed: Sequence[Named]) -> dict[str, int]:
    return {code: sum(one.country == code for one in listed) for code in LOCAL}


def _direction(
    listed: Sequence[Named], asks: str, stands: str, systems: Sequence[str], progress: pool.Progress
) -> dict[str, Any]:
    """One direction: entries that have one name each, asked for by the other."""
    enter(listed, stands)
    loaded = pool.load(indexing.entries(), progress)
    found: dict[str, dict[str, Any]] = {}
    for fair, lexicon in ((False, False), (True, True)):
        loaded.use(fair=fair, lexicon=lexicon)
        methods = {n: m for n, m in pool.systems(fair=fair, lexicon=lexicon).items() if n in systems}
        found |= _recall(listed, asks, methods, progress)
    return {name: found[name] for name in systems}


def enter(listed: Sequence[Named], stands: str) -> None:
    """List the organisations with one name each, with what they are and without where."""
    assert Country.objects.exists()
    Organisation.objects.bulk_create([Organisation(id=one.key, home=one.country, type=one.type) for one in listed])
    OrganisationName.objects.bulk_create(
        [
            OrganisationName(
                organisation_id=one.key,
                text=getattr(one, stands),
                language="en" if stands == "english" else one.language,
            )
            for one in listed
        ]
    )


def _recall(
    listed: Sequence[Named], asks: str, methods: Mapping[str, Method], progress: pool.Progress
) -> dict[str, dict[str, Any]]:
    def answer(one: Named) -> dict[str, bool]:
        return {name: _is_found(one, getattr(one, asks), method) for name, method in methods.items()}

    gathered: dict[str, dict[str, list[bool]]] = {name: defaultdict(list) for name in methods}
    for one, found in zip(listed, each(listed, answer, progress=progress), strict=True):
        for name, is_found in found.items():
            gathered[name][one.country].append(is_found)
    return {name: _figures(by_country) for name, by_country in gathered.items()}


def _figures(by_country: Mapping[str, Sequence[bool]]) -> dict[str, Any]:
    means = {code: fmean(by_country[code]) for code in LOCAL if by_country.get(code)}
    everyone = [found for of in by_country.values() for found in of]
    return {"recall": pool.rounded(means), "all": round(fmean(everyone), 4), **pool.summary(means)}


def _is_found(one: Named, text: str, method: Method) -> bool:
    found = find_like(ask(text, method=method), audience=Audience(None), facets=Facets(kinds=(indexing.KIND,)), limit=K)
    return one.key in {hit.record_id for hit in found.hits}
