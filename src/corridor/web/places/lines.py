"""An organisation as one line of a list."""

from __future__ import annotations

from dataclasses import dataclass

from corridor.directory.models import Organisation
from corridor.web.results import name_for_reader, official_name


@dataclass(frozen=True)
class Line:
    """Its official name, the name the reader knows it by where that differs, and what it is and where."""

    organisation: Organisation
    title: str
    language: str
    known_as: str
    known_as_language: str

    @property
    def place(self) -> str:
        """Town and province, as far as they are known."""
        organisation = self.organisation
        return ", ".join(dict.fromkeys(part for part in (organisation.place, organisation.province) if part))


def line_of(organisation: Organisation) -> Line:
    """The line of an organisation that was read with its names."""
    official, language = official_name(organisation)
    known, known_language = name_for_reader(organisation)
    if not official or official == known:
        return Line(organisation, known, language or known_language, "", "")
    return Line(organisation, official, language, known, known_language)
