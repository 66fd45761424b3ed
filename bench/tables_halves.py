"""The table of what the correction gains on halves of our own material."""

from collections.abc import Mapping
from typing import Any, Final

from bench.tables import table

Figures = Mapping[str, Any]
SORTS: Final = {
    "concepts": "usual terms of concepts",
    "short": "terms and phrases of the sample",
    "names": "names of institutions",
    "proper": "bare names",
    "long": "questions, sentences, passages",
}


def halves(figures: Figures) -> str:
    """Shares found by each system, worst beside best in brackets, and the bounds of nearness by language."""
    systems = figures["systems"]
    shares = table(
        ["what is looked for", *systems],
        [[told, *(_share(of[sort]) for of in systems.values())] for sort, told in SORTS.items()],
    )
    bounds = table(
        ["language of the question", *figures["bounds"]],
        [
            [told, *(of[key] for of in figures["bounds"].values())]
            for key, told in (
                ("one_in_a_hundred", "what one in a hundred texts about something else reaches"),
                ("bound", "the bound of the site"),
                ("translations_let_by", "share of translations that it lets by"),
            )
        ],
    )
    return f"{figures['texts']} meanings and {figures['concepts']} concepts in seven languages.\n\n{shares}\n\n{bounds}"


def _share(of: Mapping[str, float]) -> str:
    return f"{of['mean']:.3f} ({of['worst_over_best']:.3f})"
