"""Suggested partners: the frozen graded set, whole, and in pools where one language holds most of the answers."""

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any, Final

from tqdm import tqdm

from corridor.language.logic.tongues import LANGUAGES
from corridor.launch.evaluation import partners, pool
from corridor.launch.evaluation.database import own_database

SETS: Final = Path(__file__).parent / "sets"
SHARES: Final = (60, 20, 10, 4, 3, 2, 1)
MEASURES: Final = ("ndcg_at_10", "recall_at_10")


class Changed(Exception):  # noqa: N818 - said of a file
    """The frozen set is not what it was."""


def frozen() -> dict[str, Any]:
    """The graded set. Raises `Changed` when its fingerprint is not the one that PARTNERS.md states."""
    content = (SETS / "partners.json").read_bytes()
    stated = re.search(r"SHA-256\s+([0-9a-f]{64})", (SETS / "PARTNERS.md").read_text(encoding="utf-8"))
    if stated is None or hashlib.sha256(content).hexdigest() != stated[1]:
        raise Changed("bench/sets/partners.json is not the file whose SHA-256 bench/sets/PARTNERS.md states")
    return dict(json.loads(content))


def run(data: Path, step: int) -> dict[str, Any]:
    """The whole set, then the skewed pools. With a step, every n-th asker only."""
    content = frozen()
    whole = _evaluated("partners", thinned(content, step))
    skewed = []
    for turn in range(len(LANGUAGES)):
        order = LANGUAGES[turn:] + LANGUAGES[:turn]
        cut = skewed_pool(thinned(content, step), order)
        counts = Counter(n["language"] for n in cut["notices"] if n["kind"] != "need")
        skewed.append(
            {"largest": order[0], "answers": dict(counts), **_evaluated(f"partners, most in {order[0]}", cut)}
        )
    return {"whole": whole, "skewed": {"pools": skewed, "systems": gathered(skewed)}}


def thinned(content: Mapping[str, Any], step: int) -> dict[str, Any]:
    """The set with every n-th asker; all notices stay."""
    askers = sorted({pair["need"] for pair in content["pairs"]})[::step]
    return {"notices": content["notices"], "pairs": [p for p in content["pairs"] if p["need"] in set(askers)]}


def skewed_pool(content: Mapping[str, Any], order: Sequence[str]) -> dict[str, Any]:
    """The set with as many answers as the shares allow when the first language keeps all of its own.

    Which answers stay is drawn by a hash of their ids, which has nothing to do with what they say. Needs that keep no answer of
    grade 2 or 3 do not ask.
    """
    answers: dict[str, list[str]] = defaultdict(list)
    for notice in content["notices"]:
        if notice["kind"] != "need":
            answers[notice["language"]].append(str(notice["id"]))
    whole = len(answers[order[0]]) * 100 / SHARES[0]
    kept: set[str] = set()
    for language, share in zip(order, SHARES, strict=True):
        drawn = sorted(answers[language], key=lambda i: hashlib.sha256(f"skewed {i}".encode()).hexdigest())
        kept |= set(drawn[: max(1, round(whole * share / 100))])
    pairs = [p for p in content["pairs"] if p["offer"] in kept]
    asking = {p["need"] for p in pairs if p["grade"] >= partners.TRUE}
    notices = [n for n in content["notices"] if n["id"] in kept or n["id"] in asking]
    return {"notices": notices, "pairs": [p for p in pairs if p["need"] in asking]}


def gathered(pools: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Each system over all pools: mean and worst pool, and by the asker's language the mean over the pools."""
    return {name: {m: _over([p["systems"][name] for p in pools], m) for m in MEASURES} for name in pools[0]["systems"]}


def _over(figures: Sequence[Mapping[str, Any]], measure: str) -> dict[str, Any]:
    means = [of["mean"][measure] for of in figures]
    languages = sorted({code for of in figures for code in of[measure]})
    by = {code: fmean(of[measure][code] for of in figures if code in of[measure]) for code in languages}
    return {
        "mean": round(fmean(means), 4),
        "worst_pool": min(means),
        "by_language": pool.rounded(by),
        "worst_over_best": pool.summary(by)["worst_over_best"],
    }


def _evaluated(name: str, content: Mapping[str, Any]) -> dict[str, Any]:
    with own_database(), tqdm(desc=name, unit=" steps", mininterval=5) as bar:
        return partners.evaluate(partners.read_set(content), progress=bar.update)
