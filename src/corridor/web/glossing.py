"""What words of a text in another language are called in the reader's: beside a result, and below a notice."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from corridor.language.operations import glosses, lexicon
from corridor.web.components.names import reader_language

MOST_BESIDE = 3
MOST_BELOW = 12


@dataclass(frozen=True)
class Glossed:
    """A word as a text says it, and what the reader calls it."""

    said: str
    language: str
    code: str
    name: str
    name_language: str
    meaning: str = ""


def beside(sentences: Sequence[tuple[str, str]], known: Sequence[Collection[str]] = ()) -> list[tuple[Glossed, ...]]:
    """For each sentence (text, language) its telling words in the reader's words; one query for all.

    Sentences in the reader's language, and concepts named already (`known`, by name), need none.
    """
    language = reader_language()
    spotted = [first_said(text) if text and own != language else {} for text, own in sentences]
    codes = {code for places in spotted for code in places}
    names = lexicon.names_of(codes, language, telling=True) if codes else {}
    told = known or [()] * len(sentences)
    return [
        tuple(chosen(text, own, places, names, told[place]))[:MOST_BESIDE]
        for place, ((text, own), places) in enumerate(zip(sentences, spotted, strict=True))
    ]


def first_said(text: str) -> dict[str, tuple[int, int]]:
    """Where each concept is said first; of an ambiguous word its likeliest."""
    places: dict[str, tuple[int, int]] = {}
    for spot in lexicon.known().spotter.spot(text):
        places.setdefault(spot.senses[0][0], (spot.start, spot.end))
    return places


def chosen(
    text: str, language: str, places: Mapping[str, tuple[int, int]], names: Mapping[str, str], told: Collection[str]
) -> Iterable[Glossed]:
    """The words worth telling: those that the reader calls otherwise and that are not named already."""
    for code, (start, end) in places.items():
        said, name = text[start:end], names.get(code, "")
        if name and name not in told and name.casefold() != said.casefold():
            yield Glossed(said, language, code, name, reader_language())


def below(text: str, language: str) -> list[Glossed]:
    """The words of a text with the reader's words for them and one line on each, in the order they are first said."""
    own = reader_language()
    found = [gloss for gloss in glosses.glosses(text, own, most=MOST_BELOW * 3) if gloss.concept.themes and gloss.name]
    return [
        Glossed(
            text[gloss.start : gloss.end],
            language,
            gloss.concept.pk,
            gloss.name.text,
            gloss.name.language,
            gloss.concept.gloss,
        )
        for gloss in found[:MOST_BELOW]
        if gloss.name
    ]
