"""The lexicon as SKOS: concepts and terms in RDF (Turtle), out and in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS

from corridor.language.logic.lexicon import CONFIDENCES, FORD, THEMES, Concept, Fault, Label, Reading, check
from corridor.language.logic.tongues import LANGUAGES, html_lang, normalise_code

OURS: Final = Namespace("urn:corridor:lexicon:")
"""Our own properties: what SKOS has no word for, as annotations that other programs may pass over."""

SCHEME: Final = OURS["concepts"]
LARGEST: Final = 20_000_000
"""Characters of a file that is read; rdflib holds all of it in memory."""


class NotSkos(ValueError):  # noqa: N818 - said of a text
    """The text is no Turtle, or too large; the message says which."""


def written(concepts: Iterable[Concept]) -> str:
    """Concepts as Turtle (W3C SKOS Reference 2009): prefLabel the usual term, altLabel the others, definition the English gloss.

    Confidence and abbreviations stand beside, as `lx:mediumConfidence`, `lx:lowConfidence` and `lx:abbreviation` of the concept with
    the same literal: SKOS-XL would say it of the label itself, at three times the size.
    """
    graph = Graph()
    graph.bind("skos", SKOS)
    graph.bind("dcterms", DCTERMS)
    graph.bind("lx", OURS)
    graph.add((SCHEME, RDF.type, SKOS.ConceptScheme))
    for concept in concepts:
        node = OURS[concept.code]
        graph.add((node, RDF.type, SKOS.Concept))
        graph.add((node, SKOS.inScheme, SCHEME))
        graph.add((node, SKOS.definition, Literal(concept.gloss, lang="en")))
        graph.add((node, OURS.ford, Literal(concept.ford)))
        for theme in concept.themes:
            graph.add((node, OURS.theme, Literal(theme)))
        for wider in concept.broader:
            graph.add((node, SKOS.broader, OURS[wider]))
        for language in LANGUAGES:
            _write_labels(graph, node, concept.labels_in(language))
    return graph.serialize(format="turtle")


def _write_labels(graph: Graph, node: URIRef, labels: list[Label]) -> None:
    for place, label in enumerate(labels):
        text = Literal(label.text, lang=html_lang(label.language))
        graph.add((node, SKOS.altLabel if place else SKOS.prefLabel, text))
        if label.confidence != "high":
            graph.add((node, OURS[f"{label.confidence}Confidence"], text))
        if label.is_short:
            graph.add((node, OURS.abbreviation, text))


def read(turtle: str) -> Reading:
    """Concepts from Turtle as `written` writes it, validated like files. Raises `NotSkos`.

    Nothing is fetched: Turtle has no entities and no includes, and addresses in it are names only.
    """
    if len(turtle) > LARGEST:
        raise NotSkos(f"more than {LARGEST} characters")
    graph = Graph()
    try:
        graph.parse(data=turtle, format="turtle")
    except Exception as error:  # rdflib raises many kinds, some of them bare
        raise NotSkos(str(error).strip()[:300]) from error
    faults: list[Fault] = []
    concepts = {}
    for node in sorted(graph.subjects(RDF.type, SKOS.Concept), key=str):
        code = _code(node)
        if code is None:
            faults.append(Fault("SKOS", 0, str(node)[:80], "not one of our concepts"))
            continue
        concepts[code] = _concept(graph, URIRef(str(node)), code)
    return check(concepts, dict.fromkeys(concepts, ("SKOS", 0)), faults)


def _code(node: object) -> str | None:
    return str(node).removeprefix(str(OURS)) if str(node).startswith(str(OURS)) else None


def _concept(graph: Graph, node: URIRef, code: str) -> Concept:
    usual = list(graph.objects(node, SKOS.prefLabel))
    others = sorted(graph.objects(node, SKOS.altLabel), key=str)
    labels = [label for text in (*usual, *others) if (label := _label(graph, node, text)) is not None]
    broader = sorted(filter(None, (_code(wider) for wider in graph.objects(node, SKOS.broader))))
    return Concept(
        code,
        tuple(sorted(str(t) for t in graph.objects(node, OURS.theme) if str(t) in THEMES)),
        next((str(f) for f in graph.objects(node, OURS.ford) if str(f) in FORD), ""),
        tuple(broader),
        str(next(iter(graph.objects(node, SKOS.definition)), "")),
        tuple(labels),
    )


def _label(graph: Graph, node: URIRef, text: object) -> Label | None:
    language = normalise_code(getattr(text, "language", None) or "")
    if not isinstance(text, Literal) or language is None:
        return None
    unsure = [word for word in CONFIDENCES.values() if (node, OURS[f"{word}Confidence"], text) in graph]
    return Label(language, str(text), unsure[0] if unsure else "high", (node, OURS.abbreviation, text) in graph)
