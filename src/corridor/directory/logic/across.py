"""How names of two languages meet: by what they mean, how what is proper to them sounds, and which places they name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from rapidfuzz.distance import Indel

# Chosen by hand near the weights that logistic regression gave on 27,700 pairs of names of our own (docs/directory.md): true pairs
# and the dozen nearest wrong ones of each name. There meaning says little more: the wrong ones were found by it.
BY_MEANING: Final = ((0.0, -3.3), (0.1, -1.8), (0.2, -1.4), (0.3, -1.2), (0.4, 0.5))
# Names in which nothing is proper, as of a ministry: only their meaning can tell. In units of the index (language/logic/fairness.py).
MEANING_ALONE: Final = ((0.0, -6.0), (0.1, -3.0), (0.2, -0.2), (0.3, 1.4), (0.4, 2.4))
# What share of the sounds of what is proper both have -> log-odds.
BY_SOUND: Final = ((0.0, -3.1), (0.3, -2.4), (0.5, -0.7), (0.7, 0.0), (0.85, 0.9), (1.0, 2.3))
ALIKE: Final = 0.85
NEAR: Final = 0.2
PROPER_TO_ONE: Final = -0.5
NAMED_PLACE: Final = 3.0
OTHER_NAMED_PLACE: Final = -4.5
# What a difference of body takes here: the words that show it are listed for no language completely.
DIFFERENCE: Final = {"other_number": -3.5, "other_body": -1.5, "other_level": -1.4, "other_field": -1.0}
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
        proper
        + _line(BY_MEANING if is_proper else MEANING_ALONE, meeting.near)
        + sum(map(DIFFERENCE.__getitem__, against))
    )
    means = ("same_meaning",) if meeting.near >= NEAR else ()
    return odds, (*means, *reasons, *against)


def of_what_is_proper(one: Proper, other: Proper) -> tuple[float, tuple[str, ...]]:
    """Places that both name, else sounds: a place is known by whichever of its names, and sounds alike by chance less often than not."""
    if one.places and other.places:
        return (
            (NAMED_PLACE, ("named_place",))
            if one.places & other.places
            else (OTHER_NAMED_PLACE, ("other_named_place",))
        )
    if one.sound and other.sound:
        alike = Indel.normalized_similarity(one.sound, other.sound)
        return _line(BY_SOUND, alike), ("same_sound",) if alike >= ALIKE else ()
    return (PROPER_TO_ONE if one.sound or other.sound else 0.0), ()


def _line(points: Sequence[tuple[float, float]], value: float) -> float:
    return float(np.interp(value, [x for x, _ in points], [y for _, y in points]))
