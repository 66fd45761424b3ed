"""Where results go: a page of the documentation between markers, and JSON under var/bench."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def write_page(page: Path, name: str, told: str) -> None:
    """Put a suite's figures between its markers. Raises ValueError when the page has none."""
    text = page.read_text(encoding="utf-8")
    opening, closing = f"<!-- measured: {name} -->", f"<!-- end: {name} -->"
    pattern = re.compile(f"{re.escape(opening)}.*?{re.escape(closing)}", re.DOTALL)
    if len(pattern.findall(text)) != 1:
        raise ValueError(f"{page} has no place {opening} … {closing}")
    page.write_text(pattern.sub(lambda _: f"{opening}\n{told}\n{closing}", text), encoding="utf-8")


def write_json(folder: Path, name: str, content: Mapping[str, Any]) -> Path:
    """Keep a suite's figures as they were measured."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.json"
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return file


def circumstances(on: Mapping[str, Any], seconds: float) -> str:
    """One line: when, with what, on what."""
    return (
        f"*Measured on {on['on']} with `{on['command']}` in {seconds / 60:.1f} minutes, at version {on['commit']}, "
        f"on {on['cpu']}, {on['cores']} cores, {on['memory_gb']} GB, load average {on['load_average']} at the start; "
        f"Python {on['python']}, PostgreSQL {on['postgresql']}, pgvector {on['pgvector']}, engine {on['engine']}, "
        f"correction {on['correction']}.*"
    )
