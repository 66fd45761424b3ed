"""The repository speaks of itself alone, favours no country and shows no flags."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.reading import CHECKOUT, modules, name_of, tracked_files, tree

SIX = ["KH", "CN", "LA", "MM", "TH", "VN"]
SEVEN = ["en", "km", "lo", "my", "th", "vi", "zh-hans"]
BINARY = {".woff2", ".npz", ".png", ".jpg", ".ico", ".gz", ".mo", ".onnx", ".npy", ".pdf"}
# Addresses of package registries, and paths of the machine on which something was once written.
ELSEWHERE = re.compile(
    r"pypi[.]org|pythonhosted[.]org|registry[.]npmjs|deb[.]debian[.]org|files[.]pyth|^--(extra-)?index[-]url|"
    r"(?<![\w.])/(work|root)/[a-z]|/home/[a-z]+/",
    re.MULTILINE,
)
FLAGS = re.compile("[\U0001f1e6-\U0001f1ff\U0001f3f3\U0001f3f4]")


def texts() -> Iterator[tuple[str, str]]:
    """Name and text of every tracked file that is text."""
    for path in tracked_files():
        if path.suffix not in BINARY:
            yield name_of(path), path.read_text(encoding="utf-8")


def test_no_file_names_a_package_registry_or_somebodys_machine():
    assert [(name, found[0]) for name, text in texts() if (found := ELSEWHERE.search(text))] == []


def test_nothing_is_left_to_do_in_comments():
    unfinished = re.compile(r"(#|//|<!--|\{#)\s*(TOD[O]|FIXM[E]|XX[X]|HAC[K])\b")
    assert [name for name, text in texts() if unfinished.search(text)] == []


def test_there_are_no_flags():
    assert [name for name, text in texts() if FLAGS.search(text)] == []
    assert [name_of(path) for path in tracked_files() if re.search(r"\bflags?\b", path.stem)] == []


def literals(node: ast.AST) -> list[str]:
    """The constant texts that a list, tuple, set or dictionary holds, in their order."""
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        parts = [part.elts[0] if isinstance(part, ast.Tuple) and part.elts else part for part in node.elts]
    elif isinstance(node, ast.Dict):
        parts = [key for key in node.keys if key is not None]
    else:
        return []
    return [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]


def listed(path: Path, wanted: list[str]) -> Iterator[list[str]]:
    """Every list in a module that holds all of these, without anything else that it holds."""
    for node in ast.walk(tree(path)):
        found = [text for text in literals(node) if text in wanted]
        if set(found) == set(wanted):
            yield found


def test_the_six_stand_in_the_order_of_the_seed_wherever_code_lists_them():
    wrong = [name_of(p) for p in modules("src", "tools", "bench") for found in listed(p, SIX) if found[:6] != SIX]
    assert wrong == []


def test_the_six_stand_in_the_order_of_the_seed_in_every_file_of_data():
    for path in sorted((CHECKOUT / "src").rglob("*.json")):
        for found in orders(json.loads(path.read_text(encoding="utf-8"))):
            assert found == SIX, name_of(path)


def orders(data: object) -> Iterator[list[str]]:
    """The order of the six in objects that have them as names, and in lists of objects that each have one as `code`."""
    if isinstance(data, dict):
        if set(SIX) <= set(data):
            yield [name for name in data if name in SIX]
        for part in data.values():
            yield from orders(part)
    elif isinstance(data, list):
        codes = [part.get("code") or part.get("country") for part in data if isinstance(part, dict)]
        if sorted(str(code) for code in codes) == sorted(SIX):
            yield [str(code) for code in codes]
        for part in data:
            yield from orders(part)


def test_the_seven_languages_stand_in_the_order_of_the_interface(settings):
    assert [code for code, _name in settings.LANGUAGES] == SEVEN
