"""What people can read: one message, and the collection of all, whichever file it comes from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


class TemplateError(Exception):
    """A template that cannot be read, or that says something that cannot be translated."""


def first_form(forms: str | list[str] | tuple[str, ...] | None) -> str:
    """The text of an entry that may have plural forms; languages without plural have it as the first."""
    return forms if isinstance(forms, str) else (forms or ("",))[0]


@dataclass
class Message:
    """One text as the code says it in English."""

    english: str
    context: str = ""
    plural: str = ""
    places: set[str] = field(default_factory=set)
    notes: set[str] = field(default_factory=set)

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from all others: the same English in another context is another message."""
        return self.english, self.context

    @property
    def name(self) -> str:
        """How it is named in a complaint."""
        shown = self.english if len(self.english) <= 60 else f"{self.english[:57]}..."
        return f"{shown!r} ({self.context})" if self.context else repr(shown)


class Messages:
    """All messages, each once, in the order of their English."""

    def __init__(self, messages: Iterable[Message] = ()) -> None:
        self._by_key: dict[tuple[str, str], Message] = {}
        for message in messages:
            self.add(message)

    def add(self, message: Message) -> None:
        """Add one, or one more place of one that is there."""
        known = self._by_key.setdefault(message.key, Message(message.english, message.context))
        known.plural = known.plural or message.plural
        known.places |= message.places
        known.notes |= message.notes

    def get(self, key: tuple[str, str]) -> Message | None:
        """The message with this English and context."""
        return self._by_key.get(key)

    def __iter__(self) -> Iterator[Message]:
        return iter(sorted(self._by_key.values(), key=lambda message: message.key))

    def __len__(self) -> int:
        return len(self._by_key)

    def __contains__(self, key: object) -> bool:
        return key in self._by_key
