"""What every translation engine promises: texts in, texts in another language out, or a reason why not."""

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

Silence = Literal["down", "slow", "busy", "refused"]
"""Why an engine gave nothing: not to be reached, too late, asked too often or failing, or it does not let us in."""

Nonsense = Literal[
    "pair", "broken", "count", "empty", "identical", "length", "script", "language", "markup", "control", "link"
]
"""Why an answer is not taken: the engine does not know the languages, or what it said cannot be a translation."""


class TranslationUnavailable(Exception):  # noqa: N818 - the name says what is so, as `Refused` does
    """The engine answers nothing now; the same text may be asked for again later."""

    def __init__(self, why: Silence, told: str) -> None:
        self.why = why
        super().__init__(told)


class TranslationUnusable(Exception):  # noqa: N818 - as above
    """The engine answered, and the answer is not taken: asking again at once would help little."""

    def __init__(self, why: Nonsense, told: str) -> None:
        self.why = why
        super().__init__(told)


class UsualTerm(NamedTuple):
    """What a text says in its own words, and how the other language usually says it."""

    said: str
    usual: str


class Translator(Protocol):
    """An engine that translates. `name` is kept beside what it translated; it names engine and model, never a key."""

    @property
    def name(self) -> str: ...

    def translate(
        self, texts: Sequence[str], source: str, target: str, terms: Sequence[UsualTerm] = ()
    ) -> tuple[str, ...]:
        """The `texts` in their order in another language; `source` and `target` are codes of the seven (`zh-hans`).

        Each text is plain, lines keep their order, an empty list gives an empty one. `terms` are wishes that an engine
        without a glossary may pass over. What comes back is not checked (`translation_checks.fault`): it may be anything.
        Raises TranslationUnavailable, TranslationUnusable and nothing else; neither carries a text or a key.
        """
        ...
