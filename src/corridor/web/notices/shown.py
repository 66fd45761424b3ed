"""What of a notice is shown to whom: which version, which name, which files, which translations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from corridor.directory.rules import acts_at_all
from corridor.kernel.logic.verdict import Verdict
from corridor.kernel.models import User
from corridor.kernel.states import Capability, Visibility
from corridor.language.models import FormerTranslation, Translation
from corridor.language.operations.translations import translations_of
from corridor.language.states import Origin
from corridor.matching import rules
from corridor.matching.models import Attachment, Notice, Return, Wording
from corridor.matching.states import NoticeState, WordingState
from corridor.web.cards import facts_of
from corridor.web.components.names import reader_language
from corridor.web.glossing import below
from corridor.web.notices.structured import structured
from corridor.web.results import name_for_reader, zone_of_country


def sees_team(notice: Notice, reader: User | None) -> bool:
    """Whether the reader is one of its own people or of its focal point."""
    return reader is not None and rules.may_see_team(reader, notice)


def readable(notice: Notice, reader: User | None) -> QuerySet[Wording]:
    """The versions this reader may read: all for its own people, handed-in ones for its focal point, the published one for others."""
    if reader is not None and rules.works_on(reader, notice):
        return notice.wordings.all()
    if reader is not None and rules.holds_office(reader, notice):
        return notice.wordings.filter(state__in=(WordingState.SUBMITTED, WordingState.PUBLISHED))
    return notice.wordings.filter(pk=notice.published_id) if notice.published_id else notice.wordings.none()


def wording_for(notice: Notice, reader: User | None, version: str = "") -> Wording | None:
    """The version to show: the one asked for, else what waits for this reader's decision, else what readers see."""
    mine = readable(notice, reader)
    if version.isascii() and version.isdigit() and len(version) < 6:
        return mine.filter(number=int(version)).first()
    if reader is not None and rules.holds_office(reader, notice):
        return mine.order_by("-number").first()
    seen = mine.filter(pk=notice.published_id).first() if notice.published_id else None
    return seen or mine.order_by("-number").first()


@dataclass(frozen=True)
class Owner:
    """Who stands behind a notice, as this reader may know it."""

    name: str
    language: str = ""
    url: str = ""
    is_hidden: bool = False


def owner_of(notice: Notice, wording: Wording, reader: User | None) -> Owner:
    """The organisation, or of an anonymous one its type and size alone."""
    organisation = notice.organisation
    if organisation is None:
        return Owner("")
    if wording.is_anonymous and not sees_team(notice, reader):
        kind, size = organisation.get_type_display(), organisation.get_size_display()
        return Owner(_("%(type)s, %(size)s") % {"type": kind, "size": size} if size else str(kind), is_hidden=True)
    name, language = name_for_reader(organisation)
    return Owner(name, language, reverse("organisation", args=[organisation.pk]))


def attachments_for(notice: Notice, reader: User | None) -> QuerySet[Attachment]:
    """Files for this reader. Others see those that lay there when the published text was handed in, and none of an anonymous one."""
    if sees_team(notice, reader):
        return notice.attachments.all()
    published = notice.published
    if published is None or published.is_anonymous or published.submitted_at is None:
        return notice.attachments.none()
    return notice.attachments.filter(created_at__lte=published.submitted_at)


@dataclass(frozen=True)
class Words:
    """A text to show: the original or a translation, with whose words they are."""

    language: str
    title: str
    parts: tuple[tuple[str, str], ...]
    origin: str = ""
    translator: str = ""
    checker: str = ""
    translation: Translation | None = None

    @property
    def is_for_reader(self) -> bool:
        """Whether the reader reads this language."""
        return self.language == reader_language()


def original_of(wording: Wording) -> Words:
    """The text as it was written."""
    return Words(wording.language, wording.title, parts_of(wording.prose))


def translations_for(notice: Notice, wording: Wording, reader: User | None) -> list[Words]:
    """The translations of a version, the reader's language first. A volunteer is named to members only, if they gave a name."""
    rows = translations_of("notice", notice.pk, wording.number)
    words = [
        Words(
            row.language,
            row.texts.get("title", ""),
            parts_of(row.texts),
            row.origin,
            translator_of(row, wording, reader),
            checker_of(row, wording, reader),
            row,
        )
        for row in rows
    ]
    return sorted(words, key=lambda one: not one.is_for_reader)


def parts_of(texts: dict[str, str]) -> tuple[tuple[str, str], ...]:
    labels = {
        "text": "",
        "advantages": _("What is new or better about it"),
        "specification": _("What the other side must know or have"),
    }
    return tuple((label, texts[name]) for name, label in labels.items() if texts.get(name))


def translator_of(row: Translation | FormerTranslation, wording: Wording, reader: User | None) -> str:
    """The volunteer's name, as this reader may know it; the author's own is not said."""
    whole = row.translation if isinstance(row, FormerTranslation) else row
    is_said = whole.origin == Origin.HUMAN and _knows(wording, reader)
    return row.translated_by.name if is_said and row.translated_by else ""


def checker_of(row: Translation | FormerTranslation, wording: Wording, reader: User | None) -> str:
    """Who confirmed it, as this reader may know that; empty when nobody has."""
    if row.reviewed_by is None:
        return ""
    return (row.reviewed_by.name if _knows(wording, reader) else "") or _("a second person")


def _knows(wording: Wording, reader: User | None) -> bool:
    return reader is not None and reader.audience.is_member and not wording.is_anonymous


def last_return(wording: Wording) -> Return | None:
    """Why the text in hand was given back, until it is handed in again."""
    if wording.state in (WordingState.SUBMITTED, WordingState.PUBLISHED):
        return None
    return wording.returns.order_by("-created_at").first()


def doubts(notice: Notice, wording: Wording) -> Verdict:
    """What speaks against its staying anonymous."""
    return rules.stays_anonymous(notice.organisation, wording) if wording.is_anonymous else Verdict()


def is_open_to_all(notice: Notice, wording: Wording) -> bool:
    """Whether search engines may know it: what everybody reads now."""
    is_current = notice.published_id == wording.pk and notice.state == NoticeState.PUBLISHED
    return is_current and wording.visibility == Visibility.PUBLIC


def context_of(notice: Notice, wording: Wording, reader: User | None) -> dict[str, Any]:
    """What the page and the preview show of a notice."""
    translations = translations_for(notice, wording, reader)
    team = sees_team(notice, reader)
    current = notice.published_id or notice.latest.pk
    return {
        "notice": notice,
        "wording": wording,
        "owner": owner_of(notice, wording, reader),
        "facts": facts_of(notice, with_owner=team or not wording.is_anonymous),
        "original": original_of(wording),
        "translations": translations,
        "for_reader": next((one for one in translations if one.is_for_reader), None),
        "glossed": below("\n".join(wording.prose.values()), wording.language),
        "files": attachments_for(notice, reader),
        "zone": zone_of_country(notice.home),
        "is_own": reader is not None and rules.works_on(reader, notice),
        "sees_team": team,
        "may_translate": reader is not None and wording.pk == current and _may_translate(notice, reader),
        "may_wish": reader is not None and wording.pk == notice.published_id and _may_wish(wording, translations),
        "is_indexed": is_open_to_all(notice, wording),
        "structured": structured(notice, wording) if is_open_to_all(notice, wording) else "",
    }


def _may_translate(notice: Notice, reader: User) -> bool:
    return acts_at_all(reader, Capability.TRANSLATE) or rules.may_see_team(reader, notice)


def _may_wish(wording: Wording, translations: Sequence[Words]) -> bool:
    by_people = [one for one in translations if one.is_for_reader and one.origin != Origin.MACHINE]
    return reader_language() != wording.language and not by_people
