"""Suggested partners of a notice, as lines with their reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corridor.kernel.models import User
from corridor.language.operations.find import Hit
from corridor.language.operations.questions import Question
from corridor.language.operations.reasons import explain
from corridor.matching import rules
from corridor.matching.models import Dismissal, Notice, Wording
from corridor.matching.operations.suggestions import suggest
from corridor.matching.states import Irrelevance, NoticeState
from corridor.web.results import Row, rows_of_hits

MOST = 6


@dataclass(frozen=True)
class Partners:
    """What the panel shows. Only its own people set suggestions aside or ask to be told."""

    notices: list[Row]
    organisations: list[Row]
    has_meaning: bool
    is_own: bool
    dismissed: int
    is_watched: bool
    reasons: Sequence[tuple[str, object]] = tuple(Irrelevance.choices)


def partners_of(notice: Notice, wording: Wording, reader: User | None) -> Partners | None:
    """Partners for this reader; None once the notice has ended, or while there is no text to go by."""
    own = reader is not None and rules.works_on(reader, notice)
    begun = own and notice.state in (NoticeState.DRAFT, NoticeState.SUBMITTED)
    if not (notice.is_open or begun) or not wording.prose:
        return None
    found = suggest(notice, by=reader, most=MOST, wording=wording)
    dismissed = Dismissal.objects.filter(notice=notice, user=reader).count() if own else 0
    return Partners(
        _rows(found.notices, wording, found.question, reader),
        _rows(found.organisations, wording, found.question, reader),
        found.has_meaning,
        own,
        dismissed,
        own and notice.watches.filter(user=reader).exists(),
    )


def _rows(hits: list[Hit], wording: Wording, question: Question, reader: User | None) -> list[Row]:
    """The lines, each with the sentence that meets the notice best."""
    if not hits:
        return []
    asked = "\n".join(wording.prose.values())
    return rows_of_hits(hits, by=reader, reasons=explain(asked, question, hits))
