"""Where the sentences of a text begin and end, in seven languages."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from icu4py.breakers import SentenceBreaker, WordBreaker

from corridor.language.logic.fold import without_surrogates

LONGEST: Final = 400
"""No sentence is longer than this many characters: past it a text without sentence marks is cut at a border of words."""

CLAUSE_AT_LEAST: Final = 40
"""Lao, Thai, Khmer and Burmese put blanks between clauses: a piece shorter than this is not cut off at a blank."""

CLAUSE_WANTED: Final = 160
"""A run in those scripts longer than this is cut at its blanks."""


class Span(NamedTuple):
    """A part of a text; `start` and `end` are offsets of characters, `text[start:end]` has no blanks at its ends."""

    start: int
    end: int


_UNSPACED: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u200b"
_CLAUSE_BORDER: Final = re.compile(f"(?<=[{_UNSPACED}])\\s+(?=[{_UNSPACED}])")
# ICU ends a sentence after these; a full stop there begins no new one.
_ABBREVIATIONS: Final = re.compile(
    r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof|Assoc|Asst|Eng|No|Nos|Fig|Figs|Vol|pp|St|Ltd|Co|Inc|Dept|approx|ca|cf|vs|al|etc|e\.g|i\.e"
    r"|Art|Sec|Ref|Tel|TS|ThS|PGS|GS|KS|BS|TP|Tp|Q|P|H)\.|(?:\b[A-Z]\.)+)\s+$"
)


def sentences(text: str) -> list[Span]:
    """The sentences of a text in order; together they cover every character that is not white space.

    ICU's rules (Unicode Standard Annex 29, which know 。 ။ ។ ៕), joined again after common abbreviations; where a
    script marks no sentences (Lao, Thai; Khmer and Burmese at times) blanks between clauses and then borders of words
    cut what is too long. Never raises.
    """
    return [span for rough in _rough(text) for span in _fitting(text, rough)]


def _rough(text: str) -> Iterator[Span]:
    """ICU's sentences without the blanks at their ends, those that end in an abbreviation joined with the next."""
    start = 0
    for end in _icu_borders(text):
        if _ABBREVIATIONS.search(text, max(start, end - 16), end) and "\n" not in text[end - 2 : end]:
            continue
        yield from _trimmed(text, start, end)
        start = end
    yield from _trimmed(text, start, len(text))


def _icu_borders(text: str) -> list[int]:
    return [end for _, end in segments(text, SentenceBreaker)]


def segments(text: str, breaker: type[SentenceBreaker] | type[WordBreaker]) -> list[tuple[int, int]]:
    """ICU's segments as offsets of characters; ICU itself counts UTF-16 units and refuses lone surrogates."""
    text = without_surrogates(text)
    # Root rules: the dictionaries for km, lo, my, th and zh apply by script, whatever the locale.
    found = list(breaker(text, "root").segments())
    if not text or max(text) <= "\uffff":
        return found
    places: list[int] = []
    for place, character in enumerate(text):
        places.extend([place] * (2 if character > "\uffff" else 1))
    places.append(len(text))
    return [(places[start], places[end]) for start, end in found]


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    part = text[start:end]
    content = part.strip()
    if content:
        start += len(part) - len(part.lstrip())
        yield Span(start, start + len(content))


def _fitting(text: str, span: Span) -> Iterator[Span]:
    """The span itself, or its clauses, or pieces of them, none longer than LONGEST."""
    if span.end - span.start <= CLAUSE_WANTED:
        yield span
        return
    for clause in _clauses(text, span):
        if clause.end - clause.start <= LONGEST:
            yield clause
        else:
            yield from _cut_at_words(text, clause)


def _clauses(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    last_border: re.Match[str] | None = None
    for border in _CLAUSE_BORDER.finditer(text, span.start, span.end):
        if last_border and border.start() - start > CLAUSE_WANTED:
            yield Span(start, last_border.start())
            start, last_border = last_border.end(), None
        if border.start() - start >= CLAUSE_AT_LEAST and span.end - border.end() >= CLAUSE_AT_LEAST:
            last_border = border
    if last_border and span.end - start > CLAUSE_WANTED:
        yield Span(start, last_border.start())
        start = last_border.end()
    yield Span(start, span.end)


def _cut_at_words(text: str, span: Span) -> Iterator[Span]:
    borders = [span.start + end for _, end in segments(text[span.start : span.end], WordBreaker)]
    start = span.start
    last = start
    for border in borders:
        if border - start > LONGEST:
            cuts = [last] if last > start else []
            cuts += range(max(last, start) + LONGEST, border, LONGEST)
            for cut in cuts:
                yield from _trimmed(text, start, cut)
                start = cut
        last = border
    yield from _trimmed(text, start, span.end)
