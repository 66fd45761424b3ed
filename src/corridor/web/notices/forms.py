"""Forms of a notice: its text, its card, its readers, and what is said with a decision."""

from __future__ import annotations

import copy
import datetime
import re
from typing import Any, Final

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from corridor.directory.states import OrganisationType, SizeClass
from corridor.kernel.states import Theme, Visibility
from corridor.language.logic.words import tidy
from corridor.matching.models import LONGEST_VALIDITY, Notice, Wording
from corridor.matching.states import Irrelevance, NoticeKind, PartnerRole, Partnership, ReportReason
from corridor.web.components.names import country_in_words, shipped_countries

DETECT: Final = "detect"
UNKNOWN: Final = "other"
HALF_A_YEAR = datetime.timedelta(days=182)
# Nobody writes these on purpose: NUL, and marks that turn the reading order of all that follows.
UNWRITTEN: Final = re.compile("[\x00\u202d\u202e]")
CURRENCIES: Final = ("USD", "EUR")


def country_choices() -> list[tuple[str, str]]:
    """The six in their order, in the reader's language."""
    return [(code, country_in_words(code)) for code in shipped_countries()]


class Prose(forms.CharField):
    """Text in any language. Its length is checked as it will be kept; the browser never cuts it without a word."""

    def __init__(self, *, rows: int = 0, **options: Any) -> None:
        widget = forms.Textarea({"rows": rows}) if rows else forms.TextInput()
        super().__init__(widget=widget, required=options.pop("required", False), **options)

    def to_python(self, value: Any) -> str:
        """What was typed, without what nobody types."""
        return UNWRITTEN.sub("", str(super().to_python(value) or ""))

    def run_validators(self, value: Any) -> None:
        """Conversion to Unicode can lengthen a text a little."""
        super().run_validators(tidy(value).text)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Without `maxlength`: a browser would cut what is pasted, silently."""
        return {key: value for key, value in super().widget_attrs(widget).items() if key != "maxlength"}


def prose(name: str, label: Any, help_text: Any = "", rows: int = 0) -> Prose:
    """The field of one of a wording's texts, as long as that may be."""
    most = getattr(Wording._meta.get_field(name), "max_length", None)
    return Prose(label=label, help_text=help_text, rows=rows, max_length=most, strip=True)


class TextForm(forms.Form):
    """Step 1: what it is and how somebody says it, in any language."""

    kind = forms.ChoiceField(label=gettext_lazy("What is it?"), widget=forms.RadioSelect, initial=NoticeKind.NEED)
    title = prose("title", gettext_lazy("In one sentence"), gettext_lazy("What do you need or offer?"))
    text = prose(
        "text",
        gettext_lazy("In your own words"),
        gettext_lazy("In your own language. Say what happens now, how much, how often, and what you tried already."),
        rows=9,
    )
    advantages = prose("advantages", gettext_lazy("What is new or better about it"), rows=3)
    specification = prose("specification", gettext_lazy("What the other side must know or have"), rows=3)
    language = forms.ChoiceField(label=gettext_lazy("The language you write in"), required=False)
    home = forms.ChoiceField(label=gettext_lazy("Your country"), choices=country_choices)

    KINDS: Final = (
        (NoticeKind.NEED, gettext_lazy("Need: we have a problem and look for an answer")),
        (NoticeKind.OFFER, gettext_lazy("Offer: we have something that others can use")),
        (NoticeKind.PARTNER, gettext_lazy("Partner search: we want to do something together")),
    )
    TEXTS: Final = Wording.PROSE

    def __init__(self, *args: Any, ask_home: bool = False, fixed_kind: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = self.KINDS  # type: ignore[attr-defined]
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            (DETECT, _("Recognise it from the text")),
            *settings.LANGUAGES,
            (UNKNOWN, _("Another language")),
        ]
        for name, unwanted in (("home", not ask_home), ("kind", fixed_kind)):
            if unwanted:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Something must be there to save."""
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.get(name) for name in self.TEXTS):
            self.add_error("title", _("Write a title or a text first."))
        return cleaned

    @property
    def texts(self) -> dict[str, str]:
        """What was written, by field."""
        return {name: self.cleaned_data[name] for name in self.TEXTS}


def _many(label: Any, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple)


class CardForm(forms.ModelForm):
    """Step 2: the facts. It checks and hands them over; the verb writes them."""

    themes = _many(gettext_lazy("Themes"), Theme.choices)
    partnerships = _many(gettext_lazy("What would you do together?"), Partnership.choices)
    partner_types = _many(gettext_lazy("Who would suit you?"), OrganisationType.choices)
    partner_roles = _many(gettext_lazy("What would the partner do?"), PartnerRole.choices)
    target_countries = _many(gettext_lazy("From which countries?"), country_choices)
    budget_currency = forms.ChoiceField(label=gettext_lazy("Currency"), required=False)

    GROUPS: Final = (
        (gettext_lazy("What it is about"), ("themes",)),
        (gettext_lazy("Stage and rights"), ("stage", "trl", "ip_status")),
        (gettext_lazy("The partner"), ("partnerships", "partner_types", "partner_roles", "target_countries")),
        (
            gettext_lazy("Where it must work"),
            (
                *("power_source", "power_kw", "water_m3_day", "heat_celsius", "ambient_max_celsius"),
                *("internet", "upkeep"),
            ),
        ),
        (gettext_lazy("Money and time"), ("budget_amount", "budget_currency", "valid_until")),
        (gettext_lazy("Who is behind it"), ("organisation", "problem_owner", "is_assisted")),
    )
    HELP: Final = {
        "themes": gettext_lazy("At least one. People find it by these."),
        "trl": gettext_lazy("1: an idea. 5: it works in a real place. 9: in use. Leave it empty if it does not apply."),
        "target_countries": gettext_lazy("None ticked means any of the six."),
        "valid_until": gettext_lazy("One year at most; you can renew it later."),
        "problem_owner": gettext_lazy("For example a village or a clinic for which you write."),
        "power_kw": gettext_lazy("What there is, or what it needs."),
    }

    class Meta:
        model = Notice
        fields = [
            *("themes", "stage", "trl", "ip_status", "partnerships", "partner_types", "partner_roles"),
            *("target_countries", "power_source", "power_kw", "water_m3_day", "heat_celsius", "ambient_max_celsius"),
            *("internet", "upkeep", "budget_amount", "budget_currency", "valid_until", "organisation"),
            "problem_owner",
        ]
        widgets = {"valid_until": forms.DateInput({"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, data: Any, *, instance: Notice, organisations: Any, may_assist: bool) -> None:
        self.is_published = instance.published_id is not None
        super().__init__(data, instance=copy.copy(instance))
        for name, text in self.HELP.items():
            self.fields[name].help_text = text
        own = [*CURRENCIES, *(str(country["currency"]) for country in shipped_countries().values())]
        self.fields["budget_currency"].choices = [("", "---"), *((code, code) for code in own)]  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["organisation"].label = _("Your organisation")
        if instance.valid_until is None:
            self.initial["valid_until"] = today() + HALF_A_YEAR
        if may_assist:
            self.fields["is_assisted"] = forms.BooleanField(
                label=_("I write for somebody without an account"), required=False, initial=hasattr(instance, "mandate")
            )
        if self.is_published:
            for name in ("valid_until", "organisation", "is_assisted"):
                self.fields.pop(name, None)

    def clean_valid_until(self) -> datetime.date | None:
        """Not in the past, and for a year at most."""
        until: datetime.date | None = self.cleaned_data["valid_until"]
        if until and until < today():
            raise forms.ValidationError(_("This day has passed."))
        if until and until > today() + LONGEST_VALIDITY:
            raise forms.ValidationError(_("A notice is valid for one year at most; renew it later."))
        return until

    def clean(self) -> dict[str, Any]:
        """An amount of money has a currency."""
        cleaned = super().clean() or {}
        if cleaned.get("budget_amount") is not None and not cleaned.get("budget_currency"):
            self.add_error("budget_currency", _("Choose the currency of the budget."))
        return cleaned

    def validate_constraints(self) -> None:
        """The database holds its constraints itself."""

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings."""
        grouped = [(label, [self[name] for name in names if name in self.fields]) for label, names in self.GROUPS]
        return [(label, fields) for label, fields in grouped if fields]

    @property
    def facts(self) -> dict[str, Any]:
        """What the card says now."""
        return {name: value for name, value in self.cleaned_data.items() if name != "is_assisted"}


class ReadersForm(forms.Form):
    """Step 3: who may read it, under which name, and files beside it."""

    visibility = forms.ChoiceField(
        label=gettext_lazy("Who may read it?"), choices=Visibility.choices, widget=forms.RadioSelect
    )
    is_anonymous = forms.BooleanField(
        label=gettext_lazy("Do not show the name of our organisation"),
        help_text=gettext_lazy(
            "Readers then see country, type and size only, and no files. Your own people and your focal point see all."
        ),
        required=False,
    )
    upload = forms.FileField(
        label=gettext_lazy("Add a file"),
        help_text=gettext_lazy("PDF, PNG, JPEG, Word, Excel, PowerPoint, text or CSV."),
        required=False,
        allow_empty_file=True,
    )


class OrganisationForm(forms.Form):
    """Asking to be confirmed by an organisation, listed or new."""

    statement = forms.CharField(
        label=gettext_lazy("Who you are and what you do there"), max_length=1000, widget=forms.Textarea({"rows": 3})
    )


class NewOrganisationForm(OrganisationForm):
    """An organisation that the directory does not know yet."""

    name = Prose(label=gettext_lazy("Its name, as it is official"), max_length=300, required=True)
    english = Prose(label=gettext_lazy("Its English name, if there is one"), max_length=300)
    type = forms.ChoiceField(label=gettext_lazy("Type"), choices=OrganisationType.choices)
    size = forms.ChoiceField(label=gettext_lazy("Size"), required=False)
    place = Prose(label=gettext_lazy("Town or district"), max_length=120)
    field_order = ("name", "english", "type", "size", "place", "statement")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["size"].choices = [("", "---"), *SizeClass.choices]  # type: ignore[attr-defined]


class MandateForm(forms.Form):
    """The consent of a problem owner without an account."""

    owner_name = forms.CharField(label=gettext_lazy("Name of the problem owner"), max_length=200)
    contact = forms.CharField(
        label=gettext_lazy("How to reach them"),
        help_text=gettext_lazy("Telephone, village, or whoever brings a message. Kept private: readers never see it."),
        max_length=300,
    )
    consent = forms.CharField(
        label=gettext_lazy("How and when they agreed"), max_length=1000, widget=forms.Textarea({"rows": 3})
    )


class TakeoverForm(forms.Form):
    """What stands on the paper."""

    number = forms.CharField(label=gettext_lazy("Number"), max_length=300)
    code = forms.CharField(
        label=pgettext_lazy("on paper", "Code"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class ReportForm(forms.Form):
    """What is wrong with a public text."""

    reason = forms.ChoiceField(
        label=gettext_lazy("What is wrong?"), choices=ReportReason.choices, widget=forms.RadioSelect
    )
    remark = Prose(label=gettext_lazy("Tell us more, if you can"), max_length=1000, rows=4)


class ReasonForm(forms.Form):
    """The reason that goes with a decision."""

    reason = Prose(label=gettext_lazy("Reason"), max_length=1000, rows=3, required=True)


class RenewalForm(forms.Form):
    """Until when a notice runs on."""

    until = forms.DateField(
        label=gettext_lazy("Valid until"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )


class DismissalForm(forms.Form):
    """Why a suggestion is of no use."""

    kind = forms.ChoiceField(choices=(("notice", "notice"), ("organisation", "organisation")))
    record = forms.UUIDField()
    reason = forms.ChoiceField(choices=Irrelevance.choices)


class TranslationForm(forms.Form):
    """A text in another language."""

    language = forms.ChoiceField(label=gettext_lazy("Translated into"))
    title = prose("title", gettext_lazy("Title"))
    text = prose("text", gettext_lazy("Text"), rows=9)
    advantages = prose("advantages", gettext_lazy("What is new or better about it"), rows=3)
    specification = prose("specification", gettext_lazy("What the other side must know or have"), rows=3)

    def __init__(self, *args: Any, wording: Wording, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["language"].choices = [row for row in settings.LANGUAGES if row[0] != wording.language]  # type: ignore[attr-defined]
        for name in Wording.PROSE:
            if not getattr(wording, name):
                del self.fields[name]
            elif name in ("title", "text"):
                self.fields[name].required = True

    @property
    def texts(self) -> dict[str, str]:
        """The translation, by field."""
        return {name: self.cleaned_data[name] for name in Wording.PROSE if name in self.fields}


def today() -> datetime.date:
    """The day the rules think it is."""
    return timezone.now().date()
