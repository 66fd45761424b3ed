"""Alignment: languages that say the same at different places are brought together, also for what was not taught."""

import numpy as np
import pytest

from corridor.language.logic.alignment import Alignment
from corridor.language.logic.embedding_port import unit
from corridor.language.logic.fairness import SEVEN, Fairness, Terms, calibrated, load, save
from corridor.language.logic.tongues import LANGUAGES

WIDTH = 24
TEXTS = 240
CONCEPTS = 60


def spoken(meanings: np.ndarray, seed: int = 5) -> np.ndarray:
    """(7, n, d): each language turns what is meant a little, bends it differently in different places, shifts it, and slurs it."""
    rng = np.random.default_rng(seed)
    said = []
    for _ in LANGUAGES:
        turn, _ = np.linalg.qr(np.eye(WIDTH) + 0.5 * rng.normal(size=(WIDTH, WIDTH)))
        bend = rng.normal(size=(WIDTH, WIDTH))
        slur = np.random.default_rng(len(meanings)).normal(size=meanings.shape) * 0.02
        said.append(meanings @ turn + 0.4 * np.maximum(meanings @ bend, 0) + 0.3 * rng.normal(size=WIDTH) + slur)
    return unit(np.stack(said).reshape(-1, WIDTH)).reshape(SEVEN, len(meanings), WIDTH)


rng = np.random.default_rng(1)
SAID = spoken(unit(rng.normal(size=(TEXTS + CONCEPTS + 80, WIDTH)).astype(np.float32)))
SAMPLE, TAUGHT, NEW = SAID[:, :TEXTS], SAID[:, TEXTS : TEXTS + CONCEPTS], SAID[:, TEXTS + CONCEPTS :]
NO_OTHERS = [(np.zeros((0, WIDTH), np.float32), np.zeros(0, np.intp))] * SEVEN


@pytest.fixture(scope="module")
def aligned() -> Fairness:
    return calibrated(SAMPLE, SAMPLE, "aligned", Terms(TAUGHT, NO_OTHERS))


def found(correction: Fairness, said: np.ndarray) -> float:
    """How many texts of one language have their own translation nearest in the next one."""
    shares = []
    for one, other in zip(range(SEVEN), [*range(1, SEVEN), 0], strict=True):
        asked = correction.queries(said[one], [{LANGUAGES[one]: 1.0}] * said.shape[1])
        stored = correction.passages(said[other], [LANGUAGES[other]] * said.shape[1])
        shares.append(float((np.argmax(asked @ stored.T, axis=1) == np.arange(said.shape[1])).mean()))
    return float(np.mean(shares))


def test_what_was_not_taught_is_found_better_too(aligned):
    plain = calibrated(SAMPLE, SAMPLE, "plain")
    assert found(plain, NEW) < 0.6
    assert found(aligned, NEW) > found(plain, NEW) + 0.2


def test_what_bends_in_one_place_and_not_in_another_is_learnt_only_with_landmarks(aligned):
    kept = aligned.alignment
    straight = Alignment(kept.landmarks, np.zeros_like(kept.bent), kept.bent_steps, kept.straight, kept.straight_steps)
    near = spread(aligned.alignment, SAMPLE, aligned.passage_means)
    assert near < spread(straight, SAMPLE, aligned.passage_means)


def spread(alignment: Alignment, said: np.ndarray, means: np.ndarray) -> float:
    """How far the seven versions of a text lie from their mean."""
    places = [
        alignment.moved(unit(rows - means[i]), np.tile(np.eye(SEVEN, dtype=np.float32)[i], (len(rows), 1)))
        for i, rows in enumerate(said)
    ]
    return float(np.linalg.norm(np.stack(places) - np.mean(places, axis=0), axis=2).mean())


def test_vectors_keep_their_length_and_a_text_of_nothing_stays_finite(aligned):
    stored = aligned.passages(np.vstack([NEW[2, :3], np.zeros((1, WIDTH))]), ["lo", "lo", "lo", "lo"])
    assert np.linalg.norm(stored[:, :-SEVEN], axis=1) == pytest.approx([1, 1, 1, 1], abs=1e-5)
    assert np.isfinite(stored).all()


def test_a_language_that_is_not_sure_lies_between_the_two(aligned):
    place, moved = unit(NEW[0, :1]), aligned.alignment.moved
    sure = [moved(place, np.eye(SEVEN, dtype=np.float32)[[i]]) for i in (0, 5)]
    between = moved(place, 0.5 * np.eye(SEVEN, dtype=np.float32)[[0]] + 0.5 * np.eye(SEVEN, dtype=np.float32)[[5]])
    apart = float((sure[0] @ sure[1].T).item())
    assert all(float((between @ one.T).item()) > apart for one in sure)


def test_an_unlikely_language_moves_nothing(aligned):
    place = unit(NEW[0, :1])
    blend = np.zeros((1, SEVEN), np.float32)
    blend[0, 0], blend[0, 3] = 0.99, 0.01
    alone = blend * (blend > 0.5)
    assert np.array_equal(aligned.alignment.moved(place, blend), aligned.alignment.moved(place, alone))


def test_the_same_material_gives_the_same_alignment(aligned):
    again = calibrated(SAMPLE, SAMPLE, "aligned", Terms(TAUGHT, NO_OTHERS)).alignment
    assert np.array_equal(again.bent, aligned.alignment.bent)
    assert np.array_equal(again.straight, aligned.alignment.straight)


def test_it_comes_back_from_its_file(aligned, tmp_path):
    save(aligned, tmp_path / "kept.npz")
    kept = load(tmp_path / "kept.npz")
    known = ["km"] * NEW.shape[1]
    assert np.array_equal(kept.passages(NEW[1], known), aligned.passages(NEW[1], known))
    assert kept.alignment.bent.dtype == kept.alignment.landmarks.dtype == np.int8


def test_a_correction_without_one_reads_as_before(tmp_path):
    plain = calibrated(SAMPLE, SAMPLE, "plain")
    save(plain, tmp_path / "plain.npz")
    assert load(tmp_path / "plain.npz").alignment is None


def test_the_shipped_correction_has_the_usual_terms_as_landmarks():
    shipped = load()
    assert shipped.alignment.landmarks.shape == (SEVEN, len(shipped.concept_codes), 384)
    assert shipped.alignment.straight.shape == (SEVEN, 385, 384)
