"""Suggested partners: notices that answer a notice, and organisations near to it, with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from corridor.directory.models import Organisation
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Audience, User
from corridor.kernel.operations import record, write_letter
from corridor.language.logic.bulk import near_enough
from corridor.language.operations.find import Facets, Found, Hit, find_like
from corridor.language.operations.questions import Method, Question, ask_with
from corridor.matching import rules
from corridor.matching.models import Dismissal, Notice, Watch, Wording
from corridor.matching.operations.indexing import KIND, pieces_of
from corridor.matching.states import COUNTERPARTS, NoticeState

# Whose watchers still wait: a notice that has ended looks for nothing.
WAITING = (NoticeState.DRAFT, NoticeState.SUBMITTED, NoticeState.PUBLISHED)


@dataclass(frozen=True)
class Suggested:
    """What fits a notice: complementary notices, and apart from them organisations; and what was asked for them."""

    question: Question
    notices: list[Hit]
    organisations: list[Hit]
    has_meaning: bool


def suggest(notice: Notice, *, by: User | None, most: int = 10, wording: Wording | None = None) -> Suggested:
    """Partners for a notice, other organisations only, open, and visible to the reader. Nothing is learnt from other people's choices."""
    wording = wording or notice.published or notice.latest
    audience = by.audience if by is not None else Audience(None)
    dismissed = _dismissed(notice, by)
    question = question_of(wording)
    found = answer(
        notice.kind,
        question,
        audience=audience,
        owner=str(notice.organisation_id or ""),
        without=[notice.pk, *dismissed, *_own(notice, audience)],
        most=most,
    )
    owners = [str(notice.organisation_id)] if notice.organisation_id else list(audience.organisations)
    organisations = _organisations(question, audience, owners, dismissed)
    return Suggested(question, shown(found), shown(organisations)[:5], found.has_meaning)


def answer(
    kind: str,
    question: Question,
    *,
    audience: Audience,
    owner: str = "",
    without: Sequence[UUID] = (),
    most: int = 10,
) -> Found:
    """The complementary notices for what a notice's text asks, best first; the same code and SQL serve the page and the benchmark."""
    facets = Facets(
        kinds=(KIND,),
        directions=COUNTERPARTS[kind],
        open_on=timezone.now().date(),
        not_owners=[owner] if owner else [],
        not_records=list(without),
    )
    return find_like(question, audience=audience, facets=facets, limit=most)


def question_of(wording: Wording, method: Method | None = None) -> Question:
    """What a notice's text asks the index."""
    piece = pieces_of(wording)[0]
    return ask_with(piece.text, piece.language, heading=piece.heading, method=method)


def _organisations(question: Question, audience: Audience, owners: Sequence[str], dismissed: Sequence[UUID]) -> Found:
    resting = Organisation.objects.suspended().values_list("pk", flat=True)
    facets = Facets(kinds=("organisation",), not_owners=owners, not_records=[*dismissed, *resting])
    return find_like(question, audience=audience, facets=facets, limit=5)


def shown(found: Found) -> list[Hit]:
    """What is near enough to be suggested: of what is about something else one in a hundred is, whichever language asks."""
    least = near_enough(found.guess.language)
    return [hit for hit in found.hits if not found.has_meaning or hit.meaning >= least]


def _own(notice: Notice, audience: Audience) -> list[UUID]:
    """Notices of the same people, for a draft that does not say yet for which organisation it is."""
    if notice.organisation_id:
        return []
    same = Q(author=notice.author_id) | Q(organisation__in=audience.organisations)
    return list(Notice.objects.filter(same).values_list("pk", flat=True))


def _dismissed(notice: Notice, by: User | None) -> list[UUID]:
    if by is None:
        return []
    return list(Dismissal.objects.filter(notice=notice, user=by).values_list("record_id", flat=True))


@transaction.atomic
def dismiss(notice: Notice, *, by: User, kind: str, record_id: UUID, reason: str) -> Dismissal:
    """'Not relevant': takes one suggestion out of this person's list, and out of nobody else's."""
    if not rules.works_on(by, notice):
        raise Refused([rules.NOT_YOURS])
    made, _ = Dismissal.objects.update_or_create(
        notice=notice, user=by, kind=kind, record_id=record_id, defaults={"reason": reason}
    )
    record("suggestion.dismissed", notice, by=by, kind=kind, suggested=record_id, reason=reason)
    return made


@transaction.atomic
def restore(notice: Notice, *, by: User) -> int:
    """Bring all dismissed suggestions of one's own list back."""
    count, _ = Dismissal.objects.filter(notice=notice, user=by).delete()
    return count


def tell_watchers(notice_id: str) -> None:
    """Write once to everybody who waits for something like a newly published notice."""
    new = Notice.objects.open().for_reading().filter(pk=notice_id).first()
    if new is None:
        return
    waiting = Watch.objects.filter(notice__kind__in=_askers(new.kind), notice__state__in=WAITING)
    waiting = waiting.exclude(notice__organisation=new.organisation)
    for watch in waiting.select_related("notice__published", "user"):
        _tell_if_near(watch, new)


def _askers(kind: str) -> list[str]:
    return [asker for asker, answers in COUNTERPARTS.items() if kind in answers]


def _tell_if_near(watch: Watch, new: Notice) -> None:
    if not rules.works_on(watch.user, watch.notice):
        return
    if not Notice.objects.open().visible_to(watch.user).filter(pk=new.pk).exists():
        return
    near = suggest(watch.notice, by=watch.user, most=10)
    if any(hit.record_id == new.pk for hit in near.notices):
        write_letter(
            watch.user,
            "suggestion_new",
            key=f"watch:{watch.pk}:{new.pk}",
            notice=str(watch.notice_id),
            title=str(watch.notice.published or watch.notice.latest),
            found=str(new.pk),
            found_title=str(new),
        )
