"""Saying what an organisation has to give, mending it, closing it, and opening it again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from corridor.directory import rules
from corridor.directory.models import Facility, Organisation
from corridor.directory.operations import facilities
from corridor.kernel.logic.verdict import Refused
from corridor.web.components.parts import Crumb
from corridor.web.decisions import ReasonForm, attempt
from corridor.web.page import page, signed_in
from corridor.web.places.facility_form import FacilityForm


def trail(organisation: Organisation, *more: Crumb) -> tuple[Crumb, ...]:
    """The way to a page about what an organisation has to give."""
    return (
        Crumb(_("Facilities and services"), reverse("facilities")),
        Crumb(organisation.name, reverse("organisation", args=[organisation.pk])),
        *more,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new_facility(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say one thing that an organisation has to give."""
    organisation = get_object_or_404(Organisation.objects.standing().with_names(), pk=pk)
    by = signed_in(request)
    rules.may_add_facility(by, organisation).enforce()
    form = FacilityForm(request.POST or None, organisation=organisation, by=by)
    if request.method == "POST" and form.is_valid():
        try:
            made = facilities.add(organisation, by=by, **form.facts())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Saved. Search follows within seconds."))
            return redirect("facility", pk=made.pk)
    heading = _("Add what it has to give")
    context = {
        "organisation": organisation,
        "form": form,
        "heading": heading,
        "leave_url": reverse("organisation", args=[pk]),
        "trail": trail(organisation, Crumb(heading)),
    }
    return page(request, "places/facility_entry.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def facility_entry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mend what is said."""
    facility = get_object_or_404(Facility.objects.visible_to(request.user).for_reading(), pk=pk)
    organisation, by = facility.organisation, signed_in(request)
    rules.may_mend_facility(by, facility).enforce()
    form = FacilityForm(request.POST or None, organisation=organisation, by=by, facility=facility)
    if request.method == "POST" and form.is_valid():
        saved = _("Saved. Search follows within seconds.")
        if attempt(request, form, lambda: facilities.mend(facility, by=by, **form.facts()), saved):
            return redirect("facility", pk=pk)
    heading = _("Mend this entry")
    here = reverse("facility", args=[pk])
    context = {
        "organisation": organisation,
        "form": form,
        "heading": heading,
        "leave_url": here,
        "trail": trail(organisation, Crumb(facility.name, here), Crumb(heading)),
    }
    return page(request, "places/facility_entry.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def facility_closing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that it is not to be had any more, and why."""
    facility = get_object_or_404(Facility.objects.visible_to(request.user).for_reading(), pk=pk)
    by = signed_in(request)
    may = rules.may_mend_facility if facility.is_closed else rules.may_close_facility
    may(by, facility).enforce()
    form = ReasonForm(request.POST or None, key=pk, help_text=_("Everybody can read it on its page."))
    if request.method == "POST" and form.is_valid():
        act = lambda: facilities.close(facility, by=by, reason=form.cleaned_data["reason"])  # noqa: E731
        if attempt(request, form, act, _("Closed. Lists and search no longer show it.")):
            return redirect("facility", pk=pk)
    here = reverse("facility", args=[pk])
    context = {
        "facility": facility,
        "form": form,
        "verdict": rules.may_close_facility(by, facility),
        "trail": trail(facility.organisation, Crumb(facility.name, here), Crumb(_("Close it"))),
    }
    return page(request, "places/facility_closing.html", context)


@require_POST
def facility_reopening(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that it is to be had again."""
    facility = get_object_or_404(Facility.objects.visible_to(request.user).for_reading(), pk=pk)
    facilities.reopen(facility, by=signed_in(request))
    messages.success(request, _("Open again. Search follows within seconds."))
    return redirect("facility", pk=pk)
