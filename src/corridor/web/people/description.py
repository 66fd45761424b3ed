"""Describing oneself: a form for what one says, and rows for the languages one reads, writes and speaks."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from corridor.directory.logic.orcid import NotAnOrcid, normalised
from corridor.directory.models import Organisation, Profile
from corridor.directory.operations.people import Spoken, describe_oneself
from corridor.directory.states import SPOKEN
from corridor.kernel.models import User
from corridor.kernel.states import Theme
from corridor.language.logic.words import tidy
from corridor.language.states import Language
from corridor.web.components.names import country_in_words, name_for_reader, own_name, shipped_countries
from corridor.web.page import page, signed_in
from corridor.web.people.mine import profile_of, trail

FIELDS = (
    "name",
    "home",
    "headline",
    "expertise",
    "expertise_language",
    "themes",
    "website",
    "orcid",
    "affiliation_text",
)
MOST_LANGUAGES = 24
FREE_ROWS = 3


class DescriptionForm(forms.Form):
    """What a person says of themselves."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=120, required=False,
        help_text=gettext_lazy("As others should read it, in one script or in several."),
    )  # fmt: skip
    home = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    headline = forms.CharField(
        label=gettext_lazy("In one line"), max_length=160, required=False,
        help_text=gettext_lazy("What somebody should know first, for example your field and your work."),
    )  # fmt: skip
    expertise = forms.CharField(
        label=gettext_lazy("What you know and can do"), max_length=4000, required=False, widget=forms.Textarea({"rows": 6}),
        help_text=gettext_lazy("In a few sentences, in your own language. Search finds you by this once you let somebody read it."),
    )  # fmt: skip
    expertise_language = forms.ChoiceField(label=gettext_lazy("Language of these words"), required=False)
    themes = forms.MultipleChoiceField(
        label=gettext_lazy("Themes"), choices=Theme.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    affiliation = forms.ChoiceField(
        label=gettext_lazy("Where you work"), required=False,
        help_text=gettext_lazy("Organisations of the directory that have confirmed you. Any other can be written below."),
    )  # fmt: skip
    affiliation_text = forms.CharField(
        label=gettext_lazy("Where you work, in your own words"), max_length=200, required=False,
        help_text=gettext_lazy("If it is not listed above."),
    )  # fmt: skip
    website = forms.URLField(
        label=gettext_lazy("Web site"), required=False, max_length=200, assume_scheme="https",
        help_text=gettext_lazy("With https:// at the beginning."),
    )  # fmt: skip
    orcid = forms.CharField(
        label=gettext_lazy("ORCID iD"), required=False, max_length=60, widget=forms.TextInput({"placeholder": "0000-0000-0000-0000"}),
        help_text=gettext_lazy("16 digits that name one researcher. Its form is checked, not whose it is."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, user: User, profile: Profile | None) -> None:
        super().__init__(data, initial=first_said(user, profile), label_suffix="", auto_id="about-%s")
        named = Organisation.objects.with_names().filter(pk__in=user.audience.organisations).order_by("pk")
        self.places = {str(organisation.pk): organisation for organisation in named}
        choices: dict[str, list[tuple[str, str]]] = {
            "home": [("", "—"), *((code, country_in_words(code)) for code in shipped_countries())],
            "expertise_language": [("", "—"), *((code, own_name(code)) for code in Language.values)],
            "affiliation": [("", "—"), *((key, organisation.name) for key, organisation in self.places.items())],
        }
        for field, offered in choices.items():
            cast(forms.ChoiceField, self.fields[field]).choices = offered
        if profile and profile.orcid_is_confirmed:
            self.fields["orcid"].help_text = _("Confirmed at ORCID. Writing another iD here ends that.")
        if not self.places:
            del self.fields["affiliation"]

    def clean_expertise(self) -> str:
        """The text as it is kept."""
        return tidy(self.cleaned_data["expertise"]).text

    def clean_orcid(self) -> str:
        """The iD in its usual form."""
        try:
            return normalised(self.cleaned_data["orcid"]) if self.cleaned_data["orcid"].strip() else ""
        except NotAnOrcid as error:
            raise forms.ValidationError(gettext_lazy("This is no ORCID iD. Look for a mistyped digit.")) from error

    def clean(self) -> dict[str, Any]:
        """One place of work: one of the directory, or one in words."""
        said = super().clean() or {}
        if said.get("affiliation") and said.get("affiliation_text"):
            self.add_error("affiliation_text", _("Choose an organisation above, or write one here, not both."))
        return said

    def facts(self) -> dict[str, Any]:
        """What is said, as the profile keeps it."""
        said = {field: self.cleaned_data[field] for field in FIELDS}
        return {**said, "affiliation": self.places.get(self.cleaned_data.get("affiliation", ""))}


def first_said(user: User, profile: Profile | None) -> dict[str, Any]:
    """What the form shows at first: what was said before, or what the account knows."""
    if profile is None:
        return {"name": user.name, "home": user.home, "expertise_language": user.language}
    said = {field: getattr(profile, field) for field in FIELDS}
    return {**said, "affiliation": str(profile.affiliation_id or "")}


class LanguageForm(forms.Form):
    """One language."""

    tag = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    reads = forms.BooleanField(label=gettext_lazy("I read it"), required=False)
    writes = forms.BooleanField(label=gettext_lazy("I write it"), required=False)
    speaks = forms.BooleanField(label=gettext_lazy("I speak it"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "label_suffix": ""})
        tags = [(tag, in_words(tag)) for tag in SPOKEN]
        cast(forms.ChoiceField, self.fields["tag"]).choices = [("", "—"), *tags]

    @property
    def used(self) -> bool:
        """Whether anything is done in it."""
        return any(self.cleaned_data.get(deed) for deed in ("reads", "writes", "speaks"))

    def clean(self) -> dict[str, Any]:
        """A language and what is done in it go together; a row that was there before goes away by its dash."""
        said = super().clean() or {}
        if said.get("tag") and not self.used:
            self.add_error("tag", _("Say what you do in this language."))
        if not said.get("tag") and "tag" not in self.errors and self.used and not self.initial:
            self.add_error("tag", _("Choose the language."))
        return said


class LanguageRows(forms.BaseFormSet):
    """All languages of a person, each once."""

    def clean(self) -> None:
        """The second row of a language says that it is one."""
        seen = set()
        for row in self.forms:
            tag = row.cleaned_data.get("tag", "") if hasattr(row, "cleaned_data") else ""
            if tag and tag in seen:
                row.add_error("tag", _("This language stands above already."))
            seen.add(tag)

    def spoken(self) -> list[Spoken]:
        """What the rows say."""
        rows = [row.cleaned_data for row in self.forms if row.cleaned_data.get("tag")]
        return [Spoken(said["tag"], said["reads"], said["writes"], said["speaks"]) for said in rows]


def language_rows(data: Any, profile: Profile | None) -> LanguageRows:
    """The rows of a person: those that were said, and some that are free."""
    rows = forms.formset_factory(
        LanguageForm, formset=LanguageRows, extra=FREE_ROWS, max_num=MOST_LANGUAGES, validate_max=True
    )
    kept = profile.languages.all() if profile else []
    said = [{"tag": row.tag, "reads": row.reads, "writes": row.writes, "speaks": row.speaks} for row in kept]
    return cast(LanguageRows, rows(data, initial=said, prefix="languages"))


def in_words(tag: str) -> str:
    """A language in the reader's words and in its own."""
    named, own = name_for_reader(tag), own_name(tag)
    return named if own in (named, tag) else f"{named} · {own}"


def are_valid(form: DescriptionForm, rows: LanguageRows) -> bool:
    """Both parts are looked at, so that everything that is wrong is said at once."""
    if not rows.is_valid():
        form.add_error(None, _("Something in the rows of languages has to be mended."))
    return form.is_valid()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def description(request: HttpRequest) -> HttpResponse:
    """Say it, or say it anew. Nothing of it is shown to anybody by being saved."""
    user = signed_in(request)
    profile = profile_of(user)
    form = DescriptionForm(request.POST or None, user=user, profile=profile)
    rows = language_rows(request.POST or None, profile)
    if request.method == "POST" and are_valid(form, rows):
        describe_oneself(user, by=user, languages=rows.spoken(), **form.facts())
        messages.success(request, _("Saved. Who may read what is your choice below."))
        return redirect("my-profile")
    context = {"form": form, "rows": rows, "trail": trail(_("Describe yourself"))}
    return page(request, "people/description.html", context)
