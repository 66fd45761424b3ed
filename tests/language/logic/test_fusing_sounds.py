"""What sounding alike adds to a score, and which sounds gather candidates."""

import numpy as np
import pytest

from corridor.language.logic import fusion

SHORT = ["≈a", "≈b", "≈c"]


def test_only_what_sounds_nearly_the_same_counts():
    matches = np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 0]], dtype=bool)
    heard = fusion.heard(matches, np.array([2.0, 1.0, 1.0]), SHORT)
    assert heard == pytest.approx([fusion.SOUND_WEIGHT, fusion.SOUND_WEIGHT * 0.75**fusion.SHARPNESS, 0, 0])


def test_of_a_name_of_its_own_and_one_inside_a_line_the_better_counts():
    sounds = ["≈a", "≈b", *(f"≋{n}" for n in range(fusion.ENOUGH_INSIDE))]
    own, inside = (
        np.array([1, 1] + [0] * fusion.ENOUGH_INSIDE, dtype=bool),
        np.array([0, 0] + [1] * fusion.ENOUGH_INSIDE, dtype=bool),
    )
    heard = fusion.heard(np.array([own, inside, own | inside]), np.ones(len(sounds)), sounds)
    assert heard == pytest.approx([fusion.SOUND_WEIGHT] * 3)


def test_few_pieces_inside_a_line_count_for_less_than_many():
    heard = fusion.heard(np.ones((1, 3), dtype=bool), np.ones(3), ["≋a", "≋b", "≋c"])
    assert heard == pytest.approx([fusion.SOUND_WEIGHT * 3 / fusion.ENOUGH_INSIDE])


def test_a_question_without_sounds_adds_nothing():
    assert fusion.heard(np.zeros((3, 0), dtype=bool), np.zeros(0), ()).tolist() == [0, 0, 0]


def test_candidates_are_gathered_by_pairs_of_the_rarest_sounds_of_each_kind():
    assert fusion.telling_sounds(SHORT, np.array([1.0, 3.0, 2.0]), most=2) == [("≈b", "≈c")]
    both = fusion.telling_sounds([*SHORT, "≋a", "≋b", "≋c"], np.array([1.0, 3.0, 2.0, 9.0, 9.0, 9.0]), most=3)
    assert both == [("≈b", "≈c"), ("≈b", "≈a"), ("≈c", "≈a"), ("≋a", "≋b", "≋c")]
    pairs = fusion.telling_sounds([f"≈{n}" for n in range(20)], np.arange(20.0))
    assert len(pairs) == fusion.MOST_SOUNDS * (fusion.MOST_SOUNDS - 1) / 2
    assert fusion.telling_sounds([], np.zeros(0)) == []
