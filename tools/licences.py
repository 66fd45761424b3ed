"""Refuses packages whose licence would bind whoever runs Corridor: nothing GPL or AGPL at run time."""

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
REFUSED = re.compile(
    r"\b(A?GPL|SSPL)|(?<!Lesser )(?<!Library )General Public|Affero|Commons Clause|Business Source", re.IGNORECASE
)
ALLOWED = {
    "psycopg": "LGPL-3.0: imported, never changed; an operator can put another version in its place",
    "psycopg-binary": "LGPL-3.0: as psycopg",
    "psycopg-pool": "LGPL-3.0: as psycopg",
    "pycountry": "LGPL-2.1: imported, never changed; an operator can put another version in its place",
}


def main() -> None:
    """Name every package that may not be here; silence means all are fine."""
    faults = refused(licences(), run_time_packages())
    for fault in faults:
        print(fault)
    sys.exit(1 if faults else 0)


def run_time_packages() -> set[str]:
    """Names of the packages that an installation gets."""
    lines = (CHECKOUT / "requirements" / "base.txt").read_text().splitlines()
    return {_canonical(line.split("==")[0]) for line in lines if re.match(r"[A-Za-z0-9]", line)}


def licences() -> dict[str, str]:
    """What each installed package says of itself: name -> licence."""
    command = [sys.executable, "-m", "piplicenses", "--from=mixed", "--format=json", "--with-system"]
    listed = json.loads(subprocess.check_output(command, text=True))
    return {_canonical(package["Name"]): package["License"] for package in listed}


def refused(found: Mapping[str, str], wanted: set[str]) -> list[str]:
    """One line for each wanted package whose licence is unknown, or refused and not allowed by name."""
    known = {name: found[name] for name in sorted(wanted) if name in found and name not in ALLOWED}
    return [
        f"{name}: {licence}" for name, licence in known.items() if licence.upper() in ("UNKNOWN", "") or _binds(licence)
    ]


def _binds(licence: str) -> bool:
    """Of several licences to choose from, one free choice is enough."""
    choices = re.split(r"\bOR\b|;", licence)
    return all(REFUSED.search(choice) or "LGPL" in choice.upper() or "LESSER" in choice.upper() for choice in choices)


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name.strip()).lower()


if __name__ == "__main__":
    main()
