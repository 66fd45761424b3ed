"""Words, sub-words and exact tokens of a text, as lexemes for an index and as terms of a query."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from icu4py.breakers import WordBreaker

from corridor.language.logic import words_exact
from corridor.language.logic.fold import CLUSTERED, fold, pieces, toneless
from corridor.language.logic.scripts import main_script
from corridor.language.logic.sentences import segments

Kind = Literal["exact", "word", "part", "toneless", "concept"]

WEIGHTS: Final[dict[Kind, str]] = {"exact": "A", "concept": "A", "word": "B", "toneless": "C", "part": "D"}
"""The weight class of PostgreSQL's text search that each kind of term goes by."""

PART_MARK: Final = "~"
"""What a sub-word lexeme begins with, so that it is never taken for a whole word of the same letters."""

LEXEME_BYTES: Final = 200
LAST_POSITION: Final = 16383
POSITIONS_EACH: Final = 255
INDEX_BYTES: Final = 600_000
"""A tsvector holds less than 1 MiB; longer texts lose parts first, then words at their end."""


class Word(NamedTuple):
    """A word of a text: its search key, where it stands (offsets of characters), its weight class (A exact, B word)."""

    key: str
    start: int
    end: int
    weight_class: str


@dataclass(frozen=True)
class Term:
    """A term of a query. `position` counts as the positions of `index_terms` do, for phrases; equality ignores it.

    A concept stands for the words from `position` to `until`, and is worth so much of them, 0 to 1.
    """

    lexeme: str
    kind: Kind
    position: int = field(default=0, compare=False)
    until: int = field(default=0, compare=False)
    worth: float = field(default=1.0, compare=False)


_HAN: Final = "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SPACELESS: Final = CLUSTERED + _HAN
# ICU gives a run that mixes another script with one without blanks to its dictionaries as one word: part them first.
_SPACED: Final = f"[^\\W_{_SPACELESS}]"
_BORDER: Final = re.compile(f"(?<=[{_SPACELESS}])(?={_SPACED})|(?<={_SPACED})(?=[{_SPACELESS}])")

_THAI: Final = "[\u0e40-\u0e44]?[\u0e01-\u0e2e\u0e2f\u0e46][\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]*|[\u0e00-\u0e7f]"
_LAO: Final = "[\u0ec0-\u0ec4]?[\u0e81-\u0eae\u0edc\u0edd][\u0eb0-\u0ebc\u0ec8-\u0ece]*|[\u0e80-\u0eff]"
_KHMER: Final = "[\u1780-\u17b3](?:\u17d2[\u1780-\u17b3]|[\u17b6-\u17d3\u17dd])*|[\u1780-\u17ff]"
_MARKS: Final = (
    "\u102b-\u1032\u1036-\u1038\u103b-\u103e\u1056-\u1059\u105e-\u1060\u1062-\u1064"
    "\u1067-\u106d\u1071-\u1074\u1082-\u108d\u109a-\u109d"
)
_MYANMAR_LETTER: Final = (
    "[\u1000-\u102a\u103f\u104e\u1050-\u1055\u105a-\u105d\u1061\u1065\u1066"
    "\u106e-\u1070\u1075-\u1081\u108e\uaa60-\uaa7a]"
)
_MYANMAR: Final = (
    f"{_MYANMAR_LETTER}(?:\u1039{_MYANMAR_LETTER}|[{_MARKS}]|\u103a\u1039?)*"
    f"(?:{_MYANMAR_LETTER}\u1037?\u103a(?!\u1039)[\u1037\u1038]*)*|[\u1000-\u109f\uaa60-\uaa7f]"
)
_CLUSTER: Final = re.compile(f"{_THAI}|{_LAO}|{_KHMER}|{_MYANMAR}|[{_HAN}]")
_ATOM: Final = re.compile(f"{_CLUSTER.pattern}|{_SPACED}+(?:[.,](?<=[0-9].)(?=[0-9]){_SPACED}+)*")
_RUN: Final = re.compile(f"[{_SPACELESS}]+")
_SPACELESS_LETTER: Final = re.compile(f"[{_SPACELESS}]")
_LATIN_WORD: Final = re.compile("[a-zà-ɏ\u1e00-\u1eff]+")


def words(text: str) -> list[Word]:
    """The words of a text in order: ICU's words as search keys, and the exact tokens among them as wholes.

    Punctuation is dropped. An exact token (PM2.5, COVID-19, R&D, 3.5 kW) stands beside the words it is made of.
    ICU finds words by dictionary in Khmer, Lao, Burmese, Thai and Chinese, by Unicode Standard Annex 29 elsewhere.
    """
    key, starts, ends = _aligned(text)
    found = [Word(word, starts[start], ends[end - 1], WEIGHTS["word"]) for word, start, end in _plain_words(key)]
    is_exact = words_exact.judge(text)
    found = [
        word._replace(weight_class=WEIGHTS["exact"]) if is_exact(text[word.start : word.end]) else word
        for word in found
    ]
    found += [
        Word(token.key, starts[token.start], ends[token.end - 1], WEIGHTS["exact"])
        for token in words_exact.compounds(key)
    ]
    return sorted(dict.fromkeys(found), key=lambda word: (word.start, -word.end))


def _aligned(text: str) -> tuple[str, list[int], list[int]]:
    """The folded text, parted at borders of script, and for each of its characters where it came from in the text."""
    keys: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for piece in pieces(text):
        size = len(piece.key)
        if size == piece.end - piece.start:
            starts.extend(range(piece.start, piece.end))
            ends.extend(range(piece.start + 1, piece.end + 1))
        else:
            starts.extend([piece.start] * size)
            ends.extend([piece.end] * size)
        keys.append(piece.key)
    key = "".join(keys)
    for border in reversed([match.start() for match in _BORDER.finditer(key)]):
        starts.insert(border, starts[border])
        ends.insert(border, starts[border])
    return _parted(key), starts, ends


def _parted(key: str) -> str:
    return key if key.isascii() else _BORDER.sub(" ", key)


def _plain_words(key: str) -> Iterator[tuple[str, int, int]]:
    """ICU's words of a folded text; those joined by an inner full stop that is no decimal sign are parted."""
    for start, end in segments(key, WordBreaker):
        word = key[start:end]
        if word.isalpha() or _RUN.fullmatch(word):
            yield word, start, end
        elif any(map(str.isalnum, word)):
            yield from words_exact.parted_at_signs(word, start)


@dataclass(frozen=True)
class Atoms:
    """The atoms of a text: folded syllable clusters, Chinese characters and words between blanks, as positions count them.

    `places`: where each stands in the text as it was given, offsets of characters. `begins`, `ends`: at which atoms ICU's
    words begin and end.
    """

    texts: list[str]
    places: list[tuple[int, int]]
    begins: frozenset[int]
    ends: frozenset[int]

    def is_han(self, place: int) -> bool:
        """Whether that atom is a Chinese character."""
        return re.fullmatch(f"[{_HAN}]", self.texts[place]) is not None

    def stands_alone(self, first: int, last: int, short: int) -> bool:
        """Whether the atoms from first to last can be a word: from `short` on any run can, shorter ones where ICU parts words."""
        if last - first >= short or not _SPACELESS_LETTER.match(self.texts[first]):
            return True
        return first in self.begins and last in self.ends


def atoms(text: str) -> Atoms:
    """The atoms of a text, in the order and by the numbers that `index_terms` and `query_terms` count positions."""
    key, starts, ends = _aligned(text)
    spans = [match.span() for match in _ATOM.finditer(key)]
    firsts, lasts = [start for start, _ in spans], [end for _, end in spans]
    borders = [(start, end) for _, start, end in _plain_words(key)]
    return Atoms(
        [key[start:end] for start, end in spans],
        [(starts[start], ends[end - 1]) for start, end in spans],
        frozenset(bisect_left(firsts, start) for start, _ in borders),
        frozenset(bisect_left(lasts, end) for _, end in borders),
    )


def index_terms(text: str) -> dict[str, list[int]]:
    """The lexemes of a text and their positions, fit for a tsvector: at most 200 bytes, 255 positions up to 16383.

    Four kinds: words, exact tokens as wholes, tone-free and singular forms of Latin words, and for scripts without
    blanks every syllable cluster (or Chinese character) and every pair of neighbours, marked `~`. A query word is thus
    found whatever words the dictionary saw around it in the text: all its clusters and pairs are in the index.
    Positions count clusters and Latin words from 1; what follows directly in the text is next to it there.
    """
    key = _parted(fold(text))
    atoms = [match.span() for match in _ATOM.finditer(key)]
    begins = [start for start, _ in atoms]
    found: dict[str, list[int]] = {}
    for word, start, _ in _plain_words(key):
        position = bisect_right(begins, start)
        for lexeme in (word, *_variants(word)):
            found.setdefault(lexeme, []).append(position)
    for token in words_exact.compounds(key, loosely=True):
        found.setdefault(token.key, []).append(bisect_right(begins, token.start))
    for part, position in _parts(key, atoms):
        found.setdefault(part, []).append(position)
    return _within_limits(found)


def _within_limits(found: dict[str, list[int]]) -> dict[str, list[int]]:
    """The lexemes in the order they were found, as many as fit, each with its first positions."""
    terms: dict[str, list[int]] = {}
    room = INDEX_BYTES
    for found_lexeme, found_positions in found.items():
        positions = _storable(found_positions)
        room -= len(found_lexeme) * (1 if found_lexeme.isascii() else 3) + 4 + 2 * len(positions)
        if room < 0:
            break
        lexeme = _cut(found_lexeme)
        terms[lexeme] = _storable([*terms[lexeme], *positions]) if lexeme in terms else positions
    return terms


def _storable(positions: list[int]) -> list[int]:
    if len(positions) == 1 and 1 <= positions[0] <= LAST_POSITION:
        return positions
    return sorted({min(max(position, 1), LAST_POSITION) for position in positions})[:POSITIONS_EACH]


def _cut(lexeme: str) -> str:
    if len(lexeme) * 4 <= LEXEME_BYTES:
        return lexeme
    return lexeme.encode()[:LEXEME_BYTES].decode(errors="ignore")


def _variants(word: str) -> Iterator[str]:
    """Other lexemes that a Latin word answers to: without tones, and in the singular."""
    if _LATIN_WORD.fullmatch(word):
        bare = toneless(word)
        if bare != word:
            yield bare
        singular = words_exact.singular(word)
        if singular != word:
            yield singular


def _parts(key: str, atoms: list[tuple[int, int]]) -> Iterator[tuple[str, int]]:
    """Every cluster of a script without blanks and every pair of neighbours, with positions."""
    before = last_end = -1
    for position, (start, end) in enumerate(atoms, 1):
        if not _SPACELESS_LETTER.match(key, start):
            before = -1
            continue
        if before >= 0 and last_end == start:
            yield PART_MARK + key[before:end], position - 1
        yield PART_MARK + key[start:end], position
        before, last_end = start, end


def query_terms(text: str) -> list[Term]:
    """The terms of a query, each once, in the order of the text.

    `exact`: acronyms, formulas, model numbers, numbers with units, and names in Latin script inside another script.
    `word`: the other words. `toneless`: a Latin word's tone-free form, where it differs. `part`: pairs of clusters of
    scripts without blanks (a single cluster alone stands for itself), and the singular of an English word.
    A text that contains the query's words contains all its parts.
    """
    key, starts, ends = _aligned(text)
    atoms = [match.span() for match in _ATOM.finditer(key)]
    begins = [start for start, _ in atoms]
    is_exact = words_exact.judge(text, main_script(text))
    terms: list[Term] = []
    for word, start, end in _plain_words(key):
        position = bisect_right(begins, start) or 1
        kind: Kind = "exact" if is_exact(text[starts[start] : ends[end - 1]]) else "word"
        terms.append(Term(_cut(word), kind, position))
        terms += [_variant(word, lexeme, position) for lexeme in _variants(word)]
    for token in words_exact.compounds(key):
        terms.append(Term(_cut(token.key), "exact", bisect_right(begins, token.start)))
    terms += [Term(_cut(part), "part", position) for part, position in _telling_parts(key, atoms)]
    return sorted(dict.fromkeys(terms), key=lambda term: term.position)


def _variant(word: str, lexeme: str, position: int) -> Term:
    return Term(_cut(lexeme), "part" if word.isascii() else "toneless", position)


def _telling_parts(key: str, atoms: list[tuple[int, int]]) -> Iterator[tuple[str, int]]:
    """Pairs of neighbours; a cluster that stands in no pair stands alone."""
    for run in _RUN.finditer(key):
        first = bisect_left(atoms, (run.start(), 0))
        clusters = atoms[first : bisect_left(atoms, (run.end(), 0))]
        if len(clusters) == 1:
            yield PART_MARK + run[0], first + 1
        for place, ((start, _), (_, end)) in enumerate(pairwise(clusters), first + 1):
            yield PART_MARK + key[start:end], place
