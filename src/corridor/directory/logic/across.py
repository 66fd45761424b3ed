"""How names of two languages meet: by what they mean, how what is proper to them sounds, and which places they name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from rapidfuzz.distance import Indel

# Chosen by hand near the weights that a logistic regression gave on names of our own (docs/directory.md): true pairs and the dozen
# nearest wrong ones of each name. There meaning says little more: the wrong ones were found by it.
BY_MEANING: Final = ((0.0, -3.4), (0.1, -1.8), (0.2, -1.4), (0.3, -1.4), (0.4, 0.5))
# Names in which nothing is proper, as of a ministry: only their meaning can tell. In units of the index (language/logic/fairness.py).
MEANING_ALONE: Final = ((0.0, -6.0), (0.1, -3.0), (0.2, -0.2), (0.3, 1.4), (0.4, 2.4))
# What share of the sounds of what is proper both have -> log-odds.
BY_SOUND: Final = ((0.0, -3.1), (0.3, -2.3), (0.5, -0.6), (0.7, -0.1), (0.85, 0.9), (1.0, 2.3))
ALIKE: Final = 0.85
# What sounds alike is worth less, the shorter it is: one consonant is alike by chance.
BY_LENGTH: Final = {0: 0.0, 1: 0.0, 2: 0.6}
# From so many consonants on names that sound alike are one name, also where the gazetteer knows two places by it.
SURELY_LONG: Final = 4
NEAR: Final = 0.2
PROPER_TO_ONE: Final = -0.5
NAMED_PLACE: Final = 3.0
OTHER_NAMED_PLACE: Final = -5.0
# In our own pairs every name has its twin; of entries of a directory, we assume, half have one.
MAY_HAVE_NO_TWIN: Final = -0.7
# What a difference of body takes here: the words that show it are listed for no language completely.
DIFFERENCE: Final = {"other_number": -3.5, "other_body": -1.0, "other_level": -1.4, "other_field": -1.0}
ACROSS: Final = frozenset({"same_meaning", "same_sound", "named_place"})
AGAINST: Final = frozenset({"other_named_place"})


@dataclass(frozen=True)
class Proper:
    """What is proper to a name: its sound (language/logic/sounds.py), and the places it may name (`localities`)."""

    sound: str = ""
    places: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Meeting:
    """Two names of two languages: how near they are in meaning, in units of the index, and what is proper to each."""

    near: float
    one: Proper = Proper()
    other: Proper = Proper()


def of_two_tongues(meeting: Meeting, against: Sequence[str]) -> tuple[float, tuple[str, ...]]:
    """What two names of two languages say: log-odds, and the reasons. `against`: differences of the bodies that they name."""
    one, other = meeting.one, meeting.other
    is_proper = bool(one.sound or other.sound or one.places or other.places)
    proper, reasons = of_what_is_proper(one, other)
    odds = (
        proper + between_points(BY_MEANING, meeting.near) + MAY_HAVE_NO_TWIN
        if is_proper
        else between_points(MEANING_ALONE, meeting.near)
    )
    means = ("same_meaning",) if meeting.near >= NEAR else ()
    return odds + sum(DIFFERENCE[code] for code in against), (*means, *reasons, *against)


def of_what_is_proper(one: Proper, other: Proper) -> tuple[float, tuple[str, ...]]:
    """A place that both name, else sounds.

    Different places count unless long names sound alike: some syllables of a name may be a town by chance.
    """
    shortest = min(len(one.sound), len(other.sound))
    alike = Indel.normalized_similarity(one.sound, other.sound) if one.sound and other.sound else None
    if one.places and other.places:
        if one.places & other.places:
            return NAMED_PLACE, ("named_place",)
        if alike is None or alike < ALIKE or shortest < SURELY_LONG:
            return OTHER_NAMED_PLACE, ("other_named_place",)
    if alike is not None:
        worth = between_points(BY_SOUND, alike) * BY_LENGTH.get(shortest, 1.0)
        return worth, ("same_sound",) if alike >= ALIKE and worth else ()
    return (PROPER_TO_ONE if one.sound or other.sound else 0.0), ()


def between_points(points: Sequence[tuple[float, float]], value: float) -> float:
    """What a table of points says for a value: a line between two of them, and the last one beyond."""
    return float(np.interp(value, [x for x, _ in points], [y for _, y in points]))
