"""The form of something that an organisation has to give."""

from __future__ import annotations

import datetime
from typing import Any, Final, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from corridor.directory import rules
from corridor.directory.logic.contact import mail_addresses
from corridor.directory.models import Facility, Organisation
from corridor.directory.operations.facilities import TAKEN
from corridor.directory.states import CapacityUnit, FacilityKind, Opening
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import User
from corridor.kernel.states import Theme
from corridor.language.logic.words import tidy
from corridor.language.states import Language
from corridor.web.components.names import own_name
from corridor.web.places.entry_form import tidied

EASTERNMOST: Final = datetime.timezone(datetime.timedelta(hours=8))


def _many(label: Any, choices: Any = ()) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple)


class FacilityForm(forms.Form):
    """What it is, on which terms, and where to ask."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[("", "—"), *FacilityKind.choices])
    name = forms.CharField(
        label=_("Its name"),
        max_length=200,
        help_text=_("As people there call it. Name the make and model of a device."),
    )
    name_language = forms.ChoiceField(label=_("Language of the name"), required=False)
    about = forms.CharField(
        label=_("What it is"),
        max_length=3000,
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("What it can do, for whom, since when. Search finds it by this, in all languages."),
    )
    admission = forms.CharField(
        label=_("Terms of admission"),
        max_length=1500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Who can use it, what to bring, how long it takes."),
    )
    price = forms.CharField(
        label=_("Price"),
        max_length=300,
        required=False,
        help_text=_("In words, with the currency; or that it is free."),
    )
    about_language = forms.ChoiceField(label=_("Language of these texts"), required=False)
    capacity = forms.DecimalField(
        label=_("How much or how many"),
        min_value=0,
        max_digits=12,
        decimal_places=2,
        required=False,
        widget=forms.NumberInput({"step": "any", "min": "0"}),
    )
    capacity_unit = forms.ChoiceField(label=_("Of what"), choices=[("", "—"), *CapacityUnit.choices], required=False)
    opening = forms.ChoiceField(
        label=_("Partners from abroad"), choices=Opening.choices, initial=Opening.UNSAID, widget=forms.RadioSelect
    )
    spoken = _many(_("Languages spoken there"))
    themes = _many(_("Themes"), Theme.choices)
    contact = forms.CharField(
        label=_("Where to ask"),
        max_length=300,
        required=False,
        help_text=_(
            "The address of a page, the mail address of an office, or where to go. Everybody can read it: no persons."
        ),
    )
    is_office = forms.BooleanField(label=_("The mail address is that of an office, not of a person"), required=False)
    source = forms.CharField(
        label=_("Where this is known from"),
        max_length=200,
        required=False,
        help_text=_("Leave it empty if the organisation itself says so."),
    )
    source_on = forms.DateField(label=_("As of"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))

    FIELDS: Final = (
        *("kind", "name", "name_language", "about", "admission", "price", "about_language", "capacity", "capacity_unit"),
        *("opening", "spoken", "themes", "contact", "source", "source_on"),
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, organisation: Organisation, by: User, facility: Facility | None = None
    ) -> None:
        self.organisation, self.by, self.facility = organisation, by, facility
        first: dict[str, Any] = {"name_language": by.language, "about_language": by.language, "source_on": today()}
        if facility is not None:
            first = {name: getattr(facility, name) for name in self.FIELDS}
            first["is_office"] = bool(mail_addresses(facility.contact))
        super().__init__(data, initial=first, label_suffix="", auto_id="facility-%s")
        languages = [(code, own_name(code)) for code in Language.values]
        for name in ("name_language", "about_language"):
            cast(forms.ChoiceField, self.fields[name]).choices = [
                *languages,
                ("", pgettext_lazy("language", "Another")),
            ]
        cast(forms.MultipleChoiceField, self.fields["spoken"]).choices = languages

    def clean_name(self) -> str:
        """A name says something, and stands once in the list of an organisation."""
        text = tidied(self.cleaned_data["name"])
        if not any(letter.isalnum() for letter in text):
            raise forms.ValidationError(_("Write the name in words."))
        same = Facility.objects.filter(organisation=self.organisation, name=text)
        others = same.exclude(pk=self.facility.pk) if self.facility else same
        if others.exists():
            raise forms.ValidationError(TAKEN)
        return text

    def clean_about(self) -> str:
        """The description as it is kept."""
        return tidy(self.cleaned_data["about"]).text

    def clean_admission(self) -> str:
        """The terms as they are kept."""
        return tidy(self.cleaned_data["admission"]).text

    def clean_price(self) -> str:
        """The price as it is kept."""
        return tidied(self.cleaned_data["price"])

    def clean_contact(self) -> str:
        """Where to ask, on one line; never the address of whoever fills in the form."""
        text = tidied(self.cleaned_data["contact"])
        verdict = rules.is_of_an_office(self.by, text)
        if not verdict and text != (self.facility.contact if self.facility else ""):
            raise forms.ValidationError([str(reason) for reason in verdict.reasons])
        return text

    def clean_source(self) -> str:
        """Where it is known from, on one line."""
        return tidied(self.cleaned_data["source"])

    def clean_source_on(self) -> datetime.date:
        """A day that has come."""
        day: datetime.date = self.cleaned_data["source_on"]
        if day > today():
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        """A number has a unit and a unit a number; a mail address is an office's."""
        said = super().clean() or {}
        number, unit = said.get("capacity"), said.get("capacity_unit")
        if number is not None and not unit:
            self.add_error("capacity_unit", _("Say of what this is the number."))
        if unit and number is None and "capacity" not in self.errors:
            self.add_error("capacity", _("Say the number, or leave both empty."))
        if mail_addresses(said.get("contact", "")) and not said.get("is_office"):
            self.add_error(
                "is_office",
                _("Only the mail address of an office can stand here. Say that it is one, or take it away."),
            )
        return said

    def facts(self) -> dict[str, Any]:
        """What is said, as the verbs take it."""
        return {name: self.cleaned_data[name] for name in self.FIELDS}

    def refuse(self, refusal: Refused) -> None:
        """Show at the form why it was refused; what was typed stays."""
        for reason in refusal.reasons:
            self.add_error(None, str(reason))


def today() -> datetime.date:
    """The latest day on which something can be known to be so: today where it is latest among the six."""
    return timezone.now().astimezone(EASTERNMOST).date()
