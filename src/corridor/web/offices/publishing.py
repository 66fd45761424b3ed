"""What the head of a focal point decides: how the country publishes, what machines may do, and who its officers are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from corridor.directory import rules
from corridor.directory.models import Country
from corridor.directory.operations.membership import set_machine_translation, set_publishing
from corridor.kernel import rules as kernel_rules
from corridor.kernel.models import Grant, User
from corridor.kernel.operations import grant
from corridor.kernel.states import Office, Scope
from corridor.language.operations.machine import host
from corridor.web.offices.frame import Desk, back, desk_of
from corridor.web.page import page, signed_in


class PublishingForm(forms.Form):
    """Who publishes what verified organisations write."""

    themselves = forms.TypedChoiceField(
        label=gettext_lazy("Who publishes the notices of verified organisations"),
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        choices=[
            ("no", gettext_lazy("The focal point publishes every notice")),
            ("yes", gettext_lazy("Verified organisations publish their own; the focal point publishes the others")),
        ],
    )


class MachineForm(forms.Form):
    """Whether texts may be sent to a machine."""

    allows = forms.TypedChoiceField(
        label=gettext_lazy("What may be sent to the machine"),
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        choices=[
            ("no", gettext_lazy("No text of this country is sent to a machine")),
            (
                "yes",
                gettext_lazy("Published texts that everybody may read may be sent to the machine of this installation"),
            ),
        ],
    )


class AppointmentForm(forms.Form):
    """Who becomes an officer or a terminologist."""

    office = forms.TypedChoiceField(
        label=gettext_lazy("Office"),
        widget=forms.RadioSelect,
        coerce=Office,
        choices=[
            (Office.FOCAL_POINT_OFFICER, gettext_lazy("Officer: publishes, confirms people, verifies organisations")),
            (Office.TERMINOLOGIST, gettext_lazy("Terminologist: reviews the lexicon's terms in your language")),
        ],
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address of the member"),
        help_text=gettext_lazy(
            "The address with which the person signs in. They must be confirmed in your country first."
        ),
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea({"rows": 2}))

    def __init__(self, data: Mapping[str, Any] | None = None, *, home: str) -> None:
        super().__init__(data, label_suffix="", initial={"office": Office.FOCAL_POINT_OFFICER})
        self.home = home

    def clean_email(self) -> User:
        """The confirmed person of this country who signs in with the address."""
        person = User.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True).first()
        if person is None or not Grant.objects.current().filter(user=person, home=self.home).exists():
            raise forms.ValidationError(_("No confirmed member of this country signs in with this address."))
        if self.cleaned_data.get("office") == Office.FOCAL_POINT_OFFICER and self.home in person.audience.offices_of:
            raise forms.ValidationError(_("This person is an officer of this country already."))
        held = Grant.objects.current().filter(user=person, home=self.home, office=Office.TERMINOLOGIST)
        if self.cleaned_data.get("office") == Office.TERMINOLOGIST and held.exists():
            raise forms.ValidationError(_("This person is a terminologist of this country already."))
        return person


def may_appoint(user: User, country: Country) -> Any:
    """Whether this person appoints officers of the country."""
    return kernel_rules.may_grant(
        user, Office.FOCAL_POINT_OFFICER, scope=Scope.COUNTRY, scope_id=country.code, home=country.code
    )


def shown(request: HttpRequest, desk: Desk, **changed: forms.Form) -> HttpResponse:
    """The page of settings, with a form as it came back where something is wrong with it."""
    country = desk.country
    now = {"themselves": "yes" if country.verified_publish_themselves else "no"}
    context = {
        **desk.context("country-desk-settings", _("How this country works")),
        "publishing": PublishingForm(initial=now, label_suffix=""),
        "machine": MachineForm(
            initial={"allows": "yes" if country.allows_machine_translation else "no"}, label_suffix=""
        ),
        "machine_host": host(),
        "appointment": AppointmentForm(home=country.code),
        "may_set": rules.may_set_country(signed_in(request), country),
        "may_appoint": may_appoint(signed_in(request), country),
        **changed,
    }
    return page(request, "offices/settings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    """Read how the country publishes; its head can change it."""
    desk = desk_of(request)
    form = PublishingForm(request.POST or None, label_suffix="")
    if request.method != "POST":
        return shown(request, desk)
    if not form.is_valid():
        return shown(request, desk, publishing=form)
    themselves = form.cleaned_data["themselves"]
    set_publishing(desk.country, by=signed_in(request), verified_publish_themselves=themselves)
    messages.success(request, _("Saved."))
    return back("country-desk-settings", desk.country.code)


@require_POST
def machine_translation(request: HttpRequest) -> HttpResponse:
    """Let texts of the country be sent to a machine, or keep them here; its head decides."""
    desk = desk_of(request)
    form = MachineForm(request.POST, label_suffix="")
    if not form.is_valid():
        return shown(request, desk, machine=form)
    set_machine_translation(desk.country, by=signed_in(request), allows=form.cleaned_data["allows"])
    messages.success(request, _("Saved."))
    return back("country-desk-settings", desk.country.code)


@require_POST
def appointment(request: HttpRequest) -> HttpResponse:
    """Make a confirmed member of this country an officer of its focal point, or a terminologist."""
    desk = desk_of(request)
    may_appoint(signed_in(request), desk.country).enforce()
    home = desk.country.code
    form = AppointmentForm(request.POST, home=home)
    if not form.is_valid():
        return shown(request, desk, appointment=form)
    person, office, reason = (form.cleaned_data[name] for name in ("email", "office", "reason"))
    grant(person, office, over=(Scope.COUNTRY, home), home=home, by=signed_in(request), reason=reason)
    said = {
        Office.FOCAL_POINT_OFFICER: _("%(name)s is an officer of this country from today."),
        Office.TERMINOLOGIST: _("%(name)s is a terminologist of this country from today."),
    }
    messages.success(request, said[office] % {"name": person})
    return back("country-desk-members", home)
