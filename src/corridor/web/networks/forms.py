"""Forms of networks: what a page says, an invitation, an answer, a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.directory.models import Network, Organisation
from corridor.directory.states import NetworkRole
from corridor.kernel.states import Theme
from corridor.language.logic.words import tidy
from corridor.language.states import Language
from corridor.web.components.names import own_name, reader_language


def languages() -> list[tuple[str, str]]:
    """The seven by their own names."""
    return [("", "—"), *((code, own_name(code)) for code in Language.values)]


def chosen_from(organisations: Sequence[Organisation]) -> list[tuple[str, str]]:
    """Organisations to choose by name."""
    return [(str(one.pk), one.name) for one in organisations]


class NetworkForm(forms.Form):
    """What the page of a network says."""

    name = forms.CharField(label=_("Its name"), max_length=200)
    name_language = forms.ChoiceField(label=_("Language of the name"), required=False)
    about = forms.CharField(
        label=_("What it is for"), max_length=4000, widget=forms.Textarea({"rows": 5}),
        help_text=_("Which problems it looks into, and who can join."),
    )  # fmt: skip
    about_language = forms.ChoiceField(label=_("Language of this description"), required=False)
    themes = forms.MultipleChoiceField(
        label=_("Themes"), choices=Theme.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    website = forms.URLField(label=_("Web site"), required=False, max_length=200, assume_scheme="https")

    def __init__(self, data: Any = None, *, network: Network | None = None, own: Sequence[Organisation] = ()) -> None:
        first = (
            {field: getattr(network, field) for field in self.base_fields}
            if network
            else {"name_language": reader_language(), "about_language": reader_language()}
        )
        super().__init__(data, initial=first, label_suffix="")
        for field in ("name_language", "about_language"):
            cast(forms.ChoiceField, self.fields[field]).choices = languages()
        if network is None:
            convenor = forms.ChoiceField(label=_("Which organisation convenes it?"), choices=chosen_from(own))
            self.fields = {"convenor": convenor, **self.fields}

    def clean_name(self) -> str:
        """A name says something: letters or digits of any script."""
        text = " ".join(tidy(self.cleaned_data["name"]).text.split())
        if not any(letter.isalnum() for letter in text):
            raise forms.ValidationError(_("Write the name in words."))
        return text

    def clean_about(self) -> str:
        """The description as it is kept."""
        return tidy(self.cleaned_data["about"]).text

    def facts(self) -> dict[str, Any]:
        """What is said, without the convenor."""
        return {field: self.cleaned_data[field] for field in self.base_fields}


class InvitationForm(forms.Form):
    """In which role an organisation is invited, and a word to it."""

    role = forms.ChoiceField(
        label=_("Role"), choices=[choice for choice in NetworkRole.choices if choice[0] != NetworkRole.CONVENOR]
    )
    reason = forms.CharField(
        label=_("A word to them"), max_length=500, required=False, widget=forms.Textarea({"rows": 3})
    )


class AnswerForm(forms.Form):
    """What an organisation can do about a problem."""

    organisation = forms.ChoiceField(label=_("For which organisation"))
    text = forms.CharField(
        label=_("What you can do about it"), max_length=3000, widget=forms.Textarea({"rows": 5}),
        help_text=_("In any language. Only your organisation and the one whose problem it is read it."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of your answer"), required=False)

    def __init__(self, data: Any = None, *, own: Sequence[Organisation]) -> None:
        super().__init__(data, initial={"language": reader_language()}, label_suffix="")
        cast(forms.ChoiceField, self.fields["organisation"]).choices = chosen_from(own)
        cast(forms.ChoiceField, self.fields["language"]).choices = languages()
