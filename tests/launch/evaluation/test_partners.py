"""Graded sets: their form, their measures, and what `corridor evaluate matching` prints."""

import math
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from corridor.launch.evaluation.partners import Unreadable, figures, ndcg, near_miss_first, read_set, recall
from tests.launch.evaluation.conftest import NOTICES, PAIRS, Told

SYSTEMS = ["raw", "words", "unfair", "ours_without_lexicon", "ours_without_sounds", "ours", "ours_as_shown"]


def test_one_json_object_tells_each_system_by_the_language_that_the_set_names(matching_told: list[Told]):
    told = matching_told[0].figures
    assert (told["notices"], told["askers"], list(told["systems"])) == (7, 3, SYSTEMS)
    for of in told["systems"].values():
        assert list(of) == ["ndcg_at_10", "recall_at_10", "mean", "worst_over_best", "near_miss_above_best"]
        assert (list(of["ndcg_at_10"]), list(of["recall_at_10"])) == (["en", "km"], ["en", "km"])


def test_true_partners_in_other_languages_come_first(matching_told: list[Told]):
    ours = matching_told[0].figures["systems"]["ours"]
    assert ours["recall_at_10"] == {"en": 1.0, "km": 1.0}
    assert ours["mean"]["recall_at_10"] == 1.0


def test_a_second_run_prints_the_same(matching_told: list[Told]):
    assert matching_told[0].out == matching_told[1].out


def pairs(*more: dict[str, Any]) -> dict[str, Any]:
    return {"notices": NOTICES, "pairs": [*PAIRS, *more]}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ([], 'not of the form {"notices": [...], "pairs": [...]}'),
        ({"notices": []}, "something lacks 'pairs'"),
        ({"notices": [{"id": 1}], "pairs": []}, "something lacks 'kind'"),
        ({"notices": [], "pairs": []}, "there are no notices, or no pairs"),
        ({"notices": [*NOTICES, NOTICES[0]], "pairs": PAIRS}, "two notices have the same id"),
        ({"notices": [{"id": 1, "kind": "wish"}], "pairs": [{"need": 1, "offer": 1, "grade": 1}]}, "unknown kinds of notices: wish"),
        (pairs({"need": 1, "offer": 99, "grade": 1}), "pairs name notices that are not there: 99"),
        (pairs({"need": 1, "offer": 7, "grade": 4}), "grades go from 0 to 3, not 4"),
        (pairs({"need": 1, "offer": 7, "grade": "good"}), 'not of the form {"notices": [...], "pairs": [...]}'),
    ],
)  # fmt: skip
def test_a_set_that_cannot_be_read_says_why(content: Any, why: str):
    with pytest.raises(Unreadable, match=f"^{re.escape(why)}"):
        read_set(content)


def test_ids_may_be_numbers_or_words():
    read = read_set({"notices": NOTICES, "pairs": [{"need": "1", "offer": 2, "grade": 3, "near_miss": False}]})
    assert (read.grades, read.near_misses) == ({"1": {"2": 3}}, {})


def test_a_file_that_is_not_json_is_an_error_that_names_it(tmp_path: Path):
    file = tmp_path / "set.json"
    file.write_text("notices")
    with pytest.raises(CommandError, match=re.escape(f"{file}: Expecting value")):
        call_command("evaluate", "matching", str(file))


def test_gain_is_whole_when_the_best_grades_come_first():
    grades = {"a": 3, "b": 2, "c": 0}
    assert ndcg(["a", "b", "x"], grades) == 1.0
    assert ndcg(["c", "x"], grades) == 0.0


def test_gain_falls_with_the_place():
    assert ndcg(["x", "a"], {"a": 3}) == pytest.approx(1 / math.log2(3))


def test_gain_looks_at_ten_ideal_answers():
    grades = {str(i): 1 for i in range(12)}
    assert ndcg([str(i) for i in range(10)], grades) == pytest.approx(1.0)


def test_recall_counts_answers_that_would_serve():
    assert recall(["a", "c", "x"], {"a": 3, "b": 2, "c": 1}) == 0.5


@pytest.mark.parametrize(
    ("ranked", "is_first"), [(["n", "a"], True), (["a", "n"], False), (["x", "n"], True), (["x"], False), ([], False)]
)
def test_a_near_miss_outranks_when_it_stands_above_every_answer_that_would_serve(ranked: list[str], is_first: bool):
    assert near_miss_first(ranked, {"a": 2, "n": 1}, frozenset({"n"})) is is_first


def test_needs_without_an_answer_that_would_serve_count_for_no_recall_and_no_near_miss():
    graded = read_set({
        "notices": [{"id": i, "kind": "need", "language": "lo"} for i in "abc"] + [{"id": "o", "kind": "offer"}],
        "pairs": [
            {"need": "a", "offer": "o", "grade": 3},
            {"need": "b", "offer": "o", "grade": 1, "near_miss": True},
            {"need": "c", "offer": "o", "grade": 0},
        ],
    })  # fmt: skip
    assert figures(graded, {"a": ["o"], "b": [], "c": ["o"]}) == {
        "ndcg_at_10": {"lo": 0.5},
        "recall_at_10": {"lo": 1.0},
        "mean": {"ndcg_at_10": 0.5, "recall_at_10": 1.0},
        "worst_over_best": {"ndcg_at_10": 1.0, "recall_at_10": 1.0},
        "near_miss_above_best": None,
    }
