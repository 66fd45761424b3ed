"""Forms of the lexicon: mending a term, rejecting it, and adding one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.kernel.logic.verdict import Refused
from corridor.language.models import Term
from corridor.language.states import Language


class TermForm(forms.Form):
    """How a term should be written, or why it is wrong."""

    text = forms.CharField(label=_("As it should be written"), max_length=100, strip=True)
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False, strip=True)

    def __init__(self, data: Mapping[str, Any] | None = None, *, term: Term) -> None:
        super().__init__(data, auto_id=f"{term.pk}-%s", initial={"text": term.text}, label_suffix="")
        self.term = term
        self.fields["text"].widget.attrs.update({"lang": term.language, "dir": "auto"})

    def refuse(self, refusal: Refused) -> None:
        """Show why it was refused; what was typed stays."""
        self.full_clean()
        for reason in refusal.reasons:
            self.add_error("text", str(reason))


class NewTermForm(forms.Form):
    """A term that is lacking."""

    language = forms.ChoiceField(choices=Language.choices, widget=forms.HiddenInput)
    text = forms.CharField(label=_("A term that is lacking"), max_length=100, strip=True)

    def __init__(self, data: Mapping[str, Any] | None = None, **rest: Any) -> None:
        language = (data or rest.get("initial") or {}).get("language", "")
        super().__init__(data, auto_id=f"new-{language}-%s", label_suffix="", **rest)
        self.fields["text"].widget.attrs.update({"lang": language, "dir": "auto"})

    def refuse(self, refusal: Refused) -> None:
        """Show why it was refused; what was typed stays."""
        self.full_clean()
        for reason in refusal.reasons:
            self.add_error("text", str(reason))
