"""Activation maxima: measured, stored with their origin, shipped."""

import hashlib
import json
from pathlib import Path

import numpy as np

from corridor.language.logic.engine import maxima
from corridor.language.logic.engine.calibration import activation_maxima
from tests.language.logic.engine_cache import rows

WIDTHS = {"attention": 384, "mix": 384, "widen": 384, "narrow": 1536}


def test_measured_maxima_cover_every_channel_and_find_the_loud_ones() -> None:
    measured = activation_maxima([rows()[0]["vi"], rows()[0]["km"]])
    assert {site: values.shape for site, values in measured.items()} == {site: (12, w) for site, w in WIDTHS.items()}
    assert min(float(values.min()) for values in measured.values()) > 0
    shipped = maxima.shipped()
    loudest = {site: values[6:].argmax(axis=1).tolist() for site, values in measured.items()}
    assert loudest["widen"] == shipped["widen"][6:].argmax(axis=1).tolist()


def test_stored_maxima_come_back_with_the_record_of_their_origin(tmp_path: Path) -> None:
    made = {site: np.full((12, width), 2.5, dtype=np.float32) for site, width in WIDTHS.items()}
    path = tmp_path / "maxima.npz"
    maxima.store(made, texts=["a", "b"], origin=["two letters"], path=path)
    facts = json.loads(path.with_suffix(".json").read_text())
    assert (facts["texts"], facts["origin"]) == (2, ["two letters"])
    assert facts["texts_sha256"] == hashlib.sha256(b"a\nb").hexdigest()
    with np.load(path) as kept:
        assert {site: float(kept[site].max()) for site in kept.files} == dict.fromkeys(WIDTHS, 2.5)


def test_the_shipped_maxima_are_those_of_their_record() -> None:
    facts = json.loads(maxima.SHIPPED.with_suffix(".json").read_text())
    assert facts["array_sha256"] == hashlib.sha256(maxima.SHIPPED.read_bytes()).hexdigest()
    assert {site: values.shape for site, values in maxima.shipped().items()} == {s: (12, w) for s, w in WIDTHS.items()}
