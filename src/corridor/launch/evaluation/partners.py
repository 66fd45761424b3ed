"""Suggested partners against a graded set: are the true partners first, and do near misses outrank them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from corridor.kernel.models import Audience
from corridor.kernel.states import Visibility
from corridor.language.logic.tongues import normalise_code
from corridor.language.operations.index import Entry
from corridor.language.operations.questions import Method
from corridor.launch.evaluation import pool
from corridor.matching.models import Wording
from corridor.matching.operations.indexing import KIND, pieces_of
from corridor.matching.operations.suggestions import answer
from corridor.matching.states import NoticeKind

Progress = Callable[[int], object]
AT = 10
TRUE = 2  # a grade from which an answer would serve


class Unreadable(Exception):  # noqa: N818 - said of a file
    """The file is not a graded set; the message says why."""


@dataclass(frozen=True)
class Graded:
    """A set as read: notices by id, and for each asker the grades and the near misses."""

    notices: Mapping[str, Mapping[str, Any]]
    grades: Mapping[str, Mapping[str, int]]
    near_misses: Mapping[str, frozenset[str]]


def read_set(content: Any) -> Graded:
    """Check a set's form. Raises `Unreadable` naming the first thing that is wrong."""
    try:
        notices = {str(n["id"]): n for n in content["notices"]}
        grades: dict[str, dict[str, int]] = defaultdict(dict)
        near: dict[str, set[str]] = defaultdict(set)
        for pair in content["pairs"]:
            grades[pair["need"]][pair["offer"]] = int(pair["grade"])
            if pair.get("near_miss"):
                near[pair["need"]].add(pair["offer"])
        unknown = {i for need, row in grades.items() for i in (need, *row)} - set(notices)
        kinds = {n["kind"] for n in notices.values()} - set(NoticeKind.values)
    except (KeyError, TypeError, ValueError) as error:
        raise Unreadable(f"the set lacks {error}") from error
    if unknown or kinds:
        raise Unreadable(f"pairs name unknown notices: {sorted(unknown)[:5]}; unknown kinds: {sorted(kinds)}")
    return Graded(notices, grades, {need: frozenset(ids) for need, ids in near.items()})


def evaluate(graded: Graded, *, progress: Progress) -> dict[str, Any]:
    """nDCG and recall at ten of each system by the asker's language."""
    keys = {i: uuid4() for i in graded.notices}
    loaded = pool.load(
        [_entry(graded.notices[i], key) for i, key in sorted(keys.items(), key=lambda item: item[1])], progress
    )
    systems = {}
    for name, method in pool.SYSTEMS.items():
        loaded.use(method)
        systems[name] = _measure(graded, keys, method, progress)
    return {"notices": len(keys), "askers": len(graded.grades), "systems": systems}


def wording_of(notice: Mapping[str, Any]) -> Wording:
    """The notice's text as the site would keep it; never saved."""
    language = normalise_code(notice.get("language")) or ""
    return Wording(language=language, title=notice.get("title") or "", text=notice.get("text") or "")


def _entry(notice: Mapping[str, Any], key: UUID) -> Entry:
    return Entry(
        kind=KIND,
        record_id=key,
        home=notice.get("country") or "KH",
        direction=notice["kind"],
        visibility=Visibility.PUBLIC,
        owner=str(key),
        themes=notice.get("themes") or [],
        pieces=pieces_of(wording_of(notice)),
    )


def _measure(graded: Graded, keys: Mapping[str, UUID], method: Method, progress: Progress) -> dict[str, Any]:
    names = {key: i for i, key in keys.items()}
    gains: dict[str, list[float]] = defaultdict(list)
    recalls: dict[str, list[float]] = defaultdict(list)
    outranked = 0
    for asker, grades in graded.grades.items():
        progress(1)
        notice = graded.notices[asker]
        found = answer(
            notice["kind"],
            wording_of(notice),
            audience=Audience(None),
            without=[keys[asker]],
            most=len(keys),
            method=method,
        )
        ranked = [names[hit.record_id] for hit in found.hits]
        language = normalise_code(notice.get("language")) or "other"
        gains[language].append(ndcg(ranked[:AT], grades))
        if any(grade >= TRUE for grade in grades.values()):
            recalls[language].append(recall(ranked[:AT], grades))
        outranked += near_miss_first(ranked, grades, graded.near_misses.get(asker, frozenset()))
    mean_gain = {code: sum(v) / len(v) for code, v in gains.items()}
    mean_recall = {code: sum(v) / len(v) for code, v in recalls.items()}
    return {
        "ndcg_at_10": {"by_language": _rounded(mean_gain), **pool.summary(mean_gain)},
        "recall_at_10": {"by_language": _rounded(mean_recall), **pool.summary(mean_recall)},
        "near_miss_above_best": round(outranked / max(len(graded.near_misses), 1), 4),
    }


def ndcg(ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    """Normalised discounted cumulative gain of a ranking, gains 2^grade - 1 (Burges et al. 2005); 0 when nothing is graded."""

    def total(row: Sequence[int]) -> float:
        return float(sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(row)))

    ideal = total(sorted(grades.values(), reverse=True)[:AT])
    return total([grades.get(i, 0) for i in ranked]) / ideal if ideal else 0.0


def recall(ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    """The share of the answers that would serve which are in the ranking."""
    true = {i for i, grade in grades.items() if grade >= TRUE}
    return len(true & set(ranked)) / min(len(true), AT)


def near_miss_first(ranked: Sequence[str], grades: Mapping[str, int], near_misses: frozenset[str]) -> bool:
    """Whether some near miss stands above every answer that would serve."""
    place = {i: p for p, i in enumerate(ranked)}
    best = min((place[i] for i, grade in grades.items() if grade >= TRUE and i in place), default=len(ranked))
    return any(place.get(i, len(ranked)) < best for i in near_misses)


def _rounded(values: Mapping[str, float]) -> dict[str, float]:
    return {code: round(value, 4) for code, value in values.items()}
