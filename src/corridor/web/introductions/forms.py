"""Forms of introductions: asking, declining, proposing, writing, dates, files, colleagues, outcomes."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corridor.directory.models import Organisation
from corridor.kernel.models import User
from corridor.kernel.states import Theme
from corridor.language.logic.words import tidy
from corridor.language.states import Language
from corridor.matching import rules
from corridor.matching.models import Introduction
from corridor.matching.states import Agreement, DeclineReason, NoDeal, OutcomeKind
from corridor.web.components.names import country_in_words, own_name, reader_language, shipped_countries
from corridor.web.results import zone_of_country

NONE = ("", "—")
LENGTHS = (30, 45, 60, 90, 120)


def languages() -> list[tuple[str, str]]:
    """The seven by their own names."""
    return [NONE, *((code, own_name(code)) for code in Language.values)]


def prose(name: str, label: Any, help_text: Any = "", *, rows: int, required: bool = True) -> forms.CharField:
    """The field of one of an introduction's texts, as long as that may be."""
    most = Introduction._meta.get_field(name).max_length  # type: ignore[union-attr]
    widget = forms.Textarea({"rows": rows})
    return forms.CharField(label=label, help_text=help_text, max_length=most, widget=widget, required=required)


class TextsForm(forms.Form):
    """What is read before the yes: themes, language and texts without names and contacts."""

    themes = forms.MultipleChoiceField(
        label=gettext_lazy("Themes"), choices=Theme.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    language = forms.ChoiceField(label=gettext_lazy("The language you write in"), required=False)

    def __init__(self, data: Any = None, *, by: User, parties: Sequence[Organisation], initial: Any = None) -> None:
        super().__init__(data, initial={"language": reader_language(), **(initial or {})}, label_suffix="")
        self.by, self.parties = by, parties
        cast(forms.ChoiceField, self.fields["language"]).choices = languages()
        self.order_fields(["organisation", *Introduction.PROSE])

    def clean(self) -> dict[str, Any]:
        """Contacts and names are told at the field in which they stand."""
        cleaned = super().clean() or {}
        for name in Introduction.PROSE:
            if text := cleaned.get(name):
                cleaned[name] = tidy(text).text
                for party in self.parties:
                    self._without_contacts(name, cleaned[name], party)
        return cleaned

    def _without_contacts(self, name: str, text: str, party: Organisation) -> None:
        for reason in rules.keeps_contacts_out(text, self.by, party).reasons:
            if str(reason) not in self.errors.get(name, []):
                self.add_error(name, str(reason))

    def texts(self) -> dict[str, str]:
        """What was written, by field."""
        return {name: self.cleaned_data[name] for name in Introduction.PROSE if name in self.fields}


class AskForm(TextsForm):
    """An expression of interest."""

    who_we_are = prose(
        "who_we_are",
        gettext_lazy("Who you are"),
        gettext_lazy(
            "What your organisation does, without its name, your name or addresses. They appear after both said yes."
        ),
        rows=4,
    )
    interest = prose("interest", gettext_lazy("What interests you, and what you expect"), rows=5)
    questions = prose("questions", gettext_lazy("What you would like to know"), rows=3, required=False)

    def __init__(self, data: Any = None, *, by: User, parties: Sequence[Organisation], initial: Any = None) -> None:
        super().__init__(data, by=by, parties=parties, initial=initial)
        if len(parties) > 1:
            choices = [(str(one.pk), one.name) for one in parties]
            asking = forms.ChoiceField(label=gettext_lazy("For which organisation do you ask?"), choices=choices)
            self.fields = {"organisation": asking, **self.fields}

    @property
    def asker(self) -> Organisation:
        """For which of one's organisations it is."""
        chosen = self.cleaned_data.get("organisation")
        return next((one for one in self.parties if str(one.pk) == chosen), self.parties[0])


class ProposalForm(TextsForm):
    """Why two organisations should get to know each other."""

    interest = prose(
        "interest",
        gettext_lazy("Why they should get to know each other"),
        gettext_lazy("Both read it before they answer. Leave out names and addresses."),
        rows=5,
    )


class DeclineForm(forms.Form):
    """Why not."""

    reason = forms.ChoiceField(label=gettext_lazy("Reason"), choices=DeclineReason.choices)


class MessageForm(forms.Form):
    """Something to say."""

    text = forms.CharField(label=gettext_lazy("Your message"), max_length=4000, widget=forms.Textarea({"rows": 4}))
    language = forms.ChoiceField(label=gettext_lazy("The language you write in"), required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"language": reader_language()}, label_suffix="", auto_id="message-%s")
        cast(forms.ChoiceField, self.fields["language"]).choices = languages()


class FileForm(forms.Form):
    """A file to lay into the room."""

    upload = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "PDF, PNG, JPEG, Word, Excel, PowerPoint, text or CSV. Positions are taken out of pictures."
        ),
    )


class DateForm(forms.Form):
    """When to meet, by the clock of one of the two countries."""

    day = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    time = forms.TimeField(label=gettext_lazy("Time"), widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    home = forms.ChoiceField(label=gettext_lazy("By the clock of"))
    minutes = forms.TypedChoiceField(label=gettext_lazy("Minutes"), coerce=int, initial=60)
    link = forms.URLField(
        label=gettext_lazy("Link to the video call"), required=False, max_length=500, assume_scheme="https"
    )

    def __init__(self, data: Any = None, *, homes: Iterable[str], mine: str = "") -> None:
        super().__init__(data, initial={"home": mine}, label_suffix="", auto_id="date-%s")
        countries = [code for code in shipped_countries() if code in set(homes)]
        cast(forms.ChoiceField, self.fields["home"]).choices = [(code, country_in_words(code)) for code in countries]
        cast(forms.ChoiceField, self.fields["minutes"]).choices = [(minutes, str(minutes)) for minutes in LENGTHS]

    @property
    def starts_at(self) -> datetime.datetime:
        """The moment."""
        said = self.cleaned_data
        return datetime.datetime.combine(said["day"], said["time"], tzinfo=ZoneInfo(zone_of_country(said["home"])))


class ColleagueForm(forms.Form):
    """Whom to bring into the room."""

    colleague = forms.ChoiceField(label=gettext_lazy("Colleague"))

    def __init__(self, data: Any = None, *, colleagues: Iterable[User]) -> None:
        super().__init__(data, label_suffix="", auto_id="seat-%s")
        cast(forms.ChoiceField, self.fields["colleague"]).choices = [(str(one.pk), str(one)) for one in colleagues]


class OutcomeForm(forms.Form):
    """How it stands today."""

    kind = forms.ChoiceField(label=gettext_lazy("How it stands"), choices=OutcomeKind.choices, widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label=gettext_lazy("If you do not go on: why?"), choices=[NONE, *NoDeal.choices], required=False
    )
    agreement = forms.ChoiceField(
        label=gettext_lazy("If you agreed: on what?"), choices=[NONE, *Agreement.choices], required=False
    )
    signed_on = forms.DateField(
        label=gettext_lazy("Signed on"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    has_ip_schedule = forms.NullBooleanField(
        label=gettext_lazy("Does it say who owns which rights?"),
        required=False,
        widget=forms.NullBooleanSelect,
    )

    def __init__(self, data: Any = None, *, kind: str = "") -> None:
        super().__init__(data, initial={"kind": kind}, label_suffix="")

    def clean(self) -> dict[str, Any]:
        """An end has a reason."""
        cleaned = super().clean() or {}
        if cleaned.get("kind") == OutcomeKind.WITHDRAWN and not cleaned.get("reason"):
            self.add_error("reason", _("Choose a reason."))
        return cleaned


class ClickForm(OutcomeForm):
    """The answer to a mailed question: one button, and the little that goes with it."""

    def __init__(self, data: Any = None, *, kind: str) -> None:
        super().__init__(data, kind=kind)
        wanted = {OutcomeKind.AGREED: "agreement", OutcomeKind.WITHDRAWN: "reason"}.get(OutcomeKind(kind), "")
        self.fields["kind"].widget = forms.HiddenInput()
        self.fields = {name: field for name, field in self.fields.items() if name in ("kind", wanted)}
