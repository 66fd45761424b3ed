"""Calibrating: the correction for the configured model, from the parallel sample that the project wrote itself."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from corridor.language.logic import fairness, lexicon
from corridor.language.logic.embedding import Embedder
from corridor.language.logic.fairness import Fairness
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
    """Read the sample with a model, as queries and as passages, and compute its correction."""
    sample = parallel_sample()
    queries = np.stack([embedder.embed(sample[code], "query") for code in LANGUAGES])
    passages = np.stack([embedder.embed(sample[code], "passage") for code in LANGUAGES])
    count = len(sample["en"])
    version = f"pairs6-{count}-{fairness.digest(sample)}"
    correction = fairness.calibrated(queries, passages, version)
    terms = usual_terms()
    read = np.stack([embedder.embed(list(terms[code].values()), "passage") for code in LANGUAGES])
    digest = fairness.digest({code: list(terms[code].values()) for code in LANGUAGES})
    return fairness.with_concepts(correction, list(terms["en"]), read, f"{version}-{len(terms['en'])}-{digest}")


def usual_terms(folder: Path = LEXICON) -> dict[str, dict[str, str]]:
    """Language → concept → its usual term, of the lexicon that ships. Raises ValueError when its files have faults."""
    reading = lexicon.read(sorted(folder.glob("*.csv")))
    if not reading.is_sound:
        raise ValueError("; ".join(str(fault) for fault in reading.faults if fault.is_grave))
    return {
        language: {code: concept.labels_in(language)[0].text for code, concept in sorted(reading.concepts.items())}
        for language in LANGUAGES
    }
