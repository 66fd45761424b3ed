"""The form of a directory entry: names in seven languages and more, what the organisation is, and where."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from corridor.directory.models import Organisation
from corridor.directory.operations.organisations import Name
from corridor.directory.states import NameKind, OrganisationType, SizeClass
from corridor.language.logic.words import tidy
from corridor.language.states import Language
from corridor.web.components.names import own_name
from corridor.web.places.where import FIELDS as WHERE
from corridor.web.places.where import Whereabouts

NAME = 300
LONGEST_ACRONYM = 10


def tidied(text: str) -> str:
    """A short text as it is kept."""
    return " ".join(tidy(text).text.split())


class EntryForm(Whereabouts):
    """What the directory says of an organisation."""

    official = forms.CharField(
        label=_("Official name"), max_length=NAME, help_text=_("As it stands on its sign or stamp, in its own script.")
    )
    official_language = forms.ChoiceField(label=_("Language of the official name"), required=False)
    type = forms.ChoiceField(label=_("Type"), choices=[("", "—"), *OrganisationType.choices])
    size = forms.ChoiceField(
        label=_("How many people work there"), choices=[("", "—"), *SizeClass.choices], required=False
    )
    website = forms.URLField(
        label=_("Web site"), required=False, max_length=200, assume_scheme="https",
        help_text=_("With https:// at the beginning."),
    )  # fmt: skip
    about = forms.CharField(
        label=_("What it does"), max_length=4000, required=False, widget=forms.Textarea({"rows": 5}),
        help_text=_("In a few sentences, in its own language. Search finds it by this."),
    )  # fmt: skip
    about_language = forms.ChoiceField(label=_("Language of this description"), required=False)
    aliases = forms.CharField(
        label=_("Other names and abbreviations"), required=False, widget=forms.Textarea({"rows": 3}), max_length=3000,
        help_text=_("One on each line."),
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, home: str, organisation: Organisation | None = None, language: str = "en"
    ) -> None:
        self.kept = list(organisation.names.all()) if organisation else []
        first = (
            initial_of(organisation, self.kept)
            if organisation
            else {"official_language": language, "about_language": language}
        )
        super().__init__(data, initial=first, label_suffix="", auto_id="entry-%s")
        languages = [(code, own_name(code)) for code in Language.values]
        other = [(self.initial["official_language"], own_name(self.initial["official_language"]))]
        known = dict(languages).keys() | {""}
        cast(forms.ChoiceField, self.fields["official_language"]).choices = [
            *languages, *(other if other[0][0] not in known else []), ("", pgettext_lazy("language", "Another"))
        ]  # fmt: skip
        cast(forms.ChoiceField, self.fields["about_language"]).choices = [("", "—"), *languages]
        for code, own in languages:
            self.fields[f"name_{code}"] = forms.CharField(
                label=format_html('<span lang="{}">{}</span>', code, own),
                max_length=NAME,
                required=False,
                widget=forms.TextInput({"lang": code}),
            )
        self.settle(home, organisation)

    @property
    def name_fields(self) -> list[forms.BoundField]:
        """The names in seven languages, apart from the rest."""
        return [self[f"name_{code}"] for code in Language.values]

    def clean_official(self) -> str:
        """A name says something: letters or digits of any script."""
        text = tidied(self.cleaned_data["official"])
        if not any(letter.isalnum() for letter in text):
            raise forms.ValidationError(gettext_lazy("Write the name in words."))
        return text

    def clean_aliases(self) -> list[str]:
        """One name a line, each once."""
        lines = [tidied(line) for line in self.cleaned_data["aliases"].splitlines()]
        kept = list(dict.fromkeys(line for line in lines if line))
        if any(len(line) > NAME for line in kept):
            raise forms.ValidationError(gettext_lazy("One of these names is too long."))
        return kept

    def clean_about(self) -> str:
        """The description as it is kept."""
        return tidy(self.cleaned_data["about"]).text

    def names(self) -> list[Name]:
        """All names as the directory keeps them; a name that stays keeps what is known of it."""
        said = self.cleaned_data
        official = (NameKind.OFFICIAL, said["official_language"], said["official"])
        translated = [
            (NameKind.TRANSLATION, code, tidied(said[f"name_{code}"]))
            for code in Language.values
            if said[f"name_{code}"] and tidied(said[f"name_{code}"]) != said["official"]
        ]
        return [(str(kind), language, text) for kind, language, text in [official, *translated, *self._others()]]

    def _others(self) -> list[tuple[str, str, str]]:
        known = {name.text: (name.kind, name.language) for name in self.kept if name.kind != NameKind.OFFICIAL}
        return [(*known.get(text, (kind_of(text), "")), text) for text in self.cleaned_data["aliases"]]

    def facts(self) -> dict[str, Any]:
        """What is said beside the names."""
        fields = ("type", "size", "website", "about", "about_language")
        return {**{field: self.cleaned_data[field] for field in fields}, **self.whereabouts()}


def kind_of(text: str) -> NameKind:
    """Whether a further name is an acronym."""
    return NameKind.ACRONYM if text.isupper() and len(text) <= LONGEST_ACRONYM else NameKind.ALIAS


def initial_of(organisation: Organisation, names: list[Any]) -> dict[str, Any]:
    """The entry as the form shows it: one official name, one name a language, and all others as lines."""
    shown: dict[str, Any] = {"official": "", "official_language": ""}
    others = []
    for name in names:
        field = f"name_{name.language}"
        if name.kind == NameKind.OFFICIAL and not shown["official"]:
            shown |= {"official": name.text, "official_language": name.language}
        elif name.kind == NameKind.TRANSLATION and name.language in Language.values and field not in shown:
            shown[field] = name.text
        else:
            others.append(name.text)
    fields = ("type", "size", *WHERE, "website", "about", "about_language")
    facts = {field: getattr(organisation, field) for field in fields}
    return {**facts, **shown, "aliases": "\n".join(others)}
