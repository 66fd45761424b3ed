"""The house's own files, as its tests read them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGE = CHECKOUT / "src" / "corridor"
TEMPLATES = PACKAGE / "web" / "templates"
CODE = ("src", "tools", "bench", "tests")


@cache
def tracked_files() -> tuple[Path, ...]:
    """Everything that belongs to the repository, whether it was committed already or not."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=CHECKOUT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return tuple(path for name in listed.split("\0") if name and (path := CHECKOUT / name).is_file())


@cache
def modules(*tops: str) -> tuple[Path, ...]:
    """Python files below the given folders; migrations are made by Django and left out."""
    return tuple(
        path
        for top in tops or CODE
        for path in sorted((CHECKOUT / top).rglob("*.py"))
        if "migrations" not in path.parts
    )


@cache
def tree(path: Path) -> ast.Module:
    """A module, parsed as the oldest Python that Corridor runs on would."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path), feature_version=(3, 11))


@cache
def templates() -> tuple[Path, ...]:
    """All templates of our own."""
    return tuple(path for path in sorted(TEMPLATES.rglob("*")) if path.suffix in (".html", ".txt", ".xml"))


def name_of(path: Path) -> str:
    """How a complaint names a file."""
    return path.relative_to(CHECKOUT).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a module."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
