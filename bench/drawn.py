"""Short terms that were drawn and translated by somebody who had not seen the lexicon: what it knows of them, and what not."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from corridor.language.logic.fairness import Fairness
from corridor.language.logic.identify import identify
from corridor.language.logic.lexicon import Label
from corridor.language.logic.tongues import LANGUAGES
from corridor.language.operations import engines, lexicon
from corridor.language.operations.calibration import parallel_sample
from corridor.launch.evaluation import retrieval
from corridor.launch.evaluation.pool import Progress

SET: Final = Path(__file__).parent / "sets" / "terms.jsonl"
KNOWN: Final = "in the lexicon"
UNKNOWN: Final = "not in the lexicon"
MEANS: Final = "means"


def measure(step: int, progress: Progress, file: Path = SET) -> dict[str, Any]:
    """Each term finds its translations in one pool of all; figures over all, of those the lexicon knows, and of those it does not."""
    texts = read(file, step)
    sorts = sorts_of(texts)
    figures = retrieval.evaluate(texts, k=None, progress=progress, sorts=sorts)
    systems = {"raw": figures["systems"]["raw"], MEANS: means_only(texts, sorts), **figures["systems"]}
    return {**figures, "terms": dict(Counter(sorts)), "systems": systems}


def read(file: Path, step: int = 1) -> dict[str, list[str]]:
    """Language -> the terms of the set, the same position meaning the same."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()][::step]
    return {code: [row[code] for row in rows] for code in LANGUAGES}


def sorts_of(texts: Mapping[str, Sequence[str]]) -> list[str]:
    """Whether the lexicon that ships says each term: as search folds it, in any of the seven languages."""
    concepts = lexicon.reading_of(None).concepts.values()
    known = {(label.language, label.key) for concept in concepts for label in concept.labels}
    rows = zip(*(texts[code] for code in LANGUAGES), strict=True)
    return [
        KNOWN
        if any((code, Label(code, text).key) in known for code, text in zip(LANGUAGES, row, strict=True))
        else UNKNOWN
        for row in rows
    ]


def means_only(texts: Mapping[str, Sequence[str]], sorts: Sequence[str]) -> dict[str, Any]:
    """The baseline that a few lines give anybody: the model alone, less the mean of each language on our parallel sample.

    Languages are detected, as in the other systems. The search is exact.
    """
    model, sample = engines.plain(engines.embedder()), parallel_sample()
    asked = np.stack([model.embed(sample[code], "query").mean(axis=0) for code in LANGUAGES])
    stored = np.stack([model.embed(sample[code], "passage").mean(axis=0) for code in LANGUAGES])
    correction = Fairness(MEANS, asked, stored)
    said = [(code, place, text) for code, lines in texts.items() for place, text in enumerate(lines)]
    bodies, guesses = [text for _, _, text in said], [identify(text) for _, _, text in said]
    passages = correction.passages(model.embed(bodies, "passage"), [guess.language or "" for guess in guesses])
    queries = correction.queries(model.embed(bodies, "query"), [guess.probabilities for guess in guesses])
    shares = recall(queries @ passages.T, [place for _, place, _ in said], len(texts) - 1)
    return retrieval.by_sort(
        [(sorts[place], code, share) for (code, place, _), share in zip(said, shares, strict=True)]
    )


def recall(near: np.ndarray, places: Sequence[int], k: int) -> list[float]:
    """For each row of (n, n) nearness the share of its own place's other texts among the k nearest; a text does not find itself."""
    same = np.equal.outer(np.array(places), np.array(places))
    np.fill_diagonal(same, False)
    near = near.copy()
    np.fill_diagonal(near, -np.inf)
    first = np.argsort(-near, axis=1, kind="stable")[:, :k]
    found = np.take_along_axis(same, first, axis=1).sum(axis=1)
    return [float(share) for share in found / np.maximum(same.sum(axis=1), 1)]
