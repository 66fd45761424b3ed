"""Offices of the six, open to all six: who holds them and by whose word, who waits to be confirmed, and what happened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corridor.directory import rules
from corridor.directory.models import Country, Invitation
from corridor.directory.operations.offices import (
    accept_invitation,
    confirm_head,
    invite_head,
    unseal,
    withdraw_invitation,
)
from corridor.kernel.logic.verdict import Verdict
from corridor.kernel.models import Event, Grant, Opening, User
from corridor.kernel.states import Office
from corridor.web.components.names import country_in_words, shipped_countries
from corridor.web.components.parts import Crumb
from corridor.web.offices.frame import is_done
from corridor.web.offices.operators import operators
from corridor.web.page import page, signed_in

OFFICES = (Office.FOCAL_POINT_HEAD, Office.FOCAL_POINT_OFFICER, Office.TERMINOLOGIST, Office.OPERATOR)
WORDS = {
    "grant.made": gettext_lazy("was appointed"),
    "grant.ended": gettext_lazy("the office ended"),
    "office.invited": gettext_lazy("a ministry was invited"),
    "office.uninvited": gettext_lazy("an invitation was withdrawn"),
    "office.accepted": gettext_lazy("an invitation was taken up"),
    "office.confirmed": gettext_lazy("a member confirmed"),
    "operator.moved": gettext_lazy("a head proposed who is to be operator or stop being one"),
    "operator.agreed": gettext_lazy("a country agreed about an operator"),
    "operator.withdrawn": gettext_lazy("a proposal about an operator was withdrawn"),
    "recovery.begun": gettext_lazy("a second factor was said to be lost"),
    "recovery.agreed": gettext_lazy("two officers took a second factor away"),
    "recovery.stopped": gettext_lazy("taking a second factor away was stopped"),
    "installation.opened": gettext_lazy("the installation was opened"),
}
PAGE = 50


@dataclass(frozen=True)
class Holder:
    """One office in force, and by whose word."""

    grant: Grant
    rests: bool
    confirmed_by: tuple[str, ...]


@dataclass(frozen=True)
class Waits:
    """Somebody who took an invitation up and waits for members."""

    invitation: Invitation
    given: tuple[str, ...]
    may_confirm: Verdict
    may_withdraw: Verdict


@dataclass(frozen=True)
class Happened:
    """One line of what happened to offices."""

    event: Event
    what: object
    office: str
    who: User | None
    by: User | None

    @property
    def country(self) -> str:
        """The country whose word it was, for a confirmation."""
        return str(self.event.facts.get("country", ""))


class InvitationForm(forms.Form):
    """Which ministry is invited."""

    home = forms.ChoiceField(label=gettext_lazy("Country"))
    address = forms.EmailField(
        label=gettext_lazy("Published mail address of the ministry"),
        help_text=gettext_lazy("An address of the ministry that the directory names as focal point of that country."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        choices = [(code, country_in_words(code)) for code in shipped_countries()]
        self.fields["home"].choices = [("", "—"), *choices]  # type: ignore[attr-defined]


def may_look(user: User) -> Verdict:
    """The focal points of the six look at this, and before the opening those who were invited."""
    if user.audience.offices_of or rules.speaks_for(user):
        return Verdict()
    return Verdict((_("This page is for the focal points of the six countries."),))


def in_order(homes: Iterable[str]) -> tuple[str, ...]:
    """Countries in the order of the six."""
    order = list(shipped_countries())
    return tuple(sorted(homes, key=order.index))


def holders() -> list[tuple[Country, list[Holder]]]:
    """Who holds an office of each country today, in the order of the six; in a fixed number of queries."""
    found = Grant.objects.current().filter(office__in=OFFICES[:3]).with_rest()
    rows: Any = found.select_related("user", "granted_by", "acceptance").prefetch_related("acceptance__confirmations")
    by_home: dict[str, list[Holder]] = {}
    for grant in sorted(rows, key=lambda row: (OFFICES.index(Office(row.office)), row.starts_on)):
        taken = getattr(grant, "acceptance", None)
        words = in_order(one.home for one in taken.confirmations.all()) if taken else ()
        by_home.setdefault(grant.home, []).append(Holder(grant, grant.rests, words))
    return [(country, by_home.get(country.code, [])) for country in Country.objects.all()]


def waiting_for_members(user: User) -> list[Waits]:
    """Who waits to be confirmed, with what this reader may do about it."""
    found = Invitation.objects.unfinished().select_related("acceptance__accepted_by").order_by("created_at")
    return [
        Waits(
            one,
            in_order(given.home for given in one.acceptance.confirmations.all()),
            rules.may_confirm(user, one),
            rules.may_withdraw_invitation(user, one),
        )
        for one in found.prefetch_related("acceptance__confirmations")
    ]


def happenings(number: str | None) -> tuple[list[Happened], Any]:
    """What happened to offices of countries, the newest first, with the people of one page in one query."""
    grants = Q(verb__in=("grant.made", "grant.ended"), facts__office__in=OFFICES)
    found = Event.objects.filter(grants | Q(verb__in=[verb for verb in WORDS if not verb.startswith("grant.")]))
    shown = Paginator(found.order_by("-at", "-id"), PAGE).get_page(number)
    keys = {key for event in shown for key in (event.facts.get("user"), event.by_id and str(event.by_id)) if key}
    people = {str(key): user for key, user in User.objects.in_bulk([UUID(key) for key in keys]).items()}
    return [
        Happened(
            event,
            WORDS[event.verb],
            str(Office(event.facts["office"]).label) if event.facts.get("office") else "",
            people.get(str(event.facts.get("user"))),
            people.get(str(event.by_id)),
        )
        for event in shown
    ], shown


def shown(request: HttpRequest, form: InvitationForm | None = None) -> HttpResponse:
    """The page, with the form as it came back where something is wrong with it."""
    user = signed_in(request)
    lines, pages = happenings(request.GET.get("page"))
    url = reverse("offices-of-six")
    context = {
        "waits": waiting_for_members(user),
        "countries": holders(),
        **operators(user),
        "lines": lines,
        "previous_url": f"{url}?page={pages.number - 1}" if pages.has_previous() else "",
        "next_url": f"{url}?page={pages.number + 1}" if pages.has_next() else "",
        "opening": Opening.objects.first(),
        "form": form or InvitationForm(),
        "is_head": bool(rules.heads_of(user)),
        "trail": (Crumb(_("Start page"), reverse("home")), Crumb(_("Offices of the six"))),
    }
    return page(request, "offices/six.html", context)


@never_cache
@require_safe
def offices_of_six(request: HttpRequest) -> HttpResponse:
    """Everything about offices that all six may know."""
    may_look(signed_in(request)).enforce()
    return shown(request)


@require_POST
def invitations(request: HttpRequest) -> HttpResponse:
    """Invite the ministry of a country in which no head sits."""
    may_look(signed_in(request)).enforce()
    form, by = InvitationForm(request.POST), signed_in(request)
    if not form.is_valid():
        return shown(request, form)
    said = form.cleaned_data
    if not is_done(lambda: invite_head(said["home"], address=said["address"], by=by), form):
        return shown(request, form)
    messages.success(request, _("A sealed invitation goes to the ministry."))
    return redirect("offices-of-six")


@require_POST
def confirmation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Confirm somebody as head of a focal point."""
    may_look(signed_in(request)).enforce()
    found = get_object_or_404(Invitation.objects.unfinished(), pk=pk)
    held = confirm_head(found, by=signed_in(request))
    messages.success(
        request, _("Confirmed. The office is taken from today.") if held else _("Confirmed. One more member is needed.")
    )
    return redirect("offices-of-six")


@require_POST
def withdrawal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an invitation back before it has led to an office."""
    may_look(signed_in(request)).enforce()
    withdraw_invitation(get_object_or_404(Invitation.objects.open(), pk=pk), by=signed_in(request))
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("offices-of-six")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A sealed invitation. Opening it only shows it; the button takes it up, once."""
    found = unseal(token)
    if found is None:
        return page(request, "offices/invitation_unknown.html", status=404)
    user = signed_in(request)
    if request.method == "POST":
        accept_invitation(found, by=user)
        messages.success(request, _("You took the invitation up. You are head once members have confirmed you."))
        return redirect("desk")
    may = rules.may_accept(user, found)
    context = {"invitation": found, "may": may, "token": token, "has_factor": rules.has_second_factor(user)}
    return page(request, "offices/invitation.html", context)
