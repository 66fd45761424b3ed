"""Suggested partners against a graded set: are the true partners first, and do near misses outrank them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from corridor.kernel.models import Audience
from corridor.kernel.states import Theme, Visibility
from corridor.language.logic.tongues import normalise_code
from corridor.language.operations.index import Entry
from corridor.language.operations.questions import Method
from corridor.launch.evaluation import pool
from corridor.launch.evaluation.side_by_side import each
from corridor.matching.models import Wording
from corridor.matching.operations.indexing import KIND, pieces_of
from corridor.matching.operations.suggestions import answer, question_of, shown
from corridor.matching.states import NoticeKind

AT = 10
DEPTH = (
    30  # how far down a near miss is looked for; the site considers no more candidates for ten answers than for these
)
TRUE = 2  # a grade from which an answer would serve
HIGHEST = 3
# Ids are made from the set's own, so that every run gives the same ones and their order says nothing.
NAMESPACE = UUID("0b9c3f52-7d8e-4a06-8f1b-6a5d2c9e4710")
AS_SHOWN = "ours_as_shown"


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
        if len(notices) < len(content["notices"]):
            raise Unreadable("two notices have the same id")
        grades: dict[str, dict[str, int]] = defaultdict(dict)
        near: dict[str, set[str]] = defaultdict(set)
        for pair in content["pairs"]:
            need, offer = str(pair["need"]), str(pair["offer"])
            grades[need][offer] = int(pair["grade"])
            if pair.get("near_miss"):
                near[need].add(offer)
        kinds = {str(n["kind"]) for n in notices.values()}
    except KeyError as error:
        raise Unreadable(f"something lacks {error}") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise Unreadable(f'not of the form {{"notices": [...], "pairs": [...]}}: {error}') from error
    _check(notices, grades, kinds)
    return Graded(notices, dict(grades), {need: frozenset(ids) for need, ids in near.items()})


def _check(notices: Mapping[str, Any], grades: Mapping[str, Mapping[str, int]], kinds: set[str]) -> None:
    if not notices or not grades:
        raise Unreadable("there are no notices, or no pairs")
    if unknown := {i for need, row in grades.items() for i in (need, *row)} - set(notices):
        raise Unreadable(f"pairs name notices that are not there: {', '.join(sorted(unknown)[:5])}")
    if strange := kinds - set(NoticeKind.values):
        raise Unreadable(f"unknown kinds of notices: {', '.join(sorted(strange)[:5])}")
    if wrong := {grade for row in grades.values() for grade in row.values()} - set(range(HIGHEST + 1)):
        raise Unreadable(f"grades go from 0 to {HIGHEST}, not {', '.join(map(str, sorted(wrong)[:5]))}")


def evaluate(graded: Graded, *, progress: pool.Progress) -> dict[str, Any]:
    """nDCG and recall at ten of each system by the asker's language."""
    keys = {i: uuid5(NAMESPACE, i) for i in graded.notices}
    loaded = pool.load([_entry(graded.notices[i], key) for i, key in keys.items()], progress)
    ranked: dict[str, dict[str, list[str]]] = {}
    for fair, lexicon in pool.STORED:
        loaded.use(fair=fair, lexicon=lexicon)
        ranked |= _ranked(graded, keys, pool.systems(fair=fair, lexicon=lexicon), progress)
    systems = {name: figures(graded, ranked[name]) for name in (*pool.SYSTEMS, AS_SHOWN)}
    return {"notices": len(keys), "askers": len(graded.grades), "systems": systems}


def wording_of(notice: Mapping[str, Any]) -> Wording:
    """The notice's text as the site would keep it; never saved."""
    language = normalise_code(notice.get("language")) or ""
    return Wording(language=language, title=str(notice.get("title") or ""), text=str(notice.get("text") or ""))


def _entry(notice: Mapping[str, Any], key: UUID) -> Entry:
    country = str(notice.get("country") or "").upper()
    return Entry(
        kind=KIND,
        record_id=key,
        home=country if len(country) == len("KH") else "",
        direction=notice["kind"],
        visibility=Visibility.PUBLIC,
        owner=str(key),
        themes=[theme for theme in notice.get("themes") or [] if theme in Theme.values],
        pieces=pieces_of(wording_of(notice)),
    )


def _ranked(
    graded: Graded, keys: Mapping[str, UUID], systems: Mapping[str, Method], progress: pool.Progress
) -> dict[str, dict[str, list[str]]]:
    """System → asker → ids of the notices suggested, best first."""
    names = {key: i for i, key in keys.items()}

    def ask(asker: str) -> dict[str, list[str]]:
        notice, rows = graded.notices[asker], {}
        for name, method in systems.items():
            found = answer(
                notice["kind"],
                question_of(wording_of(notice), method),
                audience=Audience(None),
                without=[keys[asker]],
                most=DEPTH,
            )
            rows[name] = [names[hit.record_id] for hit in found.hits]
            if name == "ours":
                rows[AS_SHOWN] = [names[hit.record_id] for hit in shown(found)]
        return rows

    askers = list(graded.grades)
    answered = each(askers, ask, progress=progress)
    return {name: {a: rows[name] for a, rows in zip(askers, answered, strict=True)} for name in answered[0]}


def figures(graded: Graded, ranked: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """What one system's rankings are worth, by the language that the set names for the asker."""
    gains: dict[str, list[float]] = defaultdict(list)
    recalls: dict[str, list[float]] = defaultdict(list)
    outranked = []
    for asker, row in ranked.items():
        grades = graded.grades[asker]
        language = str(graded.notices[asker].get("language") or "unknown")
        if any(grades.values()):
            gains[language].append(ndcg(row[:AT], grades))
        if not any(grade >= TRUE for grade in grades.values()):
            continue
        recalls[language].append(recall(row[:AT], grades))
        if near := graded.near_misses.get(asker):
            outranked.append(near_miss_first(row, grades, near))
    means = {"ndcg_at_10": _means(gains), "recall_at_10": _means(recalls)}
    summaries = {name: pool.summary(by) for name, by in means.items()}
    return {
        **{name: pool.rounded(by) for name, by in means.items()},
        "mean": {name: of["mean"] for name, of in summaries.items()},
        "worst_over_best": {name: of["worst_over_best"] for name, of in summaries.items()},
        "near_miss_above_best": round(sum(outranked) / len(outranked), 4) if outranked else None,
    }


def ndcg(ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    """Normalised discounted cumulative gain of a ranking, gains 2^grade - 1 (Burges et al. 2005); 0 when nothing is graded."""

    def total(row: Iterable[int]) -> float:
        return float(sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(row)))

    ideal = total(sorted(grades.values(), reverse=True)[:AT])
    return total(grades.get(i, 0) for i in ranked) / ideal if ideal else 0.0


def recall(ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    """The share of the answers that would serve which are in the ranking."""
    true = {i for i, grade in grades.items() if grade >= TRUE}
    return len(true & set(ranked)) / len(true)


def near_miss_first(ranked: Sequence[str], grades: Mapping[str, int], near_misses: frozenset[str]) -> bool:
    """Whether some near miss stands above every answer that would serve."""
    place = {i: p for p, i in enumerate(ranked)}
    best = min((place[i] for i, grade in grades.items() if grade >= TRUE and i in place), default=len(ranked))
    return any(place.get(i, len(ranked)) < best for i in near_misses)


def _means(values: Mapping[str, Sequence[float]]) -> dict[str, float]:
    return {code: sum(v) / len(v) for code, v in sorted(values.items())}
