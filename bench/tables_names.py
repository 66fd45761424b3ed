"""Tables of the suites about the directory's names: across scripts, and likely duplicates."""

from collections.abc import Mapping
from typing import Any, Final

from bench.tables import NAMES, table

Figures = Mapping[str, Any]
DIRECTIONS: Final = {
    "english_finds_local": "The English name asks, entries have their local name alone",
    "local_finds_english": "The local name asks, entries have their English name alone",
}
SETTINGS: Final = {
    "as_listed": "The registers as they are",
    "local_names_only": "ROR with names in its countries' languages alone, the others with names in English",
}
DETECTORS: Final = {
    "equal_names": "equal folded names",
    "token_sort": "rapidfuzz token_sort ≥ 0.9",
    "ours": "**ours**",
}


def names(figures: Figures) -> str:
    """Recall at ten by country in both directions."""
    counts = figures["records"]
    parts = []
    for direction, heading in DIRECTIONS.items():
        systems = figures["directions"][direction]
        codes = [code for code, count in counts.items() if count]
        head = ["system", *(f"{code} ({counts[code]})" for code in codes), "all records", "mean of countries"]
        rows = [
            [NAMES[n], *(of["recall"].get(code) for code in codes), of["all"], of["mean"]] for n, of in systems.items()
        ]
        parts.append(f"{heading}; recall at {figures['k']}:\n\n{table(head, rows)}")
    return "\n\n".join([*parts, f"{sum(counts.values())} records, all six countries in one pool. No aim was set."])


def duplicates(figures: Figures) -> str:
    """Precision, recall and F1 in both settings, by languages, and how far scores can be trusted."""
    return "\n\n".join(_setting(heading, figures[name]) for name, heading in SETTINGS.items())


def composed(figures: Figures) -> str:
    """Names of our own: found across scripts, and the likely duplicates of two lists."""
    heading = "Two lists, one with local names, one with English ones, a third of the names in both"
    return f"{names(figures)}\n\n{_setting(heading, figures['duplicates'])}"


def _setting(heading: str, of: Figures) -> str:
    head = ["detector", "precision", "recall", "F1", "pairs found", "right", "truth not known", "within ROR"]
    keys = ("precision", "recall", "f1", "found", "right", "not_judged", "within_ror")
    whole = table(head, [[DETECTORS[name], *(system[key] for key in keys)] for name, system in of["systems"].items()])
    tongues = sorted(of["pairs_by_tongues"], key=lambda name: -of["pairs_by_tongues"][name])
    by_tongues = table(
        ["recall by languages", *(f"{name} ({of['pairs_by_tongues'][name]})" for name in tongues)],
        [[DETECTORS[n], *(system["recall_by_tongues"].get(t) for t in tongues)] for n, system in of["systems"].items()],
    )
    scores = table(
        ["ours, score", *(f"from {row['from']}" for row in of["calibration"])],
        [
            ["pairs", *(row["pairs"] for row in of["calibration"])],
            ["share that is right", *(row["right"] for row in of["calibration"])],
        ],
    )
    records = ", ".join(f"{register} {count}" for register, count in of["records"].items())
    told = f"{heading}: {of['pairs']} true pairs among {records} records, of which {sum(of['clear'].values())} have a domain of their own."
    return f"{told}\n\n{whole}\n\n{by_tongues}\n\n{scores}"
