"""Concepts in the correction: a text is moved towards what it mentions, the further the more of its words say it."""

import dataclasses

import numpy as np
import pytest

from corridor.language.logic.embedding_port import unit
from corridor.language.logic.fairness import SEVEN, Fairness, Terms, load, none, save, with_concepts
from corridor.language.logic.spotting import NOTHING, Mentions
from corridor.language.operations.calibration import usual_terms

rng = np.random.default_rng(7)
RAW = unit(rng.normal(size=(2, 16)).astype(np.float32))
READ = rng.normal(size=(7, 3, 16)).astype(np.float32)


@pytest.fixture
def corrected() -> Fairness:
    return with_concepts(none(), ["coffee", "dryer", "rice"], Terms(READ, ()), "with")


def cosine(vector: np.ndarray, code: int, corrected: Fairness) -> float:
    concept = corrected.concepts[code].astype(float)
    return float(vector @ concept / np.linalg.norm(concept) / np.linalg.norm(vector))


def test_a_text_moves_towards_what_it_mentions_and_further_the_more_of_it_says_so(corrected):
    plain = corrected.passages(RAW, ["en", "en"])[0, :-SEVEN]
    few, many = (
        corrected.passages(RAW, ["en", "en"], [Mentions({"coffee": 0.9}, share), NOTHING])[0, :-SEVEN]
        for share in (0.1, 1.0)
    )
    assert cosine(plain, 0, corrected) < cosine(few, 0, corrected) < cosine(many, 0, corrected)
    assert [float(np.linalg.norm(v)) for v in (plain, few, many)] == pytest.approx([1, 1, 1], abs=1e-5)


def test_what_mentions_nothing_or_an_unknown_concept_stays(corrected):
    plain = corrected.passages(RAW, ["en", "lo"])
    for mentions in ([NOTHING, NOTHING], [Mentions({"unheard-of": 1.0}, 0.5), NOTHING]):
        assert np.allclose(corrected.passages(RAW, ["en", "lo"], mentions), plain, atol=1e-6)


def test_questions_move_as_passages_do(corrected):
    said = [Mentions({"dryer": 1.0}, 0.5), NOTHING]
    asked = corrected.queries(RAW, [{"en": 1.0}, {"lo": 1.0}], said)[:, :-SEVEN]
    assert np.allclose(asked, corrected.passages(RAW, ["en", "lo"], said)[:, :-SEVEN], atol=1e-6)


def test_a_correction_comes_back_from_its_file_with_its_concepts(corrected, tmp_path):
    save(corrected, tmp_path / "kept.npz")
    kept = load(tmp_path / "kept.npz")
    assert (kept.version, kept.concept_codes, kept.concepts.dtype) == ("with", ("coffee", "dryer", "rice"), np.int8)
    assert np.array_equal(kept.concepts, corrected.concepts)
    assert dataclasses.replace(kept, concepts=None).passages(RAW, ["en", "en"]).shape == (2, 16 + SEVEN)


def test_the_shipped_correction_knows_the_shipped_lexicon():
    shipped = load()
    assert shipped.concept_codes == tuple(usual_terms()["en"])
    assert shipped.concepts.shape == (len(shipped.concept_codes), 384)
