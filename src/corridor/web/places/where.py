"""Where an organisation is, as people say it in a form: a town, a province, and degrees that a town brings along."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from corridor.directory import rules
from corridor.directory.logic.coordinates import NoDegrees, degrees
from corridor.directory.logic.gazetteer import Town, called, km_between
from corridor.directory.logic.subdivisions import recognised, subdivisions
from corridor.directory.models import Organisation
from corridor.web.components.names import reader_language

FIELDS = ("place", "province", "latitude", "longitude")
NONE = "none"
MOST_CANDIDATES = 12
# Nearer than this to the town that is named, coordinates that stood there before are a better knowledge of the same place.
SAME_PLACE_KM = 30.0
NUMBER = forms.TextInput({"inputmode": "decimal", "maxlength": "20"})
TYPING = {"hx-trigger": "input changed delay:250ms", "hx-target": "#towns", "hx-swap": "innerHTML"}


class DegreesField(forms.Field):
    """Degrees as people type them, kept with five decimals."""

    def to_python(self, value: Any) -> Decimal | None:
        """The number, or None for nothing."""
        try:
            return degrees(str(value or ""))
        except NoDegrees as error:
            raise ValidationError(_("Write degrees as a number, such as 17.96667, without minutes.")) from error


def province_choices(country: str, kept: str) -> list[tuple[str, str]]:
    """The provinces of a country by their names for the reader; an older text that names none of them stays."""
    language = reader_language()
    found = [(row.name, row.called(language)) for row in subdivisions(country)]
    older = [(kept, kept)] if kept and kept not in dict(found) else []
    return [("", "—"), *older, *sorted(found, key=lambda choice: choice[1])]


def province_kept(country: str, text: str) -> str:
    """A province as the directory keeps it, where the text names one; else the text."""
    found = recognised(country, text) if text else None
    return found.name if found else text


def in_words(town: Town) -> str:
    """A town with its province, for the reader."""
    language = reader_language()
    provinces = {row.code: row.called(language) for row in subdivisions(town.country)}
    parts = [town.called(language), provinces.get(town.province, "")]
    if parts[0] != town.name:
        parts.insert(1, town.name)
    return ", ".join(dict.fromkeys(part for part in parts if part))


class Whereabouts(forms.Form):
    """Town, province and coordinates. A town that the gazetteer knows brings its coordinates; of several one is chosen."""

    place = forms.CharField(
        label=_("Town or district"), max_length=120, required=False,
        help_text=_("In any script. A town that is known brings its province and coordinates."),
        widget=forms.TextInput({"list": "towns", "autocomplete": "off"}),
    )  # fmt: skip
    province = forms.ChoiceField(label=_("Province"), required=False)
    latitude = DegreesField(label=_("Latitude"), required=False, widget=NUMBER)
    longitude = DegreesField(label=_("Longitude"), required=False, widget=NUMBER)
    town = forms.CharField(label=_("Which of these places is it?"), required=False, widget=forms.RadioSelect)

    def settle(self, home: str, organisation: Organisation | None) -> None:
        """Know the country, and what stood there before."""
        self.home, self.was = home, organisation
        kept = province_kept(home, organisation.province if organisation else "")
        self.initial["province"] = kept
        self.fields["province"].choices = province_choices(home, kept)  # type: ignore[attr-defined]
        self.candidates = self._candidates() if self.is_bound else ()
        known = [(str(town.id), in_words(town)) for town in self.candidates]
        nothing = (NONE, pgettext_lazy("place", "None of these: without coordinates"))
        self.fields["town"].widget.choices = [*known, nothing]
        self.fields["place"].widget.attrs |= {**TYPING, "hx-get": f"{reverse('town-suggestions')}?country={home}"}
        self.is_ambiguous = False

    def _candidates(self) -> tuple[Town, ...]:
        text = str(self.data.get("place", "")).replace("\0", "").strip()[:120]
        return called(self.home, text, province=str(self.data.get("province", "")))[:MOST_CANDIDATES] if text else ()

    def clean(self) -> dict[str, Any]:
        """Let the town bring what is missing, ask which town it is, and look whether the place can lie in the country."""
        said = super().clean() or self.cleaned_data
        if not {"latitude", "longitude"} & set(self.errors) and self._wants_town(said):
            self._take_town(said)
        verdict = rules.may_lie(self.home, said.get("latitude"), said.get("longitude"))
        if not verdict and not {"latitude", "longitude"} & set(self.errors):
            self.add_error("latitude", [str(reason) for reason in verdict.reasons])
        return said

    def _wants_town(self, said: dict[str, Any]) -> bool:
        """Whether the coordinates should come from the town: there are none, or they belong to another town than the one named now."""
        if not self.candidates:
            return False
        latitude, longitude = said.get("latitude"), said.get("longitude")
        if latitude is None or longitude is None:
            return latitude is None and longitude is None and not (self._had_place() and self._is_same_place())
        if (
            self.was is None
            or self._is_same_place()
            or (latitude, longitude) != (self.was.latitude, self.was.longitude)
        ):
            return False
        near = (km_between(float(latitude), float(longitude), t.latitude, t.longitude) for t in self.candidates)
        return min(near) > SAME_PLACE_KM

    def _is_same_place(self) -> bool:
        return not {"place", "province"} & set(self.changed_data)

    def _had_place(self) -> bool:
        """Whether coordinates stood there before: whoever takes them away wants none."""
        return self.was is not None and self.was.latitude is not None

    def _take_town(self, said: dict[str, Any]) -> None:
        chosen = said.get("town")
        if chosen == NONE:
            said["latitude"] = said["longitude"] = None
            return
        fitting = [town for town in self.candidates if str(town.id) == chosen] or list(self.candidates)
        if len(fitting) > 1:
            self._ask()
            return
        said["latitude"], said["longitude"] = (
            Decimal(str(degree)).quantize(Decimal("0.00001")) for degree in (fitting[0].latitude, fitting[0].longitude)
        )
        codes = {row.code: row.name for row in subdivisions(self.home)}
        said["province"] = said.get("province") or codes.get(fitting[0].province, "")

    def _ask(self) -> None:
        """Ask which town is meant; of an entry whose place stays as it was nothing is asked."""
        if self.was is None or not self._is_same_place():
            self.is_ambiguous = True
            self.add_error("place", _("There are several places of this name. Choose one below, or name the province."))

    def whereabouts(self) -> dict[str, Any]:
        """What the directory keeps of it."""
        return {field: self.cleaned_data.get(field) for field in FIELDS}
