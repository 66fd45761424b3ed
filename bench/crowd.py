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


def write_dump(file: Path, count: int) -> None:
    """Write so many records, the same ones every time."""
    file.write_text(json.dumps(list(_records(count))), encoding="utf-8")


def _records(count: int) -> Iterator[dict[str, Any]]:
    draw = random.Random(SEED)  # noqa: S311 - a fixed draw for a benchmark, no secret
    for number in range(count):
        country = COUNTRIES[number % len(COUNTRIES)]
        word = "".join(draw.choices(SYLLABLES, k=3)).title()
        name = f"{word} {draw.choice(WORKS)} {number}"
        yield {
            "id": f"https://ror.org/0bench{number:05d}"[:29],
            "status": "active",
            "types": ["education"],
            "names": [{"value": name, "lang": "en", "types": ["ror_display", "label"]}],
            "locations": [
                {"geonames_details": {"country_code": country, "name": word, "country_subdivision_name": word}}
            ],
            "links": [],
        }
