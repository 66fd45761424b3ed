"""How the figures of pages are told."""

from collections.abc import Mapping
from typing import Final

from bench.site import differing, ratios
from bench.site_pages import BASELINE
from bench.tables import Figures, table

COLUMNS: Final = {"p50_ms": "p50, ms", "p95_ms": "p95, ms", "sql_queries": "SQL queries", "kilobytes": "kB sent"}
TOLD: Final = 5


def site(figures: Figures) -> str:
    """Times, SQL queries and bytes of each page: on the sample alone, and beside it in the crowd."""
    more = f"with {figures['organisations_more']} more"
    head = ["page", "reader", *(f"{told}{where}" for told in COLUMNS.values() for where in ("", f", {more}"))]
    sizes = figures["sample"], figures["crowded"]
    rows = [
        [name, figures["readers"][name], *(str(of[name][key]) for key in COLUMNS for of in sizes)]
        for name in figures["sample"]
    ]
    return f"{table(head, rows)}\n\n{_times(figures)}\n\n{_faults(figures)}"


def _times(figures: Figures) -> str:
    """Ratios: what stays comparable from machine to machine."""
    beside = {name: of["beside_home"] for name, of in figures["crowded"].items()}
    return (
        f"The medians that grow most among the others: {_longest(ratios(figures))}. "
        f"Those that take longest there, beside {BASELINE} on the sample: {_longest(beside)}. No aim was set for times."
    )


def _longest(of: Mapping[str, float]) -> str:
    most = sorted(of, key=lambda name: -of[name])[:TOLD]
    return ", ".join(f"{name} {of[name]:.2f}×" for name in most)


def _faults(figures: Figures) -> str:
    """More queries are a fault. Fewer are told: what is found on a page, and so what has to be read for it, may be another."""
    counts = differing(figures)
    more = _both({name: of for name, of in counts.items() if of[1] > of[0]})
    fewer = _both({name: of for name, of in counts.items() if of[1] < of[0]})
    met = f"**not met**, a fault: {more}." if more else "met by every page."
    also = f" Fewer, where other records are found: {fewer}." if fewer else ""
    return f"Aims: no more SQL queries among the others than on the sample alone: {met}{also}"


def _both(counts: Mapping[str, tuple[int, int]]) -> str:
    return ", ".join(f"{name} ({alone} and {crowded})" for name, (alone, crowded) in counts.items())
