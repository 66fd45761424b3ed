"""The suites of the benchmark: what each needs, how it is measured, and how its figures are told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bench import (
    alerts,
    composed,
    duplicates,
    freshness,
    halves,
    identify,
    loading,
    names,
    partners,
    site,
    speed,
    tables,
    tables_alerts,
    tables_halves,
    tables_names,
    tables_site,
    texts,
)

Figures = Mapping[str, Any]


@dataclass(frozen=True)
class Suite:
    """One part of the benchmark. `step` of `measure` and of `--quick`: only every n-th row is measured."""

    measure: Callable[[Path, int], Figures]
    tell: Callable[[Figures], str]
    needs: str = ""
    step: int = 10

    def lacks(self, data: Path) -> Path | None:
        """The data it needs and cannot find."""
        wanted = data / self.needs
        return wanted if self.needs and not wanted.exists() else None


SUITES: Final[Mapping[str, Suite]] = {
    "sentences": Suite(texts.sentences, tables.sentences, "sib/en.txt"),
    "passages": Suite(texts.passages, tables.retrieval, "sib/passages.jsonl", 4),
    "questions": Suite(texts.questions, tables.retrieval, "xquad/xquad_passages.jsonl", 8),
    "terms": Suite(texts.terms, tables.terms),
    "partners": Suite(partners.run, tables.partners, step=5),
    "names": Suite(names.run, tables_names.names, "ror/ror_lmc6.jsonl"),
    "duplicates": Suite(duplicates.run, tables_names.duplicates, "ror/ror_lmc6.jsonl"),
    "composed": Suite(composed.run, tables_names.composed),
    "identify": Suite(lambda data, step: identify.run(data), tables.identify, "sib/en.txt"),
    "speed": Suite(lambda data, step: speed.run(data), tables.speed, "sib/en.txt"),
    "site": Suite(site.run, tables_site.site),
    "freshness": Suite(freshness.run, tables.freshness, step=4),
    "alerts": Suite(alerts.run, tables_alerts.alerts),
    "loading": Suite(loading.run, tables.loading, step=50),
    "halves": Suite(halves.run, tables_halves.halves),
}
