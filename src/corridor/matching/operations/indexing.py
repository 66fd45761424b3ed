"""What the one index keeps of a notice."""

from __future__ import annotations

import datetime
from uuid import UUID

from django.utils import timezone

from corridor.kernel.states import Visibility
from corridor.language.models import Passage, Translation
from corridor.language.operations.index import Entry, Piece, put, take_out
from corridor.language.states import Origin
from corridor.matching.models import Notice, NoticeQuerySet, Wording
from corridor.matching.states import NoticeState

KIND = "notice"
FOUND = (NoticeState.PUBLISHED,)


def found() -> NoticeQuerySet:
    """The notices that readers may find: published ones of organisations that are not suspended."""
    return Notice.objects.taking_part().filter(state__in=FOUND)


def entry_of(notice: Notice, as_of: datetime.datetime) -> Entry | None:
    """The entry of a notice as readers may find it now; None when nobody may."""
    wording = notice.published
    if notice.state not in FOUND or wording is None or notice.rests:
        return None
    owner = str(notice.organisation_id or "")
    return Entry(
        kind=KIND,
        record_id=notice.pk,
        home=notice.home,
        direction=notice.kind,
        visibility=wording.visibility,
        principals=[*_taken_over_by(notice), *([owner] if owner else [])],
        owner=owner,
        themes=notice.themes,
        open_until=notice.valid_until,
        pieces=[*pieces_of(wording), *_translations(notice, wording)],
        extra="" if wording.is_anonymous or wording.visibility == Visibility.TEAM else _names(notice),
        as_of=as_of,
    )


def _taken_over_by(notice: Notice) -> list[str]:
    """The one author who finds a published notice without speaking for its organisation."""
    taken = getattr(notice, "mandate", None)
    return [str(taken.taken_over_by_id)] if taken and taken.taken_over_by_id else []


def pieces_of(wording: Wording) -> list[Piece]:
    """A version's prose as the model reads it: the title heads each part."""
    body = "\n".join(part for part in (wording.text, wording.specification, wording.advantages) if part)
    return [Piece(body or wording.title, wording.language, wording.title if body else "")]


def _translations(notice: Notice, wording: Wording) -> list[Piece]:
    rows = Translation.objects.filter(
        kind=KIND, record_id=notice.pk, version=wording.number, origin__in=(Origin.AUTHOR, Origin.HUMAN)
    )
    return [Piece(row.texts.get("text", ""), row.language, row.texts.get("title", "")) for row in rows]


def _names(notice: Notice) -> str:
    return "\n".join(name.text for name in notice.organisation.names.all()) if notice.organisation else ""


def follow(notice_id: str) -> None:
    """Make the index say what the notice says now."""
    now = timezone.now()
    notice = Notice.objects.for_reading().filter(pk=notice_id).first()
    entry = entry_of(notice, now) if notice else None
    try:
        if entry is not None:
            put(entry)
    finally:
        # Looked at last: one that left the site while the model was reading must not stay behind in the index.
        if not found().filter(pk=notice_id).exists():
            take_out(KIND, UUID(notice_id))


def sweep() -> int:
    """Take out notices that readers may no longer find, if any were left behind. Answers how many passages went."""
    return Passage.objects.filter(kind=KIND).exclude(record_id__in=found().values("pk")).delete()[0]


def entries(*, only_missing: bool = False) -> list[Entry]:
    """The entries of all notices that readers may find; with `only_missing`, those that the index does not know."""
    now = timezone.now()
    listed = found().for_reading()
    if only_missing:
        listed = listed.exclude(pk__in=Passage.objects.filter(kind=KIND).values("record_id"))
    return [entry for notice in listed if (entry := entry_of(notice, now)) is not None]
