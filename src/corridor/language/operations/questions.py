"""Questions: a text made ready for finding, with its language, its words with their weight, and its meaning."""

from __future__ import annotations

import functools
import logging
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from django.db import connection

from corridor.kernel.logic.identifiers import uuid7
from corridor.language.logic import fusion
from corridor.language.logic.embedding import Embedder, EmbeddingUnavailable, Vectors, unit
from corridor.language.logic.fairness import SEVEN, headed
from corridor.language.logic.identify import Guess, identify
from corridor.language.logic.proper import names_a_body, proper
from corridor.language.logic.sounds import sounds_asked
from corridor.language.logic.spotting import Spot, concept_terms
from corridor.language.logic.tongues import LANGUAGES
from corridor.language.logic.words import Term, fold, query_terms, tidy
from corridor.language.operations import engines, lexicon
from corridor.language.operations.index import Entry, Piece, passages_of, whole

log = logging.getLogger(__name__)

LONGEST_QUERY = 2000
MOST_TERMS = 32
MOST_CONCEPTS = 16

NO_SOUNDS = np.zeros(0)


@dataclass(frozen=True)
class Method:
    """Which parts of finding are on; the site uses all, benchmarks switch parts off to compare."""

    meaning: bool = True
    words: bool = True
    fair: bool = True
    evidence: bool = True
    lexicon: bool = True
    sounds: bool = True


@dataclass(frozen=True)
class Question:
    """A question made ready: its terms with their weights, its vector, and when it may be a name, the sounds of it with their rarity."""

    guess: Guess
    terms: list[Term]
    weights: np.ndarray
    vector: np.ndarray | None
    method: Method
    sounds: tuple[str, ...] = ()
    rarities: np.ndarray = field(default_factory=lambda: NO_SOUNDS)

    is_of_a_body: bool = False
    """Whether it asks for one body by its name, and says what sort of body: there others of its sort are wrong."""


def ask(query: str, *, language: str | None = None, method: Method | None = None) -> Question:
    """Make a question ready: which language, which words with which weight, which vector."""
    method = method or Method()
    query = tidy(query[:LONGEST_QUERY]).text
    guess = identify(query)
    if language:
        guess = known(language)
    terms = query_terms(query)[:MOST_TERMS] if method.words else []
    spots = lexicon.known().spotter.spot(query) if method.words and method.lexicon else []
    terms += concept_terms(spots)[:MOST_CONCEPTS]
    vector = _vector(query, guess, method) if method.meaning and fold(query).strip() else None
    sounds, of_a_body = _sounds(query, spots) if method.sounds and terms and not all_known(terms) else ((), False)
    count = counted([*(t.lexeme for t in terms), *sounds])
    return Question(guess, terms, count.weights(terms), vector, method, sounds, count.rarities(sounds), of_a_body)


def _sounds(query: str, spots: Sequence[Spot]) -> tuple[tuple[str, ...], bool]:
    """The sounds of what is proper to a question, and whether that is the name of a body whose sort it says."""
    is_body = names_a_body(query, spots)
    names = proper(query, spots) if spots or is_body else None
    sounds = tuple(sounds_asked(query, names, of_a_body=is_body))
    return sounds, is_body and bool(sounds)


def all_known(terms: Sequence[Term]) -> bool:
    """Whether the lexicon knows all that is asked: then it is no name, and what it means says more than how it sounds."""
    concepts = [t for t in terms if t.kind == "concept"]
    return bool(concepts) and all(
        any(c.position <= t.position <= c.until for c in concepts) for t in terms if t.kind != "concept"
    )


@functools.lru_cache(maxsize=2048)
def _read(query: str, engine: str, fair: bool) -> Vectors:
    """The raw vector of a query by the engine of that name; whoever pages on or filters asks the same again."""
    return _model(engine, fair=fair).embed([query], "query")


@functools.lru_cache(maxsize=512)
def _read_record(texts: tuple[str, ...], engine: str, fair: bool) -> Vectors:
    """Raw vectors of a record's texts; one page asks for notices, organisations and reasons with the same ones."""
    return _model(engine, fair=fair).embed(texts, "query")


def _model(engine: str, *, fair: bool) -> Embedder:
    """What reads for an engine; without fairness the model alone."""
    model = _reader(engine).embedder
    return model if fair else engines.plain(model)


def _reader(name: str) -> engines.Reader:
    """What reads for an engine; its passages cannot be compared with the vectors of any other."""
    reader = engines.reader_of(name)
    if reader is None:
        raise EmbeddingUnavailable(f"the index in service is of {name}, which this process cannot read for")
    return reader


def _vector(query: str, guess: Guess, method: Method) -> np.ndarray | None:
    try:
        raw = _read(query, engines.serving_name(), method.fair)
        correction = engines.serving_fairness() if method.fair else engines.no_fairness()
    except EmbeddingUnavailable as error:
        log.warning("no meaning for this search: %s", error)
        return None
    mentions = lexicon.mentions([query]) if method.lexicon else ()
    return np.asarray(correction.queries(raw, [guess.probabilities], mentions)[0])


@dataclass(frozen=True)
class Counted:
    """In how many passages lexemes stand, and about how many passages there are.

    A lexeme of one passage or of none is not there: operations/index.py counts from two.
    """

    passages: Mapping[str, int]
    total: int

    def rarities(self, lexemes: Sequence[str]) -> np.ndarray:
        """log((n + 1) / (df + 0.5)) of each (Robertson and Spärck Jones' idf without relevance)."""
        rarity = [math.log((self.total + 1) / (self.passages.get(lexeme, 0) + 0.5)) for lexeme in lexemes]
        return np.array(rarity, dtype=float).clip(min=0.05)

    def weights(self, terms: Sequence[Term]) -> np.ndarray:
        """Rarity of each term times what its kind is worth; concepts weigh what they stand for (logic/fusion.py)."""
        worth = np.array([fusion.WORTH[term.kind] for term in terms], dtype=float)
        return fusion.standing_for(terms, self.rarities([term.lexeme for term in terms]) * worth)


COUNTS = """
SELECT lexeme, passages FROM language_frequency WHERE lexeme = ANY(%s)
UNION ALL SELECT '', greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = 'language_passage'::regclass"""


def counted(lexemes: Sequence[str]) -> Counted:
    """Count lexemes in the index; how many passages there are is the planner's own figure, never a slow count."""
    if not lexemes:
        return Counted({}, 0)
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, [list(lexemes)])
        passages = dict(cursor.fetchall())
    return Counted(passages, max(50, *passages.values()))


def ask_with(text: str, language: str, *, heading: str = "", method: Method | None = None) -> Question:
    """Make a question of a whole record's text: the mean of its passages' meanings, and its rarest words."""
    method = method or Method()
    guess = identify(text) if not language else known(language)
    said = whole(heading, text)[: LONGEST_QUERY * 4]
    unique = list({t.lexeme: t for t in query_terms(said)}.values()) if method.words else []
    concepts = concept_terms(lexicon.known().spotter.spot(said)) if unique and method.lexicon else []
    count = counted([t.lexeme for t in (*unique, *concepts)])
    terms = with_concepts(rarest(unique, count), concepts)
    pieces = passages_of(Entry("", uuid7(), "", "", [Piece(text, language or guess.language or "-", heading)]))
    vector = _record_vector(pieces, heading, guess, method) if method.meaning and pieces else None
    return Question(guess, terms, count.weights(terms), vector, method)


def with_concepts(terms: Sequence[Term], concepts: Sequence[Term]) -> list[Term]:
    """The terms of a long text with the concepts that stand for some of them."""
    places = [t.position for t in terms]
    standing = (c for c in concepts if any(c.position <= place <= c.until for place in places))
    return [*terms, *standing][: MOST_TERMS * 2]


def known(language: str) -> Guess:
    """The guess for a text whose language its author stated."""
    return replace(
        identify(""), language=language, sure=True, probabilities={c: float(c == language) for c in LANGUAGES}
    )


def rarest(terms: Sequence[Term], count: Counted) -> list[Term]:
    """The terms of a long text that say most: those that others use too, the rarest first."""
    shared = [t for t in terms if count.passages.get(t.lexeme, 0) > 1]
    order = np.argsort(-count.weights(shared), kind="stable")
    return [shared[int(i)] for i in order[:MOST_TERMS]]


def _record_vector(
    pieces: Sequence[tuple[str, str, str]], heading: str, guess: Guess, method: Method
) -> np.ndarray | None:
    texts = [whole(head, body) for _, head, body in pieces]
    try:
        raw = _read_record((*texts, heading), engines.serving_name(), method.fair)
        correction = engines.serving_fairness() if method.fair else engines.no_fairness()
    except EmbeddingUnavailable as error:
        log.warning("no meaning for this text: %s", error)
        return None
    mentions = lexicon.mentions([*texts, heading]) if method.lexicon else ()
    vectors = correction.queries(raw, [guess.probabilities] * len(raw), mentions)
    mean = vectors[:-1].mean(axis=0, keepdims=True)
    mean[:, :-SEVEN] = unit(mean[:, :-SEVEN])
    return np.asarray(headed(mean, vectors[-1:] if heading.strip() else np.zeros_like(mean))[0])
