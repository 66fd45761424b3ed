"""Pages that are written from the code say what the code says, and every page can be found from another."""

import re

import pytest

from corridor.kernel.states import CAPABILITIES, SCOPES, Capability, Office
from tests.house.reading import CHECKOUT, tracked_files
from tools.documents import PAGES, out_of_step, tables

PAGES_OF_DOCS = [path for path in tracked_files() if path.suffix == ".md" and "tests" not in path.parts]
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def test_pages_written_from_the_code_are_in_step():
    assert out_of_step() == [], "run: python tools/documents.py write"


def test_every_office_has_its_scopes_and_capabilities():
    assert set(CAPABILITIES) == set(SCOPES) == set(Office)
    assert set().union(*CAPABILITIES.values()) == set(Capability)


def test_every_state_has_its_moves_and_every_move_leads_to_a_state():
    found = list(tables())
    assert len(found) >= 4
    for _room, states, moves in found:
        assert set(moves) == set(states)
        assert {there for onward in moves.values() for there in onward} <= set(states)


@pytest.mark.parametrize("path", PAGES_OF_DOCS, ids=lambda path: path.name)
def test_links_between_pages_lead_somewhere(path):
    near = [link for link in LINK.findall(path.read_text()) if "://" not in link and not link.startswith("mailto:")]
    assert [link for link in near if not (path.parent / link).exists()] == []


def test_the_pages_are_there():
    expected = {"architecture.md", "settings.md", "translations.md", "operating.md", *PAGES}
    assert expected - {path.name for path in (CHECKOUT / "docs").iterdir()} == set()
