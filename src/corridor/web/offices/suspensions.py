"""Suspending an organisation of one's country, what it says against that, and lifting it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corridor.directory import rules
from corridor.directory.models import Organisation
from corridor.directory.operations.suspensions import lift_suspension, suspend_organisation
from corridor.web.decisions import ReasonForm, attempt
from corridor.web.offices.frame import back, desk_of, homes
from corridor.web.page import page, signed_in


def suspended_in(home: str) -> QuerySet[Organisation]:
    """The organisations of a country that are suspended, the latest first."""
    found = Organisation.objects.suspended().filter(home=home).with_names()
    return found.select_related("suspension__suspended_by", "suspension__objection").order_by("-suspension__created_at")


@require_http_methods(["GET", "HEAD", "POST"])
def suspension(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Suspend one organisation with the reason, or read what it says against it and lift that."""
    organisation = get_object_or_404(Organisation.objects.with_names(), pk=pk, home__in=homes(request))
    is_lifting = request.POST.get("decision") == "lift"
    read_by = _("Those who speak for it and the officers of your country's focal point read it, and nobody else.")
    form = ReasonForm(request.POST or None, key=pk, help_text=read_by)
    form.fields["reason"].required = not is_lifting
    if request.method == "POST" and form.is_valid() and was_decided(request, organisation, form, is_lifting):
        return back("country-desk-suspended", organisation.home)
    context = shown(request, organisation) | {"form": form}
    return page(request, "offices/suspension.html", context, status=400 if form.errors else 200)


def was_decided(request: HttpRequest, organisation: Organisation, form: ReasonForm, is_lifting: bool) -> bool:
    """Do what the button says; a refusal goes to the form."""
    by, reason = signed_in(request), form.cleaned_data["reason"]
    if is_lifting:
        act = lambda: lift_suspension(organisation, by=by)  # noqa: E731
        return attempt(request, form, act, _("Lifted. The organisation takes part again."))
    suspend = lambda: suspend_organisation(organisation, by=by, reason=reason)  # noqa: E731
    return attempt(request, form, suspend, _("Suspended. Those who speak for it are told why."))


def shown(request: HttpRequest, organisation: Organisation) -> dict[str, Any]:
    """What the page shows: the suspension in force with what is said against it, and earlier ones."""
    desk, by = desk_of(request, organisation.home), signed_in(request)
    rows = list(organisation.suspensions.select_related("suspended_by", "lifted_by", "objection"))
    current = next((row for row in rows if row.is_in_force), None)
    return {
        **desk.context("country-desk-suspended", organisation.name),
        "organisation": organisation,
        "suspension": current,
        "objection": current.objection if current and current.is_objected else None,
        "earlier": [row for row in rows if not row.is_in_force],
        "may_suspend": rules.may_suspend_organisation(by, organisation),
        "may_lift": rules.may_lift_suspension(by, organisation),
        "queue_url": desk.url("country-desk-suspended"),
    }
