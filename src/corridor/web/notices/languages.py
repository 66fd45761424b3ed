"""Which language a text is in: recognised, corrected, or another one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from corridor.language.logic.identify import identify
from corridor.language.logic.words import tidy
from corridor.language.states import Language
from corridor.web.notices.forms import DETECT


@dataclass(frozen=True)
class Told:
    """What the page says of a text's language. `language` is empty when it is another one, or unsure."""

    language: str
    is_recognised: bool = False
    is_unsure: bool = False
    looks_like: str = ""


def language_of(said: Mapping[str, Any]) -> str:
    """The language to keep with a text: the one its author chose, else the one recognised; empty for another or unsure."""
    chosen = str(said.get("language") or DETECT)
    if chosen != DETECT:
        return chosen if chosen in Language.values else ""
    return recognised(str(said.get("title", "")), str(said.get("text", "")))[0]


def recognised(title: str, text: str) -> tuple[str, bool]:
    """The language of a text, empty when there is no sure one; and whether it is surely none of the seven."""
    guess = identify(tidy(f"{title}\n{text}").text)
    return (guess.language or "") if guess.sure else "", guess.other and guess.sure


def telling(title: str, text: str, chosen: str) -> Told | None:
    """What to say about the language of a text and the choice of its author; None while there is no text."""
    if not any(character.isalnum() for character in title + text):
        return None
    found, is_other = recognised(title, text)
    if chosen in ("", DETECT):
        return Told(found, is_recognised=bool(found), is_unsure=not found and not is_other)
    if chosen not in Language.values:
        return Told("", looks_like=found)
    return Told(chosen, is_recognised=found == chosen, looks_like=found if found != chosen else "")
