"""What the words of a text mean: glosses for a reader, usual terms for a translator, and the subjects of a record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from corridor.language.logic.spotting import Spot, steps
from corridor.language.models import Concept, Passage, Term
from corridor.language.operations import engines, lexicon
from corridor.language.states import TermState

MOST = 30


@dataclass(frozen=True)
class Gloss:
    """A place in a text where a concept is said first: what it is called in the reader's language, and one line of English on it."""

    start: int
    end: int
    concept: Concept
    name: Term | None


@dataclass(frozen=True)
class Advice:
    """What a text says in its own words, and how the language of the translation usually says it, the usual term first."""

    said: str
    concept: Concept
    terms: tuple[Term, ...]


def glosses(text: str, language: str, *, most: int = MOST) -> list[Gloss]:
    """The concepts of a text in the order they are first said, each once, with their names in a language, else in English."""
    places = _first_places(text, most)
    concepts = Concept.objects.in_bulk(list(places))
    own, english = (_usual(_terms(places, code)) for code in (language, "en"))
    return [
        Gloss(spot.start, spot.end, concepts[code], own.get(code) or english.get(code))
        for code, spot in places.items()
        if code in concepts
    ]


def terms_for_translation(text: str, language: str, *, most: int = MOST) -> list[Advice]:
    """How a language says the words of a text: confirmed terms first, of the others the usual one only.

    A synonym that nobody confirmed may be a neighbour of the concept: good enough to find by, not to translate by. So the text too
    must say the concept by its usual or a confirmed term.
    """
    places = _first_places(text, most)
    trusted: dict[str, list[Term]] = {code: [] for code in places}
    is_trusted = Q(position=0) | Q(state=TermState.CONFIRMED)
    for term in Term.objects.filter(is_trusted, concept__in=list(places)).exclude(state=TermState.REJECTED):
        trusted[term.concept_id].append(term)
    concepts = Concept.objects.in_bulk(list(places))
    advice = []
    for code, spot in places.items():
        said = text[spot.start : spot.end]
        terms = sorted((term for term in trusted[code] if term.language == language), key=_confirmed_first)
        if terms and any(steps(term.text) == steps(said) for term in trusted[code]):
            advice.append(Advice(said, concepts[code], tuple(terms)))
    return advice


def subjects_of(kind: str, record_id: UUID, language: str, *, most: int = 8) -> dict[str, str]:
    """Code → name of what a record speaks of, what most of its passages say first. For records that the reader may see."""
    passages = Passage.objects.filter(kind=kind, record_id=record_id, engine=engines.serving_id()).order_by("ordinal")
    counts = Counter(code for codes in passages.values_list("concepts", flat=True) for code in codes)
    names = lexicon.names_of(counts, language)
    return {code: names[code] for code, _ in counts.most_common(most) if code in names}


def _first_places(text: str, most: int) -> dict[str, Spot]:
    """Code of each concept, of an ambiguous term the likeliest → where it is said first."""
    places: dict[str, Spot] = {}
    for spot in lexicon.known().spotter.spot(text):
        places.setdefault(spot.senses[0][0], spot)
    return dict(list(places.items())[:most])


def _terms(codes: Iterable[str], language: str) -> dict[str, tuple[Term, ...]]:
    """The terms of concepts in one language that count, confirmed ones first."""
    found = Term.objects.filter(concept__in=list(codes), language=language).exclude(state=TermState.REJECTED)
    result: dict[str, tuple[Term, ...]] = {}
    for term in sorted(found, key=_confirmed_first):
        result[term.concept_id] = (*result.get(term.concept_id, ()), term)
    return result


def _confirmed_first(term: Term) -> tuple[bool, int]:
    return term.state != TermState.CONFIRMED, term.position


def _usual(terms: Mapping[str, tuple[Term, ...]]) -> dict[str, Term]:
    """The usual term of each concept."""
    return {code: min(of, key=lambda term: term.position) for code, of in terms.items()}
