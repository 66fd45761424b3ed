"""Calibrating: the correction for the configured model, from the parallel sample that the project wrote itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corridor.language.logic import fairness, lexicon
from corridor.language.logic.embedding import Embedder
from corridor.language.logic.fairness import Fairness, Terms
from corridor.language.logic.lexicon import Concept
from corridor.language.logic.tongues import LANGUAGES

DATA = Path(__file__).resolve().parents[1] / "data"
SAMPLE = DATA / "parallel"
LEXICON = DATA / "lexicon"


def parallel_sample(folder: Path = SAMPLE) -> dict[str, list[str]]:
    """The sample: for each of the seven languages its texts, the same position meaning the same."""
    rows = [
        json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()
    ]
    return {code: [row[code] for row in rows] for code in LANGUAGES}


def calibrate(embedder: Embedder) -> Fairness:
    """Read the sample and the lexicon with a model, and compute its correction."""
    sample, concepts = parallel_sample(), shipped_concepts()
    queries = np.stack([embedder.embed(sample[code], "query") for code in LANGUAGES])
    passages = np.stack([embedder.embed(sample[code], "passage") for code in LANGUAGES])
    terms = read_terms(embedder, concepts)
    said: dict[str, list[str]] = {
        code: [label.text for concept in concepts for label in concept.labels_in(code)] for code in LANGUAGES
    }
    version = f"aligned1-{len(sample['en'])}-{fairness.digest(sample)}-{len(concepts)}-{fairness.digest(said)}"
    correction = fairness.calibrated(queries, passages, version, terms)
    return fairness.with_concepts(correction, [concept.code for concept in concepts], terms, version)


def read_terms(embedder: Embedder, concepts: Sequence[Concept]) -> Terms:
    """The terms of concepts as a model reads them. Abbreviations are left out: alone they mean too many things."""
    usual = np.stack([embedder.embed([c.labels_in(code)[0].text for c in concepts], "passage") for code in LANGUAGES])
    others = []
    for code in LANGUAGES:
        said = [
            (i, label.text) for i, c in enumerate(concepts) for label in c.labels_in(code)[1:] if not label.is_short
        ]
        places = np.array([i for i, _ in said], dtype=np.intp)
        others.append((embedder.embed([text for _, text in said], "passage"), places))
    return Terms(usual, others)


def shipped_concepts(folder: Path = LEXICON) -> list[Concept]:
    """The concepts of the lexicon that ships, by code. Raises ValueError when its files have faults."""
    reading = lexicon.read(sorted(folder.glob("*.csv")))
    if not reading.is_sound:
        raise ValueError("; ".join(str(fault) for fault in reading.faults if fault.is_grave))
    return [concept for _, concept in sorted(reading.concepts.items())]


def usual_terms(folder: Path = LEXICON) -> dict[str, dict[str, str]]:
    """Language → concept → its usual term, of the lexicon that ships. Raises ValueError when its files have faults."""
    concepts = shipped_concepts(folder)
    return {language: {c.code: c.labels_in(language)[0].text for c in concepts} for language in LANGUAGES}
