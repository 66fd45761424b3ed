"""What sounding alike adds to a score, and which sounds gather candidates."""

import numpy as np
import pytest

from corridor.language.logic import fusion

SHORT = ["≈a", "≈b", "≈c"]


def test_only_what_sounds_nearly_the_same_counts():
    matches = np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 0]], dtype=bool)
    heard = fusion.heard(matches, np.array([2.0, 1.0, 1.0]), SHORT)
    assert heard == pytest.approx([fusion.SOUND_WEIGHT, fusion.SOUND_WEIGHT * 0.75**fusion.SHARPNESS, 0, 0])


def test_a_name_of_its_own_and_one_inside_a_line_are_not_added_up():
    matches = np.array([[1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 1, 0]], dtype=bool)
    heard = fusion.heard(matches, np.ones(4), ["≈a", "≈b", "≋a", "≋b"])
    assert heard == pytest.approx([fusion.SOUND_WEIGHT, fusion.SOUND_WEIGHT, 0])


def test_a_question_without_sounds_adds_nothing():
    assert fusion.heard(np.zeros((3, 0), dtype=bool), np.zeros(0), ()).tolist() == [0, 0, 0]


def test_candidates_are_gathered_by_pairs_of_the_rarest_sounds_of_each_kind():
    assert fusion.telling_sounds(SHORT, np.array([1.0, 3.0, 2.0]), most=2) == [("≈b", "≈c")]
    both = fusion.telling_sounds([*SHORT, "≋a", "≋b"], np.array([1.0, 3.0, 2.0, 9.0, 9.0]), most=2)
    assert both == [("≈b", "≈c"), ("≋a", "≋b")]
    pairs = fusion.telling_sounds([f"≈{n}" for n in range(20)], np.arange(20.0))
    assert len(pairs) == fusion.MOST_SOUNDS * (fusion.MOST_SOUNDS - 1) / 2
    assert fusion.telling_sounds([], np.zeros(0)) == []
