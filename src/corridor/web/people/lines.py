"""A person as pages show them: what is readable, with languages, places and addresses in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from corridor.directory.logic import orcid
from corridor.directory.models import Shown, SpokenLanguage
from corridor.web.components.names import name_for_reader as language_in_words
from corridor.web.components.names import own_name
from corridor.web.results import name_for_reader


@dataclass(frozen=True)
class Spoken:
    """One language in the reader's words, how it calls itself where that is known, and what the person does in it."""

    tag: str
    label: str
    own: str
    does: str


@dataclass(frozen=True)
class Card:
    """What one reader sees of a person."""

    shown: Shown
    languages: tuple[Spoken, ...]
    place: str
    place_language: str
    orcid_url: str


def card_of(shown: Shown) -> Card:
    """The card of what may be read."""
    place, language = name_for_reader(shown.affiliation) if shown.affiliation else (shown.affiliation_text, "")
    spoken = tuple(spoken_of(row) for row in shown.languages)
    return Card(shown, spoken, place, language, orcid.address(shown.orcid) if shown.orcid else "")


def spoken_of(row: SpokenLanguage) -> Spoken:
    """One language as a line."""
    label, own = language_in_words(row.tag), own_name(row.tag)
    deeds = ((row.reads, _("reads")), (row.writes, _("writes")), (row.speaks, _("speaks")))
    known = own if own not in (label, row.tag) else ""
    return Spoken(row.tag, label, known, ", ".join(word for does, word in deeds if does))
