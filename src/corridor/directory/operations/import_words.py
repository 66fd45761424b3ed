"""Words that an import understands: codes, and what types, sizes and languages are called in any of the seven."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.db.models import TextChoices
from django.utils import translation

from corridor.directory.logic.keys import key_of
from corridor.directory.logic.listing import COLUMNS, Words
from corridor.directory.states import OrganisationType, SizeClass
from corridor.language.states import Language


@cache
def heads() -> dict[str, str]:
    """The words that may head a column, with its code."""
    return {word: code for code in COLUMNS for word in (key_of(code), code)}


@cache
def words() -> Words:
    """The words that cells may hold, as keys, in all seven languages."""
    own = {key_of(name): code for code, name in settings.LANGUAGES}
    return Words(types=_named(OrganisationType), sizes=_named(SizeClass), languages={**_named(Language), **own})


def _named(choices: type[TextChoices]) -> dict[str, str]:
    found = {key_of(code): code for code in choices.values}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {key_of(str(label)): code for code, label in choices.choices}
    return found
