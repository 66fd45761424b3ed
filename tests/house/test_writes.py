"""Only operations write; what must happen is never left to on_commit; only the web knows HTTP; there is no back door."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.reading import modules, name_of, templates, tree

WRITING = {
    "save", "create", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
    "asave", "acreate", "adelete", "aupdate",
}  # fmt: skip
# Where else something is written, each with its reason.
ELSEWHERE: dict[str, str] = {
    "src/corridor/matching/logic/pictures.py: image.save": "writes the bytes of a picture into memory, not a row",
}
# Where on_commit may stand: only for what is harmless when it does not happen.
ON_COMMIT = {
    "src/corridor/matching/operations/attachments.py": "a file is only removed once its row is surely gone; "
    "a file that stays behind harms nobody",
}
HTTP = ("django.http", "django.shortcuts", "django.urls", "django.views", "django.contrib.messages")


def is_operation(path: Path) -> bool:
    """Whether a module is among the verbs, or is a command that is typed."""
    return path.stem == "operations" or {"operations", "management"} & set(path.parts) != set()


def writes(path: Path) -> Iterator[str]:
    """Calls that change rows: the names of Django's verbs, and update with named values."""
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        is_update = node.func.attr == "update" and node.keywords and not node.args
        if node.func.attr in WRITING or is_update:
            yield f"{name_of(path)}: {ast.unparse(node.func)}"


def test_only_operations_write():
    found = [write for path in modules("src") if not is_operation(path) for write in writes(path)]
    assert [write for write in found if write not in ELSEWHERE] == []
    assert set(ELSEWHERE) <= set(found)


def test_operations_do_write():
    """The search above would find them."""
    assert len([write for path in modules("src") if is_operation(path) for write in writes(path)]) > 30


def test_sql_that_changes_rows_stands_in_operations_only():
    changing = re.compile(r"\b(INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|TRUNCATE\s+TABLE)\b", re.IGNORECASE)
    rooms = [path for path in modules("src") if "launch" not in path.parts and not is_operation(path)]
    assert [name_of(path) for path in rooms if changing.search(path.read_text())] == []


def test_nothing_that_must_happen_waits_for_on_commit():
    found = {
        name_of(path)
        for path in modules("src")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute | ast.Name) and getattr(node, "attr", getattr(node, "id", "")) == "on_commit"
    }
    assert found == set(ON_COMMIT)


def test_only_the_web_knows_http():
    found = [
        f"{name_of(path)}: {module}"
        for path in modules("src")
        if not {"web", "launch"} & set(path.parts)
        for module in imported(path)
        if module.startswith(HTTP)
    ]
    assert found == []


def imported(path: Path) -> Iterator[str]:
    """Every module that a module imports."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_there_is_no_superuser_and_no_admin():
    attributes = [
        f"{name_of(path)}:{node.lineno}"
        for path in modules("src", "tests", "bench")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in ("is_superuser", "is_staff")
    ]
    pages = [name_of(path) for path in templates() if re.search("is_superuser|is_staff", path.read_text())]
    admin = [name_of(path) for path in modules("src") if "django.contrib.admin" in set(imported(path))]
    settings = [name_of(path) for path in modules("src") if re.search(r"contrib\.admin", path.read_text())]
    assert attributes + pages + admin + settings == []


def test_no_model_overrides_save_or_has_a_manager_of_its_own():
    overridden = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path in modules("src")
        if path.stem == "models" or path.parent.name == "models"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and node.name in ("save", "delete")
    ]
    assert overridden == []
