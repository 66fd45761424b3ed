"""Halves of our own material: what teaches is not what is looked for, and the figures can fail."""

from pathlib import Path

import numpy as np
import pytest

from bench import halves
from bench.tables_halves import halves as told
from corridor.language.logic.embedding_port import unit
from corridor.language.logic.fairness import SEVEN, Terms
from corridor.language.logic.tongues import LANGUAGES
from tests import hashing


def test_halves_share_nothing_and_leave_nothing_out() -> None:
    one, other = halves.parted(11)
    assert sorted([*one, *other]) == list(range(11))
    assert list(halves.parted(11)[0]) == list(one)


def test_of_the_terms_only_those_of_the_chosen_concepts_teach() -> None:
    usual = np.arange(SEVEN * 4 * 2, dtype=np.float32).reshape(SEVEN, 4, 2)
    others = [(np.array([[1, 0], [2, 0], [3, 0]], np.float32), np.array([0, 2, 3]))] * SEVEN
    some = halves.only(Terms(usual, others), np.array([1, 2]))
    assert some.usual[0].tolist() == [[2, 3], [4, 5]]
    assert some.others[0][0].tolist() == [[2, 0]]
    assert some.others[0][1].tolist() == [1]


def test_all_is_found_where_languages_agree_and_little_where_they_say_other_things() -> None:
    rng = np.random.default_rng(3)
    meant = unit(rng.normal(size=(30, 40)).astype(np.float32))
    same = np.stack([meant] * SEVEN)
    other = unit(rng.normal(size=(SEVEN * 30, 40)).astype(np.float32)).reshape(SEVEN, 30, 40)
    assert set(halves.found(same, same).values()) == {1.0}
    assert max(halves.found(other, other).values()) < 0.2


def test_the_suite_runs_on_the_shipped_material_and_is_told_as_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    hashing.use(monkeypatch, hashing.HashingEmbedder())
    figures = halves.run(Path("nowhere"), 12)
    assert list(figures["systems"]) == ["means and thresholds only", "ours"]
    assert set(figures["bounds"]) == set(LANGUAGES)
    lines = told(figures).splitlines()
    assert lines[0] == f"{figures['texts']} meanings and {figures['concepts']} concepts in seven languages."
    assert sum(line.startswith("| ") for line in lines) == 1 + 1 + 5 + 1 + 1 + 3
