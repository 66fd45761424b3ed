"""How fast texts become vectors beside the wheel's own engine, at what memory, and what is lost on the way."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from itertools import permutations
from pathlib import Path
from statistics import geometric_mean, median
from typing import Any, Final

import numpy as np

from corridor.language.logic.embedding_port import Embedder, Kind, Vectors
from corridor.language.logic.engine import conversion
from corridor.language.logic.engine.fast import FastEmbedder
from corridor.language.logic.engine.wheel import WheelEmbedder
from corridor.language.logic.tongues import normalise_code

BASELINE: Final = "wheel"
ROUNDS: Final = 4
SENTENCES: Final = 32
QUERIES: Final = 15
RECALL_ROWS: Final = 120
LONG: Final = {"about_90_tokens": (90, 8), "about_500_tokens": (500, 2)}
"""Name -> tokens a passage, and passages a round."""

_FRESH: Final = """
import json, os, sys, time
from pathlib import Path
texts = json.loads(sys.stdin.read())
began = time.perf_counter()
if sys.argv[1] == "wheel":
    from corridor.language.logic.engine.wheel import WheelEmbedder
    model = WheelEmbedder()
else:
    from corridor.language.logic.embedding import bundled
    model = bundled(Path(sys.argv[2]))
model.embed(texts[:1], "query")
first = time.perf_counter() - began
def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
after = resident()
model.embed(texts, "passage")
status = Path("/proc/self/status").read_text()
peak = int(status.split("VmHWM:")[1].split()[0]) * 1024 / 1e6
print(json.dumps({"cold_start_s": first, "resident_after_a_query_mb": after, "peak_mb": peak}))
"""
"""A process that embeds one query, then many passages. Megabytes are 10^6 bytes; the cold start begins with the imports."""


def run(data: Path) -> dict[str, Any]:
    """The two engines side by side on `data/sib`, each with two threads, taking turns within every round.

    `ratio` is the median over the rounds of ours to the wheel's within a round, which other work on the machine
    disturbs least; `ratio_geometric_mean` is over the workloads. Recall: of a sentence asked in one language, whether its
    translation comes first among those of one other language, mean over all pairs; and the share of its translations in
    the first k among all languages, k being their number. Vectors are raw: what fairness adds is measured elsewhere.
    """
    sentences = dict(_sentences(data / "sib"))
    if not sentences:
        return {"skipped": f"no parallel sentences in {data / 'sib'}"}
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        converting = _conversion(cache)
        ours = FastEmbedder(conversion.prepared(cache), conversion.tag(), threads=2)
        engines: dict[str, Embedder] = {BASELINE: WheelEmbedder(), "ours": ours}
        loads = _workloads(sentences, ours)
        figures = {
            "baseline": BASELINE,
            "versions": {name: engine.version for name, engine in engines.items()},
            "cores": os.cpu_count(),
            "load_average_before": os.getloadavg()[0],
            "passages": _passages(engines, loads),
            "queries": _queries(engines, sentences),
            "recall": _recall(engines, sentences),
            "fresh_process": _fresh(cache, [text for load in ("lo", *LONG) for text in loads.get(load, [])]),
            "conversion": converting,
        }
    return figures


def _sentences(folder: Path) -> Iterator[tuple[str, list[str]]]:
    for path in sorted(folder.glob("*.txt")):
        language = normalise_code(path.stem)
        if language:
            yield language, path.read_text(encoding="utf-8").splitlines()


def _conversion(cache: Path) -> dict[str, float]:
    began = time.perf_counter()
    folder = conversion.prepared(cache)
    seconds = time.perf_counter() - began
    kept = sum(path.stat().st_size for path in folder.iterdir())
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    return {"seconds": seconds, "child_peak_mb": peak / 1e6, "kept_mb": kept / 1e6}


def _workloads(sentences: Mapping[str, list[str]], counter: FastEmbedder) -> dict[str, list[str]]:
    """Sentences of each language, and passages of neighbouring sentences in all languages by turns."""
    loads = {language: lines[:SENTENCES] for language, lines in sentences.items()}
    languages = list(sentences)
    for name, (tokens, count) in LONG.items():
        loads[name] = [_joined(sentences[languages[i % len(languages)]], i, tokens, counter) for i in range(count)]
    return loads


def _joined(lines: list[str], number: int, tokens: int, counter: FastEmbedder) -> str:
    text = ""
    for line in lines[number * 20 :]:
        if counter.token_count(f"{text} {line}", "passage") > tokens + 10:
            break
        text = f"{text} {line}".strip()
    return text or lines[number * 20]


def _passages(engines: Mapping[str, Embedder], loads: Mapping[str, list[str]]) -> dict[str, Any]:
    seen: dict[str, dict[str, list[tuple[float, float]]]] = {load: {name: [] for name in engines} for load in loads}
    for turn in range(ROUNDS + 1):
        for load, texts in loads.items():
            for name in sorted(engines, reverse=bool(turn % 2)):
                seen[load][name].append(_spent(engines[name], texts))
    rows = {
        load: _compared({name: spent[1:] for name, spent in by.items()}, len(loads[load])) for load, by in seen.items()
    }
    means = {what: geometric_mean(row[what] for row in rows.values()) for what in ("ratio", "ratio_cpu")}
    return {"by_workload": rows, "ratio_geometric_mean": means["ratio"], "ratio_cpu_geometric_mean": means["ratio_cpu"]}


def _spent(engine: Embedder, texts: list[str]) -> tuple[float, float]:
    """Seconds by the clock and of processor time."""
    wall, processor = time.perf_counter(), time.process_time()
    engine.embed(texts, "passage")
    return time.perf_counter() - wall, time.process_time() - processor


def _compared(spent: Mapping[str, list[tuple[float, float]]], count: int) -> dict[str, Any]:
    pairs = list(zip(spent[BASELINE], spent["ours"], strict=True))
    return {
        "passages_a_second": {name: count / median(wall for wall, _ in rounds) for name, rounds in spent.items()},
        "cpu_ms_a_passage": {name: 1000 * median(cpu for _, cpu in rounds) / count for name, rounds in spent.items()},
        "ratio": median(theirs[0] / ours[0] for theirs, ours in pairs),
        "ratio_cpu": median(theirs[1] / ours[1] for theirs, ours in pairs),
    }


def _queries(engines: Mapping[str, Embedder], sentences: Mapping[str, list[str]]) -> dict[str, Any]:
    spent: dict[str, list[float]] = {name: [] for name in engines}
    for number in range(QUERIES):
        for lines in sentences.values():
            for name, engine in engines.items():
                began = time.perf_counter()
                engine.embed([lines[number]], "query")
                spent[name].append(1000 * (time.perf_counter() - began))
    figures: dict[str, Any] = {
        name: dict(zip(("p50_ms", "p95_ms"), np.percentile(times, (50, 95)).tolist(), strict=True))
        for name, times in spent.items()
    }
    figures["ratio_p50"] = figures[BASELINE]["p50_ms"] / figures["ours"]["p50_ms"]
    return figures


def _recall(engines: Mapping[str, Embedder], sentences: Mapping[str, list[str]]) -> dict[str, Any]:
    kinds: tuple[Kind, Kind] = ("query", "passage")
    vectors = {
        name: {kind: [engine.embed(lines[:RECALL_ROWS], kind) for lines in sentences.values()] for kind in kinds}
        for name, engine in engines.items()
    }
    figures: dict[str, Any] = {"sentences": min(RECALL_ROWS, *map(len, sentences.values()))}
    for name, by in vectors.items():
        figures[name] = {"at_1_mean_of_pairs": _at_one(by["query"], by["passage"]), "pooled": _pooled(**by)}
    figures["difference_at_1"] = figures["ours"]["at_1_mean_of_pairs"] - figures[BASELINE]["at_1_mean_of_pairs"]
    figures["difference_pooled"] = figures["ours"]["pooled"] - figures[BASELINE]["pooled"]
    same = [
        (ours * theirs).sum(axis=1)
        for kind in kinds
        for ours, theirs in zip(vectors["ours"][kind], vectors[BASELINE][kind], strict=True)
    ]
    figures["cosine"] = {"mean": float(np.concatenate(same).mean()), "least": float(np.concatenate(same).min())}
    return figures


def _at_one(queries: list[Vectors], passages: list[Vectors]) -> float:
    pairs = permutations(range(len(queries)), 2)
    right = [(queries[a] @ passages[b].T).argmax(axis=1) == np.arange(len(queries[a])) for a, b in pairs]
    return float(np.mean(right))


def _pooled(query: list[Vectors], passage: list[Vectors]) -> float:
    """The share of a sentence's translations among the first k of all passages but its own."""
    count, wanted = len(query[0]), len(query) - 1
    pool = np.concatenate(passage)
    shares = []
    for language, rows in enumerate(query):
        near = rows @ pool.T
        near[np.arange(count), language * count + np.arange(count)] = -np.inf
        first = np.argsort(-near, axis=1, kind="stable")[:, :wanted] % count
        shares.append((first == np.arange(count)[:, None]).mean())
    return float(np.mean(shares))


def _fresh(cache: Path, texts: list[str], times: int = 3) -> dict[str, dict[str, float]]:
    """Cold start and memory of each engine, each time in a process of its own; medians."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    figures = {}
    for name in (BASELINE, "ours"):
        command = [sys.executable, "-c", _FRESH, name, str(cache)]
        told = [
            json.loads(
                subprocess.run(  # noqa: S603 - our own script, by our own interpreter
                    command, input=json.dumps(texts), env=environment, check=True, capture_output=True, text=True
                ).stdout
            )
            for _ in range(times)
        ]
        figures[name] = {key: median(row[key] for row in told) for key in told[0]}
    return figures
