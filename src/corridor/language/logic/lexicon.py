"""The lexicon as plain files: concepts of science and technology with their terms in seven languages, read and validated."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from corridor.language.logic.scripts import script_counts
from corridor.language.logic.tongues import LANGUAGES
from corridor.language.logic.words import fold
from corridor.language.logic.zawgyi import zawgyi_probability

Confidence = Literal["high", "medium", "low"]

COLUMNS: Final = ("id", "themes", "ford", "broader", "gloss", *LANGUAGES)
CONFIDENCES: Final[Mapping[str, Confidence]] = {"": "high", "~": "medium", "?": "low"}
FORD: Final = frozenset(
    f"{field}.{part}"
    for field, parts in ((1, 7), (2, 11), (3, 5), (4, 5), (5, 9), (6, 5))
    for part in range(1, parts + 1)
)
"""Fields of research and development at their second level (OECD, Frascati Manual 2015, table 2.2)."""

THEMES: Final = frozenset({"talent", "poverty", "industry", "health", "digital", "green", "innovation", "policy"})
LONGEST_CODE: Final = 60
LONGEST_GLOSS: Final = 120
LONGEST_LABEL: Final = 100
MOST_LINES: Final = 50_000
NOWHERE: Final[Mapping[str, Iterable[str]]] = {}

_CODE: Final = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
_LABEL: Final = re.compile(r"(?P<text>.*?)(?P<short>\^?)(?P<mark>[~?]?)", re.DOTALL)
_INVISIBLE: Final = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_SCRIPTS: Final = {"en": "latin", "km": "khmer", "lo": "lao", "my": "myanmar", "th": "thai", "vi": "latin", "zh-hans": "han"}  # fmt: skip
SURELY_ZAWGYI: Final = 0.95
TELLING: Final = 12
"""Burmese shorter than this says too little about how it is encoded."""


@dataclass(frozen=True)
class Label:
    """One term of a concept in one language; `is_short` marks an abbreviation, which counts in its own capitals only.

    `is_confirmed` tells what a native reader said of it. It goes out, and is not taken in: a review is a person's.
    """

    language: str
    text: str
    confidence: Confidence = "high"
    is_short: bool = False
    is_confirmed: bool = False

    @property
    def key(self) -> str:
        """What makes two labels the same: how search folds them."""
        return fold(self.text).strip()

    @property
    def written(self) -> str:
        """As a cell of a file has it."""
        mark = next(sign for sign, word in CONFIDENCES.items() if word == self.confidence)
        return f"{self.text}{'^' if self.is_short else ''}{mark}"


@dataclass(frozen=True)
class Concept:
    """A concept: what a word means, whichever language says it. The first label of a language is the usual one."""

    code: str
    themes: tuple[str, ...]
    ford: str
    broader: tuple[str, ...]
    gloss: str
    labels: tuple[Label, ...]

    def labels_in(self, language: str) -> list[Label]:
        """Its terms in one language, the usual one first."""
        return [label for label in self.labels if label.language == language]


@dataclass(frozen=True)
class Fault:
    """What is wrong in a file, and where. `is_grave`: the file cannot be taken; else it is worth knowing."""

    file: str
    line: int
    concept: str
    what: str
    is_grave: bool = True

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.concept or '-'}: {self.what}"


@dataclass(frozen=True)
class Reading:
    """What files held: concepts by code, and every fault that was found."""

    concepts: dict[str, Concept]
    faults: list[Fault]

    @property
    def is_sound(self) -> bool:
        """Whether it can be taken as it is."""
        return not any(fault.is_grave for fault in self.faults)


def read(paths: Iterable[Path], elsewhere: Mapping[str, Iterable[str]] = NOWHERE) -> Reading:
    """Read lexicon files (CSV, UTF-8, the columns of `COLUMNS`) as one lexicon and validate it. Raises OSError only.

    A cell holds its terms between semicolons, the usual one first; `^` after a term marks an abbreviation, `~` medium and `?` low
    confidence. Faults name file, line and concept; all are found, not the first one only. `elsewhere`: concepts that files may
    name as broader though they do not hold them, with what is broader than these.
    """
    concepts: dict[str, Concept] = {}
    places: dict[str, tuple[str, int]] = {}
    faults: list[Fault] = []
    for path in paths:
        for line, row in _rows(path, faults):
            concept = _concept(row)
            if concept.code in concepts:
                first = "{}:{}".format(*places[concept.code])
                faults.append(Fault(path.name, line, concept.code, f"there is another concept of this id at {first}"))
                continue
            concepts[concept.code], places[concept.code] = concept, (path.name, line)
    return check(concepts, places, faults, elsewhere)


def check(
    concepts: dict[str, Concept],
    places: Mapping[str, tuple[str, int]],
    faults: Iterable[Fault] = (),
    elsewhere: Mapping[str, Iterable[str]] = NOWHERE,
) -> Reading:
    """What is wrong with concepts, each by itself and between them; `places` are the file and line of each."""
    alone = [Fault(*places[code], code, what) for code, concept in concepts.items() for what in problems(concept)]
    return Reading(concepts, [*faults, *alone, *_between(concepts, places, elsewhere)])


def _rows(path: Path, faults: list[Fault]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        faults.append(Fault(path.name, 0, "", f"not UTF-8: {error}"))
        return
    reader = csv.DictReader(text.splitlines(), strict=True)
    try:
        if tuple(reader.fieldnames or ()) != COLUMNS:
            faults.append(Fault(path.name, 1, "", f"the columns must be {', '.join(COLUMNS)}"))
            return
        for number, row in enumerate(reader, 2):
            if number > MOST_LINES:
                faults.append(Fault(path.name, number, "", f"more than {MOST_LINES} lines"))
                return
            if None in row or None in row.values():
                faults.append(Fault(path.name, number, str(row.get("id") or ""), "too few or too many cells"))
                continue
            yield number, row
    except csv.Error as error:
        faults.append(Fault(path.name, reader.line_num, "", f"not CSV: {error}"))


def _concept(row: Mapping[str, str]) -> Concept:
    labels = [label for code in LANGUAGES for label in _labels(code, row[code])]
    return Concept(
        row["id"].strip(),
        tuple(row["themes"].split()),
        row["ford"].strip(),
        tuple(row["broader"].split()),
        row["gloss"].strip(),
        tuple(labels),
    )


def _labels(language: str, cell: str) -> Iterator[Label]:
    for part in cell.split(";"):
        match = _LABEL.fullmatch(part.strip())
        if match and match["text"].strip():
            yield Label(language, match["text"].strip(), CONFIDENCES[match["mark"]], bool(match["short"]))


def problems(concept: Concept) -> Iterator[str]:
    """What is wrong with one concept by itself."""
    if not _CODE.fullmatch(concept.code) or len(concept.code) > LONGEST_CODE:
        yield f"an id is small Latin letters, digits and hyphens, at most {LONGEST_CODE}"
    if unknown := set(concept.themes) - THEMES:
        yield f"unknown theme: {', '.join(sorted(unknown))}"
    if concept.ford not in FORD:
        yield f"unknown FORD field: {concept.ford or 'none'}"
    if not concept.gloss or len(concept.gloss) > LONGEST_GLOSS:
        yield f"the gloss is one line of at most {LONGEST_GLOSS} characters"
    yield from (f"no term in {language}" for language in LANGUAGES if not concept.labels_in(language))
    yield from _label_faults(concept)


def _label_faults(concept: Concept) -> Iterator[str]:
    seen: set[tuple[str, str]] = set()
    for label in concept.labels:
        yield from (f"{label.language}: {what}" for what in label_problems(label))
        if (label.language, label.key) in seen:
            yield f"{label.language}: {label.text!r} stands twice"
        seen.add((label.language, label.key))


def label_problems(label: Label) -> Iterator[str]:
    """What is wrong with one term by itself; said of a file's term and of one that a person typed."""
    if label.language not in LANGUAGES:
        yield f"unknown language {label.language!r}"
        return
    if not label.key or len(label.text) > LONGEST_LABEL:
        yield f"{label.text[:40]!r} is empty or longer than {LONGEST_LABEL} characters"
        return
    if _INVISIBLE.search(label.text):
        yield f"{label.text!r} holds invisible characters"
    counts = script_counts(label.text)
    wanted = _SCRIPTS[label.language]
    # Latin names and abbreviations stand in terms of every language; a term is never of another script altogether.
    is_own = counts[wanted] > 0 or (label.is_short and counts["latin"] > 0)
    if not is_own or set(counts) - {wanted, "latin"}:
        yield f"{label.text!r} is not in the script of its language"
    if label.language == "my" and len(label.text) >= TELLING and zawgyi_probability(label.text) >= SURELY_ZAWGYI:
        yield f"{label.text!r} is Zawgyi, not Unicode"


def _between(
    concepts: Mapping[str, Concept], places: Mapping[str, tuple[str, int]], elsewhere: Mapping[str, Iterable[str]]
) -> Iterator[Fault]:
    links = {**elsewhere, **{code: concept.broader for code, concept in concepts.items()}}
    for code, concept in concepts.items():
        for wider in concept.broader:
            if wider not in links:
                yield Fault(*places[code], code, f"broader names {wider!r}, which is not there")
    for circle in cycles(links):
        own = next((code for code in circle if code in concepts), None)
        if own is not None:
            yield Fault(*places[own], own, f"broader goes in a circle: {' > '.join([*circle, circle[0]])}")
    for (language, key), codes in _shared(concepts).items():
        others = ", ".join(codes[1:])
        yield Fault(*places[codes[0]], codes[0], f"{language}: {key!r} is also a term of {others}", is_grave=False)


def cycles(broader: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """Circles in a graph of broader links, each once, by depth-first search; [] when there is none."""
    found: list[list[str]] = []
    state: dict[str, int] = {}
    for start in broader:
        trail, stack = [start], [iter(broader[start])]
        if state.get(start):
            continue
        state[start] = 1
        while stack:
            wider = next(stack[-1], None)
            if wider is None:
                state[trail.pop()] = 2
                stack.pop()
            elif state.get(wider) == 1:
                found.append(trail[trail.index(wider) :])
            elif wider in broader and not state.get(wider):
                state[wider] = 1
                trail.append(wider)
                stack.append(iter(broader[wider]))
    return found


def _shared(concepts: Mapping[str, Concept]) -> dict[tuple[str, str], list[str]]:
    owners: dict[tuple[str, str], list[str]] = defaultdict(list)
    for code, concept in concepts.items():
        for label in concept.labels:
            owners[label.language, label.key].append(code)
    return {place: codes for place, codes in owners.items() if len(codes) > 1}


def ancestors(broader: Mapping[str, Iterable[str]], code: str) -> set[str]:
    """Every wider concept of one, near and far; a circle does no harm."""
    found: set[str] = set()
    waiting = list(broader.get(code, ()))
    while waiting:
        wider = waiting.pop()
        if wider not in found and wider != code:
            found.add(wider)
            waiting += broader.get(wider, ())
    return found
