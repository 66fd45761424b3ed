"""Fairness across languages: a correction of raw vectors so that texts meet by meaning and not by language."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corridor.language.logic import alignment
from corridor.language.logic.alignment import Alignment, Taught
from corridor.language.logic.embedding_port import Vectors, unit
from corridor.language.logic.spotting import Mentions
from corridor.language.logic.tongues import LANGUAGES

SHIPPED = Path(__file__).resolve().parents[1] / "data" / "fairness.npz"
SEVEN = len(LANGUAGES)
NEAREST_WRONG = 3
# Half-way would let every pair's translations reach equally far, none would let every language's accidents come equally often;
# a quarter does some of both. Measured on halves of the sample (docs/language.md).
PART_OF_GAP = 0.25
# Chosen on the sample notices and their graded pairs (docs/language.md).
HEADING_WEIGHT = 0.5
# How far a text is moved towards the concepts it mentions: at least, and the further the more of its words say them. Chosen on halves
# of the parallel sample (docs/language.md).
CONCEPT_WEIGHT = 0.2
CONCEPT_SHARE_WEIGHT = 0.4
WHOLE = 127.0
# How much a text of the sample, the usual term of a concept and another term teach the alignment, one beside the other (docs/language.md).
TEXT_COUNTS = 2.0
USUAL_TERM_COUNTS = 1.0
OTHER_TERM_COUNTS = 0.5
ARRAYS = ("query_means", "passage_means", "thresholds", "passage_thresholds", "concepts")

# How much of a stored vector says which language it is in. A query's thresholds are divided by it, so that scores stay what they
# are; at 1 the neighbours that the approximate index links would nearly all be of one language, and a search that enters among them
# would hardly ever leave it.
LANGUAGE_WEIGHT = 0.1


@dataclass(frozen=True)
class Fairness:
    """The correction, computed once from a parallel sample (`corridor calibrate`), for raw vectors of d coordinates.

    `query_means`, `passage_means`: (7, d), the mean raw vector of each language in the order of `LANGUAGES`, queries and
    passages apart. Subtracting the mean of a text's own language removes most of what a model says about language
    (Libovický, Rosa and Fraser 2020, "On the language neutrality of pre-trained multilingual representations").

    `thresholds`: (7, 7), for a query in one language and a passage in another, the inner product from which a score begins to
    mean something: what the nearest wrong texts reach, plus a part of the way from there to what translations reach. What is
    left of a model's preference for pairs of languages, its own above all, goes with it (score normalisation against
    impostors, Auckenthaler, Carey and Lloyd-Thomas 2000, one norm for each pair of languages). `passage_thresholds`: the
    same between passages.

    A corrected passage is (d + 7): the unit vector, then which language it is in, times `LANGUAGE_WEIGHT`. A corrected query is
    the unit vector, then minus its thresholds to each language over that weight: their inner product is the corrected score, so
    one ordinary index serves.

    `alignment`: a function for each language that moves a centred vector to where its meaning lies for all seven; None leaves it.

    `concept_codes`, `concepts`: (m) codes of the lexicon and (m, d) int8, where each lies: the mean over seven languages of its
    usual term's vector less that language's mean, times 127. A text that mentions concepts is moved towards them, the further the more of
    it they are: a small model is weakest on few words and in the languages it saw least of, and there a lexicon knows
    better (knowledge-enhanced retrieval; vectors of entities beside words as in Xiong, Callan and Liu 2017).
    """

    version: str
    query_means: Vectors | None = None
    passage_means: Vectors | None = None
    thresholds: Vectors | None = None
    passage_thresholds: Vectors | None = None
    concepts: npt.NDArray[np.int8] | None = None
    concept_codes: tuple[str, ...] = ()
    alignment: Alignment | None = None

    def passages(self, raw: Vectors, languages: Sequence[str], mentions: Sequence[Mentions] = ()) -> Vectors:
        """Corrected passage vectors, (n, d + 7) float32, from unit rows (n, d). An unknown language counts as all."""
        blend = shares(languages)
        centred = self._towards(self._placed(raw, blend, self.passage_means), mentions)
        return np.hstack([centred, LANGUAGE_WEIGHT * blend]).astype(np.float32)

    def queries(
        self, raw: Vectors, probabilities: Sequence[Mapping[str, float]], mentions: Sequence[Mentions] = ()
    ) -> Vectors:
        """Corrected query vectors, (n, d + 7) float32; what a language brings is blended by its probability."""
        blend = normalised(
            np.array([[p.get(code, 0.0) for code in LANGUAGES] for p in probabilities], dtype=np.float32)
        )
        offsets = np.zeros((len(raw), SEVEN)) if self.thresholds is None else -(blend @ self.thresholds)
        centred = self._towards(self._placed(raw, blend, self.query_means), mentions)
        return np.hstack([centred, offsets / LANGUAGE_WEIGHT]).astype(np.float32)

    def between(self, left: Sequence[str], right: Sequence[str]) -> Vectors:
        """What to take from the inner products (n, m) of stored passages in these languages to make them comparable."""
        one, other = shares(left), shares(right)
        same = LANGUAGE_WEIGHT**2 * (one @ other.T)
        taken = same if self.passage_thresholds is None else same + one @ self.passage_thresholds @ other.T
        return np.asarray(taken, dtype=np.float32)

    def _placed(self, raw: Vectors, blend: Vectors, means: Vectors | None) -> Vectors:
        centred = unit(np.asarray(raw, dtype=np.float32) if means is None else raw - blend @ means)
        return centred if self.alignment is None else self.alignment.moved(centred, blend)

    def _towards(self, centred: Vectors, mentions: Sequence[Mentions]) -> Vectors:
        if self.concepts is None or not any(mention.worths for mention in mentions):
            return centred
        pull = np.zeros_like(centred)
        for row, mention in enumerate(mentions):
            known = {self._places[code]: worth for code, worth in mention.worths.items() if code in self._places}
            if known:
                weights = np.array(list(known.values()), dtype=np.float32)
                said = weights @ (self.concepts[list(known)].astype(np.float32) / WHOLE)
                pull[row] = (CONCEPT_WEIGHT + CONCEPT_SHARE_WEIGHT * mention.share) * unit(said[None])[0]
        return unit(centred + pull)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {code: place for place, code in enumerate(self.concept_codes)}


def headed(bodies: Vectors, headings: Vectors) -> Vectors:
    """Corrected vectors (n, d + 7) of texts that stand under a heading: a part of the heading's meaning goes in once more.

    A heading says in ten words what the text is about; `bodies` have read it together with the text, `headings` alone. Rows of
    `headings` that are zero change nothing.
    """
    mixed = unit(bodies[:, :-SEVEN] + HEADING_WEIGHT * headings[:, :-SEVEN])
    return np.hstack([mixed, bodies[:, -SEVEN:]]).astype(np.float32)


def shares(languages: Sequence[str]) -> Vectors:
    """(n, 7): 1 at each text's language, or 1/7 everywhere where it is unknown."""
    known = np.array([[code == language for code in LANGUAGES] for language in languages], dtype=np.float32)
    return normalised(known.reshape(len(languages), SEVEN))


def normalised(blend: Vectors) -> Vectors:
    """Rows that sum to 1; an empty row counts all languages alike."""
    blend = blend.reshape(-1, SEVEN)
    total = blend.sum(axis=1, keepdims=True)
    return np.where(total > 0, blend / np.where(total > 0, total, 1), 1 / SEVEN).astype(np.float32)


@dataclass(frozen=True)
class Terms:
    """Terms of m concepts as a model reads them: `usual` (7, m, d), the usual one of each language; `others`, for each of the seven its
    other terms (n, d) and which concepts they say (n,)."""

    usual: Vectors
    others: Sequence[tuple[Vectors, npt.NDArray[np.intp]]]

    @cached_property
    def concepts(self) -> Vectors:
        """Where each concept lies, (m, d): the mean over seven languages of its usual term, each less its language's mean."""
        return unit(np.mean([unit(rows - rows.mean(axis=0)) for rows in self.usual], axis=0).astype(np.float32))


def calibrated(queries: Vectors, passages: Vectors, version: str, terms: Terms | None = None) -> Fairness:
    """The correction for a model from a parallel sample, and from a lexicon if there is one.

    `queries`, `passages`: (7, n, d) raw vectors of the same n meanings in the order of `LANGUAGES`, read as queries and as
    passages. Thresholds are estimated on halves of the sample that gave neither means nor alignment, and averaged.
    """
    half = np.arange(queries.shape[1]) % 2 == 0
    crossed, between = [], []
    for learn in (half, ~half):
        part = _learnt(queries[:, learn], passages[:, learn], version, terms)
        asked, stored = (
            np.stack([part._placed(rows, _only(i, len(rows)), means) for i, rows in enumerate(of[:, ~learn])])
            for of, means in ((queries, part.query_means), (passages, part.passage_means))
        )
        crossed.append(_thresholds(asked, stored))
        between.append(_thresholds(stored, stored))
    return replace(
        _learnt(queries, passages, version, terms),
        thresholds=np.mean(crossed, axis=0).astype(np.float32),
        passage_thresholds=np.mean(between, axis=0).astype(np.float32),
    )


def _only(language: int, rows: int) -> Vectors:
    return np.tile(np.eye(SEVEN, dtype=np.float32)[language], (rows, 1))


def _learnt(queries: Vectors, passages: Vectors, version: str, terms: Terms | None) -> Fairness:
    query_means, passage_means = (of.mean(axis=1).astype(np.float32) for of in (queries, passages))
    aligned = None if terms is None else _aligned(passages, passage_means, terms)
    return Fairness(version, query_means, passage_means, alignment=aligned)


def _aligned(passages: Vectors, means: Vectors, terms: Terms) -> Alignment:
    """What texts and terms teach. What a text means lies at the mean of its seven versions, what a term means at its concept."""
    centred = np.stack([unit(rows - mean) for rows, mean in zip(passages, means, strict=True)])
    usual = np.stack([unit(rows - mean) for rows, mean in zip(terms.usual, means, strict=True)])
    meant = unit(centred.mean(axis=0))
    taught = []
    for i, (rows, concepts) in enumerate(terms.others):
        counts = (centred.shape[1], usual.shape[1], len(rows))
        taught.append(
            Taught(
                np.concatenate([centred[i], usual[i], unit(rows - means[i])]),
                np.concatenate([meant, terms.concepts, terms.concepts[concepts]]),
                np.repeat([TEXT_COUNTS, USUAL_TERM_COUNTS, OTHER_TERM_COUNTS], counts),
            )
        )
    return alignment.learnt(taught, list(usual))


def _thresholds(left: Vectors, right: Vectors) -> Vectors:
    """`left`, `right`: (7, n, d) corrected unit vectors of the same n meanings."""
    wrong, gap = np.zeros((SEVEN, SEVEN)), np.full((SEVEN, SEVEN), np.nan)
    for a in range(SEVEN):
        for b in range(SEVEN):
            near = left[a] @ right[b].T
            true = float(np.diagonal(near).mean())
            np.fill_diagonal(near, -1)
            wrong[a, b] = np.sort(near, axis=1)[:, -NEAREST_WRONG:].mean()
            if a != b:
                gap[a, b] = true - wrong[a, b]
    # A language with itself has no translations to measure: it gets the mean gap of its pairs with the others.
    np.fill_diagonal(gap, np.nanmean(gap, axis=1))
    return np.asarray(wrong + PART_OF_GAP * gap, dtype=np.float32)


def with_concepts(correction: Fairness, codes: Sequence[str], terms: Terms, version: str) -> Fairness:
    """The correction with concepts of the lexicon added; each language is centred by its own terms, which are another sort of text."""
    whole = terms.concepts
    steps = np.rint(whole / np.maximum(np.abs(whole).max(axis=1, keepdims=True), 1e-9) * WHOLE).astype(np.int8)
    return replace(correction, version=version, concepts=steps, concept_codes=tuple(codes))


def none() -> Fairness:
    """No correction: raw vectors, for comparison and for models that have not been calibrated."""
    return Fairness("raw")


def load(path: Path = SHIPPED) -> Fairness:
    """The correction kept in a file made by `save`. Raises OSError when it is not there."""
    with np.load(path, allow_pickle=False) as kept:
        arrays = {name: kept[name] for name in kept.files}
    codes = tuple(map(str, arrays.get("concept_codes", ())))
    plain = {name: arrays[name] for name in ARRAYS if name in arrays}
    return Fairness(str(arrays["version"]), **plain, concept_codes=codes, alignment=alignment.kept(arrays))


def save(fairness: Fairness, path: Path) -> None:
    """Keep a correction in a file."""
    arrays = {name: value for name in ARRAYS if (value := getattr(fairness, name)) is not None}
    arrays |= fairness.alignment.arrays() if fairness.alignment else {}
    codes = np.array(fairness.concept_codes, dtype="U60")
    np.savez_compressed(path, version=np.array(fairness.version), concept_codes=codes, **arrays)


def ways() -> str:
    """A short fingerprint of the numbers by which vectors are corrected beyond what a file holds: other numbers, other vectors."""
    numbers = (
        alignment.SHARPNESS, alignment.LANDMARK_WEIGHT, alignment.MOVED, alignment.LEAST_SHARE,
        HEADING_WEIGHT, CONCEPT_WEIGHT, CONCEPT_SHARE_WEIGHT, LANGUAGE_WEIGHT,
    )  # fmt: skip
    return hashlib.sha256(repr(numbers).encode()).hexdigest()[:6]


def digest(texts: Mapping[str, Sequence[str]]) -> str:
    """A short fingerprint of a sample: what a correction was made from."""
    whole = "\0".join("\1".join(texts[code]) for code in LANGUAGES)
    return hashlib.sha256(whole.encode()).hexdigest()[:10]
