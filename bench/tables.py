"""Figures as tables in Markdown, each with its aim and whether it was met."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from bench import freshness as fresh
from corridor.language.logic.tongues import LANGUAGES, normalise_code

Figures = Mapping[str, Any]
SENTENCES_AIM: Final = (0.94, 0.95)
SPEED_AIM: Final = 6.0
DRAWN_EVENNESS: Final = 0.75
NAMES: Final = {
    "raw": "raw vectors",
    "means": "means subtracted only",
    "words": "words only",
    "unfair": "ours without fairness",
    "ours_without_lexicon": "ours without the lexicon",
    "ours_without_sounds": "ours without sounds",
    "ours": "**ours**",
    "ours_language_given": "ours, language given",
    "ours_as_shown": "ours, as the page cuts it",
}


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; the first column holds names, the others figures."""
    lines = [list(head), ["---", *["---:"] * (len(head) - 1)], *([_cell(c) for c in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3f}" if abs(value) < 10 else f"{value:.1f}"
    return "–" if value is None else str(value)


def _beside(value: float | None, baseline: float | None) -> str:
    return f"{value / baseline:.2f}×" if value is not None and baseline else "–"


def _ordered(codes: Iterable[str]) -> list[str]:
    return sorted(codes, key=lambda c: (LANGUAGES.index(known) if (known := normalise_code(c)) else len(LANGUAGES), c))


def retrieval(figures: Figures) -> str:
    """Recall of each system by the language of the query."""
    size = figures.get("texts", figures.get("passages"))
    told = f"Pool of {size} texts; {figures['queries']} queries a system; k = {figures['k']}."
    return f"{_recall_of(figures['systems'])}\n\n{told}"


def _recall_of(systems: Figures) -> str:
    codes = _ordered(systems["ours"]["recall"])
    head = ["system", *codes, "mean", "worst/best", "mean beside raw"]
    rows = [
        [
            NAMES[name], *(of["recall"].get(code) for code in codes), of["mean"], of["worst_over_best"],
            _beside(of["mean"], systems["raw"]["mean"]),
        ]
        for name, of in systems.items()
    ]  # fmt: skip
    return table(head, rows)


def sentences(figures: Figures) -> str:
    """Retrieval, with the aim for sentences."""
    ours = figures["systems"]["ours"]
    mean, evenness = SENTENCES_AIM
    return f"{retrieval(figures)}\n\n" + aims(
        (f"mean at least {mean}", ours["mean"], ours["mean"] >= mean),
        (f"worst/best at least {evenness}", ours["worst_over_best"], ours["worst_over_best"] >= evenness),
    )


def terms(figures: Figures) -> str:
    """Retrieval of names, with where they come from; then of the drawn terms, where they were measured."""
    names = figures["names"]
    counts = ", ".join(f"{count} {sort}" for sort, count in names["terms"].items())
    told = f"{retrieval(names)}\n\nNames: {counts}, each in seven languages. No aim was set for names."
    return f"{told}\n\n{drawn_terms(figures['drawn'])}" if "drawn" in figures else told


def drawn_terms(figures: Figures) -> str:
    """Retrieval over all drawn terms with its aims, then of those that the lexicon knows and of those that it does not."""
    parts = [f"Terms that were drawn and translated without the lexicon in view:\n\n{retrieval(figures)}"]
    for sort, count in figures["terms"].items():
        of = {name: system["by_sort"][sort] for name, system in figures["systems"].items()}
        parts.append(f"Of these, {count} {sort}:\n\n{_recall_of(of)}")
    ours, means = figures["systems"]["ours"], figures["systems"]["means"]
    parts.append(
        aims(
            ("at least twice the mean of means subtracted", ours["mean"], ours["mean"] >= 2 * means["mean"]),
            ("worst/best at least 0.75", ours["worst_over_best"], ours["worst_over_best"] >= DRAWN_EVENNESS),
        )
    )
    return "\n\n".join(parts)


def aims(*told: tuple[str, float, bool]) -> str:
    """Aims and whether they were met."""
    return (
        "Aims: "
        + "; ".join(f"{aim}: {'met' if is_met else '**not met**'} ({_cell(v)})" for aim, v, is_met in told)
        + "."
    )


def partners(figures: Figures) -> str:
    """nDCG, recall and near misses on the frozen set, then in the skewed pools."""
    whole, skewed = figures["whole"], figures["skewed"]
    parts = [
        f"The frozen set: {whole['notices']} notices, {whole['askers']} needs.",
        *(f"`{measure}` by the asker's language:\n\n{_measure(whole['systems'], measure)}" for measure in _MEASURES),
        f"Skewed pools ({'/'.join(map(str, _SHARES))} %), over all {len(skewed['pools'])} turns of which language is largest:",
        _skewed(skewed),
        "Answers in the pools: " + "; ".join(
            f"{pool['largest']} largest: {sum(pool['answers'].values())} answers, {pool['askers']} needs"
            for pool in skewed["pools"]
        ) + ".",
        "No aim was set in advance; the figure to watch is ours beside ours without fairness.",
    ]  # fmt: skip
    return "\n\n".join(parts)


_MEASURES: Final = ("ndcg_at_10", "recall_at_10")
_SHARES: Final = (60, 20, 10, 4, 3, 2, 1)


def _measure(systems: Figures, measure: str) -> str:
    codes = _ordered(systems["ours"][measure])
    head = ["system", *codes, "mean", "worst/best", "near miss above best"]
    return table(
        head,
        [
            [NAMES[name], *(of[measure].get(c) for c in codes), of["mean"][measure], of["worst_over_best"][measure],
             of["near_miss_above_best"]]
            for name, of in systems.items()
        ],
    )  # fmt: skip


def _skewed(skewed: Figures) -> str:
    head = [
        "system",
        "nDCG mean",
        "worst pool",
        "worst/best language",
        "recall mean",
        "worst pool",
        "worst/best language",
    ]
    keys = ("mean", "worst_pool", "worst_over_best")
    return table(
        head,
        [[NAMES[name], *(of[m][key] for m in _MEASURES for key in keys)] for name, of in skewed["systems"].items()],
    )


def identify(figures: Figures) -> str:
    """Shares of texts whose language was told, by length."""
    lengths = figures["by_length"]
    codes = _ordered(next(iter(lengths.values())))
    parts = [
        f"`{measure}`:\n\n"
        + table(["text", *codes], [[_plain(n), *(of[c][measure] for c in codes)] for n, of in lengths.items()])
        for measure in ("right", "sure_and_wrong", "likeliest")
    ]
    measures = ("texts", "right", "unsure", "sure_and_wrong", "likeliest")
    others = {f"Vietnamese without tones, {_plain(n)}": of for n, of in figures["vietnamese_without_tones"].items()}
    others |= {_plain(n): of for n, of in figures["other_languages"].items()}
    parts.append(
        table(["text", *map(_plain, measures)], [[n, *(of.get(m) for m in measures)] for n, of in others.items()])
    )
    return "\n\n".join(parts)


def _plain(name: str) -> str:
    return name.replace("_", " ")


def speed(figures: Figures) -> str:
    """Passages a second and the time of a query beside the wheel's own engine."""
    loads = figures["passages"]["by_workload"]
    first = table(
        ["workload", "wheel, passages/s", "ours, passages/s", "ours beside wheel", "by processor time"],
        [[_plain(name), *(of["passages_a_second"][e] for e in ("wheel", "ours")), f"{of['ratio']:.1f}×", f"{of['ratio_cpu']:.1f}×"]
         for name, of in loads.items()],
    )  # fmt: skip
    fresh_process, queries, recall = figures["fresh_process"], figures["queries"], figures["recall"]
    rows = [
        ["query p50, ms", *(queries[e]["p50_ms"] for e in ("wheel", "ours"))],
        ["query p95, ms", *(queries[e]["p95_ms"] for e in ("wheel", "ours"))],
        *([label, *(fresh_process[e][key] for e in ("wheel", "ours"))] for key, label in _FRESH.items()),
        ["translations found, one other language", *(recall[e]["at_1_mean_of_pairs"] for e in ("wheel", "ours"))],
        ["translations found, all languages in one pool", *(recall[e]["pooled"] for e in ("wheel", "ours"))],
    ]
    second = table(["", "wheel", "ours", "ours/wheel"], [[*row, _beside(row[2], row[1])] for row in rows])
    ratio = figures["passages"]["ratio_geometric_mean"]
    met = aims(
        (f"at least {SPEED_AIM:.0f} times the wheel's passages a second (geometric mean)", ratio, ratio >= SPEED_AIM)
    )
    changed = f"Conversion, once an installation: {figures['conversion']['seconds']:.0f} s."
    return f"{first}\n\n{second}\n\n{changed} {met}"


_FRESH: Final = {
    "cold_start_s": "cold start, s",
    "resident_after_a_query_mb": "memory after a query, MB",
    "peak_mb": "peak memory, MB",
}


def freshness(figures: Figures) -> str:
    """Seconds until a published notice is found."""
    labels = {"quiet": "nothing else to do", "while_loading": f"while {figures['organisations']} organisations load"}
    head = ["", "notices", "median, s", "p95, s", "longest, s"]
    rows = [
        [label, *(figures[key][f] for f in ("notices", "median_s", "p95_s", "longest_s"))]
        for key, label in labels.items()
    ]
    longest = figures["while_loading"]["longest_s"]
    still = f"Jobs and passages of the load still waiting when the last notice was found: {figures['bulk_jobs_left_at_the_end']}."
    return f"{table(head, rows)}\n\n{still} " + aims((f"found within {fresh.AIM:.0f} s", longest, longest <= fresh.AIM))


def loading(figures: Figures) -> str:
    """What loading very many organisations costs, and what people notice of it."""
    head = [
        "organisations",
        "minutes",
        "a second",
        "processor s",
        "peak memory, MB",
        "indexed by words afterwards, a second",
    ]
    row = [figures[key] for key in ("organisations", "minutes", "rate", "processor_s", "peak_mb", "indexing_rate")]
    fresh_head = ["notices published meanwhile", "median, s", "p95, s", "longest, s"]
    found = figures["meanwhile"]
    fresh_row = [found[key] for key in ("notices", "median_s", "p95_s", "longest_s")]
    told = f"{table(head, [row])}\n\n{table(fresh_head, [fresh_row])}\n\n"
    longest = found["longest_s"]
    return told + aims((f"a notice found within {fresh.AIM:.0f} s meanwhile", longest, longest <= fresh.AIM))
