"""Retrieval across languages: of a text's translations, how many are among the first answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from corridor.kernel.models import Audience
from corridor.kernel.states import Visibility
from corridor.language.logic.tongues import normalise_code
from corridor.language.logic.words import tidy
from corridor.language.operations.find import Facets, find_like
from corridor.language.operations.index import Entry, Piece
from corridor.language.operations.questions import Method, ask
from corridor.launch.evaluation import pool
from corridor.launch.evaluation.side_by_side import each

KIND = "text"
# Ids are made from the texts, so that every run gives the same ones and their order says nothing.
NAMESPACE = UUID("5f0d7c1e-58b0-4c57-9d6f-0c2b4a5e9a31")
LANGUAGE_GIVEN = "ours_language_given"


class Unreadable(Exception):  # noqa: N818 - said of a folder
    """The folder does not hold aligned texts; the message says why."""


@dataclass(frozen=True)
class Query:
    """A text that asks, under the name its figures are gathered by; `wanted` are the records it should find, `sort` what it counts as."""

    language: str
    text: str
    wanted: frozenset[UUID]
    own: UUID | None = None
    sort: str = ""


def read_folder(folder: Path, *, tell: Callable[[str], object] = lambda line: None) -> dict[str, list[str]]:
    """Aligned `<lang>.txt` files: the name's language code → texts, one a line, the same line meaning the same.

    What the name says of the language is kept as it is written. Files of other names are told of and left out. Raises `Unreadable`.
    """
    if not folder.is_dir():
        raise Unreadable("there is no such folder")
    texts = {}
    for path in sorted(folder.iterdir()):
        if path.suffix == ".txt" and path.is_file() and normalise_code(path.stem):
            texts[path.stem] = _lines(path)
        else:
            tell(f"{path.name} is left out: its name is not one of the seven languages' codes and .txt")
    if len(texts) < 2:
        raise Unreadable(
            f"at least two files such as km.txt and th.txt are needed; found: {', '.join(texts) or 'none'}"
        )
    return _aligned(texts)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").removesuffix("\n").split("\n")
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path.name} is not UTF-8: {error}") from error


def _aligned(texts: dict[str, list[str]]) -> dict[str, list[str]]:
    """The same texts without what some files have more of at the end, if that is blank lines: editors and exports differ."""
    lengths = {code: len(lines) for code, lines in texts.items()}
    count = min(lengths.values())
    if any(line.strip() for lines in texts.values() for line in lines[count:]):
        raise Unreadable(f"the files do not have the same number of lines: {lengths}")
    if not any(line.strip() for lines in texts.values() for line in lines):
        raise Unreadable("the files hold no text")
    return {code: lines[:count] for code, lines in texts.items()}


def evaluate(
    texts: Mapping[str, Sequence[str]], *, k: int | None, progress: pool.Progress, sorts: Sequence[str] = ()
) -> dict[str, Any]:
    """Recall of each system by query language.

    Each query is answered alone. Languages of queries and texts are detected, and told only in `ours_language_given`.
    `sorts`: what each line counts as; figures of each sort then stand beside those of all, in the same pool.
    """
    keys = _keys(texts)
    versions = _versions(keys)
    queries = [
        Query(code, texts[code][i], others, key, sorts[i] if sorts else "")
        for (code, i), key in keys.items()
        if (others := frozenset(versions[i] - {key}))
    ]
    k = k or len(texts) - 1
    loaded = pool.load([_entry(texts[code][i], key) for (code, i), key in keys.items()], progress)
    return {
        "texts": len(keys),
        "queries": len(queries),
        "languages": list(texts),
        "k": k,
        "systems": _measure(loaded, queries, _languages(keys), k, progress),
    }


def questions_to_passages(
    questions: Mapping[str, Sequence[tuple[str, int]]],
    passages: Mapping[str, Sequence[str]],
    *,
    progress: pool.Progress,
) -> dict[str, Any]:
    """Recall of the passage that answers a question: of its versions in all languages, the share in the first as many.

    `questions`: language → (text, position of the passage). `passages`: language → texts, the same position meaning the same.
    """
    keys = _keys(passages)
    versions = _versions(keys)
    queries = [
        Query(code, text, frozenset(versions[i]))
        for code, asked in questions.items()
        for text, i in asked
        if versions[i]
    ]
    loaded = pool.load([_entry(passages[code][i], key) for (code, i), key in keys.items()], progress)
    return {
        "passages": len(keys),
        "queries": len(queries),
        "languages": list(passages),
        "k": len(passages),
        "systems": _measure(loaded, queries, _languages(keys), len(passages), progress),
    }


def _keys(texts: Mapping[str, Sequence[str]]) -> dict[tuple[str, int], UUID]:
    """Ids of the texts that are not blank."""
    return {
        (code, i): uuid5(NAMESPACE, f"{code}\0{i}\0{line}")
        for code, lines in texts.items()
        for i, line in enumerate(lines)
        if tidy(line).text.strip()
    }


def _versions(keys: Mapping[tuple[str, int], UUID]) -> dict[int, set[UUID]]:
    versions: dict[int, set[UUID]] = defaultdict(set)
    for (_, i), key in keys.items():
        versions[i].add(key)
    return versions


def _languages(keys: Mapping[tuple[str, int], UUID]) -> dict[UUID, str]:
    """What the files' names say, in our own codes."""
    return {key: normalise_code(code) or "" for (code, _), key in keys.items()}


def _entry(text: str, key: UUID) -> Entry:
    return Entry(KIND, key, "KH", Visibility.PUBLIC, [Piece(text)])


def _measure(
    loaded: pool.Pool,
    queries: Sequence[Query],
    languages_of: Mapping[UUID, str],
    k: int,
    progress: pool.Progress,
) -> dict[str, Any]:
    """Every system's figures. Systems that search the same vectors take turns at each query, whose reading they share."""
    found: dict[str, dict[str, Any]] = {}
    for fair, lexicon in pool.STORED:
        loaded.use(fair=fair, lexicon=lexicon)
        found |= _figures(queries, pool.systems(fair=fair, lexicon=lexicon), k, progress, given=False)
    loaded.use(fair=True, lexicon=True, languages_of=languages_of)
    found |= _figures(queries, {LANGUAGE_GIVEN: pool.SYSTEMS["ours"]}, k, progress, given=True)
    return {name: found[name] for name in (*pool.SYSTEMS, LANGUAGE_GIVEN)}


def _figures(
    queries: Sequence[Query], systems: Mapping[str, Method], k: int, progress: pool.Progress, *, given: bool
) -> dict[str, dict[str, Any]]:
    def answer(query: Query) -> dict[str, float]:
        return {name: _recall(query, k, method, given=given) for name, method in systems.items()}

    shares: dict[str, list[tuple[Query, float]]] = {name: [] for name in systems}
    for query, of in zip(queries, each(queries, answer, progress=progress), strict=True):
        for name, share in of.items():
            shares[name].append((query, share))
    return {name: by_sort([(q.sort, q.language, share) for q, share in of]) for name, of in shares.items()}


def by_sort(shares: Sequence[tuple[str, str, float]]) -> dict[str, Any]:
    """Figures from (sort, language, share) of each query: over all, and of each sort where queries have one."""
    sorts = sorted({sort for sort, _, _ in shares if sort})
    figures = _by_language([(language, share) for _, language, share in shares])
    if sorts:
        figures["by_sort"] = {name: _by_language([row[1:] for row in shares if row[0] == name]) for name in sorts}
    return figures


def _by_language(shares: Sequence[tuple[str, float]]) -> dict[str, Any]:
    gathered: dict[str, list[float]] = defaultdict(list)
    for language, share in shares:
        gathered[language].append(share)
    means = {code: sum(values) / len(values) for code, values in gathered.items()}
    return {"recall": pool.rounded(means), **pool.summary(means)}


def _recall(query: Query, k: int, method: Method, *, given: bool) -> float:
    """Of the wanted records, the share in the first k."""
    question = ask(query.text, language=normalise_code(query.language) if given else None, method=method)
    facets = Facets(kinds=(KIND,), not_records=[query.own] if query.own else [])
    found = find_like(question, audience=Audience(None), facets=facets, limit=k)
    return len(query.wanted & {hit.record_id for hit in found.hits}) / len(query.wanted)
