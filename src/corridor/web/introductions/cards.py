"""What one side may see of the other: its card at once, its name after both have said yes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from corridor.kernel.models import User
from corridor.language.models import Translation
from corridor.language.states import Origin
from corridor.matching.models import Introduction, Notice
from corridor.matching.states import IntroductionState, Side
from corridor.web.components.names import reader_language
from corridor.web.results import RANK, name_for_reader


@dataclass(frozen=True)
class Card:
    """A party: country, type and size, and its name where this reader may know it."""

    country: str
    type: str
    size: str
    name: str = ""
    language: str = ""
    url: str = ""
    has_agreed: bool = False


@dataclass(frozen=True)
class Line:
    """An introduction as this reader may see it."""

    introduction: Introduction
    sides: Sequence[Side]
    cards: Sequence[Card]
    state: IntroductionState
    notice: Notice | None

    @property
    def is_received(self) -> bool:
        """Whether the reader's side was asked."""
        return Side.ASKED in self.sides or (self.introduction.is_brokered and bool(self.sides))


def lines_of(introductions: Iterable[Introduction], reader: User) -> list[Line]:
    """The lines of a list, in one query more than reading it: which of their notices the reader may read."""
    listed = list(introductions)
    about = [one.notice_id for one in listed if one.notice_id]
    readable = (
        set(Notice.objects.visible_to(reader).filter(pk__in=about).values_list("pk", flat=True)) if about else set()
    )
    return [line_of(one, reader, readable) for one in listed]


def line_of(introduction: Introduction, reader: User, readable: set[UUID]) -> Line:
    """One introduction; whoever asked sees what was set aside as waiting."""
    sides = introduction.sides_of(reader)
    is_asked = Side.ASKED in sides and not introduction.is_brokered
    return Line(
        introduction,
        sides,
        [card_of(introduction, side, sides) for side in Side if len(sides) != 1 or side not in sides],
        IntroductionState(introduction.state) if is_asked else introduction.seen_by_asker,
        introduction.notice if introduction.notice_id in readable else None,
    )


def card_of(introduction: Introduction, side: Side, reading: Sequence[Side]) -> Card:
    """One party. Its name is shown to itself, to the broker, after the yes, and to whoever asked it by its name."""
    party = introduction.party(side)
    agreed = side in introduction.consenting
    plain = Card(
        party.home, party.get_type_display(), party.get_size_display() if party.size else "", has_agreed=agreed
    )
    if not is_named(introduction, side, reading):
        return plain
    name, language = name_for_reader(party)
    url = reverse("organisation", args=[party.pk])
    return Card(plain.country, plain.type, plain.size, name, language, url, agreed)


def is_named(introduction: Introduction, side: Side, reading: Sequence[Side]) -> bool:
    """Whether readers of these sides (none: the broker) may know who stands on a side."""
    if introduction.state == IntroductionState.ACCEPTED or side in reading or not reading:
        return True
    notice = introduction.notice
    is_anonymous = notice is not None and notice.published is not None and notice.published.is_anonymous
    return side == Side.ASKED and not introduction.is_brokered and not is_anonymous


def translations_for_reader(kind: str, ids: Iterable[UUID]) -> dict[UUID, Translation]:
    """The best stored translation of each text into the reader's language, in one query. Nothing is sent out for one."""
    rows = Translation.objects.filter(kind=kind, record_id__in=list(ids), language=reader_language())
    worst_first = sorted(rows.select_related("translated_by"), key=lambda row: -RANK[Origin(row.origin)])
    return {row.record_id: row for row in worst_first}
