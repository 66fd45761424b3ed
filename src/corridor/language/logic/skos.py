"""The lexicon as SKOS: concepts and terms in RDF (Turtle and JSON-LD), out and in."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, Literal

from rdflib import Graph, Namespace, URIRef
from rdflib import Literal as Text
from rdflib.namespace import RDF, SKOS
from rdflib.plugins.parsers.jsonld import to_rdf

from corridor.language.logic.lexicon import CONFIDENCES, NOWHERE, Concept, Fault, Label, Reading, check
from corridor.language.logic.tongues import LANGUAGES, html_lang, normalise_code

OURS: Final = Namespace("urn:corridor:lexicon:")
"""Our own properties: what SKOS has no word for, as annotations that other programs may pass over."""

SCHEME: Final = OURS["concepts"]
LARGEST: Final = 20_000_000
"""Characters of a file that is read; rdflib holds all of it in memory."""

Syntax = Literal["turtle", "json-ld"]
SYNTAXES: Final[dict[str, Syntax]] = {".ttl": "turtle", ".turtle": "turtle", ".jsonld": "json-ld"}
"""How a file is written, by the end of its name. RDF/XML is not read: XML brings entities, and whoever has it can convert it."""


class NotSkos(ValueError):  # noqa: N818 - said of a text
    """The text is not in its syntax, too large, or asks for something to be fetched; the message says which."""


def written(concepts: Iterable[Concept], syntax: Syntax = "turtle") -> str:
    """Concepts as RDF (W3C SKOS Reference 2009): prefLabel the usual term, altLabel the others, definition the English gloss.

    What is said of a term stands beside it, as `lx:mediumConfidence`, `lx:lowConfidence`, `lx:abbreviation` and `lx:confirmed` of the
    concept with the same literal: SKOS-XL would say it of the label itself, at three times the size.
    """
    spaces = {"skos": str(SKOS), "lx": str(OURS)}
    graph = _graph(concepts)
    return graph.serialize(format="turtle") if syntax == "turtle" else graph.serialize(format=syntax, context=spaces)


def _graph(concepts: Iterable[Concept]) -> Graph:
    graph = Graph()
    graph.bind("skos", SKOS)
    graph.bind("lx", OURS)
    graph.add((SCHEME, RDF.type, SKOS.ConceptScheme))
    for concept in concepts:
        node = OURS[concept.code]
        graph.add((node, RDF.type, SKOS.Concept))
        graph.add((node, SKOS.inScheme, SCHEME))
        graph.add((node, SKOS.definition, Text(concept.gloss, lang="en")))
        graph.add((node, OURS.ford, Text(concept.ford)))
        for theme in concept.themes:
            graph.add((node, OURS.theme, Text(theme)))
        for wider in concept.broader:
            graph.add((node, SKOS.broader, OURS[wider]))
        for language in LANGUAGES:
            _write_labels(graph, node, concept.labels_in(language))
    return graph


def _write_labels(graph: Graph, node: URIRef, labels: list[Label]) -> None:
    for place, label in enumerate(labels):
        text = Text(label.text, lang=html_lang(label.language))
        graph.add((node, SKOS.altLabel if place else SKOS.prefLabel, text))
        if label.confidence != "high":
            graph.add((node, OURS[f"{label.confidence}Confidence"], text))
        if label.is_short:
            graph.add((node, OURS.abbreviation, text))
        if label.is_confirmed:
            graph.add((node, OURS.confirmed, text))


def read(text: str, syntax: Syntax = "turtle", elsewhere: Mapping[str, Iterable[str]] = NOWHERE) -> Reading:
    """Concepts from RDF as `written` writes it, validated like files. Raises `NotSkos`.

    Nothing is fetched: Turtle has no entities and no includes, addresses are names only, and JSON-LD that names a context
    elsewhere is refused before it is read.
    """
    if len(text) > LARGEST:
        raise NotSkos(f"more than {LARGEST} characters")
    graph = Graph()
    try:
        if syntax == "json-ld":
            document = json.loads(text)
            _refuse_contexts_elsewhere(document)
            to_rdf(document, graph)
        else:
            graph.parse(data=text, format=syntax)
    except NotSkos:
        raise
    except Exception as error:  # rdflib raises many kinds, some of them bare
        raise NotSkos(str(error).strip()[:300] or type(error).__name__) from error
    return _reading(graph, elsewhere)


def _refuse_contexts_elsewhere(document: Any) -> None:
    """JSON-LD 1.1 fetches what `@context` names and what `@import` in it names; neither is done here."""
    waiting = [document]
    while waiting:
        here = waiting.pop()
        if isinstance(here, list):
            waiting += here
        elif isinstance(here, dict):
            waiting += here.values()
            contexts = here.get("@context", ())
            named = [c for c in (contexts if isinstance(contexts, list) else [contexts]) if isinstance(c, str)]
            if named or "@import" in here:
                raise NotSkos("a context that lies elsewhere is not fetched; write it into the file")


def _reading(graph: Graph, elsewhere: Mapping[str, Iterable[str]]) -> Reading:
    faults: list[Fault] = []
    concepts = {}
    for node in sorted(graph.subjects(RDF.type, SKOS.Concept), key=str):
        code = _code(node)
        if code is None:
            faults.append(Fault("SKOS", 0, str(node)[:80], "not one of our concepts"))
            continue
        concepts[code] = _concept(graph, URIRef(str(node)), code)
        faults += (Fault("SKOS", 0, code, what) for what in _two_usual_terms(graph, node))
    return check(concepts, dict.fromkeys(concepts, ("SKOS", 0)), faults, elsewhere)


def _code(node: object) -> str | None:
    return str(node).removeprefix(str(OURS)) if str(node).startswith(str(OURS)) else None


def _concept(graph: Graph, node: URIRef, code: str) -> Concept:
    usual = sorted(graph.objects(node, SKOS.prefLabel), key=str)
    others = sorted(graph.objects(node, SKOS.altLabel), key=str)
    labels = [_label(graph, node, text) for text in (*usual, *others)]
    broader = sorted(_code(wider) or str(wider)[:80] for wider in graph.objects(node, SKOS.broader))
    return Concept(
        code,
        tuple(sorted(str(theme)[:40] for theme in graph.objects(node, OURS.theme))),
        str(next(iter(graph.objects(node, OURS.ford)), ""))[:40],
        tuple(broader),
        str(next(iter(graph.objects(node, SKOS.definition)), "")),
        tuple(labels),
    )


def _two_usual_terms(graph: Graph, node: object) -> Iterator[str]:
    """Languages with more than one usual term, which SKOS forbids (S14)."""
    tags = Counter(getattr(text, "language", None) for text in graph.objects(URIRef(str(node)), SKOS.prefLabel))
    yield from (f"{tag}: more than one usual term (prefLabel)" for tag, count in tags.items() if count > 1)


def _label(graph: Graph, node: URIRef, text: Any) -> Label:
    """The term as it is; whatever is wrong with it, its language above all, is told where all faults are."""
    tag = getattr(text, "language", None) or ""
    said = {word for word in (*_TOLD, "abbreviation", "confirmed") if (node, OURS[word], text) in graph}
    unsure = next((confidence for word, confidence in _TOLD.items() if word in said), CONFIDENCES[""])
    return Label(normalise_code(tag) or tag[:40], str(text), unsure, "abbreviation" in said, "confirmed" in said)


_TOLD: Final = {f"{confidence}Confidence": confidence for mark, confidence in CONFIDENCES.items() if mark}
