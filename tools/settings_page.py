"""Writes docs/settings.md from the settings themselves, so that the page cannot lag behind."""

import json
import os
import sys
from pathlib import Path

from pydantic.fields import FieldInfo

from corridor.environment import CHECKOUT, Environment

PAGE = Path(__file__).resolve().parents[1] / "docs" / "settings.md"
HEAD = """# Settings

Every setting is an environment variable. Nothing needs to be set for `make run`: without any, Corridor starts in
development mode with an embedded PostgreSQL, for this machine alone. A wrong value stops the start and names itself;
`corridor doctor` also finds misspelt names. This page is written by `tools/settings_page.py`.

| variable | kind | if unset | what it is for |
|---|---|---|---|
"""
TAIL = """
Three more are read before the settings are: `CORRIDOR_VENV` (the folder of the Python environment that `make` uses),
`PYTHON` (the Python that makes it) and `CHROMIUM` (the browser of the journeys in `make test`).
"""


def page() -> str:
    """The whole page."""
    rows = [row(name, field) for name, field in Environment.model_fields.items()]
    return HEAD + "".join(rows) + TAIL


def row(name: str, field: FieldInfo) -> str:
    """One variable."""
    description = (field.description or "").replace("|", "\\|")
    return f"| `CORRIDOR_{name.upper()}` | {kind(field)} | {default(field)} | {description} |\n"


def kind(field: FieldInfo) -> str:
    """What an operator writes."""
    limits = [
        f"{name} {getattr(item, attribute)}"
        for item in field.metadata
        for name, attribute in BOUNDS
        if hasattr(item, attribute)
    ]
    name = KINDS.get(field.annotation, "text")
    return f"{name}, {', '.join(limits)}" if limits else name


def default(field: FieldInfo) -> str:
    """What holds without it, in the form in which it would be written."""
    value = field.default
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, Path):
        return f"`{os.path.relpath(value, CHECKOUT)}`"
    if isinstance(value, list):
        return f"`{','.join(value)}`"
    if isinstance(value, dict):
        return f"`{json.dumps(value)}`"
    return f"`{value}`" if value not in ("", None) else "empty"


BOUNDS = (("from", "ge"), ("to", "le"))
KINDS = {bool: "true or false", int: "number", float: "number", Path: "folder"}


if __name__ == "__main__":
    if sys.argv[1:] == ["check"]:
        sys.exit(0 if PAGE.read_text() == page() else "docs/settings.md is out of step: run tools/settings_page.py")
    PAGE.write_text(page())
