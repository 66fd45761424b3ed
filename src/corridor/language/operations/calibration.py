"""Calibrating: the correction for the configured model, from the parallel sample that the project wrote itself."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from corridor.language.logic import fairness
from corridor.language.logic.embedding import Embedder
from corridor.language.logic.fairness import Fairness
from corridor.language.logic.tongues import LANGUAGES

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "parallel"


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
    return fairness.calibrated(queries, passages, f"pairs6-{count}-{fairness.digest(sample)}")
