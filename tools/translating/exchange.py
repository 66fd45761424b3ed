"""Work handed to translators and taken back: a plain list in JSON, so that nobody edits a catalogue by hand."""

import json
from pathlib import Path

from tools.translating import catalogue as catalogues
from tools.translating.messages import Messages
from tools.translating.validity import faults


class RowsError(Exception):
    """Rows that were not taken, each with its reason."""


def hand_out(language: str, messages: Messages, to: Path, *, only_missing: bool = False) -> int:
    """Write what is to be translated, with what stands now; returns how many rows."""
    texts = catalogues.merged(catalogues.read(language), messages).texts
    rows = [
        {
            "id": number,
            "context": message.context,
            "english": message.english,
            **({"plural": message.plural} if message.plural else {}),
            "places": sorted(message.places),
            **({"notes": sorted(message.notes)} if message.notes else {}),
            "current": texts[message.key],
        }
        for number, message in enumerate(messages, start=1)
        if not (only_missing and texts[message.key])
    ]
    to.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return len(rows)


def take_in(language: str, messages: Messages, source: Path) -> int:
    """Take the rows whose `current` is filled; returns how many texts changed. Bad rows are named, good ones are kept."""
    catalogue = catalogues.merged(catalogues.read(language), messages)
    refused, changed = [], 0
    for number, row in enumerate(_rows(source), start=1):
        message = messages.get((row.get("english", ""), row.get("context", "")))
        text = row.get("current", "")
        if message is None:
            refused.append(f"row {row.get('id', number)}: {row.get('english', '')!r} is not said any more")
        elif text and (wrong := faults(message, text)):
            refused.append(f"row {row.get('id', number)}: {message.name}: {'; '.join(wrong)}")
        elif text and text != catalogue.texts[message.key]:
            catalogue.texts[message.key] = text
            catalogue.fuzzy.discard(message.key)
            changed += 1
    catalogues.write(catalogue, messages)
    if refused:
        raise RowsError(f"{changed} texts taken, {len(refused)} rows refused:\n  " + "\n  ".join(refused))
    return changed


def _rows(source: Path) -> list[dict[str, str]]:
    rows = json.loads(source.read_text(encoding="utf-8"))
    if not isinstance(rows, list) or not all(
        isinstance(row, dict) and isinstance(row.get("english"), str) for row in rows
    ):
        raise RowsError("the file is not a list of rows with 'english' and 'current'")
    wrong = [str(row.get("id")) for row in rows if not isinstance(row.get("current", ""), str)]
    if wrong:
        raise RowsError(f"'current' is not a text in row {', '.join(wrong)}")
    return rows
