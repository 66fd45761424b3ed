"""The frozen set and the skewed pools cut from it."""

from collections import Counter
from pathlib import Path

import pytest

from bench import partners
from corridor.language.logic.tongues import LANGUAGES
from corridor.launch.evaluation.partners import TRUE, read_set

TURNS = [LANGUAGES[turn:] + LANGUAGES[:turn] for turn in range(len(LANGUAGES))]


def test_the_frozen_set_is_the_one_that_was_frozen():
    graded = read_set(partners.frozen())
    assert (len(graded.notices), len(graded.grades)) == (388, 105)


def test_a_changed_set_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name in ("partners.json", "PARTNERS.md"):
        (tmp_path / name).write_bytes((partners.SETS / name).read_bytes())
    with (tmp_path / "partners.json").open("a") as file:
        file.write("\n")
    monkeypatch.setattr(partners, "SETS", tmp_path)
    with pytest.raises(partners.Changed, match="is not the file whose SHA-256"):
        partners.frozen()


@pytest.mark.parametrize("order", TURNS, ids=lambda order: order[0])
def test_a_skewed_pool_has_the_stated_shares(order: tuple[str, ...]):
    cut = partners.skewed_pool(partners.frozen(), order)
    answers = Counter(n["language"] for n in cut["notices"] if n["kind"] != "need")
    shares = [100 * answers[language] / answers.total() for language in order]
    assert [round(share) for share in shares] == pytest.approx(list(partners.SHARES), abs=1)


@pytest.mark.parametrize("order", TURNS, ids=lambda order: order[0])
def test_in_a_skewed_pool_only_those_ask_who_can_be_answered(order: tuple[str, ...]):
    cut = partners.skewed_pool(partners.frozen(), order)
    answerable = {pair["need"] for pair in cut["pairs"] if pair["grade"] >= TRUE}
    assert {n["id"] for n in cut["notices"] if n["kind"] == "need"} == answerable
    assert {pair["need"] for pair in cut["pairs"]} == answerable
    assert read_set(cut).grades.keys() == answerable


def test_a_pool_is_cut_the_same_way_every_time():
    content = partners.frozen()
    assert partners.skewed_pool(content, TURNS[3]) == partners.skewed_pool(content, TURNS[3])


def test_a_quick_run_asks_less_of_the_same_pool():
    content = partners.frozen()
    thin = partners.thinned(content, 5)
    assert (len({pair["need"] for pair in thin["pairs"]}), thin["notices"]) == (21, content["notices"])


def test_pools_are_gathered_into_their_mean_and_their_worst():
    def figures(gain: float) -> dict[str, dict[str, object]]:
        of = {"lo": gain, "th": 1.0}
        return {
            "systems": {
                "ours": {"ndcg_at_10": of, "recall_at_10": of, "mean": {"ndcg_at_10": gain, "recall_at_10": gain}}
            }
        }

    told = {"mean": 0.5, "worst_pool": 0.2, "by_language": {"lo": 0.5, "th": 1.0}, "worst_over_best": 0.5}
    assert partners.gathered([figures(0.2), figures(0.8)]) == {"ours": {"ndcg_at_10": told, "recall_at_10": told}}
