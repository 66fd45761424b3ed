"""Records of an invented register in the two schemas of ROR, and files of them."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any


def second(number: int, country: str = "LA", **changes: Any) -> dict[str, Any]:
    """A record of schema 2."""
    return {
        "id": f"https://ror.org/0{number:06d}a1",
        "status": "active",
        "types": ["education", "funder"],
        "links": [
            {"type": "wikipedia", "value": "https://example.org/wiki"},
            {"type": "website", "value": f"https://u{number}.example.org"},
        ],
        "locations": [
            {
                "geonames_details": {
                    "country_code": country, "name": "Pakse", "country_subdivision_name": "Champasak",
                    "lat": 15.12, "lng": 105.8,
                }
            }
        ],
        "names": [
            {"value": f"ມະຫາວິທະຍາໄລ {number}", "types": ["label"], "lang": "lo"},
            {"value": f"University {number}", "types": ["ror_display", "label"], "lang": "en"},
            {"value": f"U{number}", "types": ["acronym"], "lang": None},
            {"value": f"Old college {number}", "types": ["alias"], "lang": None},
            {"value": f"大学 {number}", "types": ["label"], "lang": "zh"},
        ],
        **changes,
    }  # fmt: skip


def first(number: int, country: str = "VN", **changes: Any) -> dict[str, Any]:
    """A record of schema 1."""
    return {
        "id": f"https://ror.org/0{number:06d}b1",
        "status": "active",
        "name": f"Institute {number}",
        "types": ["Facility"],
        "links": [f"https://i{number}.example.org"],
        "aliases": [f"Old institute {number}"],
        "acronyms": [f"I{number}"],
        "labels": [{"label": f"Viện {number}", "iso639": "vi"}],
        "addresses": [{"city": "Hue", "state": "Thua Thien", "lat": 16.46, "lng": 107.6}],
        "country": {"country_code": country, "country_name": "Somewhere"},
        **changes,
    }


def plain(folder: Path, *records: Any) -> Path:
    """A JSON file of them."""
    path = folder / "dump.json"
    path.write_text(json.dumps(records, ensure_ascii=False), encoding="utf-8")
    return path


def zipped(folder: Path, **files: Any) -> Path:
    """A zip file of JSON files; `__` in a name stands for a dot."""
    path = folder / "dump.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, records in files.items():
            text = records if isinstance(records, str) else json.dumps(records)
            archive.writestr(name.replace("__", "."), text)
    return path
