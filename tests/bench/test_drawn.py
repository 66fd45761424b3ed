"""Terms that were drawn without the lexicon in view: how they are parted, and how the baseline counts."""

import json
from pathlib import Path

import numpy as np
import pytest

from bench import drawn, tables
from corridor.language.logic.tongues import LANGUAGES
from corridor.launch.evaluation.retrieval import by_sort


def write(file: Path, *words: str) -> Path:
    rows = [{"id": f"t-{word}", "source": "own", **{code: f"{word} {code}" for code in LANGUAGES}} for word in words]
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return file


def test_the_set_is_read_by_language_and_a_quick_run_takes_every_nth(tmp_path):
    file = write(tmp_path / "terms.jsonl", "a", "b", "c")
    assert drawn.read(file)["lo"] == ["a lo", "b lo", "c lo"]
    assert drawn.read(file, 2) == {code: [f"a {code}", f"c {code}"] for code in LANGUAGES}


def test_a_term_is_known_that_the_lexicon_says_in_any_language_as_search_folds_it():
    rows = [["zyzzyva"] * 7, ["zyzzyva", *["-"] * 3, "กาแฟ", "-", "-"], ["COFFEE", *["-"] * 6]]
    texts = dict(zip(LANGUAGES, map(list, zip(*rows, strict=True)), strict=True))
    assert drawn.sorts_of(texts) == [drawn.UNKNOWN, drawn.KNOWN, drawn.KNOWN]


def test_the_baseline_counts_the_other_texts_of_a_place_among_the_nearest():
    near = np.array([[9.0, 1, 0, 0], [1, 9, 0, 0], [0, 0.5, 9, 0], [0, 0, 0.5, 9]])
    assert drawn.recall(near, [0, 0, 1, 1], 1) == [1.0, 1.0, 0.0, 1.0]


def test_figures_stand_over_all_and_for_each_sort():
    shares = [("x", "km", 1.0), ("x", "lo", 0.5), ("y", "km", 0.0), ("y", "lo", 0.5)]
    assert by_sort(shares) == {
        "recall": {"km": 0.5, "lo": 0.5},
        "mean": 0.5,
        "worst_over_best": 1.0,
        "by_sort": {
            "x": {"recall": {"km": 1.0, "lo": 0.5}, "mean": 0.75, "worst_over_best": 0.5},
            "y": {"recall": {"km": 0.0, "lo": 0.5}, "mean": 0.25, "worst_over_best": 0.0},
        },
    }
    assert "by_sort" not in by_sort([("", "km", 1.0)])


@pytest.mark.parametrize(("mean", "verdict"), [(0.4, "met"), (0.3, "**not met**")])
def test_the_table_tells_each_sort_and_whether_the_aim_was_met(mean, verdict):
    def of(value: float) -> dict:
        plain = {"recall": dict.fromkeys(LANGUAGES, value), "mean": value, "worst_over_best": 1.0}
        return {**plain, "by_sort": {drawn.KNOWN: plain, drawn.UNKNOWN: plain}}

    systems = {"raw": of(0.1), "means": of(0.2), "ours": of(mean)}
    told = tables.drawn_terms(
        {"texts": 14, "queries": 14, "k": 6, "systems": systems, "terms": {drawn.KNOWN: 1, drawn.UNKNOWN: 1}}
    )
    assert told.count("| means subtracted only |") == 3
    assert "Of these, 1 in the lexicon:" in told
    assert f"at least twice the mean of means subtracted: {verdict} ({mean:.3f})" in told
