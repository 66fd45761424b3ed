"""Retrieval suites: sentences, passages, questions to passages, and short terms, each by all systems in one run."""

import json
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from babel import Locale
from tqdm import tqdm

from bench import drawn
from corridor.launch.evaluation import retrieval
from corridor.launch.evaluation.database import own_database

CLDR: Final = {"en": "en", "km": "km", "lo": "lo", "my": "my", "th": "th", "vi": "vi", "zh": "zh_Hans"}
NAMES: Final = ("territories", "languages", "currencies")
MOST_WORDS: Final = 3


def sentences(data: Path, step: int) -> dict[str, Any]:
    """Parallel sentences: each finds its translations."""
    texts = retrieval.read_folder(data / "sib")
    return _measured("sentences", lambda p: retrieval.evaluate(_thinned(texts, step), k=None, progress=p))


def passages(data: Path, step: int) -> dict[str, Any]:
    """Runs of two to four sentences: each finds its translations."""
    rows = _rows(data / "sib" / "passages.jsonl")
    texts = {code: [row[code] for row in rows] for code in CLDR if code in rows[0]}
    return _measured("passages", lambda p: retrieval.evaluate(_thinned(texts, step), k=None, progress=p))


def questions(data: Path, step: int) -> dict[str, Any]:
    """Questions find the passage that answers them, in every language that it is in."""
    rows = _rows(data / "xquad" / "xquad_passages.jsonl")[::step]
    codes = [code for code in CLDR if f"q_{code}" in rows[0]]
    asked = {code: [(text, i) for i, row in enumerate(rows) for text in row[f"q_{code}"]] for code in codes}
    texts = {code: [row[code] for row in rows] for code in codes}
    return _measured("questions", lambda p: retrieval.questions_to_passages(asked, texts, progress=p))


def terms(data: Path, step: int) -> dict[str, Any]:
    """Names of territories, languages and currencies in CLDR find their translations, and so do the drawn terms where the set is here."""
    with tempfile.TemporaryDirectory() as folder:
        counts = write_terms(Path(folder), step)
        texts = retrieval.read_folder(Path(folder))
    names = {"terms": counts, **_measured("terms", lambda p: retrieval.evaluate(texts, k=None, progress=p))}
    if not drawn.SET.exists():
        return {"names": names}
    return {"names": names, "drawn": _measured("drawn terms", lambda p: drawn.measure(step, p))}


def write_terms(folder: Path, step: int) -> dict[str, int]:
    """Write the terms as aligned files; answers how many of each sort. Terms of one to three English words that all seven languages name.

    Left out is what has the same name as something else in one of the languages, since nobody could tell them apart.
    """
    rows = [(sort, row) for sort in NAMES for row in _named(sort)]
    seen = Counter((code, row[code].casefold()) for _, row in rows for code in CLDR)
    clear = [(s, row) for s, row in rows if all(seen[code, row[code].casefold()] == 1 for code in CLDR)][::step]
    for code in CLDR:
        (folder / f"{code}.txt").write_text("\n".join(row[code] for _, row in clear) + "\n", encoding="utf-8")
    return dict(Counter(sort for sort, _ in clear))


def _named(sort: str) -> list[dict[str, str]]:
    names = {code: getattr(Locale.parse(tag), sort) for code, tag in CLDR.items()}
    shared = sorted(set.intersection(*(set(of) for of in names.values())))
    rows = [{code: str(of[key]) for code, of in names.items()} for key in shared]
    return [row for row in rows if len(row["en"].split()) <= MOST_WORDS]


def _rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _thinned(texts: Mapping[str, Sequence[str]], step: int) -> dict[str, Sequence[str]]:
    return {code: lines[::step] for code, lines in texts.items()}


def _measured(name: str, measure: Callable[[Callable[[int], object]], dict[str, Any]]) -> dict[str, Any]:
    with own_database(), tqdm(desc=name, unit=" steps", mininterval=5) as bar:
        return measure(bar.update)
