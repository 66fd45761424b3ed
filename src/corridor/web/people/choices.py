"""The form that says for each thing of a person who may read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from corridor.directory.models import Profile
from corridor.directory.states import CONSENT_VERSION, CONSENT_WORDS, ProfileField
from corridor.kernel.logic.verdict import Refused, Verdict
from corridor.kernel.states import Theme, Visibility
from corridor.web.components.names import country_in_words
from corridor.web.components.names import name_for_reader as language_in_words
from corridor.web.results import name_for_reader

SHOWN = 120
NOBODY = "nobody"


@dataclass(frozen=True)
class Item:
    """One thing to decide on: its key, its name, what it says now, and who reads it now."""

    key: str
    label: str
    says: str = ""
    now: str = ""


def items_of(profile: Profile) -> list[Item]:
    """The fields in which a person says something; there is nothing to decide on of others."""
    now = {consent.field: consent.visibility for consent in profile.consents.all()}
    return [
        Item(field, str(field.label), excerpt(profile, field), now.get(field, ""))
        for field in ProfileField
        if profile.says(field)
    ]


def excerpt(profile: Profile, field: str) -> str:
    """What a field says, short, with the language of the person's own words."""
    if field == ProfileField.HOME:
        return country_in_words(profile.home)
    if field == ProfileField.THEMES:
        return ", ".join(str(Theme(theme).label) for theme in profile.themes)
    if field == ProfileField.LANGUAGES:
        return ", ".join(language_in_words(row.tag) for row in profile.languages.all())
    if field == ProfileField.AFFILIATION and profile.affiliation:
        name, language = name_for_reader(profile.affiliation)
        return format_html('<span lang="{}" dir="auto">{}</span>', language, name)
    text = profile.affiliation_text if field == ProfileField.AFFILIATION else str(getattr(profile, field))
    language = profile.expertise_language if field in (ProfileField.HEADLINE, ProfileField.EXPERTISE) else ""
    return format_html('<span lang="{}" dir="auto">{}</span>', language, Truncator(text).chars(SHOWN))


class CircleForm(forms.Form):
    """For each item a circle of readers, or nobody."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, items: Iterable[Item], circles: Iterable[str], nobody: str
    ) -> None:
        self.items = list(items)
        now = {item.key: item.now or NOBODY for item in self.items}
        super().__init__(data, initial=now, label_suffix="", auto_id="circle-%s")
        choices = [(NOBODY, nobody), *((circle, str(Visibility(circle).label)) for circle in circles)]
        for item in self.items:
            kept = [] if now[item.key] in dict(choices) else [(item.now, str(Visibility(item.now).label))]
            offered = [*choices, *kept]
            self.fields[item.key] = forms.ChoiceField(label=item.label, help_text=item.says, choices=offered)

    @property
    def words(self) -> str:
        """What a person agrees to by choosing a circle."""
        return str(CONSENT_WORDS[CONSENT_VERSION])

    @property
    def version(self) -> str:
        """Which words these are."""
        return CONSENT_VERSION

    @property
    def seen(self) -> str:
        """Which choices held when the form was made."""
        return " ".join(f"{item.key}:{item.now}" for item in self.items if item.now)

    @property
    def read_words(self) -> str:
        """Which words the person had before them when the form was sent."""
        return str(self.data.get("words", ""))

    def take(self, deed: Callable[..., None], may: Callable[..., Verdict]) -> bool:
        """Do what was chosen as one deed. What is refused stands at its field, and nothing else was changed either."""
        if not self.is_valid():
            return False
        changes = self._changes()
        for key, circle in changes.items():
            verdict = may(key, visibility=circle, words=self.read_words) if circle else Verdict()
            self._tell(key, verdict.reasons)
        if not self.errors:
            try:
                deed(choices=changes, words=self.read_words)
            except Refused as refusal:
                self._tell(None, refusal.reasons)
        return not self.errors

    def clean(self) -> dict[str, Any]:
        """A window from before a withdrawal must not undo it."""
        if self.data.get("seen") != self.seen:
            self.add_error(None, _("Your choices were changed in another window. Look at them again before you save."))
        return super().clean() or {}

    def _changes(self) -> dict[str, str]:
        chosen = {key: "" if circle == NOBODY else circle for key, circle in self.cleaned_data.items()}
        return {item.key: chosen[item.key] for item in self.items if chosen[item.key] != item.now}

    def _tell(self, key: str | None, reasons: Iterable[object]) -> None:
        for reason in reasons:
            self.add_error(key, str(reason))


def field_circles(profile: Profile) -> list[str]:
    """The circles that there are around this person, from the narrowest to the widest."""
    missing = {Visibility.TEAM: profile.place is None, Visibility.NATIONAL: not profile.home}
    return [circle for circle in Visibility if not missing.get(circle)]


def nobody() -> str:
    """The choice that every field begins with."""
    return _("nobody else")
