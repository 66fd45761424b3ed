"""Compiled translations, made in Python so that no machine needs GNU gettext.

They lie under the folder of the run and not beside their sources, for the checkout may be another user's.
"""

import secrets
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCES = Path(__file__).resolve().parents[1] / "locale"


def stale_catalogues(to: Path, sources: Path = SOURCES) -> dict[Path, Path]:
    """The translations that are newer than what was compiled from them: source -> compiled file."""
    found = {
        source: to / source.relative_to(sources).with_suffix(".mo") for source in sources.glob("*/LC_MESSAGES/*.po")
    }
    return {source: compiled for source, compiled in sorted(found.items()) if _is_stale(source, compiled)}


def compile_catalogues(to: Path, sources: Path = SOURCES) -> list[Path]:
    """Compile what is stale, each file whole or not at all; returns what was compiled."""
    stale = stale_catalogues(to, sources)
    for source, compiled in stale.items():
        compiled.parent.mkdir(parents=True, exist_ok=True)
        draft = compiled.with_name(f"{compiled.name}.{secrets.token_hex(4)}")
        with source.open("rb") as text, draft.open("wb") as file:
            write_mo(file, read_po(text, locale=source.parent.parent.name, abort_invalid=True))
        draft.replace(compiled)
    return list(stale.values())


def _is_stale(source: Path, compiled: Path) -> bool:
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime
