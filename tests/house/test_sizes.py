"""A module fits in the head, a function on a screen, a view in a glance; and each says what it is for."""

import ast

import pytest

from tests.house.reading import CODE, functions, modules, name_of, tree

MODULE, FUNCTION, VIEW = 400, 39, 25
# What may be longer, each with its reason.
LONGER: dict[str, str] = {}
FORBIDDEN = {"utils", "helpers", "services", "managers", "signals"}


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from the name to the end."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_every_module_is_parsed_by_python_3_11():
    assert [name_of(path) for path in modules() if not isinstance(tree(path), ast.Module)] == []


def test_every_module_says_what_lives_there():
    silent = [name_of(p) for p in modules() if p.read_text().strip() and not ast.get_docstring(tree(p))]
    assert silent == []


def test_no_module_is_longer_than_400_lines():
    long = [name_of(path) for path in modules() if len(path.read_text().splitlines()) > MODULE]
    assert [name for name in long if name not in LONGER] == []


@pytest.mark.parametrize("top", CODE)
def test_no_function_is_longer_than_39_lines(top):
    long = [f"{name_of(p)}:{f.lineno} {f.name}" for p in modules(top) for f in functions(p) if length(f) > FUNCTION]
    assert long == []


def test_no_view_is_longer_than_25_lines():
    views = [(path, f) for path in modules("src/corridor/web") for f in functions(path) if is_view(f)]
    assert len(views) > 20
    assert [f"{name_of(path)}:{f.lineno} {f.name}" for path, f in views if length(f) > VIEW] == []


def is_view(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a function takes a request and answers with a response."""
    first = node.args.args[0].arg if node.args.args else ""
    return first == "request" and node.returns is not None and "HttpResponse" in ast.unparse(node.returns)


def test_no_module_has_a_name_that_says_nothing():
    assert [name_of(path) for path in modules() if FORBIDDEN & {path.stem, *path.parent.parts[-3:]}] == []
