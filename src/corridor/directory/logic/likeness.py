"""How likely it is that two entries of the directory are one organisation, with what speaks for it and against it.

Each thing that the two have in common or not adds to or takes from the logarithm of the odds (Fellegi and Sunter 1969, "A theory for
record linkage"). The weights are chosen by hand and checked on pairs that we invented (`bench/sets/likeness.json`), never on the
registers that judge (docs/benchmarks.md).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Final

from rapidfuzz.distance import Levenshtein

from corridor.directory.logic.across import AGAINST, Meeting, between_points, of_two_tongues
from corridor.directory.logic.body_words import COUNTRY_WORDS
from corridor.directory.logic.naming import Name

LIKELY: Final = 0.5
"""From this score on a pair is shown to a person."""

# Names of one tongue: what share of the words' weight both have -> log-odds. Between two points a line.
BY_WORDS: Final = ((0.0, -8.0), (0.5, -5.5), (0.7, -2.8), (0.8, -0.8), (0.88, 0.7), (0.95, 1.8), (1.0, 2.6))
SAME_KEY: Final = 3.2
SAME_WITHOUT_TONES: Final = 2.6
BY_ACRONYM: Final = ((3, -3.0), (4, -1.4), (5, -0.4))  # letters -> log-odds
ACRONYM_BESIDE: Final = 0.6  # what one acronym adds to names that are somewhat alike
WORTH_A_LOOK: Final = -5.5
NOTHING_ALIKE: Final = -8.0
LEAST_SPELLING: Final = 0.8  # how alike two words must be to count as two spellings of one
ENOUGH_WEIGHT: Final = 9.0  # names that share less say little, even when they are equal: "Provincial Hospital"
EMPTY_NAME: Final = 3.5
EMPTY_ELSEWHERE: Final = 2.0  # how much more another place then says
FAR_KM: Final = 60.0
NEAR_KM: Final = 2.0

# What the rest of two entries adds and takes.
WORTH: Final = {
    "same_site": 3.0,
    "other_site": -0.8,
    "same_identifier": 8.0,
    "other_identifier": -2.5,
    "same_place": 0.7,
    "other_place": -0.9,
    "other_province": -1.2,
    "near": 0.5,
    "far": -2.5,
    "other_type": -0.5,
    "other_number": -6.0,
    "other_body": -4.5,
    "other_level": -2.0,
    "other_field": -2.2,
}

Weigh = Callable[[str], float]
Between = Callable[[Name, Name], Meeting | None]
Apart = Callable[[str, str], bool]


@dataclass(frozen=True)
class Profile:
    """An organisation as it is compared. `site`: its registered domain; `place`, `province`: keys; `point`: latitude and longitude."""

    names: tuple[Name, ...]
    type: str = ""
    site: str = ""
    place: str = ""
    province: str = ""
    point: tuple[float, float] | None = None
    identifiers: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class Likeness:
    """A score from 0 to 1 and the reasons as codes: those for it first, each group by weight."""

    score: float
    reasons: tuple[str, ...]

    @property
    def is_likely(self) -> bool:
        """Whether a person should look at the pair."""
        return self.score >= LIKELY


@dataclass(frozen=True)
class Evidence:
    """What two names say: log-odds, what it rests on, and from 0 to 1 how telling the names are."""

    odds: float
    reasons: tuple[str, ...]
    telling: float = 1.0


def compare(
    one: Profile, other: Profile, *, weigh: Weigh, between: Between | None = None, apart: Apart = lambda a, b: False
) -> Likeness:
    """How likely two entries are one organisation.

    `weigh` gives the weight of a word, the rarer the more (`rarity`); `between` how two names of different tongues meet,
    None where that is not known, and is asked only where no names of one tongue can be compared. `apart` tells whether two words that are
    written alike are two places, which are no spellings of one name.
    """
    named = names_alike(one, other, weigh=weigh, between=between, apart=apart)
    beside = tuple(context(one, other))
    odds = named.odds + sum(WORTH[code] for code in beside)
    if "other_place" in beside:
        odds += WORTH["other_place"] * EMPTY_ELSEWHERE * (1 - named.telling)
    codes = dict.fromkeys((*named.reasons, *beside))
    return Likeness(round(1 / (1 + math.exp(-odds)), 4), tuple(sorted(codes, key=speaks_against)))


def speaks_against(code: str) -> bool:
    """Whether a reason is one against."""
    return code in AGAINST or WORTH.get(code, 1.0) < 0


def names_alike(one: Profile, other: Profile, *, weigh: Weigh, between: Between | None, apart: Apart) -> Evidence:
    """The best evidence that any two of their names give."""
    pairs = [(a, b) for a, b in product(one.names, other.names) if not a.is_acronym and not b.is_acronym]
    places = (frozenset({one.place, one.province}) - {""}, frozenset({other.place, other.province}) - {""})
    found = [of_one_script(a, b, weigh=weigh, apart=apart, places=places) for a, b in pairs if a.script == b.script]
    if between is not None and not any(a.tongue == b.tongue for a, b in pairs):
        meetings = [(a, b, meeting) for a, b in pairs if (meeting := between(a, b)) is not None]
        found += [Evidence(*of_two_tongues(meeting, differences(a, b))) for a, b, meeting in meetings]
    best = max(found, key=lambda evidence: evidence.odds, default=Evidence(NOTHING_ALIKE, ()))
    short = acronyms_alike(one.names, other.names)
    if short is None:
        return best
    if best.odds > short.odds:
        more = ACRONYM_BESIDE if best.odds > WORTH_A_LOOK else 0.0
        return Evidence(best.odds + more, (*best.reasons, *short.reasons), best.telling)
    return short


def of_one_script(
    one: Name, other: Name, *, weigh: Weigh, apart: Apart, places: tuple[frozenset[str], frozenset[str]]
) -> Evidence:
    """Two names that are compared by their words. `places`: what is known of where each is, which a name may say or leave out."""
    if one.key == other.key:
        has_tones = one.folded != other.folded
        telling = min(1.0, sum(map(weigh, one.words)) / ENOUGH_WEIGHT)
        odds = (SAME_WITHOUT_TONES if has_tones else SAME_KEY) - EMPTY_NAME * (1 - telling)
        return Evidence(odds, ("same_without_tones" if has_tones else "same_name",), telling)
    shared, left, right = _shared(one.words, other.words, weigh, apart)
    left, right = _without_own_places(left, right, places)
    missing = sum(map(weigh, left)) + sum(map(weigh, right))
    share = shared / (shared + missing) if shared else 0.0
    against = differences(one, other)
    telling = min(1.0, shared / ENOUGH_WEIGHT)
    odds = between_points(BY_WORDS, share) - EMPTY_NAME * (1 - telling) + sum(WORTH[code] for code in against)
    return Evidence(odds, (("similar_name",) if share >= BY_WORDS[2][0] else ()) + against, telling)


def differences(one: Name, other: Name) -> tuple[str, ...]:
    """What shows that two names are of two bodies: a number, a part, another level or another field that only one says."""
    apart = one.marks ^ other.marks
    sorts = {mark.partition(":")[0] for mark in apart}
    levels = [{mark for mark in name.marks if mark.startswith("level:")} for name in (one, other)]
    found = [
        code
        for sort, code in (("number", "other_number"), ("unit", "other_body"), ("field", "other_field"))
        if sort in sorts
    ]
    if all(levels) and not levels[0] & levels[1]:
        found.append("other_level")
    return tuple(found)


def acronyms_alike(one: Iterable[Name], other: Iterable[Name]) -> Evidence | None:
    """Whether both have one acronym, or one's acronym is what the words of the other begin with."""
    one, other = list(one), list(other)
    shorts = [{name.key for name in names if name.is_acronym and len(name.key) >= 3} for names in (one, other)]
    begins = [set().union(*(name.initials for name in names)) for names in (one, other)]
    common = (shorts[0] & shorts[1]) | (shorts[0] & begins[1]) | (begins[0] & shorts[1])
    if not common:
        return None
    return Evidence(between_points(BY_ACRONYM, max(map(len, common))), ("same_acronym",))


def context(one: Profile, other: Profile) -> Iterable[str]:
    """What the rest of two entries says, as codes."""
    if one.site and other.site:
        yield "same_site" if one.site == other.site else "other_site"
    if one.identifiers & other.identifiers:
        yield "same_identifier"
    elif {scheme for scheme, _ in one.identifiers} & {scheme for scheme, _ in other.identifiers}:
        yield "other_identifier"
    yield from _where(one, other)
    if one.type and other.type and one.type != other.type:
        yield "other_type"


def _where(one: Profile, other: Profile) -> Iterable[str]:
    apart = kilometres(one.point, other.point) if one.point and other.point else None
    if one.place and other.place:
        if one.place == other.place:
            yield "same_place"
        elif apart is None or apart > NEAR_KM:
            yield "other_place"
    if one.province and other.province and one.province != other.province and one.place != other.place:
        yield "other_province"
    if apart is not None and apart > FAR_KM:
        yield "far"
    elif apart is not None and apart < NEAR_KM and one.place != other.place:
        yield "near"


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance of two points given as latitude and longitude in degrees (haversine on a sphere of 6,371 km)."""
    a, b, c, d = map(math.radians, (*one, *other))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(min(1.0, half)))


def rarity(listed: int, with_word: int, *, is_common: bool) -> float:
    """The weight of a word that `with_word` of `listed` organisations have: log of how rare it is.

    Prior counts stand in where few are listed yet: 400 organisations, of which 100 have a word that such names often hold.
    """
    return max(0.3, math.log((listed + 401) / (with_word + (100.5 if is_common else 0.5))))


def _shared(one: Sequence[str], other: Sequence[str], weigh: Weigh, apart: Apart) -> tuple[float, list[str], list[str]]:
    """The weight of the words that both have, and what is left over on either side; two spellings of a word count by their likeness."""
    left, right = list(one), list(other)
    total = 0.0
    for word in one:
        if word in right:
            left.remove(word)
            right.remove(word)
            total += weigh(word)
    total += _joined(left, right, weigh) + _joined(right, left, weigh)
    for word in list(left):
        near = max(right, key=lambda w: Levenshtein.normalized_similarity(word, w), default="")
        alike = Levenshtein.normalized_similarity(word, near) if near and min(len(word), len(near)) > 3 else 0.0
        if alike >= LEAST_SPELLING and not apart(word, near):
            left.remove(word)
            right.remove(near)
            total += alike * min(weigh(word), weigh(near))
    return total, left, right


def _joined(whole: list[str], parts: list[str], weigh: Weigh) -> float:
    """The weight of words that one side writes as one and the other as two; they are taken out of both."""
    total = 0.0
    for word in list(whole):
        for first, second in pairwise(list(parts)):
            if first + second == word:
                whole.remove(word)
                parts.remove(first)
                parts.remove(second)
                total += max(weigh(word), weigh(first) + weigh(second))
                break
    return total


def _without_own_places(
    left: list[str], right: list[str], places: tuple[frozenset[str], frozenset[str]]
) -> tuple[list[str], list[str]]:
    """What is left over without the country's name, and without a place that one name says and both are in or may be in."""
    left, right = ([word for word in words if word not in COUNTRY_WORDS] for words in (left, right))
    if left and right:
        return left, right
    for words, own, others in ((left, *places), (right, places[1], places[0])):
        known = own if not others else own & others
        if "".join(words) in known:
            words.clear()
        else:
            words[:] = [word for word in words if word not in known]
    return left, right
