"""What the correction gains on our own material: one half of it teaches, the texts and terms of the other half are looked for."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from corridor.language.logic import fairness
from corridor.language.logic.bulk import near_enough
from corridor.language.logic.embedding_port import Vectors
from corridor.language.logic.fairness import Fairness, Terms
from corridor.language.logic.tongues import LANGUAGES
from corridor.language.operations import calibration, engines
from corridor.launch.evaluation.pool import summary

SEED: Final = 21
FIRST: Final = len(LANGUAGES) - 1
SHORT: Final = ("term", "phrase")
ASKING: Final = ("term", "phrase", "question")
TELLING: Final = ("sentence", "passage")
NAMES: Final = ("names", "proper")
ONE_IN_A_HUNDRED: Final = 0.99

Places = np.ndarray[Any, np.dtype[np.intp]]


@dataclass(frozen=True)
class Material:
    """Our own sample and lexicon as the model reads them. `sorts` and `forms` say of each text of the sample what it is."""

    queries: Vectors
    passages: Vectors
    forms: np.ndarray[Any, Any]
    sorts: np.ndarray[Any, Any]
    terms: Terms
    asked: Vectors


def run(data: Path, step: int) -> dict[str, Any]:
    """Shares found with and without the alignment, and what bounds of nearness come out; nothing but the shipped texts is read."""
    material = read(step)
    halves, concepts = parted(len(material.forms)), parted(material.terms.usual.shape[1])
    systems = {
        name: _shares(material, halves, concepts, aligned=aligned)
        for name, aligned in (("means and thresholds only", False), ("ours", True))
    }
    return {
        "texts": len(material.forms),
        "concepts": material.terms.usual.shape[1],
        "systems": systems,
        "bounds": _bounds(material, halves),
    }


def read(step: int) -> Material:
    """The material, with a step every n-th meaning and concept."""
    model, concepts = engines.embedder(), calibration.shipped_concepts()[::step]
    rows = [
        {**json.loads(line), "sort": path.stem}
        for path in sorted(calibration.SAMPLE.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ][::step]
    forms, files = np.array([row["form"] for row in rows]), np.array([row["sort"] for row in rows])
    sorts = np.where(np.isin(files, NAMES), files, np.where(np.isin(forms, SHORT), "short", "long"))
    queries, passages = (
        np.stack([model.embed([row[code] for row in rows], kind) for code in LANGUAGES])
        for kind in ("query", "passage")
    )
    asked = np.stack([model.embed([c.labels_in(code)[0].text for c in concepts], "query") for code in LANGUAGES])
    return Material(queries, passages, forms, sorts, calibration.read_terms(model, concepts), asked)


def parted(count: int) -> list[Places]:
    """Two halves, the same in every run."""
    order = np.random.default_rng(SEED).permutation(count)
    return [np.sort(order[::2]), np.sort(order[1::2])]


def _shares(
    material: Material, halves: Sequence[Places], concepts: Sequence[Places], *, aligned: bool
) -> dict[str, dict[str, float | None]]:
    """Sort -> of the translations of a text or term the share among the first six of its sort, over both halves."""
    gathered: dict[str, list[dict[str, float]]] = {}
    for turn in (0, 1):
        taught, looked = halves[turn], halves[1 - turn]
        known, unknown = concepts[turn], concepts[1 - turn]
        terms = only(material.terms, known) if aligned else None
        half = fairness.calibrated(material.queries[:, taught], material.passages[:, taught], "half", terms)
        gathered.setdefault("concepts", []).append(
            found(*corrected(half, material.asked[:, unknown], material.terms.usual[:, unknown]))
        )
        asked, stored = corrected(half, material.queries[:, looked], material.passages[:, looked])
        for sort in ("short", *NAMES, "long"):
            some = material.sorts[looked] == sort
            gathered.setdefault(sort, []).append(found(asked[:, some], stored[:, some]))
    means: dict[str, dict[str, float]] = {
        sort: {code: float(np.mean([turn[code] for turn in turns])) for code in LANGUAGES}
        for sort, turns in gathered.items()
    }
    return {sort: summary(by_language) for sort, by_language in means.items()}


def only(terms: Terms, chosen: Places) -> Terms:
    """The terms of some concepts."""
    places = np.full(terms.usual.shape[1], -1)
    places[chosen] = np.arange(len(chosen))
    kept = [(rows[places[of] >= 0], places[of][places[of] >= 0]) for rows, of in terms.others]
    return Terms(terms.usual[:, chosen], kept)


def corrected(correction: Fairness, queries: Vectors, passages: Vectors) -> tuple[Vectors, Vectors]:
    """(7, n, d) raw vectors as questions and as passages, each in its own language."""
    count = queries.shape[1]
    asked = [correction.queries(queries[i], [{code: 1.0}] * count) for i, code in enumerate(LANGUAGES)]
    stored = [correction.passages(passages[i], [code] * count) for i, code in enumerate(LANGUAGES)]
    return np.stack(asked), np.stack(stored)


def found(asked: Vectors, stored: Vectors) -> dict[str, float]:
    """Language -> the share of a text's translations among its first six, all languages in one pool, itself left out."""
    count = asked.shape[1]
    pool = stored.reshape(-1, stored.shape[-1])
    shares: dict[str, float] = {}
    for place, code in enumerate(LANGUAGES):
        near = asked[place] @ pool.T
        near[np.arange(count), place * count + np.arange(count)] = -np.inf
        first = np.argpartition(-near, FIRST, axis=1)[:, :FIRST]
        shares[code] = float(((first % count) == np.arange(count)[:, None]).sum() / (FIRST * count))
    return shares


def _bounds(material: Material, halves: Sequence[Places]) -> Mapping[str, Mapping[str, float]]:
    """Language of the question -> what one in a hundred sentences and passages about something else reaches, the bound that the site
    goes by, and the share of translations of terms, phrases and questions that it lets by."""
    far: dict[str, list[Vectors]] = {code: [] for code in LANGUAGES}
    true: dict[str, list[Vectors]] = {code: [] for code in LANGUAGES}
    for turn in (0, 1):
        taught, looked = halves[turn], halves[1 - turn]
        half = fairness.calibrated(material.queries[:, taught], material.passages[:, taught], "half", material.terms)
        asked, stored = corrected(half, material.queries[:, looked], material.passages[:, looked])
        forms, plain = material.forms[looked], ~np.isin(material.sorts[looked], NAMES)
        asking, telling = np.isin(forms, ASKING) & plain, np.isin(forms, TELLING)
        for i, code in enumerate(LANGUAGES):
            far[code].append((asked[i, asking] @ stored[:, telling].reshape(-1, stored.shape[-1]).T).ravel())
            true[code] += [(asked[i, asking] * stored[j, asking]).sum(axis=1) for j in range(len(LANGUAGES)) if j != i]
    return {
        code: {
            "one_in_a_hundred": float(np.quantile(np.concatenate(far[code]), ONE_IN_A_HUNDRED)),
            "bound": near_enough(code),
            "translations_let_by": float(np.mean(np.concatenate(true[code]) >= near_enough(code))),
        }
        for code in LANGUAGES
    }
