"""The form that asks to be confirmed as a member, and how an organisation is looked up in the directory."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from corridor.directory.models import MembershipRequest, Organisation
from corridor.language.operations.find import find
from corridor.language.operations.questions import Method
from corridor.web.components.names import country_in_words, shipped_countries

MOST = 12
NONE_OF_THESE = "none"


def organisations_like(text: str, home: str) -> list[Organisation]:
    """Organisations of a country whose names hold this text, then those that share its words in any script or spelling."""
    if not text or home not in shipped_countries():
        return []
    named = Organisation.objects.standing().filter(home=home, names__text__icontains=text).distinct().order_by("id")
    keys: list[UUID] = list(named.values_list("pk", flat=True)[:MOST])
    found = find(text, by=None, kinds=["organisation"], countries=[home], method=Method(meaning=False), limit=MOST)
    keys = list(dict.fromkeys([*keys, *(hit.record_id for hit in found.hits)]))[:MOST]
    listed = Organisation.objects.standing().with_names().select_related("verification").in_bulk(keys)
    return [listed[key] for key in keys if key in listed]


def organisation_by(key: str) -> Organisation | None:
    """An organisation by what a form or an address says; for one that was merged, the one that was kept."""
    try:
        return Organisation.objects.with_names().select_related("verification").filter(chosen_by(UUID(key))).first()
    except ValueError:
        return None


def chosen_by(key: UUID) -> Q:
    """The one of that key if it stands, else the one it was merged into."""
    return Q(pk=key, stands=True) | Q(merged=key)


def in_words(organisation: Organisation) -> str:
    """A name to choose by: as the reader knows it and as it is official, and where it is."""
    names = dict.fromkeys((organisation.name, organisation.native_name))
    return " · ".join(part for part in (*names, organisation.place) if part)


class MembershipForm(forms.Form):
    """Country, organisation and who one is. The organisation is looked up by name; one that is not listed stays as typed."""

    home = forms.ChoiceField(label=_("Country"))
    organisation_text = forms.CharField(
        label=_("Organisation"),
        max_length=200,
        required=False,
        help_text=_(
            "Its name in any language, or its usual abbreviation. Leave it empty if you speak for no organisation."
        ),
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    organisation = forms.ChoiceField(label=_("Which of these is it?"), required=False, widget=forms.RadioSelect)
    is_claim = forms.BooleanField(
        label=_("I am to look after this organisation's entry"),
        required=False,
        help_text=_(
            "You claim the entry: its country's focal point checks with the organisation before you can change anything."
        ),
    )
    statement = forms.CharField(
        label=_("Who you are and what you do there"),
        max_length=1000,
        help_text=_("In any language. Only those who answer read it: the focal point, or your organisation."),
        widget=forms.Textarea({"rows": 5}),
    )

    def __init__(self, data: QueryDict | None = None, *, typed: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=typed, label_suffix="")
        said = data.dict() if data is not None else dict(typed or {})
        cast(forms.ChoiceField, self.fields["home"]).choices = [
            ("", "—"),
            *((code, country_in_words(code)) for code in shipped_countries()),
        ]
        self.text, home = str(said.get("organisation_text", "")).strip(), str(said.get("home", ""))
        self.listed = {str(found.pk): found for found in organisations_like(self.text, home)}
        chosen = organisation_by(str(said.get("organisation", "")))
        if chosen is not None:
            self.listed.setdefault(str(chosen.pk), chosen)
        self.was_asked = bool(said.get("organisation"))
        if self.listed:
            choices = [(key, in_words(organisation)) for key, organisation in self.listed.items()]
            cast(forms.ChoiceField, self.fields["organisation"]).choices = [
                *choices,
                (NONE_OF_THESE, _("None of these")),
            ]
        else:
            del self.fields["organisation"]

    def clean(self) -> dict[str, Any]:
        """An organisation of the country that was picked. One that is listed is not taken as free text unasked."""
        said = super().clean() or {}
        chosen = self.listed.get(said.get("organisation", ""))
        if chosen is not None and chosen.home != said.get("home"):
            self.add_error("organisation", _("This organisation is in another country."))
        elif self.listed and self.text and not self.was_asked:
            self.add_error(
                "organisation", _("The directory lists these names. Choose one, or say that it is none of them.")
            )
        if said.get("is_claim") and chosen is None and not self.errors:
            self.add_error("is_claim", _("Choose from the directory the organisation whose entry you claim."))
        said["organisation"] = chosen
        said["organisation_text"] = "" if chosen else said.get("organisation_text", "")
        return said


def typed_in(
    request: MembershipRequest | None, *, home: str, organisation: Organisation | None, is_claim: bool = False
) -> dict[str, Any]:
    """What the form shows at first: the waiting request, or where the person comes from."""
    if organisation is not None:
        picked = {
            "home": organisation.home,
            "organisation": str(organisation.pk),
            "organisation_text": organisation.name,
        }
        return {**picked, "statement": request.statement if request else "", "is_claim": is_claim}
    if request is None:
        return {"home": home}
    return {
        "home": request.home,
        "organisation": str(request.organisation_id or ""),
        "organisation_text": request.organisation.name if request.organisation else request.organisation_text,
        "statement": request.statement,
        "is_claim": request.is_claim,
    }
