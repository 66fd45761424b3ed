"""Retrieval across languages: of a text's translations, how many are among the first answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from corridor.kernel.models import Audience
from corridor.kernel.states import Visibility
from corridor.language.logic.tongues import normalise_code
from corridor.language.operations.find import Facets, find_like
from corridor.language.operations.index import Entry, Piece
from corridor.language.operations.questions import Method, ask
from corridor.launch.evaluation import pool

Progress = Callable[[int], object]


class Unreadable(Exception):  # noqa: N818 - said of a folder
    """The folder does not hold aligned texts; the message says why."""


def read_folder(folder: Path) -> dict[str, list[str]]:
    """Aligned `<lang>.txt` files: language code → texts, one a line, the same line meaning the same. Raises `Unreadable`."""
    texts = {}
    for path in sorted(folder.glob("*.txt")):
        code = normalise_code(path.stem)
        if code is not None:
            texts[code] = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    if len(texts) < 2:
        raise Unreadable(f"{folder}: at least two files such as km.txt and th.txt are needed")
    lengths = {code: len(lines) for code, lines in texts.items()}
    if len(set(lengths.values())) > 1:
        raise Unreadable(f"{folder}: the files do not have the same number of lines: {lengths}")
    return texts


def evaluate(texts: dict[str, list[str]], *, k: int | None, progress: Progress) -> dict[str, Any]:
    """Recall of each system by query language.

    Each query is answered alone. Languages are detected, and told only in `ours, language given`.
    """
    keys = {(code, i): uuid4() for code, lines in texts.items() for i, line in enumerate(lines) if line.strip()}
    entries = [Entry("text", key, "KH", Visibility.PUBLIC, [Piece(texts[code][i])]) for (code, i), key in keys.items()]
    loaded = pool.load(sorted(entries, key=lambda e: e.record_id), progress)
    k = k or len(texts) - 1
    result: dict[str, Any] = {"texts": len(keys), "languages": list(texts), "k": k, "systems": {}}
    for name, method in pool.SYSTEMS.items():
        loaded.use(method)
        result["systems"][name] = _measure(texts, keys, method, k, progress, given=False)
    result["systems"]["ours, language given"] = _measure(texts, keys, pool.SYSTEMS["ours"], k, progress, given=True)
    return result


def _measure(
    texts: dict[str, list[str]],
    keys: dict[tuple[str, int], UUID],
    method: Method,
    k: int,
    progress: Progress,
    *,
    given: bool,
) -> dict[str, Any]:
    rows = {key: i for (_, i), key in keys.items()}
    versions = {i: sum((code, i) in keys for code in texts) for i in set(rows.values())}
    found: dict[str, list[float]] = {code: [] for code in texts}
    for (code, i), key in keys.items():
        progress(1)
        if versions[i] < 2:
            continue
        question = ask(texts[code][i], language=code if given else None, method=method)
        facets = Facets(kinds=("text",), not_records=[key])
        hits = find_like(question, audience=Audience(None), facets=facets, limit=k).hits
        found[code].append(sum(rows[hit.record_id] == i for hit in hits) / min(versions[i] - 1, k))
    recall = {code: sum(values) / len(values) for code, values in found.items() if values}
    return {"recall": {code: round(value, 4) for code, value in recall.items()}, **pool.summary(recall)}


def questions_to_passages(
    questions: dict[str, list[tuple[str, int]]], passages: dict[str, list[str]], *, progress: Progress
) -> dict[str, Any]:
    """Recall of the versions of the passage that answers a question: of all its languages, the share in the first as many."""
    keys = {(code, i): uuid4() for code, lines in passages.items() for i in range(len(lines))}
    entries = [
        Entry("text", key, "KH", Visibility.PUBLIC, [Piece(passages[code][i])]) for (code, i), key in keys.items()
    ]
    loaded = pool.load(sorted(entries, key=lambda e: e.record_id), progress)
    rows = {key: i for (_, i), key in keys.items()}
    k = len(passages)
    systems = {}
    for name, method in pool.SYSTEMS.items():
        loaded.use(method)
        recall = {}
        for code, asked in questions.items():
            shares = []
            for text, i in asked:
                progress(1)
                found = find_like(
                    ask(text, method=method), audience=Audience(None), facets=Facets(kinds=("text",)), limit=k
                )
                shares.append(sum(rows[hit.record_id] == i for hit in found.hits) / k)
            recall[code] = sum(shares) / len(shares)
        systems[name] = {"recall": {c: round(v, 4) for c, v in recall.items()}, **pool.summary(recall)}
    return {"passages": len(keys), "k": k, "systems": systems}
