"""Small things that pages hand to components: facts, steps, choices, happenings, what waits."""

import datetime
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Fact:
    """One line of a card: a label and one or several values, readable in every language of the interface."""

    label: object
    value: object = ""
    unit: object = ""
    note: object = ""
    values: tuple[object, ...] = ()
    language: str = ""

    @property
    def shown(self) -> tuple[object, ...]:
        """All values, whether one or several were given."""
        return self.values or (self.value,)


@dataclass(frozen=True)
class Step:
    """One stop of a progress rail."""

    label: object
    url: str = ""
    is_done: bool = False
    is_current: bool = False


@dataclass(frozen=True)
class Choice:
    """One link of tabs or filters; `count` is None where nothing is counted."""

    label: object
    url: str
    is_current: bool = False
    count: int | None = None
    language: str = ""


@dataclass(frozen=True)
class FilterGroup:
    """One row of filters."""

    label: object
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Happening:
    """One stop of a timeline: what happened, when, by whom."""

    text: object
    at: datetime.datetime | datetime.date
    by: object = ""
    note: object = ""


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for a person, and how many of it."""

    label: object
    url: str
    count: int = 1
    is_late: bool = False


@dataclass(frozen=True)
class Crumb:
    """One stop on the way to a page; the last has no address."""

    label: object
    url: str = ""


@dataclass(frozen=True)
class KeptField:
    """What somebody had typed into one field of a form that could not be taken."""

    name: str
    values: tuple[str, ...]
    attributes: dict[str, Any] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The field's name as words."""
        return self.name.replace("_", " ").replace("-", " ").strip().capitalize()

    @property
    def text(self) -> str:
        """All of its values, one a line."""
        return "\n".join(self.values)

    @property
    def rows(self) -> int:
        """How many lines to show: enough to read, not more than fit a screen."""
        return min(12, max(1, self.text.count("\n") + 1 + len(self.text) // 70))
