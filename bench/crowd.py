"""Thousands of invented organisations, as a dump of the register that `corridor load organisations` reads."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

COUNTRIES: Final = ("KH", "CN", "LA", "MM", "TH", "VN")
SYLLABLES: Final = ("ba", "chan", "dao", "kha", "lin", "mai", "nong", "phu", "rat", "san", "tien", "vong", "xay", "yun")
WORKS: Final = ("Institute of Soils", "University", "Seed Company", "District Hospital", "Water Agency", "Tool Works")
SEED: Final = 20260101
SPREAD: Final = 0.6
# A point inland of each country, longitude and latitude, around which its organisations lie.
MIDDLES: Final = {
    "KH": (105.0, 12.5), "CN": (106.0, 30.0), "LA": (102.6, 19.6), "MM": (96.0, 21.0), "TH": (101.0, 15.5), "VN": (105.5, 21.0),
}  # fmt: skip


def write_dump(file: Path, count: int) -> None:
    """Write so many records, the same ones every time."""
    file.write_text(json.dumps(list(_records(count))), encoding="utf-8")


def _records(count: int) -> Iterator[dict[str, Any]]:
    draw = random.Random(SEED)  # noqa: S311 - a fixed draw for a benchmark, no secret
    lies = random.Random(SEED + 1)  # noqa: S311 - of its own, so that names stay what they were
    for number in range(count):
        country = COUNTRIES[number % len(COUNTRIES)]
        word = "".join(draw.choices(SYLLABLES, k=3)).title()
        east, north = (round(middle + lies.uniform(-SPREAD, SPREAD), 4) for middle in MIDDLES[country])
        place = {"country_code": country, "name": word, "country_subdivision_name": word, "lat": north, "lng": east}
        name = f"{word} {draw.choice(WORKS)} {number}"
        yield {
            "id": f"https://ror.org/0bench{number:05d}"[:29],
            "status": "active",
            "types": ["education"],
            "names": [{"value": name, "lang": "en", "types": ["ror_display", "label"]}],
            "locations": [{"geonames_details": place}],
            "links": [],
        }
