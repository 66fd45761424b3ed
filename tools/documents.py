"""Writes the pages of docs that the code itself knows best: who may do what, and how things move from state to state."""

import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.db.models import TextChoices

from corridor.kernel.states import CAPABILITIES, SCOPES, Capability, Office, Scope, Visibility

DOCS = Path(__file__).resolve().parents[1] / "docs"
ROOMS = ("kernel", "language", "directory", "matching")

OFFICES_HEAD = """# Who may do what

A person holds offices; an office allows things over what it is held for: a country, an organisation or this installation.
Who holds which office is a grant with dates and its author, and every grant is an event. The offices and what each allows
are code (`corridor.kernel.states`); this page is written from it by `tools/documents.py`.

Two more need no grant. A **visitor** reads what is open to everybody, without an account. Somebody **signed in** who holds no
office yet can write drafts, read what is open to everybody, and ask to be confirmed as a member.

An office is a first condition and not the only one: the rules of each room (`rules.py`) also look at the state of a record,
its home country and who wrote it, and give every reason when the answer is no. Nobody is above these rules.

Having written a notice counts as long as it has no organisation or was never handed in for it. From then on it is the
organisation's: its author works on it as somebody who speaks for the organisation, and no longer after leaving. Besides, a
newcomer whose request to be confirmed by it waits works on a text of which nothing is published yet; an officer who posts
for others, as long as that office lasts; and a problem owner who took it over.

Offices over an organisation that its focal point has suspended let people read, take back, end and leave, and nothing else until that is
lifted ([directory](directory.md), *Suspending an organisation*).
"""
OVER = {
    Scope.COUNTRY: "one country",
    Scope.ORGANISATION: "one organisation",
    Scope.INSTALLATION: "this installation",
}
TITLES = {
    "corridor.language.states.IndexState": "Index of one engine",
    "corridor.matching.states.WordingState": "Version of a notice's text",
    "corridor.directory.states.RequestState": "Request to be confirmed",
}
STATES_HEAD = """# How things move

Every record with a state has a table of the moves that it allows (`states.py` in its room). An operation that tries another
move is refused. This page is written from the tables by `tools/documents.py`; a move needs the right office as well
([who may do what](who-may-do-what.md)). What belongs to a suspended organisation keeps its state and stands still
([directory](directory.md), *Suspending an organisation*).
"""


def offices_page() -> str:
    """Offices and capabilities."""
    head = "| | " + " | ".join(str(office.label) for office in Office) + " |\n|---|" + ":-:|" * len(Office) + "\n"
    held = "| **held over** | " + " | ".join(_scopes(office) for office in Office) + " |\n"
    rows = "".join(
        f"| {capability.label} | " + " | ".join(_mark(office, capability) for office in Office) + " |\n"
        for capability in Capability
    )
    circles = "".join(f"{number}. {circle.label}\n" for number, circle in enumerate(Visibility, start=1))
    return (
        f"{OFFICES_HEAD}\n## Offices\n\n{head}{held}{rows}\n## In words\n\n{''.join(_in_words())}\n"
        f"## Who reads a record\n\nIts author chooses, from the narrowest circle to the widest:\n\n{circles}"
    )


def _scopes(office: Office) -> str:
    return " or ".join(OVER[scope] for scope in SCOPES[office])


def _mark(office: Office, capability: Capability) -> str:
    return "yes" if capability in CAPABILITIES[office] else "–"


def _in_words() -> Iterator[str]:
    for office in Office:
        allowed = [str(capability.label) for capability in Capability if capability in CAPABILITIES[office]]
        yield f"- **{office.label}**, over {_scopes(office)}, may: {'; '.join(allowed)}.\n"


def tables() -> Iterator[tuple[str, type[TextChoices], Mapping[TextChoices, tuple[TextChoices, ...]]]]:
    """Every table of moves: its room, the states, the moves."""
    for room in ROOMS:
        for name, moves in vars(import_module(f"corridor.{room}.states")).items():
            if name.endswith("_MOVES"):
                yield room, type(next(iter(moves))), moves


def states_page() -> str:
    """A diagram and a list for each table of moves."""
    return STATES_HEAD + "".join(_section(room, states, moves) for room, states, moves in tables())


def _section(room: str, states: type[TextChoices], moves: Mapping[TextChoices, tuple[TextChoices, ...]]) -> str:
    first = next(iter(moves))
    lines = [f'    state "{state.label}" as {state.value}' for state in states]
    lines += [f"    [*] --> {first.value}"]
    lines += [f"    {here.value} --> {there.value}" for here, onward in moves.items() for there in onward]
    lines += [f"    {here.value} --> [*]" for here, onward in moves.items() if not onward]
    rows = "".join(f"| {here.label} | {_onward(onward)} |\n" for here, onward in moves.items())
    about = (states.__doc__ or "").strip()
    return (
        f"\n## {_title(states)}\n\n{about} (`corridor.{room}.states`)\n\n```mermaid\nstateDiagram-v2\n"
        + "\n".join(lines)
        + "\n```\n\n"
        f"| from | to |\n|---|---|\n{rows}"
    )


def _onward(onward: tuple[TextChoices, ...]) -> str:
    return ", ".join(str(state.label) for state in onward) or "nothing: this is an end"


def _title(states: type[TextChoices]) -> str:
    return TITLES.get(f"{states.__module__}.{states.__name__}") or states.__name__.removesuffix("State")


PAGES = {"who-may-do-what.md": offices_page, "states.md": states_page}


def out_of_step() -> list[str]:
    """Pages that do not say what the code says."""
    return [name for name, page in PAGES.items() if not (DOCS / name).exists() or (DOCS / name).read_text() != page()]


def main(verb: str) -> str | None:
    """Write the pages, or complain about those that are out of step."""
    if verb == "check":
        return f"out of step: {', '.join(stale)}: run tools/documents.py write" if (stale := out_of_step()) else None
    for name, page in PAGES.items():
        (DOCS / name).write_text(page())
    return None


if __name__ == "__main__":
    if sys.argv[1:] not in (["write"], ["check"]):
        sys.exit("usage: tools/documents.py write|check")
    settings.configure(USE_I18N=False)
    sys.exit(main(sys.argv[1]))
