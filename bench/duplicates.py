"""Likely duplicates over three registers: pairs whose truth their web domains tell, found by a detector that does not see the domains."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise, product
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid5

from rapidfuzz import fuzz, process
from tqdm import tqdm

from bench.names import LOCAL, rows
from corridor.directory.logic.keys import key_of
from corridor.directory.logic.naming import read_name
from corridor.directory.logic.sites import domain_of
from corridor.directory.models import LikelyDuplicate, Organisation, OrganisationName
from corridor.directory.operations import duplicates, indexing
from corridor.directory.states import NameKind
from corridor.language.logic.words import fold
from corridor.language.operations import index
from corridor.launch.evaluation.database import own_database

NAMESPACE: Final = UUID("b0e0c7a4-52f7-4b4b-8f1b-2d0a6b7b6f55")
ALIKE: Final = 90
BINS: Final = (0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
Pair = frozenset[UUID]


@dataclass(frozen=True)
class Listed:
    """A record of a register. `domain` is the truth: it is kept from every detector. `names`: (kind, language, text)."""

    register: str
    number: str
    country: str
    domain: str
    names: tuple[tuple[str, str, str], ...]
    type: str = "university"
    place: str = ""
    province: str = ""
    point: tuple[float, float] | None = None

    @property
    def key(self) -> UUID:
        """An id that is the same in every run and says nothing."""
        return uuid5(NAMESPACE, f"{self.register}\0{self.number}")

    @property
    def tongues(self) -> frozenset[str]:
        """The languages of its names, acronyms left out."""
        return frozenset(read_name(t, lang).tongue for kind, lang, t in self.names if kind != NameKind.ACRONYM)


def run(data: Path, step: int) -> dict[str, Any]:
    """The registers as they are, then ROR with its names in local scripts alone. With a step, every n-th domain only."""
    whole = thinned([*from_ror(data), *from_hipo(data), *from_swot(data)], step)
    return {"as_listed": measured(whole), "local_names_only": measured(local_alone(whole))}


def thinned(listed: Sequence[Listed], step: int) -> list[Listed]:
    """Every n-th domain with all its records."""
    domains = set(sorted({one.domain for one in listed})[::step])
    return [one for one in listed if one.domain in domains]


def from_ror(data: Path) -> list[Listed]:
    """The register's records as an import reads them, without identifier and web site."""
    return [
        Listed(
            "ROR", row.ror, row.country, domain_of(row.website), row.names, row.type, row.place, row.province,
            (row.latitude, row.longitude) if row.latitude is not None and row.longitude is not None else None,
        )
        for row in rows(data / "ror" / "ror_lmc6.jsonl")
    ]  # fmt: skip


def from_hipo(data: Path) -> list[Listed]:
    """Universities with their domains."""
    found = []
    for number, line in enumerate(_lines(data / "hipo" / "universities_lmc6.jsonl")):
        domain = next((known for address in line["domains"] if (known := domain_of(address))), "")
        names = ((str(NameKind.OFFICIAL), "", line["name"]),)
        found.append(
            Listed("Hipo", str(number), line["alpha_two_code"], domain, names, province=line["state-province"] or "")
        )
    return found


def from_swot(data: Path) -> list[Listed]:
    """Academic mail domains with the names of who has them."""
    return [
        Listed("swot", line["domain"], line["country"], domain_of(line["domain"]),
               tuple((str(NameKind.OFFICIAL), "", name[:300]) for name in line["names"]))
        for line in _lines(data / "swot" / "academic_domains_lmc6.jsonl") if line["names"]
    ]  # fmt: skip


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def local_alone(listed: Iterable[Listed]) -> list[Listed]:
    """ROR's records with their names in their country's language alone; of the others those without such a name."""
    kept = []
    for one in listed:
        own = LOCAL[one.country]
        if one.register == "ROR":
            local = tuple(
                name for name in one.names if name[0] != NameKind.ACRONYM and read_name(name[2], name[1]).tongue == own
            )
            kept += [replace(one, names=local)] if local else []
        elif own not in one.tongues:
            kept.append(one)
    return kept


def clear(listed: Iterable[Listed]) -> dict[UUID, Listed]:
    """Those whose domain no other record of their own register has: of them it is known which are the same."""
    counts = Counter((one.register, one.domain) for one in listed if one.domain)
    return {one.key: one for one in listed if one.domain and counts[one.register, one.domain] == 1}


def truth(known: Mapping[UUID, Listed]) -> set[Pair]:
    """Pairs of two registers that have one domain."""
    by_domain: dict[tuple[str, str], list[Listed]] = defaultdict(list)
    for one in known.values():
        by_domain[one.country, one.domain].append(one)
    return {frozenset((a.key, b.key)) for group in by_domain.values() for a, b in combinations(group, 2)}


def measured(listed: Sequence[Listed], baselines: Sequence[str] = ("equal_names", "token_sort")) -> dict[str, Any]:
    """The figures of every detector over the same records."""
    known = clear(listed)
    pairs = truth(known)
    ours = detected(listed)
    alike = {"equal_names": equal_names, "token_sort": token_sort}
    systems = {name: baseline(listed, alike[name]) for name in baselines} | {"ours": set(ours)}
    return {
        "records": dict(Counter(one.register for one in listed)),
        "clear": dict(Counter(one.register for one in known.values())),
        "pairs": len(pairs),
        "pairs_by_tongues": dict(Counter(tongues_of(pair, known) for pair in pairs)),
        "systems": {name: figures(found, pairs, known, listed) for name, found in systems.items()},
        "calibration": calibration(ours, pairs, known),
    }


def detected(listed: Sequence[Listed]) -> dict[Pair, float]:
    """What the site suggests when it lists these records, with its score."""
    with own_database(), tqdm(desc="likely duplicates", unit=" records", mininterval=5) as bar:
        enter(listed)
        entries = indexing.entries()
        for start in range(0, len(entries), index.BATCH):
            index.put(*entries[start : start + index.BATCH])
            bar.update(index.BATCH)
        index.count_words()
        duplicates.everything(progress=bar.update)
        found = LikelyDuplicate.objects.values_list("first", "second", "score")
        return {frozenset((first, second)): score for first, second, score in found}


def enter(listed: Sequence[Listed]) -> None:
    """List the records in the directory, without web sites and identifiers."""
    Organisation.objects.bulk_create(
        [
            Organisation(
                id=one.key, home=one.country, type=one.type, place=one.place[:120], province=one.province[:120],
                latitude=one.point[0] if one.point else None, longitude=one.point[1] if one.point else None,
            )
            for one in listed
        ],
        batch_size=500,
    )  # fmt: skip
    names = {(one.key, kind, text): language for one in listed for kind, language, text in one.names}
    OrganisationName.objects.bulk_create(
        [
            OrganisationName(organisation_id=key, kind=kind, language=language[:10], text=text)
            for (key, kind, text), language in names.items()
        ],
        batch_size=1000,
    )


def baseline(
    listed: Sequence[Listed], alike: Callable[[Sequence[str], Sequence[str]], Iterable[tuple[int, int]]]
) -> set[Pair]:
    """Pairs of one country of which some two names are alike, all compared with all."""
    found: set[Pair] = set()
    for country in LOCAL:
        named = [
            (one, text)
            for one in listed
            if one.country == country
            for kind, _, text in one.names
            if kind != NameKind.ACRONYM
        ]
        texts = [text for _, text in named]
        for a, b in alike(texts, texts):
            if named[a][0].key != named[b][0].key:
                found.add(frozenset((named[a][0].key, named[b][0].key)))
    return found


def equal_names(one: Sequence[str], other: Sequence[str]) -> Iterable[tuple[int, int]]:
    """Names that are equal once folded, tone marks left out."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(other):
        places[key_of(text)].append(place)
    return [(a, b) for a, text in enumerate(one) for b in places[key_of(text)]]


def token_sort(one: Sequence[str], other: Sequence[str]) -> Iterable[tuple[int, int]]:
    """Names whose words, folded and sorted, are alike to ninety per cent (rapidfuzz `token_sort_ratio`)."""
    if not one:
        return []
    folded = [fold(text) for text in one], [fold(text) for text in other]
    scores = process.cdist(*folded, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)
    return zip(*(part.tolist() for part in scores.nonzero()), strict=True)


def figures(
    found: set[Pair], pairs: set[Pair], known: Mapping[UUID, Listed], listed: Sequence[Listed]
) -> dict[str, Any]:
    """Precision, recall and F1 over pairs of two registers whose truth is known, recall by languages, and what was not judged."""
    registers = {one.key: one.register for one in listed}
    across = {pair for pair in found if len({registers[key] for key in pair}) == 2}
    judged = {pair for pair in across if all(key in known for key in pair)}
    right = judged & pairs
    precision = len(right) / len(judged) if judged else None
    recall = len(right) / len(pairs) if pairs else None
    by_tongues = {
        name: sum(tongues_of(pair, known) == name for pair in right) / count
        for name, count in Counter(tongues_of(pair, known) for pair in pairs).items()
    }
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall) if precision and recall else None,
        "found": len(judged),
        "right": len(right),
        "not_judged": len(across - judged),
        "within_ror": sum(all(registers[key] == "ROR" for key in pair) for pair in found),
        "recall_by_tongues": by_tongues,
    }


def tongues_of(pair: Pair, known: Mapping[UUID, Listed]) -> str:
    """The languages of the names that have to meet: the one that both have, else one of each."""
    one, other = sorted((known[key] for key in pair), key=lambda listed: listed.register)
    shared = sorted(one.tongues & other.tongues)
    if shared:
        return f"{shared[0]}–{shared[0]}"
    return next("–".join(sorted(both)) for both in product(sorted(one.tongues), sorted(other.tongues)))


def calibration(scores: Mapping[Pair, float], pairs: set[Pair], known: Mapping[UUID, Listed]) -> list[dict[str, Any]]:
    """How often the pairs of each range of scores are right, of those across registers whose truth is known."""
    judged = {
        pair: score
        for pair, score in scores.items()
        if all(key in known for key in pair) and len({known[key].register for key in pair}) == 2
    }
    rows_of_table = []
    for low, high in pairwise(BINS):
        inside = [pair for pair, score in judged.items() if low <= score < high]
        right = sum(pair in pairs for pair in inside)
        rows_of_table.append({"from": low, "pairs": len(inside), "right": right / len(inside) if inside else None})
    return rows_of_table
