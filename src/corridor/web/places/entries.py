"""Listing a new organisation, and mending an entry."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corridor.directory import rules
from corridor.directory.models import Organisation
from corridor.directory.operations.organisations import edit_organisation, list_organisation
from corridor.kernel.logic.verdict import Refused
from corridor.web.components.names import country_in_words
from corridor.web.components.parts import Crumb
from corridor.web.page import page, signed_in
from corridor.web.places.entry_form import EntryForm
from corridor.web.places.likeness import alike
from corridor.web.places.lines import Line, line_of


@require_http_methods(["GET", "HEAD", "POST"])
def new_entry(request: HttpRequest) -> HttpResponse:
    """List an organisation of one's own country. What is probably the same one is shown first; nothing typed is lost."""
    home = signed_in(request).home
    verdict = rules.may_list(signed_in(request), home)
    form = EntryForm(request.POST or None, home=home, language=signed_in(request).language)
    similar: list[Line] = []
    if request.method == "POST" and form.is_valid():
        verdict.enforce()
        names = form.names()
        similar = [line_of(found) for found in alike([text for _kind, _language, text in names], home=home)]
        if not similar or request.POST.get("is_another") == "yes":
            made = list_organisation(by=signed_in(request), names=names, home=home, **form.facts())
            messages.success(request, _("Listed. Your country's focal point can verify it now."))
            return redirect("organisation", pk=made.pk)
    context = {
        "form": form,
        "similar": similar,
        "verdict": verdict,
        "country": home,
        "trail": (Crumb(_("Directory"), reverse("directory")), Crumb(_("Organisations"), reverse("organisations")), Crumb(_("New entry"))),
    }  # fmt: skip
    return page(request, "places/new_entry.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mend an entry: for the organisation's manager and the focal point of its country."""
    organisation = get_object_or_404(Organisation.objects.with_names().select_related("merged_into"), pk=pk)
    kept = organisation.merged_into or organisation
    rules.may_edit(signed_in(request), kept).enforce()
    form = EntryForm(request.POST or None, home=organisation.home, organisation=organisation)
    if request.method == "POST" and form.is_valid() and mended(request, organisation, form):
        return redirect("organisation", pk=pk)
    if request.method != "POST" and not organisation.stands:
        return redirect("organisation-entry", pk=kept.pk)
    organisation.refresh_from_db(fields=["merged_into"])  # somebody may have merged it while this was read
    home = organisation.home
    context = {
        "organisation": organisation,
        "form": form,
        "kept": organisation.merged_into,
        "trail": (
            Crumb(country_in_words(home), reverse("country", args=[home.lower()])),
            Crumb(organisation.name, reverse("organisation", args=[pk])),
            Crumb(_("Mend this entry")),
        ),
    }
    return page(request, "places/entry.html", context)


def mended(request: HttpRequest, organisation: Organisation, form: EntryForm) -> bool:
    """Write what was typed; a refusal, as when the entry was merged in the meantime, stands above the form and nothing typed is lost."""
    try:
        edit_organisation(organisation, by=signed_in(request), names=form.names(), **form.facts())
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error(None, str(reason))
        return False
    messages.success(request, _("Saved. Search follows within seconds."))
    return True
