"""Spotting: which concepts of the lexicon stand in a text, in whichever of the seven languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from corridor.language.logic.spelling import spelling
from corridor.language.logic.words_exact import singular
from corridor.language.logic.words_terms import Atoms, Term, atoms

SHORT_ATOMS: Final = 2
"""Terms of so few syllables must be words of their own: a syllable stands inside many others."""

LONGEST: Final = 20_000
"""Characters of a text that are looked at."""

_BORDER: Final = re.compile(
    "[.,;:!?()\\[\\]{}\u2026\u3001\u3002\uff0c\uff1b\uff1a\uff01\uff1f\uff08\uff09\u300a\u300b\u104a\u104b\u17d4-\u17d6\u0eaf|]|\n\\s*\n"
)
"""What a term does not go over: the end of a clause, a bracket, an empty line."""

MARK: Final = "§"
"""What the lexeme of a concept begins with in the index, so that it is never taken for a word."""

WIDER_MARK: Final = "§^"
"""What the lexeme of a concept begins with that is only wider than one that was said."""

WIDER_WORTH: Final = 0.4
"""What a passage about a narrower concept is worth to a question about a wider one: barley to grain."""


@dataclass(frozen=True)
class Sense:
    """One concept that a term may mean, and how much the term is worth for it, 0 to 1."""

    code: str
    worth: float
    is_short: bool = False
    written: str = ""


@dataclass(frozen=True)
class Spot:
    """A place in a text where a term stands: its concepts with their worth, the first and last atom (from 1), and characters."""

    senses: tuple[tuple[str, float], ...]
    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True)
class Mentions:
    """What a text says in words of the lexicon: concepts with their worth, and the share of its atoms that say them, 0 to 1."""

    worths: Mapping[str, float] = field(default_factory=dict)
    share: float = 0.0


NOTHING: Final = Mentions()


@dataclass
class _Node:
    """A place in the tree of terms: what may follow, and what a term that ends here means.

    `crosses`: a term is itself written with a border before this step, as 'St. Petersburg' is.
    """

    follow: dict[str, _Node] = field(default_factory=dict)
    senses: list[Sense] = field(default_factory=list)
    crosses: bool = False


class Spotter:
    """Finds terms by their folded syllables and words, the longest first, left to right without overlap.

    A tree over atoms (a syllable cluster, a Chinese character, a word with blanks around it) is walked once from each
    place, so a text of n atoms costs about n steps whatever the number of terms (longest match as in maximum matching for
    scripts without blanks, Wong and Chan 1996). English plurals count as their singular, British spellings as
    American ones.
    """

    def __init__(self, terms: Iterable[tuple[str, Sense]]) -> None:
        """`terms`: (text as written, what it means)."""
        self._root = _Node()
        for text, sense in terms:
            found = atoms(text)
            path = list(_steps(found))
            if not path or (len(path) == 1 and found.is_han(0)):
                continue  # one Chinese character means too many things
            node = self._root
            for place, step in enumerate(path):
                node = node.follow.setdefault(step, _Node())
                node.crosses |= place > 0 and _is_parted(text, found, place)
            node.senses.append(sense)

    def spot(self, text: str) -> list[Spot]:
        """The places in a text where terms stand, in order."""
        return self._spots(text[:LONGEST], atoms(text[:LONGEST]))

    def mentions(self, text: str) -> Mentions:
        """The concepts of a text, each as often as it stands there, of an ambiguous term the likeliest."""
        found = atoms(text[:LONGEST])
        spots = self._spots(text[:LONGEST], found)
        worths: dict[str, float] = {}
        for spot in spots:
            code, worth = spot.senses[0]
            worths[code] = worths.get(code, 0.0) + worth
        said = sum(spot.last - spot.first + 1 for spot in spots)
        return Mentions(worths, said / len(found.texts)) if spots else NOTHING

    def _spots(self, text: str, found: Atoms) -> list[Spot]:
        path = list(_steps(found))
        spots: list[Spot] = []
        place = 0
        while place < len(path):
            spot = self._longest(text, found, path, place)
            if spot is not None:
                spots.append(spot)
                place = spot.last
            else:
                place += 1
        return spots

    def _longest(self, text: str, found: Atoms, path: list[str], place: int) -> Spot | None:
        node, best = self._root, None
        for end in range(place, len(path)):
            following = node.follow.get(path[end])
            if following is None or (end > place and not following.crosses and _is_parted(text, found, end)):
                break
            node = following
            if not node.senses or not found.stands_alone(place, end, SHORT_ATOMS):
                continue
            start, stop = found.places[place][0], found.places[end][1]
            senses = _meant(node.senses, text[start:stop])
            if senses:
                best = Spot(senses, place + 1, end + 1, start, stop)
        return best


def steps(text: str) -> tuple[str, ...]:
    """What two texts share that say the same term: folded, in the singular, in one spelling."""
    return tuple(_steps(atoms(text)))


def _is_parted(text: str, found: Atoms, place: int) -> bool:
    """Whether the end of a clause stands between an atom and the one before it."""
    before, after = found.places[place - 1][1], found.places[place][0]
    return after > before and _BORDER.search(text, before, after) is not None


def _steps(found: Atoms) -> Iterator[str]:
    return (spelling(singular(atom)) for atom in found.texts)


def _meant(senses: list[Sense], as_written: str) -> tuple[tuple[str, float], ...]:
    """What a term means here: an abbreviation counts only as it is written, capitals and all."""
    worth: dict[str, float] = {}
    for sense in senses:
        if sense.is_short and _bare(sense.written) != _bare(as_written):
            continue
        worth[sense.code] = max(worth.get(sense.code, 0.0), sense.worth)
    return tuple(sorted(worth.items(), key=lambda pair: (-pair[1], pair[0])))


def _bare(text: str) -> str:
    """An abbreviation without blanks and without the full stop that ends it."""
    return text.replace(" ", "").rstrip(".")


def lexemes(codes: Iterable[str], wider: Iterable[str]) -> list[str]:
    """What the index keeps of a passage's concepts: each that is said, and each that is wider than one of them."""
    said = set(codes)
    return [MARK + code for code in sorted(said)] + [WIDER_MARK + code for code in sorted(set(wider) - said)]


def concept_terms(spots: Iterable[Spot]) -> list[Term]:
    """Terms of a question for the concepts it says: themselves, and passages about something narrower for less."""
    terms: dict[str, Term] = {}
    for spot in spots:
        for code, worth in spot.senses:
            for mark, part in ((MARK, 1.0), (WIDER_MARK, WIDER_WORTH)):
                term = Term(mark + code, "concept", spot.first, spot.last, worth * part)
                terms.setdefault(term.lexeme, term)
    return list(terms.values())
