"""The sample's introductions: who asked whom, what was answered, what was said in their rooms."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from corridor.directory.models import Organisation, speakers_of
from corridor.kernel.models import User
from corridor.language.operations.translations import add_translation
from corridor.language.states import Origin
from corridor.matching.models import Introduction, Notice, Room
from corridor.matching.operations import introductions, outcomes, rooms
from corridor.matching.states import DeclineReason, NoticeState, Side

READER = {"zh-hans": "lo", "lo": "zh-hans", "th": "km", "km": "th"}


def load_introductions(rows: list[dict[str, Any]], listed: dict[str, Organisation], people: dict[str, User]) -> None:
    """Ask and answer as the sample's writers and officers would."""
    for row in rows:
        asker, asked = listed[row["asker"]], listed[row["asked"]]
        speaking = {Side.ASKER: _speaker(asker, people), Side.ASKED: _speaker(asked, people)}
        facts = {"themes": row["themes"], "language": row["language"], "notice": _about(asked, row["notice"])}
        if "broker" in row:
            officer = people[f"officer-{row['broker'].lower()}"]
            made = introductions.propose_introduction(asker, asked, by=officer, interest=row["interest"], **facts)
        else:
            texts = {field: row[field] for field in Introduction.PROSE}
            made = introductions.ask_introduction(asker, asked, by=speaking[Side.ASKER], **facts, **texts)
        _answer(made, row, speaking)


def _speaker(organisation: Organisation, people: dict[str, User]) -> User:
    """Its manager, who can sign in, where the sample has one; else the writer of its country."""
    code = organisation.home.lower()
    manager = speakers_of(organisation.pk).filter(pk=people[f"manager-{code}"].pk).first()
    return manager or people[f"author-{code}"]


def _about(asked: Organisation, title: str) -> Notice | None:
    if not title:
        return None
    return Notice.objects.get(organisation=asked, state=NoticeState.PUBLISHED, published__title__startswith=title)


def _answer(made: Introduction, row: dict[str, Any], speaking: dict[Side, User]) -> None:
    if row["answer"] in DeclineReason.values:
        introductions.decline(made, by=speaking[Side.ASKED], reason=row["answer"])
    elif row["answer"] == "one":
        introductions.agree(made, by=speaking[Side.ASKER])
    elif row["answer"] == "accepted" and (room := introductions.agree(made, by=speaking[Side.ASKED])):
        _talk(room, row, speaking)


def _talk(room: Room, row: dict[str, Any], speaking: dict[Side, User]) -> None:
    for side, language, text, translated in row["messages"]:
        message = rooms.write_message(room, by=speaking[Side(side)], text=text, language=language)
        texts = {"text": translated}
        add_translation(message, by=None, version=1, language=READER[language], origin=Origin.MACHINE, texts=texts)
    today = timezone.now().replace(hour=3, minute=0, second=0, microsecond=0)
    for days, side, minutes, is_agreed in row["dates"]:
        starts_at = today + datetime.timedelta(days=days)
        date = rooms.propose_date(room, by=speaking[Side(side)], starts_at=starts_at, minutes=minutes)
        if is_agreed:
            rooms.agree_date(date, by=speaking[Side(side).other])
    for side, kind, agreement in row["outcomes"]:
        outcomes.say_outcome(room, by=speaking[Side(side)], kind=kind, agreement=agreement)


def unload_introductions() -> list[Any]:
    """Remove what rests on the sample: a conversation with an invented organisation is an invented one. Answers its records."""
    invented = Q(is_sample=True) | Q(notice__is_sample=True) | Q(asker__is_sample=True) | Q(asked__is_sample=True)
    found = Introduction.objects.filter(invented)
    said = Room.objects.filter(introduction__in=found).values_list("messages", flat=True)
    gone = [*found.values_list("pk", flat=True), *(key for key in said if key)]
    found.delete()
    return gone
