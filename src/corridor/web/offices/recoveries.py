"""People who lost their second factor: one officer begins, a second agrees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from corridor.directory import rules
from corridor.directory.models import Recovery
from corridor.directory.operations.recovery import agree_to_recovery, begin_recovery, stop_recovery
from corridor.kernel.logic.verdict import Verdict
from corridor.kernel.models import User
from corridor.web.components.names import country_in_words, shipped_countries
from corridor.web.offices.frame import desk_of, homes, is_done
from corridor.web.page import page, signed_in

MOST = 50


@dataclass(frozen=True)
class Line:
    """Somebody who waits to be let in again."""

    recovery: Recovery
    may_agree: Verdict
    may_stop: Verdict


class LostForm(forms.Form):
    """Whose second factor is lost, and how one knows."""

    home = forms.ChoiceField(label=gettext_lazy("Country of that person"))
    email = forms.EmailField(label=gettext_lazy("E-mail address with which they sign in"))
    reason = forms.CharField(
        label=gettext_lazy("How you know that it is them"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy(
            "You spoke with them and recognised them, say. A mail alone is not enough. The second officer reads it."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.fields["home"].choices = [(code, country_in_words(code)) for code in shipped_countries()]  # type: ignore[attr-defined]

    def clean_email(self) -> User:
        """The account with this address."""
        person = User.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True).first()
        if person is None:
            raise forms.ValidationError(_("Nobody signs in with this address."))
        return person


def within_reach(request: HttpRequest) -> QuerySet[Recovery]:
    """What waits in the person's own countries; heads see all, since where too few sit a head of another may agree."""
    waiting = Recovery.objects.filter(agreed_at=None, stopped_at=None)
    own = homes(request)
    return waiting if rules.heads_of(signed_in(request)) else waiting.filter(home__in=own)


@require_http_methods(["GET", "HEAD", "POST"])
def recoveries(request: HttpRequest) -> HttpResponse:
    """Who waits, and a form to begin with."""
    desk = desk_of(request)
    user = signed_in(request)
    form = LostForm(request.POST or None, initial={"home": desk.country.code})
    if request.method == "POST" and form.is_valid() and begun(form, user):
        messages.success(request, _("A second officer must agree now. The person was told."))
        return redirect(desk.url("country-desk-recoveries"))
    found = within_reach(request).select_related("user", "begun_by").order_by("created_at")[:MOST]
    context = {
        **desk.context("country-desk-recoveries", _("Letting somebody in again")),
        "form": form,
        "lines": [Line(one, rules.may_agree(user, one), rules.may_stop_recovery(user, one)) for one in found],
    }
    return page(request, "offices/recoveries.html", context)


def begun(form: LostForm, by: User) -> bool:
    """Begin, or say at the form why not."""
    said = form.cleaned_data
    return is_done(lambda: begin_recovery(said["email"], by=by, home=said["home"], reason=said["reason"]), form)


@require_POST
def agreement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Agree as the second officer."""
    found = get_object_or_404(within_reach(request), pk=pk)
    agree_to_recovery(found, by=signed_in(request))
    messages.success(request, _("The second factor is taken away. The person was told, and sets up another."))
    return redirect("country-desk-recoveries")


@require_POST
def stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop it, as an officer or as the person themselves."""
    user = signed_in(request)
    own = Recovery.objects.filter(user=user, agreed_at=None, stopped_at=None)
    found = get_object_or_404(own | within_reach(request) if user.audience.offices_of else own, pk=pk)
    stop_recovery(found, by=user)
    messages.success(request, _("Stopped. Nothing was taken away."))
    return redirect("country-desk-recoveries" if user.audience.offices_of else "account")
